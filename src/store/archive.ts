/**
 * Ports of the store for the archive: which copies are kept of which message, and the copies that their own place did not take yet. The
 * copies themselves lie elsewhere (`src/archive/blobs.ts`); here is only what they are found by.
 */
import type { Entry, Outcome } from '../model/entry.ts';
import type { Direction } from '../model/route.ts';
import type { Finding } from '../model/verdict.ts';

/** Which bytes: as they came over the wire, or as they left. */
export type CopyOf = 'received' | 'delivered';

/** One copy: where it lies and what it must be. */
export interface Copy {
  /** 32 hexadecimal digits: a keyed hash of the bytes and of whose they are. Says nothing to who has no secret. */
  readonly address: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** Where the message's copies lie there together, one behind the other: from which byte of how many. */
  readonly within?: { readonly from: number; readonly bytes: number };
}

/** What was decided about a message, at one time. A held one that is released later has two. */
export interface Decision {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly disposition: Outcome;
  /** What the sender's server was told. */
  readonly reply: string;
  /** `span`: the very words; goes when the contents go. */
  readonly findings: readonly (Entry['findings'][number] & Partial<Pick<Finding, 'span'>>)[];
  /** Milliseconds, by step of the way. */
  readonly steps: Entry['steps'];
  readonly more: Pick<Entry, 'reason' | 'authentication' | 'repeats' | 'tag'>;
}

/** Why there are no copies: a party was forgotten; or there was no room for them when they were to be written. */
export type GoneBecause = 'forgotten' | 'no room';

/** One message in the archive. */
export interface Archived {
  readonly trace: string;
  /** Milliseconds since 1970, when DATA ended. */
  readonly at: number;
  readonly conversation: string;
  readonly direction?: Direction;
  /** Ids of the two parties. */
  readonly buyer: string;
  readonly seller: string;
  /** The order that stood between the two. */
  readonly order?: string;
  /** The oldest first. */
  readonly decisions: readonly Decision[];
  readonly copies: Readonly<Partial<Record<CopyOf, Copy>>>;
  readonly gone?: { readonly at: number; readonly why: GoneBecause };
}

/** Which messages; all that is given must fit. */
export interface ArchiveQuestion {
  readonly conversation?: string;
  readonly party?: string;
  readonly order?: string;
  /** Milliseconds since 1970; from there on. */
  readonly from?: number;
  /** Before that. */
  readonly to?: number;
  /** What was decided last. */
  readonly disposition?: Outcome;
  /** Found at any time. */
  readonly rule?: string;
}

/** A page may be short, and have a `next` all the same. */
export interface ArchivePage {
  readonly records: readonly Archived[];
  readonly next?: string;
}

/** A copy on its way to where copies lie; sealed by the archive already. */
export interface QueuedCopy {
  readonly address: string;
  readonly trace: string;
  readonly bytes: Uint8Array;
  /** When it was put: milliseconds since 1970. */
  readonly at: number;
  /** How often it was lent, this time included. */
  readonly attempts: number;
}

/** Copies that their place did not take, or not yet; 256 MiB of them at most, so that an archive that is away cannot fill the store. */
export interface ArchiveQueue {
  /** Durable when it resolves. The same address again changes nothing. False: there is no room. */
  put(copy: Pick<QueuedCopy, 'address' | 'trace' | 'bytes'>): Promise<boolean>;
  read(address: string, trace: string): Promise<Uint8Array | undefined>;
  /** Copies that are due, each lent to this store alone for `leaseSeconds`. At most `limit` of them, and 20. */
  lend(limit: number, leaseSeconds: number): Promise<readonly QueuedCopy[]>;
  /** It goes, whoever has it. */
  drop(address: string, trace: string): Promise<void>;
  /** Other bytes for one that waits: the same copy, sealed anew. Nothing happens where it is gone. */
  replace(copy: Pick<QueuedCopy, 'address' | 'trace' | 'bytes'>): Promise<void>;
  /** Due at that time (milliseconds since 1970). Nothing happens where it is gone. */
  later(address: string, trace: string, due: number): Promise<void>;
  /** How many wait, those lent included, their bytes, and when the oldest was put. */
  depth(): Promise<{ readonly count: number; readonly bytes: number; readonly oldest?: number }>;
}

/** The archive's index. Records stay until they are dropped. */
export interface ArchiveIndex {
  /** Puts a record, or another one for the same message. */
  put(record: Archived): Promise<void>;
  record(trace: string): Promise<Archived | undefined>;
  /** Newest first; `before`: the `next` of the page before. At most 500 are looked at for one page. */
  page(question: ArchiveQuestion, limit: number, before?: string): Promise<ArchivePage>;
  /** Of all that a secret opens, oldest first, those that lie before that time; `after`: the last one of the page before. */
  oldest(before: number, limit: number, after?: Pick<Archived, 'at' | 'trace'>): Promise<readonly Archived[]>;
  drop(record: Archived): Promise<void>;
  readonly queue: ArchiveQueue;
}
