/** Records of the store as sealed bytes and back; how long each class is kept; the keyed hashes that look-ups go by. Same for every engine. */
import { randomBytes } from 'node:crypto';
import type { Mailbox } from '../model/address.ts';
import type { Entry } from '../model/entry.ts';
import type { Envelope } from '../model/message.ts';
import type { Retention } from '../model/retention.ts';
import { bounceReasons, type Order, type Role } from '../model/route.ts';
import { type ReviewFinding, reviewOutcomes } from '../model/standing.ts';
import { contextOf, type ThreadId, threadText } from './contexts.ts';
import type { DigestEntry, Held, OutboxItem, Review, ReviewKind, ReviewName } from './store.ts';
import type { Vault } from './vault.ts';

/** What every adapter is given. */
export interface StoreSetup {
  readonly vault: Vault;
  /** Makes the local part of a new alias. */
  readonly mint: () => string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** What differs from the times of `model/retention.ts`. */
  readonly retention?: Retention;
}

export { keep } from '../model/retention.ts';

/** Whether a conversation is needed is written down once in so many milliseconds. */
export const NEEDED_WITHIN = 86_400_000;

/** So many ids are translated in one call; what comes after them is answered as unknown. */
export const MAX_IDS = 100;

/** Of the parties that share a mailbox, so many of the last ones are looked at. */
export const MAX_SHARERS = 16;

/** Of one author, so many held messages are kept. */
export const MAX_HELD = 20;

/** So many items of the outbox, and so many bytes of them, are lent in one call (the first one, however large). */
export const MAX_LENT = 100;
export const MAX_LENT_BYTES = 8 * 1024 * 1024;

/** Of one party's day, so many entries are lent in one call. */
export const MAX_DIGEST = 1000;

const MAX_PAGE = 1000;
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 16 random characters (80 bits). */
export const mintId = (): string => Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join('');

export const otherRole = (role: Role): Role => (role === 'buyer' ? 'seller' : 'buyer');

export const sealEntry = (vault: Vault, entry: Entry): Buffer => {
  const { bouncedAt: _at, bounceReason: _reason, ...rest } = entry;
  return vault.seal(JSON.stringify(rest), contextOf.entry(entry.trace));
};

/** What an engine keeps of an entry. The reason is missing where a version before it noted the bounce. */
export interface EntryRow {
  readonly trace: string;
  readonly sealed: Uint8Array;
  readonly bouncedAt: number | undefined;
  readonly bounceReason: string | undefined;
}

export function readEntry(vault: Vault, { trace, sealed, bouncedAt, bounceReason }: EntryRow): Entry {
  const entry: Entry = JSON.parse(vault.open(sealed, contextOf.entry(trace)).toString());
  const reason = bounceReasons.find((it) => it === bounceReason);
  return { ...entry, ...(bouncedAt !== undefined && { bouncedAt }), ...(reason && { bounceReason: reason }) };
}

/** Length of the JSON part, the JSON part, the bytes as they are. */
function pack(head: object, raw: Uint8Array): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json, raw]);
}

function unpack<T>(bytes: Buffer): { readonly head: T; readonly raw: Buffer } {
  const end = 4 + bytes.readUInt32BE(0);
  const head: T = JSON.parse(bytes.toString('utf8', 4, end));
  return { head, raw: bytes.subarray(end) };
}

type HeldHead = { readonly trace: string; readonly envelope: Envelope; readonly at: number } & Omit<Held, 'received'>;

export function sealHeld(vault: Vault, { received, conversation, party, reason }: Held): Buffer {
  const { trace, envelope, raw, at } = received;
  const head: HeldHead = { trace, envelope, at, conversation, party, reason };
  return vault.seal(pack(head, raw), contextOf.hold(trace));
}

export function readHeld(vault: Vault, wanted: string, sealed: Uint8Array): Held {
  const { head, raw } = unpack<HeldHead>(vault.open(sealed, contextOf.hold(wanted)));
  const { trace, envelope, at, conversation, party = '', reason } = head;
  return { received: { trace, envelope, raw, at }, conversation, party, reason };
}

/** An item as it is put. */
export type NewItem = Omit<OutboxItem, 'attempts'>;

/** An item as an engine lends it. */
export interface LentRow {
  readonly id: string;
  readonly attempts: number;
  readonly sealed: Uint8Array;
}

export const sealItem = (vault: Vault, { id, trace, reversePath, recipient, bytes, at }: NewItem): Buffer =>
  vault.seal(pack({ trace, reversePath, recipient, at }, bytes), contextOf.item(id));

export function readItem(vault: Vault, { id, attempts, sealed }: LentRow): OutboxItem {
  const { head, raw } = unpack<Omit<NewItem, 'id' | 'bytes'>>(vault.open(sealed, contextOf.item(id)));
  const { trace, reversePath, recipient, at } = head;
  return { id, trace, reversePath, recipient, bytes: raw, at, attempts };
}

/** One that cannot be read must not keep the others from going out. Throws where none can be read. */
export function readItems(vault: Vault, rows: readonly LentRow[]): readonly OutboxItem[] {
  const errors: unknown[] = [];
  const items = rows.flatMap((row) => {
    try {
      return [readItem(vault, row)];
    } catch (error) {
      errors.push(error);
      return [];
    }
  });
  if (items.length === 0 && errors.length > 0) throw errors[0];
  return items;
}

/** Of their own purpose: they have nothing in common with the hashes that buyers are found by. */
export const recipientHashes = (vault: Vault, mailbox: Mailbox): readonly string[] => vault.hashes('recipient', mailbox);

export const lendSize = (limit: number): number => Math.min(MAX_LENT, Math.max(0, Math.trunc(limit) || 0));

