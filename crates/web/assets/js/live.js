// Listens to the page's event stream and fetches anew the parts that a change names.
const address = document.body.dataset.live;

const refresh = (subject) => {
  for (const part of document.querySelectorAll(`[data-refresh~="${CSS.escape(subject)}"]`)) {
    part.dispatchEvent(new CustomEvent("refresh"));
  }
};

if (address) {
  const stream = new EventSource(address);
  stream.addEventListener("changed", (event) => event.data.split(" ").forEach(refresh));
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
