/** One owner's conversation: opened, resumed after a reload, spoken in. Knows nothing of how it looks. */

import type { Box } from "./box";
import { deliver, newId, type Unsent } from "./delivering";
import type { Answer, Gateway, Key } from "./gateway";
import { listen } from "./listening";
import type { Message, Opened, Problem, Replies } from "./messages";
import { isThere, persist } from "./persisting";
import type { View } from "./view";
import { wake } from "./waiting";
import * as say from "./wording";

/** What is kept of a conversation in the browser; `seen` is the last message the owner looked at. */
export interface Saved extends Key {
  seen?: string;
}

export class Talk {
  key: Saved | null = null;
  lastId: string | null = null;
  stopListening: () => void = () => {};
  isBusy = false;
  private isOpening = false;
  wasReached = false;

  constructor(
    readonly gateway: Gateway,
    private readonly association: string | undefined,
    private readonly saved: Box<Saved>,
    readonly unsent: Box<Unsent>,
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
    if (message?.conversation === mine.id) await deliver(this, message, true);
  }

  /** A new conversation, unless there is one. */
  async open(): Promise<void> {
    if (this.key || this.isOpening) return;
    this.isOpening = true;
    const answer = await persist<Opened>(this, "POST", "", { association: this.association });
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
    await deliver(this, message);
  }

  /** Shows what is new, in its order; false when the conversation is not there any more. */
  async catchUp(): Promise<boolean> {
    const after = this.lastId ? `?after=${this.lastId}` : "";
    const answer = await persist<Replies>(this, "GET", `/${this.key?.id}/messages${after}`);
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
    // another window may have begun a new one a moment ago
    if (this.saved.get()?.id !== this.key.id) return;
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

  /** The words go back to where they were typed, together with what to do about it. */
  refused(answer: Answer<unknown> | null, message?: Unsent): void {
    if (message) this.view.giveBack(message.body.text);
    if (!answer || !isThere(answer)) return;
    const { title, detail } = answer.body as Problem;
    this.view.tell(`${title}。${detail}`, true);
  }
}
