/** Asks a store again that is away for a moment: the message has its reply, and nobody comes again with it. */
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds until it is asked again: what waits here is lost with the process, so it is not to wait for longer than the store is away. */
const everyMilliseconds = 1_000;
const patience = 21_000;

/** Rejects as the last try does, after 21 s at least. Keeps no process alive. */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + patience; performance.now() < end; ) {
    try {
      return await work();
    } catch {
      await pause(everyMilliseconds, undefined, { ref: false });
    }
  }
  return work();
}
