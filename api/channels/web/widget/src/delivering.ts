/** A message on its way: kept over a reload, sent until it has arrived, shown once. */

import type { Replies } from "./messages";
import { persist } from "./persisting";
import type { Talk } from "./talk";
import * as say from "./wording";

const SLOW_MS = 1_500;

/** A message on its way. Its id makes it harmless to send it again. */
export interface Unsent {
  conversation: string;
  shown: string;
  body: { text?: string; choice?: string; client_message_id: string };
}

export async function deliver(talk: Talk, message: Unsent, isResent = false): Promise<void> {
  const { view } = talk;
  talk.isBusy = true;
  view.onItsWay(message.shown, isResent);
  view.tell(say.SENDING);
  const slow = setTimeout(() => view.tell(say.AWAITING), SLOW_MS);
  const answer = await persist<Replies>(talk, "POST", `/${message.conversation}/messages`, message.body);
  clearTimeout(slow);
  if (!answer) return;
  talk.unsent.set(null);
  talk.isBusy = false;
  if (answer.status !== 200) return talk.refused(answer, message);
  view.tell("");
  // who answers is told by the stream: what stands here was so before the message came
  const { messages } = answer.body;
  // most often the stream has brought them all by now
  if (!messages.length || !messages.every(({ id }) => view.has(id))) await talk.catchUp();
  view.arrived();
}

export function newId(): string {
  // crypto.randomUUID is missing on plain http
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}
