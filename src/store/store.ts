/**
 * Ports of the store: whole intents, no get and set, so that every engine can keep each one atomic.
 * Both adapters pass `test/store/contract.ts`. Any method may throw: the way of a message then ends with 451.
 */
import type { Mailbox } from '../model/address.ts';
import type { Entry } from '../model/entry.ts';
import type { Received } from '../model/message.ts';
import type { Admission, BounceReason, Conversation, Order, Party, PartyMailbox, Role } from '../model/route.ts';
import type { Ledger } from '../model/standing.ts';
import type { Digests, Outbox } from './own-mail.ts';
import type { Reviews } from './reviews.ts';
import type { Webhooks } from './webhooks.ts';
import type { Answers } from './answers.ts';
import type { Responses } from './responses.ts';
import type { Tokens } from './tokens.ts';
import type { Lookups } from './lookups.ts';
import type { ArchiveIndex } from './archive.ts';
import type { Upkeep } from './upkeep.ts';

export type * from './own-mail.ts';
export type * from './reviews.ts';

/** What an alias stands for. `forgotten`: the party was erased; answered like an unknown alias. */
export type Binding =
  | { readonly kind: 'conversation'; readonly conversation: Conversation /** whose alias it is */; readonly stands: Role }
  | { readonly kind: 'seller'; readonly seller: string }
  | { readonly kind: 'forgotten' };

/** Whether a buyer opted out of all stays as it is where it is left out: buyers say it themselves. */
export type PartyToPut = Omit<Party, 'publicLocal' | 'optedOut' | 'admitted'> & Partial<Pick<Party, 'optedOut'>>;

/** What changes in a conversation; times in milliseconds since 1970. */
export interface ConversationState {
  readonly heard: Readonly<Partial<Record<Role, number>>>;
  readonly optedOut: boolean;
  /** What the buyer wrote up to then needs no answer of the seller's. */
  readonly noAnswerNeededAt?: number;
  /** Who takes no messages from the other side; not set where neither says so. */
  readonly blockedBy?: readonly Role[];
  /** When its aliases end; not set where the rule for all says when. */
  readonly expiresAt?: number;
  /** When it was needed last for something else than a message, within a day. */
  readonly openedAt?: number;
}

export interface AdmissionWord {
  readonly verdict: Admission;
  /** Of the mail that the party was asked about; not set where nobody asked: what it answered before can then no longer be changed by mail. */
  readonly trace?: string;
}

