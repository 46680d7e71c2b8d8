/** Calls of the conversation API. The token travels in a header, never in an address. */

const REQUEST_LIMIT_MS = 20_000;

export interface Key {
  id: string;
  token: string;
}

export interface Answer<T> {
  status: number;
  body: T;
}

/** No connection, no answer in time, or a server that cannot answer. */
export class Disconnected extends Error {}

/** Too much at once: to be tried again after so long. */
export class TooFast extends Error {
  constructor(readonly waitMs: number) {
    super();
  }
}

export class Gateway {
  constructor(readonly base: string) {}

  /**
   * An answer, be it a refusal.
   *
   * Throws Disconnected or TooFast: the same call may be made again.
   */
  async call<T>(method: string, path: string, key: Key | null, body?: object): Promise<Answer<T>> {
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), REQUEST_LIMIT_MS);
    try {
      const headers = { "Content-Type": "application/json", ...bearer(key) };
      const response = await this.fetch(path, { method, headers, body: body && JSON.stringify(body), signal: ending.signal });
      return { status: response.status, body: (response.status === 204 ? null : await response.json()) as T };
    } catch (error) {
      throw error instanceof TooFast ? error : new Disconnected();
    } finally {
      clearTimeout(timer);
    }
  }

  /** The conversation as it happens, after the last message seen. */
  async events(key: Key, seen: string | null, signal: AbortSignal): Promise<Response> {
    const headers = { ...bearer(key), ...(seen && { "Last-Event-ID": seen }) };
    return this.fetch(`/${key.id}/events`, { headers, signal });
  }

  private async fetch(path: string, request: RequestInit): Promise<Response> {
    const response = await fetch(`${this.base}/api/v1/conversations${path}`, { ...request, cache: "no-store", credentials: "omit" });
    if (response.status === 429) throw new TooFast(1_000 * (Number(response.headers.get("Retry-After")) || 5));
    if (response.status >= 500) throw new Disconnected();
    return response;
  }
}

function bearer(key: Key | null): Record<string, string> {
  return key ? { Authorization: `Bearer ${key.token}` } : {};
}
