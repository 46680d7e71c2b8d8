// A conversation stays at its newest line, unless somebody has scrolled up to read.

const talk = document.getElementById("talk");

function isAtEnd() {
  return talk.scrollHeight - talk.scrollTop - talk.clientHeight < 80;
}

function toEnd() {
  talk.scrollTop = talk.scrollHeight;
}

if (talk) {
  let follows = true;
  talk.addEventListener("scroll", () => (follows = isAtEnd()), { passive: true });
  toEnd();
  document.addEventListener("htmx:after:swap", () => follows && toEnd());
}

// the list beside a conversation is open where there is room for it
const wide = matchMedia("(min-width: 75em)");
function unfold() {
  for (const one of document.querySelectorAll("details[data-wide-open]")) one.open = wide.matches;
}
wide.addEventListener("change", unfold);
unfold();

// whoever was logged out meanwhile is shown the door; what was being written is kept
document.addEventListener("ended", () => location.reload());
