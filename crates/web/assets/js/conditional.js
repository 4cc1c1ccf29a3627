// Fields that depend on another one are shown while that one says so; what is hidden is not sent.
const says = (form, name) =>
  [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
    .filter((field) => !field.disabled && (!["checkbox", "radio"].includes(field.type) || field.checked))
    .map((field) => field.value.trim().toLowerCase())
    .filter((value) => value !== "");

const isAsked = (form, part) => {
  if (part.parentElement.closest("[data-when][hidden]")) return false;
  const said = says(form, part.dataset.when);
  if (part.dataset.among !== undefined) return part.dataset.among.split(" ").some((one) => said.includes(one));
  const is = part.dataset.is.trim().toLowerCase();
  return is === "" ? said.length > 0 : said.includes(is);
};

const settle = (form) => {
  const parts = [...form.querySelectorAll("[data-when]")];
  // What one part hides may decide about another, before or behind it.
  for (let round = 0; round <= parts.length; round += 1) {
    let moved = false;
    for (const part of parts) {
      const asked = isAsked(form, part);
      moved ||= part.hidden === asked;
      part.hidden = !asked;
      for (const field of part.querySelectorAll("input, select, textarea")) {
        field.disabled = field.closest("[data-when][hidden]") !== null;
      }
    }
    if (!moved) return;
  }
};

for (const form of document.querySelectorAll("form:has([data-when])")) settle(form);
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest?.("form");
    if (form?.querySelector("[data-when]")) settle(form);
  });
}
