/** Waiting on purpose: how long an answer takes must tell nothing, and whoever asks too much has to be patient. */
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

/** Resolves after so many milliseconds, sooner where the session ends. */
export async function pause(ms: number, ended: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  // The session is over: nobody waits for the answer any more.
  await sleep(ms, undefined, { signal: ended, ref: false }).catch(() => {});
}

/** An answer that comes at full multiples of `ms` only. */
export interface NextFull {
  /** Resolves at the next multiple. */
  end(): Promise<void>;
  cancel(): void;
}

/** Before the moment that matters, in milliseconds: the rest is waited for turn by turn. */
const SPIN_MS = 2;

/**
 * Counts from now. A timer alone would not do: the system counts its milliseconds from when the event loop begins to wait, which is after
 * whatever was computed until then, so that it would only be moved. The last two milliseconds are waited for by the clock.
 */
export function nextFull(ms: number): NextFull {
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const first = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms - SPIN_MS).unref();
  });
  return {
    async end() {
      await first;
      const end = began + ms * Math.ceil((performance.now() - began) / ms);
      const early = end - performance.now() - SPIN_MS;
      if (early > 1) await sleep(early, undefined, { ref: false });
      while (performance.now() < end) await turn();
    },
    cancel: () => clearTimeout(timer),
  };
}

/** So many may start together, so that the store writes them together; then the event loop turns so often: four connections for a message. */
const TOGETHER = 16;
const TURNS = 64;

/**
 * Starts by a few at a time, with turns of the event loop between them. QUIRK: libuv takes one connection a turn from a listener, and in a
 * turn all is done that can be done. Where many messages are worked on, turns get long, connections wait for half a minute to be taken, and
 * never come to the limit at which they would be sent away: with three times the load that we can take, everybody waited so long.
 */
export class Starts {
  #left = TOGETHER;
  #turned: Promise<void> = Promise.resolve();

  /** Resolves when it is one's turn to start: at once, but where the last ones started just now. */
  async next(): Promise<void> {
    while (this.#left === 0) await this.#turned;
    this.#left--;
    if (this.#left === 0) this.#turned = this.#turn();
  }

  async #turn(): Promise<void> {
    for (let passed = 0; passed < TURNS; passed++) await turn();
    this.#left = TOGETHER;
  }
}
