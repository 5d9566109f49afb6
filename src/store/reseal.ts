/** Values that are sealed anew under the first secret, while relays work. Same for every engine. */
import type { Role } from '../model/route.ts';
import { otherRole, readThread, sealThread, type ThreadId, threadHashes } from './codec.ts';
import type { Walk } from './upkeep.ts';
import { secretOf, type Vault } from './vault.ts';

/** The name of what is no sealed value of ours. */
const UNREADABLE = 'unreadable';

export const isOld = (vault: Vault, sealed: Uint8Array): boolean => secretOf(sealed) !== vault.ids[0];

/** Under the first secret; undefined where no secret of ours opens it: it stays as it is. */
export function reseal(vault: Vault, sealed: Uint8Array, context: string): Buffer | undefined {
  try {
    return vault.seal(vault.open(sealed, context), context);
  } catch {
    return undefined;
  }
}

export interface MovedThread {
  readonly hash: string;
  readonly sealed: Buffer;
}

/** The sealed value by one of these hashes, in the same conversation. */
export type FindThread = (hashes: readonly string[]) => Uint8Array | undefined;

/**
 * A Message-ID's own record does not say which id it is found by: its twin does, whose own id it holds. So the one is read without its proof,
 * the twin by it, and then the one with its proof. Undefined where there is no such twin: it ends in its time.
 */
export function rethread(
  vault: Vault,
  { conversation, hash, sealed }: { readonly conversation: string; readonly hash: string; readonly sealed: Uint8Array },
  find: FindThread,
): MovedThread | undefined {
  const other = vault.peek(sealed)?.toString();
  if (other === undefined) return undefined;
  for (const side of ['buyer', 'seller'] as const satisfies readonly Role[]) {
    const twinEnd = { conversation, side: otherRole(side), id: other };
    const twin = find(threadHashes(vault, twinEnd));
    const own = twin && opened(vault, twinEnd, twin);
    const end = { conversation, side, id: own ?? '' };
    if (own === undefined || !threadHashes(vault, end).includes(hash)) continue;
    const proven = opened(vault, end, sealed);
    if (proven !== undefined) return sealThread(vault, end, proven);
  }
  return undefined;
}

function opened(vault: Vault, end: ThreadId, sealed: Uint8Array): string | undefined {
  try {
    return readThread(vault, end, sealed);
  } catch {
    return undefined;
  }
}

/** What one step of a walk counts. */
export interface Tally {
  changed: number;
  ending: number;
  readonly standing: Record<string, number>;
  /** Looked at, and stands as it stood. */
  stands(sealed: Uint8Array): void;
  /** Written anew under the first secret. */
  moved(count?: number): void;
  /** Cannot be written anew, and ends in its time. */
  ends(): void;
  result(next: string | undefined): Walk;
}

export function tally({ ids }: Vault): Tally {
  const standing: Record<string, number> = {};
  const count = (id: string, by = 1): void => {
    standing[id] = (standing[id] ?? 0) + by;
  };
  const it: Tally = {
    changed: 0,
    ending: 0,
    standing,
    stands: (sealed) => count(secretOf(sealed) ?? UNREADABLE),
    moved(by = 1) {
      it.changed += by;
      count(ids[0] ?? '', by);
    },
    ends() {
      it.ending += 1;
    },
    result: (next) => ({ changed: it.changed, ending: it.ending, standing, ...(next !== undefined && { next }) }),
  };
  return it;
}
