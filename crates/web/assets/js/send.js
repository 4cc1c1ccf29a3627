// Ctrl and Return send what is being written, the way the button says.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
  const form = event.target.closest("form");
  const send = form?.querySelector("[data-send]");
  if (!send || !event.target.matches("textarea")) return;
  event.preventDefault();
  form.requestSubmit(send);
});
