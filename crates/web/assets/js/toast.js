// A toast is said politely, and goes when its time is over; the time stands still while somebody is on it.
const place = document.getElementById("toasts");

const say = (toast) => {
  // Moved into the part that is read out, a moment after the page has come.
  setTimeout(() => place.append(toast), 100);
  const time = toast.querySelector(".toast-time");
  time.style.animationDuration = `${toast.dataset.toast}s`;
  time.addEventListener("animationend", (event) => event.animationName === "toast-time" && toast.remove());
};

document.querySelectorAll("[data-toast]").forEach(say);

// What was done without leaving the page takes the place of what was said before: that cannot be undone any more.
document.addEventListener("toast", (event) => {
  place.replaceChildren();
  say(event.detail);
});

// Coming here again by the address would say it again.
if (document.querySelector("[data-toast]")) {
  const address = new URL(location.href);
  address.searchParams.delete("done");
  history.replaceState(history.state, "", address);
}
