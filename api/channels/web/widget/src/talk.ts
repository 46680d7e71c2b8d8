/** One owner's conversation: opened, resumed after a reload, spoken in. Knows nothing of how it looks. */

import type { Box } from "./box";
import { Disconnected, TooFast, type Answer, type Gateway, type Key } from "./gateway";
import { listen } from "./listening";
import type { Message, Mode, Opened, Problem, Replies } from "./messages";
import { backOff, pause, wake } from "./waiting";
import * as say from "./wording";

const SLOW_MS = 1_500;
const GONE = ["urn:mamori:token-refused", "urn:mamori:conversation-unknown"];

/** What is kept of a conversation in the browser; `seen` is the last message the owner looked at. */
export interface Saved extends Key {
  seen?: string;
}

/** A message on its way, which a reload must not lose. */
export interface Unsent {
  conversation: string;
  shown: string;
  body: { text?: string; choice?: string; client_message_id: string };
}

export interface View {
  show(messages: Message[]): void;
  has(id: string): boolean;
  clear(): void;
  onItsWay(words: string, isResent: boolean): void;
  arrived(): void;
  giveBack(words?: string): void;
  changeMode(mode: Mode): void;
  typing(isTyping: boolean): void;
  tell(words: string, isTrouble?: boolean): void;
  lost(): void;
}

export class Talk {
  key: Saved | null = null;
  lastId: string | null = null;
  stopListening: () => void = () => {};
  isBusy = false;
  private isOpening = false;
  private wasReached = false;

  constructor(
    readonly gateway: Gateway,
    private readonly association: string | undefined,
    private readonly saved: Box<Saved>,
    private readonly unsent: Box<Unsent>,
    readonly view: View,
  ) {}

  /** Begins with what this browser remembers. */
  start(): Promise<void> {
    this.key = this.saved.get();
    return this.resume();
  }

  /** Shows what was said, and sends what was on its way. */
  private async resume(): Promise<void> {
    const mine = this.key;
    if (!mine || !(await this.catchUp())) return;
    void listen(this);
    const message = this.unsent.get();
    if (message?.conversation === mine.id) await this.deliver(message, true);
  }

  /** A new conversation, unless there is one. */
  async open(): Promise<void> {
    if (this.key || this.isOpening) return;
    this.isOpening = true;
    const answer = await this.persist<Opened>("POST", "", { association: this.association });
    this.isOpening = false;
    if (answer?.status !== 201) return this.refused(answer);
    const { conversation_id: id, token, mode, messages } = answer.body;
    this.view.clear();
    this.keep({ id, token });
    this.view.changeMode(mode);
    this.show(messages);
    void listen(this);
  }

  async say(body: { text: string } | { choice: string }, shown: string): Promise<void> {
    if (this.isBusy) return this.view.tell(say.STILL_SENDING);
    await this.open();
    if (!this.key) return this.view.giveBack(shown);
    const message = { conversation: this.key.id, shown, body: { ...body, client_message_id: newId() } };
    this.unsent.set(message);
    await this.deliver(message);
  }

  /** Shows what is new, in its order; false when the conversation is not there any more. */
  async catchUp(): Promise<boolean> {
    const after = this.lastId ? `?after=${this.lastId}` : "";
    const answer = await this.persist<Replies>("GET", `/${this.key?.id}/messages${after}`);
    if (answer?.status !== 200) return false;
    this.view.changeMode(answer.body.mode);
    this.show(answer.body.messages);
    return true;
  }

  show(messages: Message[]): void {
    const last = messages[messages.length - 1];
    if (last && (!this.lastId || last.id > this.lastId)) this.lastId = last.id;
    this.view.show(messages);
  }

  /** One try, for what the owner can try again; null when there was no answer. */
  async once<T>(method: string, path: string, body?: object): Promise<Answer<T> | null> {
    try {
      return await this.gateway.call<T>(method, `/${this.key?.id}${path}`, this.key, body);
    } catch {
      return null;
    }
  }

