/** Hears what happens in a conversation, for as long as somebody looks at the page. */

import { TooFast } from "./gateway";
import { eventsOf } from "./events";
import type { Message, Mode } from "./messages";
import type { Talk } from "./talk";
import { backOff, FOR_EVER, pause } from "./waiting";

/** The gateway says something every 15 seconds; a connection that says nothing for so long is dead. */
const SILENCE_MS = 40_000;
/** The first event, the mode, comes at once. */
const FIRST_EVENT_MS = 10_000;

/**
 * Until the conversation is over. Between two streams the transcript is read, which says it when the
 * connection is lost, and finds what a proxy keeps back that passes no streams.
 */
export async function listen(talk: Talk): Promise<void> {
  const mine = talk.key;
  let failures = 0;
  while (talk.key && talk.key === mine) {
    while (document.hidden && talk.key === mine) await pause(FOR_EVER);
    const began = Date.now();
    const waitMs = await follow(talk);
    if (talk.key !== mine) return;
    talk.view.typing(false);
    failures = Date.now() - began > SILENCE_MS ? 0 : failures + 1;
    if (!document.hidden) await pause(waitMs ?? backOff(failures - 1));
    if (talk.key !== mine || !(await talk.catchUp())) return;
  }
}

/** One stream to its end; how long to wait before the next one, if the gateway has said so. */
async function follow(talk: Talk): Promise<number | undefined> {
  const ending = new AbortController();
  const end = () => ending.abort();
  let silence = setTimeout(end, FIRST_EVENT_MS);
  const onSignOfLife = () => {
    clearTimeout(silence);
    silence = setTimeout(end, SILENCE_MS);
  };
  // a page nobody looks at needs none of the few connections a browser has
  const whenHidden = () => document.hidden && end();
  document.addEventListener("visibilitychange", whenHidden);
  talk.stopListening = end;
  const mine = talk.key!;
  try {
    const response = await talk.gateway.events(mine, talk.lastId, ending.signal);
    if (!response.ok) return undefined;
    for await (const { event, data } of eventsOf(response, onSignOfLife)) {
      if (talk.key !== mine) break;
      hear(talk, event, JSON.parse(data));
    }
  } catch (error) {
    if (error instanceof TooFast) return error.waitMs;
  } finally {
    clearTimeout(silence);
    document.removeEventListener("visibilitychange", whenHidden);
    end();
  }
  return undefined;
}

function hear(talk: Talk, event: string, data: unknown): void {
  if (event === "message") talk.show([data as Message]);
  if (event === "mode") talk.view.changeMode((data as { mode: Mode }).mode);
  if (event === "typing") talk.view.typing((data as { typing: boolean }).typing);
}
