/**
 * Ports of the store: whole intents, no get and set, so that every engine can keep each one atomic.
 * Both adapters pass `test/store/contract.ts`. Any method may throw: the way of a message then ends with 451.
 */
import type { Mailbox } from '../model/address.ts';
import type { Entry } from '../model/entry.ts';
import type { Received } from '../model/message.ts';
import type { Conversation, Order, Party, Role } from '../model/route.ts';

/** What an alias stands for. `forgotten`: the party was erased; answered like an unknown alias. */
export type Binding =
  | { readonly kind: 'conversation'; readonly conversation: Conversation /** whose alias it is */; readonly stands: Role }
  | { readonly kind: 'seller'; readonly seller: string }
  | { readonly kind: 'forgotten' };

/** Parties, orders, conversations, and the aliases that lead to them. */
export interface Directory {
  /** Creates or changes a party; its aliases stay. A seller gets its public alias at the first call. Answers the party as stored. */
  putParty(party: Omit<Party, 'publicLocal'>): Promise<Party>;
  party(id: string): Promise<Party | undefined>;
  /** Erases the party, its mailboxes, its name, its messages; its aliases answer as unknown ones for ever. False: there was none. */
  forget(id: string): Promise<boolean>;
  putOrder(order: Order): Promise<void>;
  /** The order between the two that counts: an open one, else the one completed last. */
  orderBetween(buyer: string, seller: string): Promise<Order | undefined>;
  /** The same pair gets the same conversation, for ever, however many ask at once. The aliases are durable before it answers. */
  open(buyer: string, seller: string): Promise<Conversation>;
  conversation(id: string): Promise<Conversation | undefined>;
  /** Notes that this side's message was relayed in the conversation at this time (ms since 1970); the latest time counts. */
  heard(conversation: string, from: Role, at: number): Promise<void>;
  lastHeard(conversation: string): Promise<Readonly<Partial<Record<Role, number>>>>;
  /** By the local part of an alias, lower case. */
  find(local: string): Promise<Binding | undefined>;
  /** The buyer who writes from this mailbox; the one registered last, where there are several. */
  buyerAt(mailbox: Mailbox): Promise<Party | undefined>;
}

/** `claimed`: ours to hand over now; `busy`: another hand-over of the same message is under way; `done`: it was relayed before. */
export type Claim = { readonly kind: 'claimed' } | { readonly kind: 'busy' } | { readonly kind: 'done'; readonly trace: string };

/** A message handed over once, however often the sender's server repeats it. */
export interface Once {
  /** `fingerprint`: bytes that tell the message from any other. A claim that is not settled ends by itself after `leaseSeconds`. */
  claim(fingerprint: string, trace: string, leaseSeconds: number): Promise<Claim>;
  /** Remembers for 5 days that it was relayed (RFC 5321 section 4.5.4.1: how long senders try). */
  settle(fingerprint: string, trace: string): Promise<void>;
  /** Gives the claim back: the message was not relayed. */
  release(fingerprint: string, trace: string): Promise<void>;
}

/** Which Message-ID stands for which, for each side of a conversation: replies must thread in both mail clients. */
export interface Threads {
  /** For the side that wrote: its ids as the other side knows them; undefined for each one unknown. Ids without brackets. */
  translate(conversation: string, side: Role, ids: readonly string[]): Promise<(string | undefined)[]>;
  /** Both ways at once: `theirs` at the author's side is `ours` at the recipient's. */
  pair(conversation: string, author: Role, theirs: string, ours: string): Promise<void>;
}

/** Messages that wait; encrypted; they end after 72 h. */
export interface Holds {
  keep(received: Received, conversation: string, reason: string): Promise<void>;
  read(trace: string): Promise<{ readonly received: Received; readonly conversation: string; readonly reason: string } | undefined>;
}

/** One entry for each message. */
export interface Journal {
  add(entry: Entry): Promise<void>;
  entry(trace: string): Promise<Entry | undefined>;
  /** Newest first; `before`: the `next` of the page before. */
  page(conversation: string, limit: number, before?: string): Promise<{ readonly entries: readonly Entry[]; readonly next?: string }>;
  /** A bounce came for the message. False: no such message. */
  bounced(trace: string, at: number): Promise<boolean>;
}

export interface Store extends AsyncDisposable {
  readonly directory: Directory;
  readonly once: Once;
  readonly threads: Threads;
  readonly holds: Holds;
  readonly journal: Journal;
  /** Resolves when the engine answers; for `/readyz`. */
  ping(): Promise<void>;
}
