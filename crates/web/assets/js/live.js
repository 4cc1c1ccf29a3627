// Listens to the page's event stream; a change fetches anew every part marked with data-refresh.
const address = document.body.dataset.live;
let waiting;

// A part in which somebody has begun to write is left alone.
const written = (part) => [...part.querySelectorAll("textarea")].some((text) => text.value !== text.defaultValue);

const refresh = () => {
  waiting = undefined;
  for (const part of document.querySelectorAll("[data-refresh]")) {
    if (!written(part)) part.dispatchEvent(new CustomEvent("refresh"));
  }
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
