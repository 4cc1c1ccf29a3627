// The palette over the page: what is typed is asked of the desk, and arrows walk through what it answers.
const dialog = document.getElementById("palette");
const field = dialog?.querySelector("input");
const list = document.getElementById("palette-list");
const status = dialog?.querySelector("[role=status]");
const PAUSE = 60;
let asking, timer;

const options = () => [...list.querySelectorAll("[role=option]")];
const here = () => options().find((option) => option.getAttribute("aria-selected") === "true");

const stand = (option) => {
  here()?.setAttribute("aria-selected", "false");
  if (!option) return field.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
};

const step = (by) => {
  const all = options();
  const place = all.indexOf(here());
  if (all.length > 0) stand(all[(place + by + all.length) % all.length]);
};

const ask = async () => {
  asking?.abort();
  const mine = (asking = new AbortController());
  const query = new URLSearchParams({ q: field.value, at: location.pathname });
  try {
    const answer = await fetch(`/palette?${query}`, { headers: { "hx-request": "true" }, signal: mine.signal });
    if (!answer.ok) throw new Error(answer.status);
    list.innerHTML = await answer.text();
    status.textContent = list.querySelector("[data-count]").textContent;
    stand(options()[0]);
  } catch (cause) {
    if (cause.name === "AbortError") return;
    list.replaceChildren();
    status.textContent = status.dataset.lost;
  }
};

const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
};

// What can be done on this page is done here; everything else is a place to go.
const follow = (option, event) => {
  const to = new URL(option.href);
  const target = to.pathname === location.pathname && /^#(do|edit)-/.test(to.hash) && document.getElementById(to.hash.slice(1));
  if (!target) return event || location.assign(option.href);
  event?.preventDefault();
  dialog.close();
  target.dispatchEvent(new Event("do", { bubbles: true }));
};

const open = () => {
  if (dialog.open) return field.select();
  document.querySelectorAll("dialog[open]").forEach((other) => other.close());
  field.value = "";
  list.replaceChildren();
  dialog.showModal();
  ask();
};

if (dialog) {
  field.addEventListener("input", soon);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) step(by);
    else if (event.key === "Enter" && here()) follow(here());
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && !event.ctrlKey && !event.metaKey && !event.shiftKey) follow(option, event);
  });
  document.addEventListener("palette", open);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-opens=palette]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  if (navigator.userAgent.includes("Mac")) {
    for (const key of document.querySelectorAll("[data-keys='Ctrl+K'] kbd, [data-opens=palette] kbd")) key.textContent = "⌘K";
  }
}
