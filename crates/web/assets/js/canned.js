// A slash at the start of a line opens the canned replies; what is chosen is put where it stood.
const PAUSE = 120;

const slash = (text) => {
  if (text.selectionStart !== text.selectionEnd) return null;
  const before = text.value.slice(0, text.selectionStart);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return line.startsWith("/") && line.length <= 40 ? { from: before.length - line.length, words: line.slice(1) } : null;
};

const enliven = (form) => {
  const address = form.dataset.canned;
  const text = form.elements.body;
  const list = document.getElementById(`${text.id}-canned`);
  let timer, asked, closed;
  text.setAttribute("aria-controls", list.id);
  text.setAttribute("aria-autocomplete", "list");

  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector("[aria-selected=true]");
  const select = (option) => {
    for (const other of options()) other.setAttribute("aria-selected", other === option);
    if (!option) return text.removeAttribute("aria-activedescendant");
    text.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    clearTimeout(timer);
    asked = undefined;
    list.hidden = true;
    select(null);
  };
  const ask = async () => {
    const at = slash(text);
    if (!at) return close();
    const query = new URLSearchParams({ q: at.words });
    const mine = (asked = {});
    try {
      const answer = await fetch(`${address}?${query}`, { headers: { "x-canned": "1" } });
      if (!answer.ok || asked !== mine) return;
      list.innerHTML = await answer.text();
      list.hidden = false;
      select(options()[0]);
    } catch {
      close();
    }
  };
  const put = async (option) => {
    const at = slash(text);
    if (!at) return close();
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, macro: option.dataset.macro });
    const answer = await fetch(address, { method: "POST", headers: { "x-canned": "1" }, body });
    const words = await answer.text();
    if (answer.ok) {
      text.setRangeText(words, at.from, at.from + at.words.length + 1, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
      close();
      text.focus();
    } else if (answer.status === 422) {
      option.querySelector(".canned-text").textContent = words;
      option.querySelector(".canned-text").classList.add("field-error");
    }
  };

  text.addEventListener("input", () => {
    clearTimeout(timer);
    const at = slash(text);
    if (!at) closed = undefined;
    if (!at || closed === at.from) return close();
    timer = setTimeout(ask, PAUSE);
  });
  text.addEventListener("blur", () => {
    // Whoever comes back meanwhile goes on where they were.
    setTimeout(() => document.activeElement === text || list.contains(document.activeElement) || close(), 200);
  });
  text.addEventListener("keydown", (event) => {
    if (list.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = options();
    const here = all.indexOf(chosen());
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") closed = slash(text)?.from;
    if (event.key === "Escape") close();
    else if (step && all.length > 0) select(all[(here + step + all.length) % all.length]);
    else if ((event.key === "Enter" || event.key === "Tab") && here >= 0) put(all[here]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) put(option);
  });
};

for (const form of document.querySelectorAll("form[data-canned]")) enliven(form);
