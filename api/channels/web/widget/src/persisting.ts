/** Calls that are made until there is an answer, as the owner's connection allows. */

import { Disconnected, TooFast, type Answer } from "./gateway";
import type { Problem } from "./messages";
import type { Talk } from "./talk";
import { backOff, pause } from "./waiting";
import * as say from "./wording";

const GONE = ["urn:mamori:token-refused", "urn:mamori:conversation-unknown"];

/** Whether the conversation is still there, by what was answered. */
export function isThere(answer: Answer<unknown>): boolean {
  return !GONE.includes((answer.body as Problem | null)?.type ?? "");
}

/**
 * Tries again until there is an answer. Sending twice is harmless: the message's id is the same.
 * Null once the owner has begun another conversation: nobody waits for this one any more.
 */
export async function persist<T>(talk: Talk, method: string, path: string, body?: object): Promise<Answer<T> | null> {
  const mine = talk.key;
  for (let failures = 0; mine === talk.key; failures += 1) {
    let waitMs = backOff(failures);
    try {
      const answer = await talk.gateway.call<T>(method, path, mine, body);
      if (mine !== talk.key) return null;
      talk.wasReached = true;
      if (failures) talk.view.tell(say.RECONNECTED);
      if (!isThere(answer)) talk.lose();
      return answer;
    } catch (error) {
      if (mine !== talk.key) return null;
      if (error instanceof TooFast) {
        talk.view.tell(say.TOO_FAST, true);
        waitMs = error.waitMs;
      } else if (error instanceof Disconnected) {
        talk.view.tell(talk.wasReached ? say.DISCONNECTED : say.UNREACHED, true);
      } else throw error;
    }
    await pause(waitMs);
  }
  return null;
}
