/** What the Redis adapter needs of its engine; `redis.ts` alone knows which library that is. Replies are bytes as they were written. */
import type { ReviewKind } from '../store.ts';
import type { ScriptName } from './scripts.ts';

export type Argument = string | number | Buffer;

/** Each call rejects within 2 s, whatever Redis does. All keys of one call stand in one slot of a Cluster. */
export interface Commands {
  /** Not for writes that are no single key's: those are scripts. */
  call(name: PlainCommand, ...values: Argument[]): Promise<unknown>;
  /** Runs a script of ours, in one atomic step. */
  run(name: ScriptName, keys: readonly string[], ...values: Argument[]): Promise<unknown>;
}

/** `kept`: the same commands, whose writes resolve when they outlive the server that took them, and reject with `NoCopy` where they may not. */
export interface KeepingCommands extends Commands {
  readonly kept: Commands;
}

/** The master has the write, and no replica says that it has it too: a fail-over would lose it. */
export class NoCopy extends Error {
  override readonly name = 'NoCopy';
  /** What the master answered. */
  readonly reply: unknown;
  constructor(milliseconds: number, reply: unknown) {
    super(`Redis: no replica has the write within ${milliseconds} ms, a fail-over would lose it`);
    this.reply = reply;
  }
}

/** Whoever is told that a write failed comes again with another one: the first is taken back, or both would count. Not waited for. */
export async function orTakenBack<T>(write: Promise<T>, takeBack: (reply: unknown) => Promise<unknown>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof NoCopy) void takeBack(error.reply).catch(() => undefined);
    throw error;
  }
}

/** The commands that are in use. */
export type PlainCommand =
  | 'get'
  | 'set'
  | 'unlink'
  | 'hget'
  | 'hmget'
  | 'hvals'
  | 'hscan'
  | 'getrange'
  | 'hset'
  | 'hdel'
  | 'sadd'
  | 'srem'
  | 'smembers'
  | 'srandmember'
  | 'zrem'
  | 'zrange'
  | 'zrevrangebylex'
  | 'zcard';

/** A reply that is a string, or nothing. */
export function bytes(reply: unknown): Buffer | undefined {
  if (reply === null || reply === undefined) return undefined;
  if (!Buffer.isBuffer(reply)) throw new Error('Redis gave an answer of another kind than a string');
  return reply;
}

export const text = (reply: unknown): string | undefined => bytes(reply)?.toString();

/** A reply that is a list of strings; undefined where one of them is missing. */
export function list(reply: unknown): readonly (Buffer | undefined)[] {
  if (!Array.isArray(reply)) throw new Error('Redis gave an answer of another kind than a list');
  return reply.map(bytes);
}

/** A reply that is a list of strings, all of them there. */
export const texts = (reply: unknown): readonly string[] => list(reply).flatMap((item) => item?.toString() ?? []);

const part = encodeURIComponent;

/** Of two parties; `/` stands in neither part. */
export const pairOf = (buyer: string, seller: string): string => `${part(buyer)}/${part(seller)}`;

/** Names of the keys. What stands in braces decides the slot (Redis Cluster specification, hash tags); ids are escaped, braces too. */
export const key = {
  schema: 'postern:schema',
  /** Written to see whether anything can be: a Redis at its limit of memory, or without its replicas, still answers PING. */
  ready: 'postern:ready',
  duty: (name: string) => `postern:{duty}:${part(name)}`,
  secrets: (what: string) => `postern:{secrets}:${what}`,
  legalHolds: 'postern:legal',
  legalHold: (conversation: string) => `postern:{c:${part(conversation)}}:legal`,
  partyLegalHolds: (id: string) => `postern:{p:${part(id)}}:legal`,
  party: (id: string) => `postern:{p:${part(id)}}`,
  partyMailboxes: (id: string) => `postern:{p:${part(id)}}:mailboxes`,
  partyConversations: (id: string) => `postern:{p:${part(id)}}:conversations`,
  partyHolds: (id: string) => `postern:{p:${part(id)}}:holds`,
  partyOrders: (id: string) => `postern:{p:${part(id)}}:orders`,
  partyReviews: (kind: ReviewKind, id: string) => `postern:{p:${part(id)}}:${kind}s`,
  partyLedger: (id: string) => `postern:{p:${part(id)}}:ledger`,
  partyResponses: (id: string, what: 'days' | 'questions' | 'times') => `postern:{p:${part(id)}}:responses:${what}`,
  mailbox: (hash: string) => `postern:mailbox:${hash}`,
  alias: (local: string) => `postern:a:${local}`,
  pair: (pair: string) => `postern:pair:${pair}`,
  conversation: (id: string) => `postern:{c:${part(id)}}`,
  threads: (id: string, period: number) => `postern:{c:${part(id)}}:threads:${period}`,
  holdsOf: (id: string) => `postern:{c:${part(id)}}:holds`,
  journalOf: (id: string) => `postern:{c:${part(id)}}:journal`,
  messageIdsOf: (id: string) => `postern:{c:${part(id)}}:message-ids`,
  notedOf: (id: string) => `postern:{c:${part(id)}}:noted`,
  messageId: (hash: string) => `postern:message-id:${hash}`,
  partyJournal: (id: string) => `postern:{p:${part(id)}}:journal`,
  order: (id: string) => `postern:order:${part(id)}`,
  ordersOf: (pair: string) => `postern:{o:${pair}}:orders`,
  orderRank: (pair: string) => `postern:{o:${pair}}:rank`,
  reviewRequests: (pair: string) => `postern:{o:${pair}}:reviews`,
  once: (hash: string) => `postern:once:${hash}`,
  holds: 'postern:{holds}',
  hold: (trace: string) => `postern:hold:${part(trace)}`,
  entry: (trace: string) => `postern:entry:${part(trace)}`,
  outbox: (what: string) => `postern:{outbox}:${what}`,
  sent: (id: string) => `postern:{outbox}:sent:${part(id)}`,
  digests: (what: string) => `postern:{digests}:${what}`,
  partyDigests: (id: string) => `postern:{digests}:of:${part(id)}`,
  digest: (day: string, party: string) => `postern:{digests}:${day}/${part(party)}`,
  webhooks: (what: string) => `postern:{webhooks}:${what}`,
  tokens: 'postern:tokens',
  answer: (key: string) => `postern:answer:${key}`,
  quota: (hash: string) => `postern:{quota}:${hash}`,
  reviews: (kind: ReviewKind) => `postern:{${kind}s}`,
  review: (kind: ReviewKind, trace: string, party: string) => `postern:{${kind}s}:${part(trace)}/${part(party)}`,
} as const;
