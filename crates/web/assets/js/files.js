// Files go to the desk as soon as they are chosen, pasted or dropped; the form sends what is in the list.
const token = (form) => form.elements.csrf_token.value;
const lines = (place) => [...place.querySelectorAll(".files-kept > li:not(.files-wrong)")];
const bytes = (place) => lines(place).reduce((sum, line) => sum + Number(line.dataset.size), 0);
const isComing = (form) => form.querySelector(".files-coming") !== null;
const say = (words, name) => words.replace("{}", name);

const line = (place, words, className) => {
  const item = document.createElement("li");
  item.className = className;
  const name = document.createElement("bdi");
  name.textContent = words;
  item.append(name);
  place.querySelector(".files-kept").append(item);
  return item;
};

const removal = (place, name, act) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet files-remove";
  button.setAttribute("aria-label", say(place.dataset.remove, name));
  button.textContent = "×";
  button.addEventListener("click", act);
  return button;
};

const refuse = (place, words, name) => {
  const item = line(place, words, "files-wrong");
  item.setAttribute("role", "alert");
  item.append(removal(place, name, () => item.remove()));
};

// What the desk answers is the line of the list, as the page would show it.
const arrived = (place, item, answer) => {
  const template = document.createElement("template");
  template.innerHTML = answer;
  const kept = template.content.firstElementChild;
  enliven(kept);
  item.replaceWith(kept);
  kept.closest("form").dispatchEvent(new Event("filed"));
};

const send = (place, file) => {
  const { files: audience, most, mostBytes, mostTotal, tooMany, tooLarge, together, lost } = place.dataset;
  if (lines(place).length >= Number(most)) return refuse(place, tooMany, file.name);
  if (file.size > Number(mostBytes)) return refuse(place, say(tooLarge, file.name), file.name);
  if (bytes(place) + file.size > Number(mostTotal)) return refuse(place, say(together, file.name), file.name);
  const item = line(place, file.name, "files-coming");
  item.dataset.size = file.size;
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", file.name);
  bar.max = 1;
  bar.value = 0;
  const request = new XMLHttpRequest();
  item.append(bar, removal(place, file.name, () => request.abort()));
  const query = new URLSearchParams({ audience, name: file.name });
  request.open("POST", `/uploads?${query}`);
  request.setRequestHeader("x-csrf-token", token(place.closest("form")));
  request.setRequestHeader("content-type", "application/octet-stream");
  request.upload.addEventListener("progress", (event) => event.lengthComputable && (bar.value = event.loaded / event.total));
  request.addEventListener("loadend", () => {
    const isPlain = request.getResponseHeader("content-type")?.startsWith("text/plain");
    if (request.status === 200) arrived(place, item, request.responseText);
    else item.remove();
    if (request.status !== 200 && !request.isGivenUp) refuse(place, isPlain && request.responseText ? request.responseText : say(lost, file.name), file.name);
    sendWhenComplete(place.closest("form"));
  });
  request.addEventListener("abort", () => (request.isGivenUp = true));
  request.send(file);
};

// Sent while a file is on its way, the form waits for it.
const waiting = new WeakMap();
const sendWhenComplete = (form) => {
  if (!waiting.has(form) || isComing(form)) return;
  const submitter = waiting.get(form);
  waiting.delete(form);
  form.querySelectorAll(".files-waits").forEach((words) => words.remove());
  if (!form.querySelector(".files-wrong")) form.requestSubmit(submitter);
};

const remove = async (button) => {
  const form = button.closest("form");
  const body = new URLSearchParams({ csrf_token: token(form) });
  button.closest("li").remove();
  form.dispatchEvent(new Event("filed"));
  await fetch(`/uploads/${button.dataset.upload}/removal`, { method: "POST", body });
};

const show = (button) => {
  const text = button.closest("form").querySelector("textarea");
  const name = button.dataset.name.replace(/[[\]\\]/g, " ");
  text.setRangeText(`![${name}](cid:${button.dataset.shows})`, text.selectionStart, text.selectionEnd, "end");
  text.focus();
};

const enliven = (kept) => {
  kept.querySelector("input[type=checkbox]").hidden = true;
  for (const button of kept.querySelectorAll("button[hidden]")) button.hidden = false;
  kept.querySelector("[data-upload]").addEventListener("click", (event) => remove(event.currentTarget));
  kept.querySelector("[data-shows]")?.addEventListener("click", (event) => show(event.currentTarget));
};

const filesOf = (transfer) => [...(transfer?.files ?? [])];

for (const place of document.querySelectorAll("[data-files]")) {
  const form = place.closest("form");
  const chooser = place.querySelector("input[type=file]");
  const take = (files) => files.forEach((file) => send(place, file));
  place.classList.add("files-live");
  place.querySelector(".files-drop").hidden = false;
  place.querySelectorAll(".files-kept > li").forEach(enliven);
  chooser.addEventListener("change", () => {
    take([...chooser.files]);
    chooser.value = "";
  });
  form.addEventListener("paste", (event) => {
    const files = filesOf(event.clipboardData);
    // Office programs add a picture of the words to the words.
    if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    take(files);
  });
  form.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.add("files-over");
  });
  form.addEventListener("dragleave", (event) => form.contains(event.relatedTarget) || form.classList.remove("files-over"));
  form.addEventListener("drop", (event) => {
    form.classList.remove("files-over");
    const files = filesOf(event.dataTransfer);
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
  form.addEventListener("submit", (event) => {
    if (!isComing(form) || event.submitter?.formAction.endsWith("/preview")) return;
    event.preventDefault();
    if (!waiting.has(form)) {
      const words = document.createElement("p");
      words.className = "files-waits field-help";
      words.setAttribute("role", "status");
      words.textContent = place.dataset.coming;
      place.append(words);
    }
    waiting.set(form, event.submitter);
  });
}
