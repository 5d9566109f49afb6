/** Wrong tokens of the API, by client: after some, none of its calls is listened to for a while. A right one wipes them out. */
import { clientOf } from './limits.ts';
import { Standing } from './standing.ts';

/** Ten wrong ones at once, and one more every six seconds. */
const limits = {
  slowFrom: Number.POSITIVE_INFINITY,
  delayMs: 0,
  mostDelayMs: 0,
  shutOutAt: 10,
  shutOutMs: 60_000,
  halfLifeMs: 60_000,
  credit: 0,
};

export class Attempts {
  readonly #standing = new Standing(limits);
  readonly #shutOut: () => void;

  /** `shutOut`: called once for each client that is not listened to from now on. */
  constructor(shutOut: () => void) {
    this.#shutOut = shutOut;
  }

  /** Seconds until the client at this address is listened to again; 0: it is. */
  wait(address: string): number {
    return Math.ceil(this.#standing.shutOut(clientOf(address), performance.now()) / 1000);
  }

  failed(address: string): void {
    if (this.#standing.count(clientOf(address), 1, performance.now())) this.#shutOut();
  }

  passed(address: string): void {
    this.#standing.clear(clientOf(address));
  }
}
