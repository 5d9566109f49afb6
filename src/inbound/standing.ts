/**
 * What a client has earned, beyond one session: misses and failed proofs count against it, relayed messages for it, and both fade. From a
 * few on its answers take longer, the longer the more; at last it is shut out for a while. Whoever is shut out is put off (4xx), never
 * refused: a provider's server with one bad customer may have honest mail as well, and what that had relayed before weighs for it.
 * The figures are of this process, and of a bounded number of clients.
 */

/** Times in milliseconds. */
export interface StandingLimits {
  /** From this score on each answer is delayed: by `delayMs` for each point above, `mostDelayMs` at most. */
  readonly slowFrom: number;
  readonly delayMs: number;
  readonly mostDelayMs: number;
  /** At this score a client is shut out, and for how long. */
  readonly shutOutAt: number;
  readonly shutOutMs: number;
  /** How long it takes a score to fade to its half. */
  readonly halfLifeMs: number;
  /** Points that a client can have in its favour. */
  readonly credit: number;
}

interface Score {
  readonly points: number;
  /** When they were counted. */
  readonly at: number;
  /** Shut out until then. */
  readonly until: number;
}

/** A client that was never counted. */
const unknown: Score = { points: 0, at: 0, until: 0 };

/** Times are milliseconds of one monotonic clock. */
export class Standing {
  readonly #limits: StandingLimits;
  readonly #keys: number;
  /** The client that was counted last stands last. */
  readonly #scores = new Map<string, Score>();

  /** `keys`: clients that are remembered; the one that was quiet for longest goes first. */
  constructor(limits: StandingLimits, keys = 10_000) {
    this.#limits = limits;
    this.#keys = keys;
  }

  #points(client: string, at: number): number {
    const { points, at: then } = this.#scores.get(client) ?? unknown;
    return points * 2 ** ((then - at) / this.#limits.halfLifeMs);
  }

  /** Counts points against a client, or for it where they are negative. True: it is shut out from now on. */
  count(client: string, points: number, at: number): boolean {
    const { credit, shutOutAt, shutOutMs } = this.#limits;
    const before = this.#scores.get(client) ?? unknown;
    const now = Math.max(-credit, this.#points(client, at) + points);
    const falls = Math.round(now) >= shutOutAt && before.until <= at;
    this.#scores.delete(client);
    this.#scores.set(client, { points: now, at, until: falls ? at + shutOutMs : before.until });
    if (this.#scores.size > this.#keys) this.#scores.delete(this.#scores.keys().next().value ?? client);
    return falls;
  }

  /** How long an answer to the client waits. */
  delay(client: string, at: number): number {
    const { slowFrom, delayMs, mostDelayMs } = this.#limits;
    const above = Math.round(this.#points(client, at)) - slowFrom + 1;
    return above > 0 ? Math.min(mostDelayMs, above * delayMs) : 0;
  }

  /** How long the client is still shut out; 0: it is not. */
  shutOut(client: string, at: number): number {
    return Math.max(0, (this.#scores.get(client) ?? unknown).until - at);
  }

  /** All is forgotten of the client. */
  clear(client: string): void {
    this.#scores.delete(client);
  }
}
