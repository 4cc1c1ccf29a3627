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

// Changes that come in a burst are fetched once; what nobody looks at waits until somebody does.
let late = false;
const soon = () => {
  if (document.hidden) late = true;
  else waiting ??= setTimeout(refresh, 150);
};
document.addEventListener("visibilitychange", () => {
  if (document.hidden || !late) return;
  late = false;
  soon();
});

if (address) {
  const stream = new EventSource(address);
  stream.addEventListener("changed", soon);
  stream.addEventListener("resync", soon);
  stream.addEventListener("notices", () => document.dispatchEvent(new CustomEvent("notices")));
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
