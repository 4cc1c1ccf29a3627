// The bell fetches its number anew when the desk says so; panels fetch what they hold when they are opened.
const bell = document.querySelector("[data-bell]");
const said = document.querySelector("[data-bell-said]");
const number = () => bell.querySelector("[data-told]");
const unread = () => Number.parseInt(number().textContent, 10) || 0;
const open = (panel) => panel.querySelector("[data-opened]")?.dispatchEvent(new CustomEvent("opened"));

// A toggle does not bubble.
document.addEventListener("toggle", ({ target }) => target.matches("[data-loads][open]") && open(target), true);

// What is told of the ticket that lies open before somebody's eyes is read already.
const ticket = new URLSearchParams(document.body.dataset.live?.split("?")[1]).get("ticket");
const readWhatIsOpen = () => {
  const csrf_token = document.querySelector("input[name=csrf_token]")?.value;
  if (!ticket || !csrf_token || document.visibilityState !== "visible") return;
  fetch("/notices/read", { method: "POST", redirect: "manual", body: new URLSearchParams({ csrf_token, ticket }) });
};

if (bell) {
  let before = unread();
  document.addEventListener("notices", () => {
    for (const part of document.querySelectorAll("[data-told]")) part.dispatchEvent(new CustomEvent("told"));
    if (bell.open) open(bell);
  });
  // The number is read out when it grew.
  new MutationObserver(() => {
    const now = unread();
    if (now > before) {
      if (said) said.textContent = number().querySelector(".visually-hidden").textContent;
      readWhatIsOpen();
    }
    before = now;
  }).observe(bell.querySelector("summary"), { childList: true, subtree: true });
}
