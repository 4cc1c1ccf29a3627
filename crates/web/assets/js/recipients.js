// Addresses become chips; what the form sends stays one field of text for each of To, Cc and Bcc.
const pieces = (text) => text.split(/[,;\n](?=(?:[^"]*"[^"]*")*[^"]*$)/).map((piece) => piece.trim()).filter(Boolean);
const addressOf = (text) => text.match(/<([^<>]+)>\s*$/)?.[1] ?? text;
const nameOf = (text) => text.match(/^"?([^"<]*?)"?\s*<[^<>]+>\s*$/)?.[1] || text;
const isAddress = (text) => /^[^\s@<>]+@[^\s@<>]+$/.test(addressOf(text));

const enliven = (input) => {
  const list = input.parentElement;
  const sent = document.createElement("input");
  sent.type = "hidden";
  sent.name = input.name;
  input.removeAttribute("name");
  list.append(sent);
  const chips = () => [...list.querySelectorAll(".recipient")];
  const tell = (quietly) => {
    sent.value = chips().map((chip) => chip.dataset.text).join(", ");
    if (!quietly) sent.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const add = (text) => {
    if (chips().some((chip) => addressOf(chip.dataset.text).toLowerCase() === addressOf(text).toLowerCase())) return;
    const chip = document.createElement("span");
    const name = document.createElement("bdi");
    const remove = document.createElement("button");
    chip.className = isAddress(text) ? "recipient" : "recipient recipient-wrong";
    chip.dataset.text = text;
    chip.title = addressOf(text);
    name.textContent = nameOf(text);
    remove.type = "button";
    remove.textContent = "×";
    remove.setAttribute("aria-label", input.dataset.remove.replace("{}", name.textContent));
    remove.addEventListener("click", () => {
      chip.remove();
      tell();
      input.focus();
    });
    chip.append(name, remove);
    input.before(chip);
  };
  const take = (quietly) => {
    pieces(input.value).forEach(add);
    input.value = "";
    tell(quietly);
  };
  sent.addEventListener("set", () => {
    chips().forEach((chip) => chip.remove());
    input.value = sent.value;
    take();
  });
  input.addEventListener("keydown", (event) => {
    if (["Enter", ",", ";"].includes(event.key) && input.value.trim()) {
      event.preventDefault();
      take();
    }
    if (event.key === "Backspace" && input.value === "") {
      const last = chips().at(-1);
      if (!last) return;
      event.preventDefault();
      input.value = last.dataset.text;
      last.remove();
      tell();
    }
  });
  input.addEventListener("paste", () => setTimeout(() => /[,;\n]/.test(input.value) && take()));
  input.addEventListener("blur", () => input.value.trim() && take());
  input.form.addEventListener("submit", () => input.value.trim() && take(), { capture: true });
  take(true);
  return sent;
};

for (const place of document.querySelectorAll("[data-recipients]")) {
  const fields = Object.fromEntries([...place.querySelectorAll("[data-addresses]")].map((input) => [input.name, enliven(input)]));
  const shown = place.querySelector("[data-recipients-shown]");
  place.addEventListener("input", () => (shown.textContent = fields.to.value));
  const choice = place.querySelector("[data-recipients-choice]");
  if (!choice) continue;
  choice.hidden = false;
  for (const button of choice.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      for (const name of ["to", "cc"]) {
        fields[name].value = button.dataset[name];
        fields[name].dispatchEvent(new Event("set"));
      }
    });
  }
}
