/** Thumbs under an answer; whoever turns theirs down may say why. */

import { button, h, icon, THUMB } from "./dom";
import * as say from "./wording";

/** Tells the gateway; false when it could not be told. */
export type Rate = (rating: "up" | "down", comment?: string) => Promise<boolean>;

/** The two thumbs, and the place below the answer where the reason is asked for. */
export function rating(rate: Rate): [HTMLElement, HTMLElement] {
  const below = h("div", { class: "reason", "aria-live": "polite" });
  const up = thumb("up", say.HELPFUL);
  const down = thumb("down", say.NOT_HELPFUL);
  const thumbs = h("div", { class: "thumbs", "aria-live": "off" }, up, down);

  function thumb(which: "up" | "down", label: string): HTMLButtonElement {
    return button({ class: `thumb ${which}`, "aria-label": label, title: label, "aria-pressed": "false" }, () => void chosen(which), icon(THUMB));
  }

  async function chosen(which: "up" | "down"): Promise<void> {
    up.setAttribute("aria-pressed", String(which === "up"));
    down.setAttribute("aria-pressed", String(which === "down"));
    const isTold = await rate(which);
    if (!isTold) return below.replaceChildren(say.NOT_SENT);
    below.replaceChildren(which === "up" ? say.THANKS : why());
  }

  function why(): HTMLElement {
    const field = h("input", { "aria-label": say.REASON_FIELD, placeholder: say.REASON_FIELD, maxlength: "500" });
    const tell = async (reason: string) =>
      below.replaceChildren((await rate("down", reason)) ? say.THANKS_FOR_REASON : say.NOT_SENT);
    const form = h("form", { class: "row" }, field, h("button", {}, say.SEND_REASON));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim()) void tell(field.value.trim());
    });
    const reasons = say.REASONS.map((reason) => button({}, () => void tell(reason), reason));
    return h("div", { role: "group", "aria-label": say.WHY }, h("p", {}, say.WHY), h("div", { class: "reasons" }, ...reasons), form);
  }

  return [thumbs, below];
}
