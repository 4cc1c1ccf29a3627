// Rows of a list are ticked: by their boxes, with shift for all between. What was ticked stays so when the list is
// fetched anew or grows.
const form = document.querySelector("[data-bulk]");

if (form) {
  const boxes = () => [...document.querySelectorAll(`input[name="ticket"][form="${form.id}"]`)];
  const all = form.querySelector("[data-bulk-all]");
  const count = form.querySelector("[data-bulk-count]");
  const page = form.querySelector("[data-bulk-page]");
  const chosen = new Set();
  let last;

  const show = () => {
    for (const box of boxes()) box.checked = chosen.has(box.value);
    const any = all.checked || chosen.size > 0;
    form.classList.toggle("bulk-idle", !any);
    count.textContent = all.checked || chosen.size === 0 ? "" : `${chosen.size} ${count.dataset.bulkCount}`;
    page.hidden = false;
  };

  const set = (box, ticked) => (ticked ? chosen.add(box.value) : chosen.delete(box.value));

  document.addEventListener("click", (event) => {
    if (!event.target.matches?.(`input[name="ticket"][form="${form.id}"]`)) return;
    const [from, to] = [boxes().indexOf(last), boxes().indexOf(event.target)];
    const between = event.shiftKey && from >= 0 ? boxes().slice(Math.min(from, to), Math.max(from, to) + 1) : [];
    for (const box of [event.target, ...between]) set(box, event.target.checked);
    last = event.target;
    show();
  });

  page.addEventListener("click", () => {
    const each = boxes();
    const ticked = !each.every((box) => chosen.has(box.value));
    for (const box of each) set(box, ticked);
    show();
  });

  all.addEventListener("change", show);
  // A page that the browser kept shows boxes that were ticked before.
  for (const box of boxes()) if (box.checked) chosen.add(box.value);
  let soon;
  new MutationObserver(() => (soon ??= requestAnimationFrame(() => ((soon = undefined), show())))).observe(
    document.querySelector("main") ?? document.body,
    { childList: true, subtree: true, attributes: true, attributeFilter: ["checked", "data-id"] },
  );
  show();
}
