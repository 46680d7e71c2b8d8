// What somebody is writing stays in this browser, as plain text by case, until it is sent.

const FORM = "form[data-draft]";
// a draft nobody came back to in a month is thrown away
const OLD = 30 * 24 * 60 * 60 * 1000;

const key = (form) => `${form.dataset.draft}.${form.dataset.member}`;
const field = (form) => form.querySelector("textarea");

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

function keep(form) {
  const text = field(form).value;
  try {
    if (text.trim()) localStorage.setItem(key(form), JSON.stringify({ text, at: Date.now() }));
    else localStorage.removeItem(key(form));
  } catch {
    // a full or forbidden store: the page works as before, without keeping
  }
}

function sweep() {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith("mamori.desk.") && !(Date.now() - read(name)?.at < OLD)) localStorage.removeItem(name);
  }
}

/** What has been sent is forgotten: the page after it names the case it was sent in. */
function forgetSent() {
  const sent = document.querySelector("[data-sent]")?.dataset.sent;
  if (sent) localStorage.removeItem(sent);
}

function bringBack(form) {
  const kept = read(key(form));
  if (!kept?.text || field(form).value.trim()) return;
  field(form).value = kept.text;
  const state = form.querySelector("[data-draft-state]");
  if (state) state.textContent = "書きかけの文章を戻しました。";
}

try {
  forgetSent();
  sweep();
} catch {
  // no store in this browser
}
document.querySelectorAll(FORM).forEach(bringBack);

document.addEventListener("input", ({ target }) => {
  const form = target.closest(FORM);
  if (form) keep(form);
});
