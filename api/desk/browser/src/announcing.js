// A new incident is said once, politely, and stands in the window's title until somebody looks.

const TITLE = document.title;
let known = newest();

function newest() {
  const count = document.getElementById("queue-count");
  return count ? Number(count.dataset.newestIncident || 0) : 0;
}

function entitle() {
  const waiting = document.getElementById("queue-count")?.dataset.waiting;
  const mark = known > seen ? "【被害】" : "";
  document.title = mark + (waiting > 0 ? `（${waiting}）` : "") + TITLE;
}

let seen = known;

function announce() {
  const now = newest();
  if (now > known) {
    known = now;
    if (!document.hidden && document.hasFocus()) setTimeout(look, 5_000);
    const place = document.getElementById("announced");
    if (place) place.textContent = `新しい被害のご相談が入りました。受付 No.${now}です。`;
  }
  entitle();
}

function look() {
  if (document.hidden) return;
  seen = known;
  entitle();
}

document.addEventListener("htmx:after:swap", announce);
document.addEventListener("visibilitychange", look);
addEventListener("focus", () => setTimeout(look, 5_000));
entitle();
