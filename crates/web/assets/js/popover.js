// A click elsewhere closes an open popover; Escape does in keys.js.
document.addEventListener("click", (event) => {
  for (const popover of document.querySelectorAll("details[data-popover][open]")) {
    if (!popover.contains(event.target)) popover.open = false;
  }
});
