/** Where the owner writes. */

import { h } from "./dom";
import * as say from "./wording";

const MOST_CHARACTERS = "2000";
const GOOD_NEWS_MS = 2_500;

/** During conversion Enter chooses a word; Safari says so only by the old key code 229. */
export function isConverting(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

export class Composer {
  private fading: ReturnType<typeof setTimeout> | undefined;
  readonly status = h("p", { class: "status", role: "status" });
  readonly field = h("textarea", {
    id: "text",
    rows: "1",
    maxlength: MOST_CHARACTERS,
    enterkeyhint: "send",
    autocomplete: "off",
    placeholder: say.EXAMPLE,
    "aria-describedby": "keys",
  });
  readonly element = h(
    "form",
    { class: "composer", "aria-label": say.FORM },
    this.status,
    h("label", { for: "text" }, say.FIELD),
    h("div", { class: "row" }, this.field, h("button", { class: "strong" }, say.SEND)),
    h("p", { class: "keys", id: "keys" }, say.KEYS),
  );

  constructor(onSend: (text: string) => void) {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.field.value.trim();
      if (text) onSend(text);
      this.field.focus();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || isConverting(event)) return;
      event.preventDefault();
      this.element.requestSubmit();
    });
    this.field.addEventListener("input", () => this.grow());
  }

  write(text: string): void {
    this.field.value = text;
    this.grow();
  }

  tell(words: string, isTrouble = false): void {
    this.status.textContent = words;
    clearTimeout(this.fading);
    if (words === say.RECONNECTED) this.fading = setTimeout(() => this.tell(""), GOOD_NEWS_MS);
    this.status.classList.toggle("trouble", isTrouble);
  }

  private grow(): void {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }
}
