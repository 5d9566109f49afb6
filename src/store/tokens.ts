/** The tokens of the API that were made beside the one of the settings. The token itself is nowhere. */
import type { ApiToken } from '../model/token.ts';

export interface Tokens {
  /** Durable when it resolves. `digest`: of the token. */
  add(token: ApiToken, digest: string): Promise<void>;
  /** By its digest; undefined also where it has ended. */
  find(digest: string): Promise<ApiToken | undefined>;
  /** All that are not revoked, the oldest first; ended ones too. */
  list(): Promise<readonly ApiToken[]>;
  /** From now on it opens nothing. False: there is no such token. */
  revoke(id: string): Promise<boolean>;
}

export const hasEnded = ({ endsAt }: ApiToken, now: number): boolean => endsAt !== undefined && endsAt <= now;

export const oldestFirst = (a: ApiToken, b: ApiToken): number => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1);
