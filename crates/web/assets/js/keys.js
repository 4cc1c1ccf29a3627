// Keys, as the overview of the page lists them. Single ones do nothing in fields and dialogs, and may be switched off.
const overview = document.getElementById("keys");
const table = [...(overview?.querySelectorAll("[data-keys]") ?? [])].map(({ dataset }) => dataset);
const areOn = () => document.body.dataset.keys !== "off";
const isWriting = (target) => target.closest?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable], dialog");
const PAUSE = 1200;
let first, timer;

const forget = () => {
  clearTimeout(timer);
  first = undefined;
};

const find = (key) => {
  const keys = first ? `${first} ${key}` : key;
  const isFirst = !first && table.some((one) => one.keys.startsWith(`${key} `));
  forget();
  if (isFirst) {
    first = key;
    timer = setTimeout(forget, PAUSE);
  }
  return table.find((one) => one.keys === keys);
};

// What is open lies over what is below it; the topmost is closed, and the focus goes back to what opened it.
const close = () => {
  if (document.querySelector("dialog[open]")) return;
  const open = [...document.querySelectorAll("details[data-popover][open]")].at(-1);
  if (open) {
    open.open = false;
    return open.querySelector("summary").focus();
  }
  const here = document.activeElement;
  if (!isWriting(here)) return;
  // Out of the field, so that keys do something again; what was typed stays.
  const summary = here.closest("details")?.querySelector("summary");
  if (summary) summary.focus();
  else here.blur();
};

const script = (does, event) => {
  if (does === "overview") overview.showModal();
  else if (does === "palette") document.dispatchEvent(new Event("palette"));
  else document.dispatchEvent(new CustomEvent("walk", { detail: { does, event } }));
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    if (!document.getElementById("palette")) return;
    event.preventDefault();
    return document.dispatchEvent(new Event("palette"));
  }
  if (event.key === "Escape") return close();
  if (event.ctrlKey || event.metaKey || event.altKey || !areOn() || isWriting(event.target)) return;
  if (event.key.length > 1) return;
  const found = find(event.key);
  if (!found) return;
  const target = found.at && document.querySelector(`#do-${found.at}, [data-do="${found.at}"]`);
  if (found.at && !target) return;
  event.preventDefault();
  if (target) target.dispatchEvent(new Event("do", { bubbles: true }));
  else if (found.goes) location.assign(found.goes);
  else script(found.does, event);
});

// Links to the page of the overview open it here.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-opens=keys]");
  if (!link || !overview || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  overview.showModal();
});
