/** Tokens of the API beside the one of the settings: random, so that one digest without salt keeps them (requirement H4). */
import { createHash, randomBytes } from 'node:crypto';

/**
 * `read`: asks for things; `write`: changes parties, orders, conversations; `operate`: what operators decide: standings, reviews; `archive`: the
 * kept copies of messages. None contains another.
 */
export const scopes = ['read', 'write', 'operate', 'archive'] as const;
export type Scope = (typeof scopes)[number];

/** All that is kept of a token beside its digest. Times are milliseconds since 1970. */
export interface ApiToken {
  /** Ours; the token cannot be told from it. */
  readonly id: string;
  /** The operator's own; stands in lists. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly madeAt: number;
  /** Not set: until it is revoked. */
  readonly endsAt?: number;
}

/** By it scanners know the token in a repository or a log. */
const prefix = 'postern-';
const bytes = 32;

export const mintToken = (): string => prefix + randomBytes(bytes).toString('base64url');

/** Whether it may be one of these: anything else need not be looked up. */
export const isMinted = (text: string): boolean => text.startsWith(prefix) && text.length === prefix.length + Math.ceil((bytes * 4) / 3);

/** What is kept of it, and found by. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
