// Shows a chosen theme and density on the whole page before it is saved.
for (const choice of document.querySelectorAll("[data-look]")) {
  choice.addEventListener("change", () => (document.documentElement.dataset[choice.dataset.look] = choice.value));
}
