/** Records of the store as sealed bytes and back; how long each class is kept; the keyed hashes that look-ups go by. Same for every engine. */
import { randomBytes } from 'node:crypto';
import type { Mailbox } from '../model/address.ts';
import type { Entry } from '../model/entry.ts';
import type { Envelope, Received } from '../model/message.ts';
import type { Party, Role } from '../model/route.ts';
import type { Vault } from './vault.ts';

/** What every adapter is given. */
export interface StoreSetup {
  readonly vault: Vault;
  /** Makes the local part of a new alias. */
  readonly mint: () => string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const DAY = 86_400_000;

/** How long each class is kept, in milliseconds. */
export const keep = { settled: 5 * DAY, threads: 400 * DAY, journal: 400 * DAY, holds: 3 * DAY } as const;

/** So many ids are translated in one call; what comes after them is answered as unknown. */
export const MAX_IDS = 100;

/** Of the parties that share a mailbox, so many of the last ones are looked at. */
export const MAX_SHARERS = 16;

const MAX_PAGE = 1000;
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 16 random characters (80 bits). */
export const mintId = (): string => Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join('');

export const otherRole = (role: Role): Role => (role === 'buyer' ? 'seller' : 'buyer');

/** A party as it is sealed; its id and its public alias stand beside it. */
export type StoredParty = Omit<Party, 'id' | 'publicLocal'>;

/** What waits: the message and why. */
export interface Held {
  readonly received: Received;
  readonly conversation: string;
  readonly reason: string;
}

export const sealParty = (vault: Vault, { id, ...party }: Omit<Party, 'publicLocal'>): Buffer => {
  const { role, name, mailboxes, locale, optedOut, away, messaging } = party;
  return vault.seal(JSON.stringify({ role, name, mailboxes, locale, optedOut, away, messaging }), `party:${id}`);
};

export function readParty(vault: Vault, id: string, sealed: Uint8Array, publicLocal: string | undefined): Party {
  const party: StoredParty = JSON.parse(vault.open(sealed, `party:${id}`).toString());
  return party.role === 'seller' && publicLocal ? { id, ...party, publicLocal } : { id, ...party };
}

/** Only a buyer is looked up by mailbox, and only by one that it sends from. */
export const writesFrom = ({ role, mailboxes }: StoredParty): readonly Mailbox[] =>
  role === 'buyer' ? mailboxes.filter(({ sends }) => sends).map(({ address }) => address) : [];

export const sealEntry = (vault: Vault, entry: Entry): Buffer => {
  const { bouncedAt: _kept, ...rest } = entry;
  return vault.seal(JSON.stringify(rest), `entry:${entry.trace}`);
};

export function readEntry(vault: Vault, trace: string, sealed: Uint8Array, bouncedAt: number | undefined): Entry {
  const entry: Entry = JSON.parse(vault.open(sealed, `entry:${trace}`).toString());
  return bouncedAt === undefined ? entry : { ...entry, bouncedAt };
}

/** Length of the JSON part, the JSON part, the raw message as it is. */
export function sealHeld(vault: Vault, { received, conversation, reason }: Held): Buffer {
  const { trace, envelope, raw, at } = received;
  const head = Buffer.from(JSON.stringify({ trace, envelope, at, conversation, reason }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return vault.seal(Buffer.concat([length, head, raw]), `hold:${trace}`);
}

export function readHeld(vault: Vault, wanted: string, sealed: Uint8Array): Held {
  const bytes = vault.open(sealed, `hold:${wanted}`);
  const end = 4 + bytes.readUInt32BE(0);
  const head: { trace: string; envelope: Envelope; at: number; conversation: string; reason: string } = JSON.parse(
    bytes.toString('utf8', 4, end),
  );
  const { trace, envelope, at, conversation, reason } = head;
  return { received: { trace, envelope, raw: bytes.subarray(end), at }, conversation, reason };
}

/** One end of a pair of Message-IDs: an id as one side of a conversation knows it. */
export interface ThreadId {
  readonly conversation: string;
  readonly side: Role;
  readonly id: string;
}

const threadText = ({ conversation, side, id }: ThreadId): string => `${conversation} ${side} ${id}`;

/** The conversation is hashed too: the same Message-ID in two conversations must not show that one person wrote both. */
export const threadHashes = (vault: Vault, id: ThreadId): readonly string[] => vault.hashes('thread', threadText(id));

/** What is written for one end: by which hash it is found, and the other side's id. */
export const sealThread = (vault: Vault, end: ThreadId, other: string): { readonly hash: string; readonly sealed: Buffer } => ({
  hash: vault.hash('thread', threadText(end)),
  sealed: vault.seal(other, `thread:${threadText(end)}`),
});

export const readThread = (vault: Vault, end: ThreadId, sealed: Uint8Array): string =>
  vault.open(sealed, `thread:${threadText(end)}`).toString();

export const fingerprintHashes = (vault: Vault, fingerprint: string): readonly string[] => vault.hashes('once', fingerprint);

export const mailboxHashes = (vault: Vault, mailbox: Mailbox): readonly string[] => vault.hashes('mailbox', mailbox);

/** The place of an entry in its conversation: time first, fixed width, so that places sort as text. */
export const placeOf = (at: number, trace: string): string => `${String(Math.max(0, Math.trunc(at))).padStart(16, '0')}${trace}`;

export const writeCursor = (place: string): string => Buffer.from(place).toString('base64url');

/** The place a cursor stands for; undefined for a text that is no cursor of ours. */
export function readCursor(cursor: string): string | undefined {
  const place = Buffer.from(cursor.slice(0, 256), 'base64url').toString();
  return /^\d{16}./.test(place) ? place : undefined;
}

export const pageSize = (limit: number): number => Math.min(MAX_PAGE, Math.max(1, Math.trunc(limit) || 1));
