// A click elsewhere closes an open popover; Escape does in keys.js.
document.addEventListener("click", (event) => {
  for (const popover of document.querySelectorAll("details[data-popover][open]")) {
    if (!popover.contains(event.target)) popover.open = false;
  }
});

// A panel that would reach over the edge of the window is moved back inside.
const EDGE = 8;
document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.matches("details[data-popover][open]")) return;
    const panel = event.target.querySelector(":scope > .popover-panel");
    panel.style.translate = "";
    const { left, right } = panel.getBoundingClientRect();
    const beyond = right + EDGE - document.documentElement.clientWidth;
    if (beyond > 0) panel.style.translate = `${-Math.min(beyond, left - EDGE)}px`;
    else if (left < EDGE) panel.style.translate = `${EDGE - left}px`;
  },
  true,
);
