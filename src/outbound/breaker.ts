/**
 * A circuit breaker for the next hop: once several hand-overs in a row found it down, the next ones are put off at once instead of each
 * waiting for a timeout, and one at a time tries again, after pauses that grow. Nothing is lost by it: the senders' servers keep the mail.
 *
 * Written here, and not with a library: cockatiel measures its pauses by the wall clock (one that is set back by an hour leaves it open for
 * an hour) and lets all wait for the one that tries; opossum's pauses do not grow. There is no timer in it, so that nothing is to be closed.
 */

export interface BreakerSettings {
  /** Hand-overs in a row that find the next hop down. */
  readonly faults: number;
  /** Milliseconds until the first trial; each one that fails doubles it, up to `longestPause`. Up to half of it is taken off by chance. */
  readonly firstPause: number;
  readonly longestPause: number;
}

export interface BreakerPorts {
  /** Told once for each change; `said`: what the next hop said last, `ms`: for how long it was down. */
  readonly told: (change: { readonly to: 'down'; readonly said: string } | { readonly to: 'up'; readonly ms: number }) => void;
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/**
 * What a hand-over has shown of the next hop as such: it answers, whatever it thinks of the message; it is down; or nothing, where the
 * hand-over did not get that far.
 */
export type Shown = 'alive' | 'down' | 'nothing';

/** Ends a hand-over; a second call changes nothing. */
export type Ended = (shown: Shown, said?: string) => void;

export interface Breaker {
  /** How many hand-overs may begin now: none while the next hop is down, then one that tries, any number while it is well. */
  readonly room: number;
  /** Begins a hand-over. Undefined: there is no room. */
  begin(): Ended | undefined;
}

/** Of a next hop that each hand-over tries. */
export const neverDown: Breaker = { room: Number.POSITIVE_INFINITY, begin: () => () => undefined };

/** The next hop is down since `since`; one hand-over may try from `until` on, and `trying` says that one does. */
interface Down {
  readonly since: number;
  pause: number;
  until: number;
  trying: boolean;
}

export const defaultBreaker: BreakerSettings = { faults: 5, firstPause: 2_000, longestPause: 60_000 };

export class CircuitBreaker implements Breaker {
  readonly #ports: BreakerPorts;
  readonly #settings: BreakerSettings;
  #faults = 0;
  /** When the next hop last showed that it is there: hand-overs that began before tell nothing of what came after. */
  #seen = Number.NEGATIVE_INFINITY;
  #down: Down | undefined;

  constructor(ports: BreakerPorts, settings: BreakerSettings = defaultBreaker) {
    this.#ports = ports;
    this.#settings = settings;
  }

  get room(): number {
    if (this.#down === undefined) return Number.POSITIVE_INFINITY;
    const { trying, until } = this.#down;
    return !trying && this.#ports.now() >= until ? 1 : 0;
  }

  begin(): Ended | undefined {
    if (this.room === 0) return undefined;
    const began = this.#ports.now();
    const trial = this.#down;
    if (trial) trial.trying = true;
    let running = true;
    return (shown, said = '') => {
      if (!running) return;
      running = false;
      if (trial) trial.trying = false;
      if (shown === 'alive') this.#alive();
      else if (shown === 'down' && began >= this.#seen) this.#failed(trial, said);
    };
  }

  #alive(): void {
    const now = this.#ports.now();
    const since = this.#down?.since;
    this.#faults = 0;
    this.#seen = now;
    this.#down = undefined;
    if (since !== undefined) this.#ports.told({ to: 'up', ms: Math.round(now - since) });
  }

  #failed(trial: Down | undefined, said: string): void {
    const { faults, firstPause, longestPause } = this.#settings;
    this.#faults += 1;
    if (trial) {
      trial.pause = Math.min(longestPause, trial.pause * 2);
      trial.until = this.#endOf(trial.pause);
    } else if (this.#down === undefined && this.#faults >= faults) {
      this.#down = { since: this.#ports.now(), pause: firstPause, until: this.#endOf(firstPause), trying: false };
      this.#ports.told({ to: 'down', said });
    }
  }

  #endOf(pause: number): number {
    return this.#ports.now() + pause * (1 - this.#ports.random() / 2);
  }
}
