// j and k go through the cases, Enter opens (a link does that by itself), t takes. Nothing here is needed.

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function step(by) {
  const cases = [...document.querySelectorAll("a[data-case]")].filter((one) => one.checkVisibility());
  if (cases.length === 0) return;
  const here = cases.indexOf(document.activeElement.closest?.(".case")?.querySelector("a[data-case]"));
  const next = here < 0 ? (by > 0 ? 0 : cases.length - 1) : here + by;
  cases[Math.min(Math.max(next, 0), cases.length - 1)].focus();
}

function take() {
  const place = document.activeElement.closest?.(".case") ?? document.querySelector(".answer");
  place?.querySelector("button[data-take]")?.click();
}

const DEEDS = { j: () => step(1), k: () => step(-1), t: take };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const deed = DEEDS[event.key];
  if (!deed || isTyping(event.target)) return;
  event.preventDefault();
  deed();
});
