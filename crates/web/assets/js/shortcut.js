// Moves to the field or link that names the pressed key, unless a text is being written.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const target = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea, select")) return target.focus();
  // A form that stands open already is not closed again, but written in.
  const text = target.matches("summary") && target.parentElement.querySelector("textarea");
  if (text) target.parentElement.open = true;
  if (text) text.focus();
  else target.click();
});
