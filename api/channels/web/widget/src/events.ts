/** Server-Sent Events out of a response that is still arriving (EventSource could send no token). */

export interface ServerEvent {
  event: string;
  data: string;
}

/** Every event as it comes; `onSignOfLife` hears of everything that arrives, keep-alive comments too. */
export async function* eventsOf(response: Response, onSignOfLife: () => void): AsyncGenerator<ServerEvent> {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onSignOfLife();
    const blocks = (rest + decoder.decode(value, { stream: true }).replace(/\r/g, "")).split("\n\n");
    rest = blocks.pop()!;
    for (const block of blocks) {
      const event = eventOf(block);
      if (event.data) yield event;
    }
  }
}

function eventOf(block: string): ServerEvent {
  const event = { event: "message", data: "" };
  for (const line of block.split("\n")) {
    const [, name, value] = /^(\w+): ?(.*)$/s.exec(line) ?? [];
    if (name === "event") event.event = value!;
    if (name === "data") event.data += value;
  }
  return event;
}