/** Milliseconds, one at least. */
export const leaseOf = (seconds: number): number => Math.max(1, Math.ceil(seconds * 1000));

export type { ThreadId } from './contexts.ts';

/** The conversation is hashed too: the same Message-ID in two conversations must not show that one person wrote both. */
export const threadHashes = (vault: Vault, id: ThreadId): readonly string[] => vault.hashes('thread', threadText(id));

/** What is written for one end: by which hash it is found, and the other side's id. */
export const sealThread = (vault: Vault, end: ThreadId, other: string): { readonly hash: string; readonly sealed: Buffer } => ({
  hash: vault.hash('thread', threadText(end)),
  sealed: vault.seal(other, contextOf.thread(end)),
});

export const readThread = (vault: Vault, end: ThreadId, sealed: Uint8Array): string => vault.open(sealed, contextOf.thread(end)).toString();

export const fingerprintHashes = (vault: Vault, fingerprint: string): readonly string[] => vault.hashes('once', fingerprint);

export const mailboxHashes = (vault: Vault, mailbox: Mailbox): readonly string[] => vault.hashes('mailbox', mailbox);

/** Digits of the time that a place begins with. */
export const TIME_WIDTH = 16;

/** The place of an entry in its conversation: time first, fixed width, so that places sort as text. */
export const placeOf = (at: number, trace: string): string => `${String(Math.max(0, Math.trunc(at))).padStart(TIME_WIDTH, '0')}${trace}`;

export const writeCursor = (place: string): string => Buffer.from(place).toString('base64url');

/** The place a cursor stands for; undefined for a text that is no cursor of ours. */
export function readCursor(cursor: string): string | undefined {
  const place = Buffer.from(cursor.slice(0, 256), 'base64url').toString();
  return /^\d{16}./.test(place) ? place : undefined;
}

export const pageSize = (limit: number): number => Math.min(MAX_PAGE, Math.max(1, Math.trunc(limit) || 1));

/** Where a review stands in the list of its kind: it says all of it but the conversation and the text. A trace has no `/`. */
export const placeOfReview = ({ at, trace, party }: Review): string => placeOf(at, `${encodeURIComponent(trace)}/${party}`);

const reviewContext = ({ kind, trace, party }: ReviewName): string => contextOf.review(kind, trace, party);

export const sealReview = (vault: Vault, review: Review): Buffer => vault.seal(review.text, reviewContext(review));

export const sealFinding = (vault: Vault, review: ReviewName, { note }: ReviewFinding): Buffer | undefined =>
  note === undefined ? undefined : vault.seal(note, contextOf.finding(review.kind, review.trace, review.party));

/** What an engine keeps of a review; without the text, once its party is forgotten. */
export interface ReviewRow {
  readonly kind: ReviewKind;
  readonly place: string;
  readonly conversation: string;
  readonly sealed?: Uint8Array | undefined;
  /** What a person found of it, once somebody did. */
  readonly found?: { readonly outcome: string; readonly at: number; readonly note: Uint8Array | undefined } | undefined;
}

/** Whose review of which message stands at a place. */
export function reviewAt(place: string): Pick<Review, 'at' | 'trace' | 'party'> {
  const slash = place.indexOf('/');
  const at = Number(place.slice(0, TIME_WIDTH));
  return { at, trace: decodeURIComponent(place.slice(TIME_WIDTH, slash)), party: place.slice(slash + 1) };
}

export function readReview(vault: Vault, { kind, place, conversation, sealed, found }: ReviewRow): Review {
  const { at, trace, party } = reviewAt(place);
  const text = sealed ? vault.open(sealed, reviewContext({ kind, trace, party })).toString() : '';
  const review = { kind, trace, at, conversation, party, text };
  const outcome = reviewOutcomes.find((it) => it === found?.outcome);
  if (!found || !outcome) return review;
  const note = found.note && vault.open(found.note, contextOf.finding(kind, trace, party)).toString();
  return { ...review, found: { outcome, at: found.at, ...(note !== undefined && { note }) } };
}

/** What tells an entry of a digest from all others. */
export type DigestName = Pick<DigestEntry, 'trace' | 'kind'>;

/** All of them. */
export const digestKinds = ['refused', 'redacted', 'held'] as const satisfies readonly DigestEntry['kind'][];

export const digestIdOf = ({ trace, kind }: DigestName): string => `${encodeURIComponent(trace)}/${kind}`;

export function sealDigestEntry(vault: Vault, { party, trace, kind, ...rest }: DigestEntry): Buffer {
  const { at, subject, rules, own, other } = rest;
  return vault.seal(JSON.stringify({ trace, kind, at, subject, rules, own, other }), contextOf.digest(party, digestIdOf({ trace, kind })));
}

/** What an engine lends of one party's day. */
export interface DigestRow {
  readonly id: string;
  readonly sealed: Uint8Array;
}

/** In the order of their times; without those that no secret of ours opens. */
export function readDigestEntries(vault: Vault, party: string, rows: readonly DigestRow[]): readonly DigestEntry[] {
  const entries = rows.flatMap(({ id, sealed }): DigestEntry[] => {
    try {
      return [{ party, ...JSON.parse(vault.open(sealed, contextOf.digest(party, id)).toString()) }];
    } catch {
      return [];
    }
  });
  return entries.sort((a, b) => a.at - b.at);
}

/** What was ordered: a thing made for somebody may carry a name. */
export const sealOrdered = (vault: Vault, { id, item }: Order): Buffer | undefined =>
  item === undefined ? undefined : vault.seal(item, contextOf.order(id));

export const readOrdered = (vault: Vault, id: string, sealed: Uint8Array | undefined): Pick<Order, 'item'> =>
  sealed === undefined ? {} : { item: vault.open(sealed, contextOf.order(id)).toString() };
