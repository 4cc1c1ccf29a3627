// Walks through a list: what the keys for the next, the previous and the opened row do.
const places = () => [...document.querySelectorAll("[data-list] :is(.queue-subject, .message-time)")];

document.addEventListener("walk", ({ detail: { does } }) => {
  const all = places();
  const row = document.activeElement?.closest("li")?.querySelector(".queue-subject");
  const here = all.indexOf(row ?? document.activeElement);
  if (does === "open" && here >= 0) return all[here].click();
  if (does === "select" && here >= 0) return all[here].closest("li")?.querySelector("input[type=checkbox]")?.click();
  const step = { next: 1, previous: -1 }[does];
  if (!step || all.length === 0) return;
  const next = all[here < 0 ? 0 : Math.min(Math.max(here + step, 0), all.length - 1)];
  next.focus();
  next.closest("li, article")?.scrollIntoView({ block: "nearest" });
});

// Whoever comes back from a ticket goes on at its row; the browser itself may take the focus away until it has loaded.
if (location.hash.startsWith("#ticket-")) {
  addEventListener("load", () => setTimeout(() => document.getElementById(location.hash.slice(1))?.focus()));
}
