/** Calls of the API, by token: so many a minute, each minute from the token's first call on. All counts are of this process. */

/** Tokens are few; this is more than there will be. */
const mostTokens = 10_000;
const minute = 60_000;

export class Calls {
  readonly perMinute: number;
  readonly #now: () => number;
  readonly #minutes = new Map<string, { readonly ends: number; used: number }>();

  /** `now`: milliseconds, monotonic. */
  constructor(perMinute: number, now: () => number = () => performance.now()) {
    this.perMinute = perMinute;
    this.#now = now;
  }

  /** Counts a call; not allowed: it was one too many. `seconds`: until the minute is over. */
  hit(caller: string): { readonly allowed: boolean; readonly left: number; readonly seconds: number } {
    const now = this.#now();
    const known = this.#minutes.get(caller);
    const count = known && known.ends > now ? known : { ends: now + minute, used: 0 };
    count.used++;
    this.#minutes.delete(caller);
    this.#minutes.set(caller, count);
    if (this.#minutes.size > mostTokens) this.#minutes.delete(this.#minutes.keys().next().value ?? caller);
    const left = Math.max(0, this.perMinute - count.used);
    return { allowed: count.used <= this.perMinute, left, seconds: Math.max(1, Math.ceil((count.ends - now) / 1000)) };
  }
}
