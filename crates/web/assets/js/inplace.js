// What is changed beside a ticket is sent without leaving the page, so that nothing half written is lost; the parts
// that may say something else afterwards are put in the place of the old ones.
const PARTS = ["beside", "head", "actions", "history"];

const put = (id, page) => {
  const [before, after] = [document.getElementById(id), page.getElementById(id)];
  if (!before || !after) return;
  if (before.matches("details")) after.open = before.open;
  before.replaceWith(after);
  window.htmx?.process(after);
};

// Whoever typed stays where they were: in the field that is wrong, on the button that can be pressed again, or on
// what was changed.
const stay = (form, editor, pressed) => {
  const again = editor && document.getElementById(editor);
  const wrong =
    again?.open && (again.querySelector("[aria-invalid=true]") || again.querySelector("select, textarea, input:not([type=hidden])"));
  const button = pressed && document.getElementById(pressed);
  if (!wrong && again?.contains(button)) {
    again.open = true;
    return void button.focus();
  }
  const same = [...document.querySelectorAll("#beside form")].find((other) => other.action === form.action);
  (wrong || again?.querySelector("summary") || same?.querySelector("input:not([type=hidden]), button"))?.focus();
};

const tell = (page) => {
  // With the way back, where there is one.
  const toast = page.querySelector("[data-toast]");
  if (toast) return void document.dispatchEvent(new CustomEvent("toast", { detail: document.adoptNode(toast) }));
  const said = page.querySelector("[data-flash] p")?.textContent;
  const place = document.getElementById("beside-said");
  if (said && place) place.textContent = said;
};

let busy = false;
document.addEventListener("submit", async (event) => {
  const form = event.target.closest?.("#beside form");
  if (!form || form.method !== "post" || form.enctype === "multipart/form-data") return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  try {
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const action = event.submitter?.getAttribute("formaction") || form.action;
    const answer = await fetch(action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Anything but the ticket again, such as a page to sign in, is shown as it is.
    if (!page.getElementById("beside")) return void location.assign(answer.redirected ? answer.url : location.href);
    const editor = form.closest("details[id]")?.id;
    for (const id of PARTS) put(id, page);
    stay(form, editor, event.submitter?.id);
    tell(page);
  } catch {
    // Without an answer the browser says why.
    form.submit();
  } finally {
    busy = false;
  }
});
