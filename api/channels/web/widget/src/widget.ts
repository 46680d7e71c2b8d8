/** The widget put together from its parts: what the owner does goes to the talk, what is heard is shown. */

import { inBrowser, inTab } from "./box";
import { Composer } from "./composer";
import type { Unsent } from "./delivering";
import { button, h } from "./dom";
import { Frame } from "./frame";
import { Gateway } from "./gateway";
import { Log } from "./log";
import { Menu } from "./menu";
import type { Choice, Message, Mode } from "./messages";
import { Sheet } from "./sheet";
import { Talk, type Saved } from "./talk";
import type { View } from "./view";
import { wake } from "./waiting";
import * as say from "./wording";

/** Where the widget came from, and what its tag says. */
export interface Place {
  base: string;
  association: string | null;
  isInPage: boolean;
}

export class Widget implements View {
  private mode: Mode = "bot";
  private readonly isLarge = inBrowser<boolean>("mamori.large-type");
  private readonly wasOpen = inTab<boolean>("mamori.open");
  private readonly saved: ReturnType<typeof inBrowser<Saved>>;
  private readonly talk: Talk;
  private readonly log: Log;
  private readonly composer = new Composer((text) => this.write(text));
  private readonly sheet = new Sheet();
  private readonly frame: Frame;
  private readonly larger = button({ title: say.LARGER }, () => this.enlarge(!this.isLarge.get()), "A", h("sup", {}, "+"), h("span", { class: "for-ears" }, say.LARGER));
  private leaving = new AbortController();

  constructor({ base, association, isInPage }: Place) {
    const name = association ? `mamori.conversation.${association}` : "mamori.conversation";
    this.saved = inBrowser<Saved>(name);
    // per tab: a message on its way is sent again by the tab that holds it
    const unsent = inTab<Unsent>(`${name}.unsent`);
    this.talk = new Talk(new Gateway(base), association ?? undefined, this.saved, unsent, this);
    const more = button({ class: "more" }, () => menu.keeping(), say.KEPT_MORE);
    this.log = new Log(
      base,
      { choose: (choice) => void this.choose(choice), rate: (id, rating, comment) => this.rate(id, rating, comment) },
      h("p", { class: "consent" }, say.KEPT, more),
    );
    const body = h("div", { class: "body" }, this.log.scroller, this.composer.element);
    const menu = new Menu(this.sheet, this.talk);
    this.frame = new Frame(isInPage, [this.larger, button({}, () => menu.open(), say.MENU)], [body, this.sheet.element], {
      opened: () => this.opened(),
      closed: () => this.wasOpen.set(null),
      back: () => this.back(),
    });
    // the page's own keyboard shortcuts are not meant by what is typed here
    for (const type of ["keydown", "keypress", "keyup"]) this.element.addEventListener(type, (event) => event.stopPropagation());
  }

  get element(): HTMLElement {
    return this.frame.element;
  }

  start(): void {
    this.leaving = new AbortController();
    const on = (target: EventTarget, type: string, heard: (event: Event) => void) =>
      target.addEventListener(type, heard, { signal: this.leaving.signal });
    on(window, "online", () => this.online());
    on(window, "offline", () => this.tell(say.DISCONNECTED, true));
    on(window, "storage", (event) => (event as StorageEvent).key === this.saved.name && this.adopt());
    on(window, "beforeprint", () => this.element.querySelectorAll("details").forEach((each) => (each.open = true)));
    on(document, "visibilitychange", () => document.hidden || (wake(), this.look()));
    this.enlarge(this.isLarge.get() === true);
    void this.talk.start();
    if (!this.frame.isInPage && this.wasOpen.get()) this.frame.show();
    if (this.frame.isOpen) this.begin();
  }

  stop(): void {
    this.leaving.abort();
    this.talk.leave();
  }

  show(messages: Message[]): void {
    this.log.show(messages);
    this.look();
  }

  has(id: string): boolean {
    return this.log.has(id);
  }

  clear(): void {
    this.log.clear();
    this.mode = "bot";
    this.tellMode("");
  }

  onItsWay(text: string, isResent: boolean): void {
    if (this.mode === "bot") this.tellMode("");
    this.log.onItsWay(text, isResent);
  }

  arrived(): void {
    this.log.arrived();
  }

  giveBack(text?: string): void {
    this.log.arrived();
    if (text && !this.composer.field.value) this.composer.write(text);
  }

  changeMode(mode: Mode): void {
    if (mode === this.mode) return;
    this.mode = mode;
    this.tellMode(say.MODES[mode]);
    if (mode === "human") this.typing(false);
  }

  typing(isTyping: boolean): void {
    this.log.typing(isTyping && this.mode !== "human");
  }

  tell(words: string, isTrouble = false): void {
    this.composer.tell(words, isTrouble);
  }

  lost(): void {
    this.log.lose(h("div", { class: "card kept" }, h("p", {}, say.LOST), button({ class: "strong" }, () => void this.talk.open(), say.AFRESH)));
    this.look();
  }

  private write(text: string): void {
    if (!this.talk.isBusy) this.composer.write("");
    void this.talk.say({ text }, text);
  }

  private async choose({ id, label }: Choice): Promise<void> {
    // the button goes, and the focus must not go with it
    this.log.scroller.focus({ preventScroll: true });
    await this.talk.say({ choice: id }, label);
    if (this.log.hasFocus) this.log.newest?.focus({ preventScroll: true });
  }

  private async rate(message_id: string, rating: string, comment?: string): Promise<boolean> {
    const answer = await this.talk.once("POST", "/feedback", { message_id, rating, comment });
    return answer?.status === 204;
  }

  private opened(): void {
    this.wasOpen.set(true);
    this.begin();
    this.look();
    this.log.toEnd(undefined, true);
    // on a phone the keyboard would cover the greeting
    (this.frame.isSmall ? this.frame.heading : this.composer.field).focus();
  }

  private begin(): void {
    if (!this.log.isLost) void this.talk.open();
  }

  /** One step back; false when there is none but to close. */
  private back(): boolean {
    const { isOpen } = this.sheet;
    this.sheet.close();
    return isOpen;
  }

  private online(): void {
    this.tell(say.RECONNECTED);
    this.talk.stopListening();
    wake();
  }

  private adopt(): void {
    this.talk.adopt();
    this.look();
  }

  private look(): void {
    if (this.frame.isOpen && !document.hidden) this.talk.seen();
    this.frame.unread(this.frame.isOpen ? 0 : this.log.since(this.talk.key?.seen));
  }

  private tellMode(words: string): void {
    this.frame.mode.textContent = words;
    this.frame.mode.classList.toggle("by-person", this.mode === "human");
  }

  private enlarge(isLarge: boolean): void {
    this.isLarge.set(isLarge || null);
    this.element.classList.toggle("large", isLarge);
    this.larger.setAttribute("aria-pressed", String(isLarge));
    this.log.toEnd(this.log.newest, true);
  }
}