/** Parties, orders, conversations, and the aliases that lead to them. */
export interface Directory {
  /** Creates or changes a party; its aliases stay, marks of its mailboxes go. A seller gets its public alias at the first call. Answers the party as stored. */
  putParty(party: PartyToPut): Promise<Party>;
  party(id: string): Promise<Party | undefined>;
  /** Marks one of the party's mailboxes as unreachable, or takes the mark away. Nothing happens where party or mailbox is gone. */
  markMailbox(party: string, address: Mailbox, mark: PartyMailbox['unreachable'] | undefined): Promise<void>;
  /**
   * What is said of a mailbox that writes in the party's name; stays when the party is put again, and the last word counts. Undefined takes it
   * back. Nothing happens where there is no such party.
   */
  admit(party: string, address: Mailbox, word: AdmissionWord | undefined): Promise<void>;
  /**
   * Erases the party, its mailboxes, its name, its held messages, what waits for its mailboxes or its digest, its opt-outs, the texts of its objections and reports;
   * what its orders say was ordered; its aliases answer as unknown ones for ever. False: there was none.
   */
  forget(id: string): Promise<boolean>;
  /** `reviewRequests` stays what the store has counted. Answers whether the order is new. */
  putOrder(order: Order): Promise<boolean>;
  order(id: string): Promise<Order | undefined>;
  /** The order between the two that counts: an open one, else the one completed last. */
  orderBetween(buyer: string, seller: string): Promise<Order | undefined>;
  /** The seller asked for a review of this order once more. Nothing happens where there is no such order. */
  countReviewRequest(order: string): Promise<void>;
  /** The same pair gets the same conversation, for ever, however many ask at once. The aliases are durable before it answers. */
  open(buyer: string, seller: string): Promise<Conversation>;
  conversation(id: string): Promise<Conversation | undefined>;
  /** The conversation of the two, where they have one; opens none. */
  conversationBetween(buyer: string, seller: string): Promise<Conversation | undefined>;
  /** Notes that this side's message was relayed in the conversation at this time (ms since 1970); the latest time counts. */
  heard(conversation: string, from: Role, at: number): Promise<void>;
  /** The buyer wants no messages that sellers start, or wants them again. Nothing happens where there is no such party. */
  optOutOfAll(party: string, optedOut: boolean): Promise<void>;
  /** The buyer wants no messages that this seller starts, or wants them again. Nothing happens where there is no such conversation. */
  optOut(conversation: string, optedOut: boolean): Promise<void>;
  /** What the buyer wrote up to this time (ms since 1970) needs no answer of the seller's; the latest time counts. */
  needsNoAnswer(conversation: string, until: number): Promise<void>;
  /** This side takes no messages from the other one, or takes them again. Nothing happens where there is no such conversation. */
  block(conversation: string, by: Role, blocked: boolean): Promise<void>;
  /** Its aliases end at this time (ms since 1970); undefined: when the rule for all says so. Nothing happens where there is no such conversation. */
  expire(conversation: string, at: number | undefined): Promise<void>;
  /** The two need their conversation at this time (ms since 1970): an end that lies before it is no more. Nothing happens where they have none. */
  revive(buyer: string, seller: string, at: number): Promise<void>;
  /** When each side was heard last, and whether the buyer opted out of this seller. Nobody and no, where there is no such conversation. */
  state(conversation: string): Promise<ConversationState>;
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

/** What a held message has to do with whom. */
export interface HoldCase {
  readonly conversation: string;
  /** Id of the author's party; `''` where a version before this field kept it. */
  readonly party: string;
  readonly reason: string;
}

export interface Held extends HoldCase {
  readonly received: Received;
}

/** Messages that wait; encrypted; they end after 72 h. Of each author the last 20 are kept. */
export interface Holds {
  keep(received: Received, about: HoldCase): Promise<void>;
  read(trace: string): Promise<Held | undefined>;
  /** Takes the message out: it is given once, whoever asks at the same time. */
  take(trace: string): Promise<Held | undefined>;
  /** How many there are, and when the one that was kept first was kept (milliseconds since 1970). */
  depth(): Promise<{ readonly count: number; readonly oldest?: number }>;
}

/**
 * How each party keeps the rules; one ledger each, encrypted, kept for 400 days after its last change, and as long as an operator's word in
 * it holds. What is older than 400 days is not in it. Goes when the party is forgotten.
 */
export interface Standings {
  /** Empty of a party that there is not. */
  ledger(party: string): Promise<Ledger>;
  /**
   * One atomic step, whoever changes the same ledger at the same time: `change` answers the ledger as it is to be, or the very one that it
   * got, and may be asked several times. Nothing is kept of a party that there is not.
   */
  change<T>(party: string, change: (ledger: Ledger) => { readonly ledger: Ledger; readonly result: T }): Promise<T>;
}

/** Something that may happen so often in so long a time; the windows slide. */
export interface Use {
  /** The caller's own; looked up by keyed hash. */
  readonly key: string;
  readonly limit: number;
  readonly seconds: number;
}

/** How often something happened lately. */
export interface Quota {
  /** Counts one use of each (4 at most), or of none: answers the first one that is used up. One atomic step, whoever asks at the same time. */
  spend(uses: readonly Use[]): Promise<Use | undefined>;
  /** Takes one use of each back, of those that were just counted: what they were for was nothing to be counted. */
  giveBack(uses: readonly Use[]): Promise<void>;
  /** How often it was used in the last window, about. */
  used(use: Omit<Use, 'limit'>): Promise<number>;
}

/** One entry for each message. */
export interface Journal {
  add(entry: Entry): Promise<void>;
  entry(trace: string): Promise<Entry | undefined>;
  /** Newest first; `before`: the `next` of the page before. */
  page(conversation: string, limit: number, before?: string): Promise<{ readonly entries: readonly Entry[]; readonly next?: string }>;
  /** The message came back for good at this time (milliseconds since 1970). False: no such message. */
  bounced(trace: string, at: number, reason: BounceReason): Promise<boolean>;
}

export interface Store extends AsyncDisposable, Upkeep {
  readonly directory: Directory;
  readonly once: Once;
  readonly threads: Threads;
  readonly holds: Holds;
  readonly outbox: Outbox;
  readonly digests: Digests;
  readonly reviews: Reviews;
  readonly standings: Standings;
  readonly responses: Responses;
  readonly tokens: Tokens;
  readonly answers: Answers;
  readonly quota: Quota;
  readonly journal: Journal;
  readonly webhooks: Webhooks;
  readonly lookups: Lookups;
  readonly archive: ArchiveIndex;
  /** Resolves when the engine takes writes that last; for `/readyz`. */
  ping(): Promise<void>;
}
