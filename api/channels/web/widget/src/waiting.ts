/** Waiting that ends early when there is reason to hope: the connection is back, the owner looks again. */

const wakers = new Set<() => void>();
const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

export const FOR_EVER = 2 ** 31 - 1;

export function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      wakers.delete(end);
      done();
    };
    const timer = setTimeout(end, ms);
    wakers.add(end);
  });
}

export function wake(): void {
  for (const end of wakers) end();
}

/** Ever longer, and never for all owners at once. */
export function backOff(failures: number): number {
  return Math.min(FIRST_MS * 2 ** failures, LONGEST_MS) * (0.5 + Math.random() / 2);
}
