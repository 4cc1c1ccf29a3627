// Listens to the page's event stream; a change fetches anew every part marked with data-refresh.
const address = document.body.dataset.live;
let waiting;

const refresh = () => {
  waiting = undefined;
  for (const part of document.querySelectorAll("[data-refresh]")) part.dispatchEvent(new CustomEvent("refresh"));
};

// Changes that come in a burst are fetched once.
const soon = () => (waiting ??= setTimeout(refresh, 150));

if (address) {
  const stream = new EventSource(address);
  stream.addEventListener("changed", soon);
  stream.addEventListener("resync", soon);
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
