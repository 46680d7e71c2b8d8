/** The conversation as it is seen: every message once, in its order, the newest in sight. */

import { button, h } from "./dom";
import { card, said } from "./card";
import type { Choice, Message } from "./messages";
import { words } from "./words";
import * as say from "./wording";

/** What stands where a password was (api/conversations/secrets_typed.py). */
const TAKEN_OUT = "〔***〕";

const HUSHED_MS = 2_000;

interface Shown {
  message: Message;
  element: HTMLElement;
}

export interface Said {
  choose(choice: Choice): void;
  rate(id: string, rating: string, comment?: string): Promise<boolean>;
}

export class Log {
  readonly element = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": say.LOG });
  private readonly dots = h("p", { class: "typing", hidden: "" }, h("span", { class: "for-ears" }, say.TYPING), h("i"), h("i"), h("i"));
  readonly scroller: HTMLElement;
  private shown = new Map<string, Shown>();
  private lost: HTMLElement | null = null;
  private waiting: { element: HTMLElement; text: string } | null = null;

  constructor(
    private readonly base: string,
    private readonly on: Said,
    top: HTMLElement,
  ) {
    this.scroller = h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": say.LOG }, top, this.element, this.dots);
  }

  has(id: string): boolean {
    return this.shown.has(id);
  }

  get hasFocus(): boolean {
    return this.scroller.matches(":focus-within");
  }

  get isLost(): boolean {
    return this.lost !== null;
  }

  get last(): Message | undefined {
    return [...this.shown.values()].pop()?.message;
  }

  /** How many answers have come after this one. */
  since(id: string | undefined): number {
    return [...this.shown.values()].filter(({ message }) => message.role !== "user" && message.id > (id ?? "")).length;
  }

  clear(): void {
    this.shown.clear();
    this.waiting = null;
    this.lost = null;
    this.typing(false);
    this.element.replaceChildren();
  }

  /** Instead of a conversation, word that there is none any more. */
  lose(notice: HTMLElement): void {
    this.clear();
    this.lost = notice;
    this.append(notice, false);
  }

  show(messages: Message[]): void {
    const isFirst = !this.shown.size;
    const fresh = messages.filter(({ id }) => !this.has(id));
    if (!fresh.length) return;
    if (isFirst && fresh.length > 1) this.hush();
    const elements = fresh.map((message) => this.add(message, isFirst));
    this.offerChoices();
    const answers = elements.filter((_, place) => fresh[place]!.role !== "user");
    if (answers.length) this.newest = answers[0];
    this.toEnd(isFirst ? elements[elements.length - 1]! : (answers[0] ?? elements[0]!), isFirst);
  }

  /** What was said before the reload is not read out again. */
  private hush(): void {
    this.element.setAttribute("aria-live", "off");
    setTimeout(() => this.element.setAttribute("aria-live", "polite"), HUSHED_MS);
  }

  /** The first of the answers that came last. */
  newest: HTMLElement | undefined;

  onItsWay(text: string, isResent: boolean): void {
    this.dropChoices();
    // after a reload the transcript may hold it already
    if (isResent && this.last?.role === "user" && this.last.text === text) return;
    this.waiting = { element: said(text), text };
    this.append(this.waiting.element, false);
    this.toEnd(this.waiting.element);
  }

  /** There is nothing on its way any more. */
  arrived(): void {
    this.waiting?.element.remove();
    this.waiting = null;
    this.offerChoices();
  }

  typing(isTyping: boolean): void {
    this.dots.hidden = !isTyping;
    if (isTyping) this.toEnd(this.dots);
  }

  private add(message: Message, isOld: boolean): HTMLElement {
    const rate = (rating: string, comment?: string) => this.on.rate(message.id, rating, comment);
    const isMine = message.role === "user";
    const element = this.isWaitingFor(message) ? this.arrive(message) : isMine ? said(message.text) : card(message, this.base, rate);
    this.append(element, isOld);
    this.shown.set(message.id, { message, element });
    return element;
  }

  private isWaitingFor({ role, text }: Message): boolean {
    return role === "user" && this.waiting !== null && (text === this.waiting.text || text.includes(TAKEN_OUT));
  }

  /** What was kept, not what was typed: a password in it has been taken out. */
  private arrive({ text }: Message): HTMLElement {
    const { element } = this.waiting!;
    this.waiting = null;
    element.querySelector(".words")!.replaceWith(words(text, false));
    return element;
  }

  private append(element: HTMLElement, isOld: boolean): void {
    if (!isOld) element.classList.add("arriving");
    // what is still on its way stays last
    this.element.insertBefore(element, this.waiting && this.waiting.element !== element ? this.waiting.element : null);
  }

  private dropChoices(): void {
    for (const choices of this.element.querySelectorAll(".choices")) choices.remove();
  }

  /** Buttons stand only under the replies that nothing has been said to yet. */
  private offerChoices(): void {
    this.dropChoices();
    if (this.waiting) return;
    for (const { message, element } of [...this.shown.values()].reverse()) {
      if (message.role === "user" || message.role === "staff") break;
      if (message.choices.length) element.after(this.buttons(message.choices));
    }
  }

  private buttons(choices: Choice[]): HTMLElement {
    const each = choices.map((choice) => button({}, () => this.on.choose(choice), choice.label));
    return h("div", { class: "choices", role: "group", "aria-label": say.CHOICES }, ...each);
  }

  /** The end of the conversation, but never past the beginning of a long answer. */
  toEnd(element: HTMLElement = this.element, isAtOnce = matchMedia("(prefers-reduced-motion: reduce)").matches): void {
    const { scroller: own } = this;
    // where little height is left, it scrolls together with where the owner writes
    const scroller = getComputedStyle(own).overflowY === "visible" ? own.parentElement! : own;
    const top = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop - 12;
    const end = scroller.scrollHeight - scroller.clientHeight;
    scroller.scrollTo({ top: Math.min(end, element === this.element ? end : top), behavior: isAtOnce ? "auto" : "smooth" });
  }
}
