// Files of a ticket are walked through with the arrows; Escape goes back.
const places = { ArrowLeft: "[rel=prev]", ArrowRight: "[rel=next]", Escape: "[data-back]" };
const looked = document.querySelector("[data-looked]");
if (looked) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    const way = places[event.key] && looked.querySelector(places[event.key]);
    if (!way) return;
    event.preventDefault();
    way.click();
  });
}
