/** Ports of the store for mail that the relay writes itself: what waits to be sent, and what daily mails are written from. */
import type { Mailbox } from '../model/address.ts';
import type { Face } from '../model/route.ts';

/** Mail that the relay sends without anybody waiting for it. */
export interface OutboxItem {
  /** The caller's own, the same for the same mail; says nothing of the person. */
  readonly id: string;
  readonly trace: string;
  readonly reversePath: string;
  readonly recipient: Mailbox;
  readonly bytes: Uint8Array;
  /** When it was put: milliseconds since 1970. */
  readonly at: number;
  /** How often it was lent, this time included. */
  readonly attempts: number;
}

/** What nobody waits for: notices, released messages. Durable when `put` resolves; encrypted. Waits until it is done, however long. */
export interface Outbox {
  /** The same id again changes nothing, also for 5 days after it was done. `due`: milliseconds since 1970. */
  put(item: Omit<OutboxItem, 'attempts'>, due: number): Promise<void>;
  /**
   * Items that are due, the one due longest first, each lent to this store alone for `leaseSeconds`. At most `limit` of them, and 100;
   * fewer where they are large. What no secret of ours opens stays for a relay that has it; throws where there is nothing else.
   */
  lend(limit: number, leaseSeconds: number): Promise<readonly OutboxItem[]>;
  /** It was sent or given up: it goes, whoever has it. */
  done(id: string): Promise<void>;
  /** It is not to be sent after all: it goes, whoever has it, and may be put again. */
  withdraw(id: string): Promise<void>;
  /** Due at that time, and the loan is given back where there is one. Nothing happens where another relay has the item now. */
  later(id: string, due: number): Promise<void>;
  /** How many wait, those lent included, and when the oldest was put (milliseconds since 1970). */
  depth(): Promise<{ readonly count: number; readonly oldest?: number }>;
}

/** What a digest says of one message. */
export interface DigestEntry {
  /** Id of the author's party. */
  readonly party: string;
  readonly trace: string;
  /** Milliseconds since 1970, when the message came. */
  readonly at: number;
  readonly kind: 'refused' | 'redacted' | 'held';
  /** Decoded. */
  readonly subject: string;
  /** Ids of the rules that the author is told of. */
  readonly rules: readonly string[];
  /** The author, as the other side sees them. */
  readonly own: Face;
  /** The other side's name, as the author sees it. */
  readonly other: string;
}

/** One party's day, lent. */
export interface DigestDay {
  readonly party: string;
  /** `2026-03-09`, UTC. */
  readonly day: string;
  /** In the order of their times. */
  readonly entries: readonly DigestEntry[];
}

/** What the daily mails are written from, for parties that want no more than that; encrypted; kept for 30 days at most. */
export interface Digests {
  /** Durable when it resolves. The same trace and kind again changes nothing while it waits. `day`: as in `DigestDay`. */
  add(entry: DigestEntry, day: string): Promise<void>;
  /**
   * A party's day that lies before `before`, the oldest first, lent to this store alone for `leaseSeconds`; undefined where there is none.
   * At most 1000 entries of it: the rest is lent once these are done. What no secret of ours opens is not among them, and stays.
   */
  lend(before: string, leaseSeconds: number): Promise<DigestDay | undefined>;
  /** These entries were written into a mail: they go, whoever has them. What came in the meantime may be lent at once. */
  done(lent: DigestDay): Promise<void>;
}
