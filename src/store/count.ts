/** How often something happened lately, from two counts: the window that runs and the one before. Same for every engine. */
import type { Vault } from './vault.ts';

/** As many as one `spend` may name. */
export const MAX_USES = 4;

/** By every secret: what was counted before the secret changed counts on, in what is asked of a long time. */
export const quotaHashes = (vault: Vault, key: string): readonly string[] => vault.hashes('quota', key);

export const quotaHash = (vault: Vault, key: string): string => vault.hash('quota', key);

/** What is counted under one key: in the window that runs since `from`, and in the one before it. */
export interface Count {
  readonly from: number;
  readonly now: number;
  readonly before: number;
}

/** A count as it is at this time, for windows of so many milliseconds. */
export function countAt(count: Count | undefined, now: number, window: number): Count {
  const from = now - (now % window);
  if (count?.from === from) return count;
  return { from, now: 0, before: count?.from === from - window ? count.now : 0 };
}

/** About how many fall into the window that ends now: what is left of the one before counts by its share. */
export const usesAt = ({ from, now: uses, before }: Count, now: number, window: number): number =>
  uses + before * (1 - (now - from) / window);
