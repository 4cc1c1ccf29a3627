// Repeats what a pointed-at or focused part of a picture says, in the line below the picture.
const tell = (event) => {
  const part = event.target.closest?.("[data-tip]");
  const place = part?.closest("figure")?.querySelector("[data-tip-here]");
  if (!place) return;
  place.textContent = part.getAttribute("aria-label");
  place.classList.add("told");
};

document.addEventListener("pointerover", tell);
document.addEventListener("focusin", tell);
