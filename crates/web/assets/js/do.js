// Does what an element stands for: a field is written in, a form behind its name opens, a single button is pressed.
const FIRST = "textarea, select, input:not([type=hidden], [type=file], [hidden]), button";

const enter = (details) => {
  details.open = true;
  const fields = [...details.querySelectorAll(FIRST)].filter((field) => !field.closest("summary"));
  // Where something is written, the text comes first.
  const text = details.closest("[data-composer]") && fields.find((field) => field.matches("textarea"));
  (text || fields[0])?.focus();
};

// A form of one button is pressed; one with fields is written in.
const begin = (form) => {
  const field = form.querySelector(FIRST);
  if (field.matches("button")) form.requestSubmit(field);
  else field.focus();
};

document.addEventListener("do", ({ target }) => {
  if (target.matches("details")) enter(target);
  else if (target.matches("summary")) enter(target.parentElement);
  else if (target.matches("form")) begin(target);
  else if (target.matches("input, textarea, select")) (target.focus(), target.select?.());
  else (target.matches("[data-press]") ? target.querySelector("button") : target).click();
});

// An address may name what to begin with. It only goes there: nothing is done by opening a page.
const arrive = () => {
  const there = /^#(do|edit)-/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (!there) return;
  const around = there.parentElement.closest("details");
  if (around) around.open = true;
  if (there.matches("details")) enter(there);
  else (there.matches("form, [data-press]") ? there.querySelector(FIRST) : there).focus();
};

addEventListener("hashchange", arrive);
arrive();
