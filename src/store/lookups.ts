/**
 * Port of the store: how operators find a message of which they have no trace id, and what waits or was said because of it. Looks only; what
 * is noted for it is kept as long as the journal, goes with the party, and names nobody: Message-IDs are kept as keyed hashes.
 */
import type { Entry } from '../model/entry.ts';
import type { ReviewFinding } from '../model/standing.ts';

/** By what a message of the journal is to be found. */
export interface Noted {
  readonly trace: string;
  /** Of its entry: milliseconds since 1970. */
  readonly at: number;
  /** Without brackets: the author's Message-ID, and the one under which it left. At most 4 are kept. */
  readonly messageIds: readonly string[];
  /** Between whose parties it went, or would have gone. */
  readonly conversation?: string;
  /** The journal counts it to no conversation: it was written to an alias of this one and got no further. */
  readonly stray?: true;
  /** Ids of both. */
  readonly parties: readonly string[];
}

/** Whose messages are asked for. */
export type Subject = { readonly kind: 'conversation' | 'party'; readonly id: string };

export interface EntryPage {
  readonly entries: readonly Entry[];
  readonly next?: string;
}

/** A mail that nobody waits for; times in milliseconds since 1970. `sent`: it left, or was given up, in the last 5 days. */
export type Waiting =
  | { readonly kind: 'waiting'; readonly at: number; readonly due: number; readonly attempts: number }
  | { readonly kind: 'sent' };

/** That a party said something of a message; not what. */
export interface Said {
  readonly kind: 'objection' | 'report';
  readonly trace: string;
  readonly party: string;
}

export interface Lookups {
  /** After the entry was added, or with it; the same message again changes nothing. */
  note(message: Noted): Promise<void>;
  /** Trace ids of the messages that were noted under this Message-ID (without brackets), newest first; 20 at most. */
  withMessageId(id: string): Promise<readonly string[]>;
  /**
   * Newest first; `before`: the `next` of the page before. Of a conversation: those that the journal counts to it, and those that were written to
   * one of its aliases and got no further. Of a party: what was noted.
   */
  page(subject: Subject, limit: number, before?: string): Promise<EntryPage>;
  /** Of the outbox, by the item's id. Undefined: there was no such mail, or it left longer ago. */
  mail(id: string): Promise<Waiting | undefined>;
  /** Whether the party said it, when (milliseconds since 1970), and what a person found of it. */
  said(what: Said): Promise<{ readonly at: number; readonly found?: ReviewFinding } | undefined>;
}
