// j and k move through a list, o opens what they stand on; none of them while a text is being written.
const places = () => [...document.querySelectorAll("[data-list] :is(.queue-subject, .message-time)")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const step = { j: 1, k: -1 }[event.key];
  const all = places();
  const here = all.indexOf(document.activeElement);
  if (event.key === "o" && here >= 0) document.activeElement.click();
  if (!step || all.length === 0) return;
  event.preventDefault();
  const next = all[here < 0 ? 0 : Math.min(Math.max(here + step, 0), all.length - 1)];
  next.focus();
  next.closest("li, article")?.scrollIntoView({ block: "nearest" });
});
