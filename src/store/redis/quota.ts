/** Limits in Redis: two counts a key, of the window that runs and of the one before. All keys stand in one slot, so that one step sees them all. */
import type { StoreSetup } from '../codec.ts';
import { MAX_USES, quotaHash, quotaHashes } from '../count.ts';
import type { Quota } from '../store.ts';
import { type Commands, key } from './commands.ts';

export function createQuota(redis: Commands, { vault, now }: Required<StoreSetup>): Quota {
  const keyOf = (name: string): string => key.quota(quotaHash(vault, name));
  return {
    async spend(uses) {
      if (uses.length === 0) return undefined;
      if (uses.length > MAX_USES) throw new RangeError('too many limits in one step');
      const keys = Array.from({ length: MAX_USES }, (_, at) => keyOf(uses[at]?.key ?? ''));
      const limits = uses.flatMap(({ limit, seconds }) => [limit, seconds * 1000]);
      const over = Number(await redis.run('spend', keys, now(), ...limits));
      return over > 0 ? uses[over - 1] : undefined;
    },
    async giveBack(uses) {
      await Promise.all(uses.map(({ key: name, seconds }) => redis.run('giveUseBack', [keyOf(name)], now(), seconds * 1000)));
    },
    async used({ key: name, seconds }) {
      const keys = quotaHashes(vault, name).map(key.quota);
      const counts = await Promise.all(keys.map((one) => redis.run('usedSoFar', [one], now(), seconds * 1000)));
      return Math.round(counts.reduce((sum: number, count) => sum + Number(count), 0));
    },
  };
}
