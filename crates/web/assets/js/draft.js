// What is typed into a form is kept at the desk a moment later, and says so.
const PAUSE = 900;

const enliven = (form) => {
  const words = form.querySelector("[data-kept]");
  const discard = form.querySelector("[data-draft-discard]");
  let timer, busy, stopped, going;
  form.querySelector("[data-draft-keep]").hidden = true;

  const keep = async (keepalive = false) => {
    clearTimeout(timer);
    timer = undefined;
    if (stopped) return;
    if (busy) return void soon();
    busy = true;
    // Files are sent by themselves; here they are named.
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", headers: { "x-draft": "1" }, keepalive, body });
      if (answer.ok) {
        const [version, ...time] = (await answer.text()).split(" ");
        form.elements.version.value = version;
        words.textContent = version === "0" ? "" : words.dataset.kept.replace("{}", time.join(" "));
        discard.hidden = version === "0";
      } else {
        stopped = answer.status === 409;
        words.textContent = stopped ? words.dataset.elsewhere : words.dataset.lost;
      }
    } catch {
      words.textContent = words.dataset.lost;
    }
    busy = false;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("filed", soon);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formAction.endsWith("/preview")) return;
    going = true;
    // Whether it goes is known when everybody has heard of it: it may wait for a file.
    setTimeout(() => {
      going = !event.defaultPrevented;
      if (!going) return;
      clearTimeout(timer);
      stopped = true;
    });
  });
  // Whoever leaves in the middle of a word finds it there: it goes out before the page does.
  addEventListener("beforeunload", () => timer && !going && keep(true));
};

for (const form of document.querySelectorAll("form[data-draft]")) enliven(form);
