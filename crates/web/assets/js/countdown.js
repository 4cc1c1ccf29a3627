// Counts the seconds down that something can still be taken back; without it the page names the time.
const started = new WeakMap();

const say = (place) => {
  const { seconds, words } = place.dataset;
  const begun = started.get(place);
  if (!begun || begun.seconds !== seconds || begun.words !== place.textContent) {
    started.set(place, { seconds, at: begun?.seconds === seconds && begun.words === place.textContent ? begun.at : Date.now() });
  }
  const now = started.get(place);
  const left = Math.max(0, Number(seconds) - Math.floor((Date.now() - now.at) / 1000));
  place.textContent = words.replace("{}", left);
  now.words = place.textContent;
};

const all = () => document.querySelectorAll("[data-seconds]").forEach(say);
all();
setInterval(all, 1000);
