// A toast is said politely, and goes when its time is over; the time stands still while somebody is on it.
const place = document.getElementById("toasts");

for (const toast of document.querySelectorAll("[data-toast]")) {
  // Moved into the part that is read out, a moment after the page has come.
  setTimeout(() => place.append(toast), 100);
  const time = toast.querySelector(".toast-time");
  time.style.animationDuration = `${toast.dataset.toast}s`;
  time.addEventListener("animationend", (event) => event.animationName === "toast-time" && toast.remove());
}

// Coming here again by the address would say it again.
if (document.querySelector("[data-toast]")) {
  const address = new URL(location.href);
  address.searchParams.delete("done");
  history.replaceState(history.state, "", address);
}
