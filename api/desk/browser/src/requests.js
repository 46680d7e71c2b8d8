// Every request of htmx carries the page's token; a refusal is told in words and changes nothing on the page.

import htmx from "htmx.org";

const TROUBLE = "うまくいきませんでした。つながっているかを確かめて、もう一度お試しください。";
const OVER = "しばらく使われなかったため、ログインが切れました。書きかけの文は、このまま残っています。";

htmx.config.noSwap = [204, 304, "4xx", "5xx"];

document.addEventListener("htmx:config:request", ({ detail }) => {
  const token = document.querySelector('meta[name="csrf"]')?.content;
  if (token) detail.ctx.request.headers["X-CSRF-Token"] = token;
});

document.addEventListener("htmx:response:error", ({ detail }) => {
  const { ctx } = detail;
  tell(ctx.response.status === 401 ? over() : [worded(ctx.text)]);
});

document.addEventListener("htmx:error", () => tell([TROUBLE]));

document.addEventListener("htmx:after:swap", () => tell([]));

/** Says it in the page's own place for it, which screen readers watch. */
function tell(parts) {
  const place = document.getElementById("told");
  if (place) place.replaceChildren(...parts);
}

function over() {
  const link = document.createElement("a");
  link.href = "/desk/login";
  link.target = "_blank";
  link.textContent = "別の画面でログインし直す";
  return [OVER, link];
}

/** A refusal's own words, as problem+json has them. */
function worded(body) {
  try {
    const { title, detail } = JSON.parse(body);
    return title ? `${title}。${detail ?? ""}` : TROUBLE;
  } catch {
    return TROUBLE;
  }
}