  /** Everything is deleted at the gateway, and a new conversation begins; false when it could not be. */
  async erase(): Promise<boolean> {
    const answer = this.key ? await this.once("DELETE", "") : { status: 204 };
    if (!answer || ![204, 401, 404].includes(answer.status)) return false;
    this.forget();
    await this.open();
    return true;
  }

  /** The conversation is over: expired, or deleted elsewhere. */
  lose(): void {
    this.forget();
    this.view.lost();
  }

  /** Another window of this browser has begun, ended or looked at a conversation. */
  adopt(): void {
    const other = this.saved.get();
    const isSame = other?.id === this.key?.id;
    this.key = isSame && this.key ? Object.assign(this.key, other) : other;
    if (isSame) return;
    this.startOver();
    if (other) void this.resume();
    else this.view.lost();
  }

  /** All that is there has been looked at. */
  seen(): void {
    if (!this.key || !this.lastId || this.key.seen === this.lastId) return;
    this.key.seen = this.lastId;
    this.saved.set(this.key);
  }

  /** The page has taken the widget away: nothing goes on. */
  leave(): void {
    this.key = null;
    this.isBusy = false;
    this.stopListening();
    wake();
  }

  private forget(): void {
    this.keep(null);
    this.startOver();
  }

  private startOver(): void {
    this.lastId = null;
    this.isBusy = false;
    this.view.tell("");
    this.view.typing(false);
    this.view.clear();
    this.stopListening();
    wake();
  }

  private keep(key: Saved | null): void {
    this.key = key;
    this.saved.set(key);
    this.unsent.set(null);
  }

  private async deliver(message: Unsent, isResent = false): Promise<void> {
    this.isBusy = true;
    this.view.onItsWay(message.shown, isResent);
    this.view.tell(say.SENDING);
    const slow = setTimeout(() => this.view.tell(say.AWAITING), SLOW_MS);
    const answer = await this.persist<Replies>("POST", `/${message.conversation}/messages`, message.body);
    clearTimeout(slow);
    if (!answer) return;
    this.unsent.set(null);
    this.isBusy = false;
    if (answer.status !== 200) return this.refused(answer, message);
    this.view.tell("");
    this.view.changeMode(answer.body.mode);
    if (!answer.body.messages.length || !answer.body.messages.every(({ id }) => this.view.has(id))) await this.catchUp();
    this.view.arrived();
  }

  /** The words go back to where they were typed, together with what to do about it. */
  private refused(answer: Answer<unknown> | null, message?: Unsent): void {
    if (message) this.view.giveBack(message.body.text);
    if (!answer || !this.isThere(answer)) return;
    const { title, detail } = answer.body as Problem;
    this.view.tell(`${title}。${detail}`, true);
  }

  private isThere(answer: Answer<unknown>): boolean {
    return !GONE.includes((answer.body as Problem | null)?.type ?? "");
  }

  /**
   * Tries again until there is an answer. Sending twice is harmless: the message's id is the same.
   * Null once the owner has begun another conversation: nobody waits for this one any more.
   */
  private async persist<T>(method: string, path: string, body?: object): Promise<Answer<T> | null> {
    const mine = this.key;
    for (let failures = 0; mine === this.key; failures += 1) {
      let waitMs = backOff(failures);
      try {
        const answer = await this.gateway.call<T>(method, path, mine, body);
        if (mine !== this.key) return null;
        this.wasReached = true;
        if (failures) this.view.tell("");
        if (!this.isThere(answer)) this.lose();
        return answer;
      } catch (error) {
        if (mine !== this.key) return null;
        if (error instanceof TooFast) {
          this.view.tell(say.TOO_FAST, true);
          waitMs = error.waitMs;
        } else if (error instanceof Disconnected) {
          this.view.tell(this.wasReached ? say.DISCONNECTED : say.UNREACHED, true);
        } else throw error;
      }
      await pause(waitMs);
    }
    return null;
  }
}

function newId(): string {
  // crypto.randomUUID is missing on plain http
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}
