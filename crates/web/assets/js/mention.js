// Offers the names of colleagues while an @ is typed in a note: arrows choose, Enter or Tab takes, Escape closes.
const TYPED = /(?:^|[^\p{L}\p{N}._+@-])@([\p{L}\p{N}][\p{L}\p{N} .’'-]{0,40}|)$/u;

const enliven = (place) => {
  const list = place.querySelector("[role=listbox]");
  const text = place.closest("form").elements.body;
  let typed, asked;
  text.setAttribute("aria-autocomplete", "list");
  const others = text.getAttribute("aria-controls");
  const controls = (id) => (id ? text.setAttribute("aria-controls", id) : text.removeAttribute("aria-controls"));

  const options = () => [...list.children];
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");
  const choose = (option) => {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    if (option) text.setAttribute("aria-activedescendant", option.id);
    else text.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    asked = undefined;
    if (!list.hidden) controls(others);
    list.hidden = true;
    list.replaceChildren();
    choose();
  };
  const take = (option) => {
    const end = text.selectionStart;
    text.setRangeText(`${option.textContent} `, end - typed.length, end, "end");
    close();
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const offer = async () => {
    const found = TYPED.exec(text.value.slice(0, text.selectionStart));
    if (!found || text.selectionStart !== text.selectionEnd) return close();
    typed = found[1];
    const question = (asked = typed);
    const answer = await fetch(`${place.dataset.names}?${new URLSearchParams({ q: typed })}`);
    if (!answer.ok || asked !== question) return;
    const names = document.createElement("template");
    names.innerHTML = await answer.text();
    if (asked !== question) return;
    list.replaceChildren(...names.content.children);
    options().forEach((option, at) => {
      option.id = `${list.id}-${at}`;
      // The text keeps the focus.
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => take(option));
    });
    // What stands there already in full needs no list.
    list.hidden = options().length === 0 || options().some((option) => option.textContent.toLowerCase() === typed.trim().toLowerCase());
    if (!list.hidden) controls(list.id);
    choose(list.hidden ? undefined : options()[0]);
  };

  text.addEventListener("input", offer);
  text.addEventListener("blur", close);
  text.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const all = options();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen()) take(chosen());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
};

for (const place of document.querySelectorAll("[data-names]")) enliven(place);
