// A file's text goes into the field that it names, to be looked at before anything is saved.
for (const chooser of document.querySelectorAll("input[data-fills]")) {
  chooser.hidden = false;
  chooser.addEventListener("change", async () => {
    const [file] = chooser.files;
    if (file) document.getElementById(chooser.dataset.fills).value = await file.text();
  });
}
