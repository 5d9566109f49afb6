/**
 * How fast sellers answer (requirement G6). All that a buyer writes before the seller answers is one question; its clock begins when the
 * first of it was delivered, and it counts on that day (UTC). Numbers and ids alone: nothing of what was written.
 */

/** Whose question it is, and where it was asked. */
export interface Asked {
  readonly seller: string;
  readonly conversation: string;
}

/** What came of the questions of one day. */
export interface ResponseDay {
  /** `2026-03-09`, UTC. */
  readonly day: string;
  readonly questions: number;
  /** By a message, or by the word that no answer is needed. */
  readonly answered: number;
  /** Of those, within 24 hours. */
  readonly inTime: number;
  /** Of those answered, by the word that no answer is needed: they have no time. */
  readonly settled: number;
  /** What the others took, added up. */
  readonly seconds: number;
}

export interface ResponseCounts {
  /** Those of which something is known, the last day first. */
  readonly days: readonly ResponseDay[];
  /** Questions without an answer whose 24 hours are not over. */
  readonly waiting: readonly { readonly day: string; readonly questions: number }[];
}

/** Kept for 100 days. Goes when the seller is forgotten; what waits goes with the buyer. */
export interface Responses {
  /** A message of the buyer's that came at this time (ms since 1970) has been delivered to the seller just now. */
  asked(question: Asked, came: number): Promise<void>;
  /** The seller's own message has been delivered to the buyer just now. */
  answered(question: Asked): Promise<void>;
  /** What came up to this time (ms since 1970) needs no answer; what came later waits on, from when the last of it came. */
  settled(question: Asked, until: number): Promise<void>;
  /** Since the beginning of this day (`2026-03-09`, UTC). */
  counts(seller: string, since: string): Promise<ResponseCounts>;
}

/** Milliseconds. */
export const dayLength = 86_400_000;

/** How long an answer in time takes, in milliseconds. */
export const inTimeWithin = dayLength;

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
