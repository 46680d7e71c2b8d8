// Beside the reply: what is picked goes in where the cursor stands, and a form is sent once.

import htmx from "htmx.org";

function insert(words) {
  const text = document.getElementById("reply-text");
  if (!text) return;
  const { selectionStart: start, selectionEnd: end, value } = text;
  const gap = start > 0 && value[start - 1] !== "\n" ? "\n" : "";
  text.setRangeText(gap + words, start, end, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-insert]");
  if (!button || !document.getElementById("reply-text")) return;
  event.preventDefault();
  insert(button.dataset.insert);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest('button[value="preview"]');
  const text = document.getElementById("reply-text");
  if (!button || !text) return;
  event.preventDefault();
  htmx.trigger(text, "preview");
});

// the second click of a double click finds nothing to do; the server would take it once all the same
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.going) {
    event.preventDefault();
    return;
  }
  form.dataset.going = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-going]")) delete form.dataset.going;
});

// Ctrl+Enter sends, as in every chat
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const form = event.target.closest("form[data-draft]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button"));
});
