/**
 * The stress mode of Postfix (STRESS_README): once nearly all connections are taken, a client gets only as much time, and as many errors, as a
 * mail server needs that has mail for us. Whoever sits there for nothing has to go, and honest mail finds a place again. It holds for
 * sessions that run already; one that is being answered is never cut off by it.
 */
import type { Limits } from './limits.ts';

/** Shares of all connections at which it begins, and below which it is over; the gap keeps it from going to and fro. */
const BEGINS = 0.9;
const ENDS = 0.75;

/** What becomes less. Figures of Postfix (10 s for 300 s, 1 error for 20); three for its junk limit of 1, as EHLO counts here, before and behind STARTTLS. */
export type Patience = Pick<Limits, 'helloMs' | 'lineMs' | 'quietMs' | 'dataWindowMs' | 'errors' | 'junk'>;

export const shortPatience: Patience = { helloMs: 10_000, lineMs: 10_000, quietMs: 10_000, dataWindowMs: 10_000, errors: 1, junk: 3 };

/** The limits under stress: never more patient than the usual ones, and a message must come as fast as while others wait for its memory. */
function shortened(usual: Limits, short: Patience): Limits {
  const least = (name: keyof Patience): number => Math.min(usual[name], short[name]);
  return {
    ...usual,
    helloMs: least('helloMs'),
    lineMs: least('lineMs'),
    quietMs: least('quietMs'),
    dataWindowMs: least('dataWindowMs'),
    errors: least('errors'),
    junk: least('junk'),
    dataBytesPerSecond: Math.max(usual.dataBytesPerSecond, usual.contendedBytesPerSecond),
  };
}

export class Stress {
  readonly #usual: Limits;
  /** What holds under stress. */
  readonly short: Limits;
  readonly #told: (on: boolean, connections: number) => void;
  #on = false;

  /** `told`: called once for each change. */
  constructor(usual: Limits, short: Patience, told: (on: boolean, connections: number) => void) {
    this.#usual = usual;
    this.short = shortened(usual, short);
    this.#told = told;
  }

  get on(): boolean {
    return this.#on;
  }

  /** What holds now. */
  get limits(): Limits {
    return this.#on ? this.short : this.#usual;
  }

  /** So many connections there are now. */
  see(connections: number): void {
    const share = connections / this.#usual.connections;
    const on = this.#on ? share >= ENDS : share >= BEGINS;
    if (on === this.#on) return;
    this.#on = on;
    this.#told(on, connections);
  }
}
