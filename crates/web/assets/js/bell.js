// The bell fetches its number anew when the desk says so, and its newest notices when it is opened.
const bell = document.querySelector("[data-bell]");
const said = document.querySelector("[data-bell-said]");
const number = () => bell.querySelector("[data-told]");
const unread = () => Number.parseInt(number().textContent, 10) || 0;

const fetchLatest = () => bell.querySelector(".bell-latest").dispatchEvent(new CustomEvent("opened"));

// What is told of the ticket that lies open before somebody's eyes is read already.
const ticket = new URLSearchParams(document.body.dataset.live?.split("?")[1]).get("ticket");
const readWhatIsOpen = () => {
  const csrf_token = document.querySelector("input[name=csrf_token]")?.value;
  if (!ticket || !csrf_token || document.visibilityState !== "visible") return;
  fetch("/notices/read", { method: "POST", redirect: "manual", body: new URLSearchParams({ csrf_token, ticket }) });
};

if (bell) {
  let before = unread();
  bell.addEventListener("toggle", () => bell.open && fetchLatest());
  document.addEventListener("notices", () => {
    for (const part of document.querySelectorAll("[data-told]")) part.dispatchEvent(new CustomEvent("told"));
    if (bell.open) fetchLatest();
  });
  // The number is read out when it grew.
  new MutationObserver(() => {
    const now = unread();
    if (now > before) {
      said.textContent = number().querySelector(".visually-hidden").textContent;
      readWhatIsOpen();
    }
    before = now;
  }).observe(bell.querySelector("summary"), { childList: true, subtree: true });
}
