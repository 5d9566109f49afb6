/** Limits in SQLite: two counts a key, of the window that runs and of the one before. */
import type { StoreSetup } from '../codec.ts';
import { type Count, countAt, MAX_USES, quotaHash, quotaHashes, usesAt } from '../count.ts';
import type { Quota, Use } from '../store.ts';
import { type Database, number, type Write } from './rows.ts';

/** What counts for longer is to outlive a power cut. */
const isShort = ({ seconds }: Use): boolean => seconds <= 3_600;

export function createQuota(db: Database, write: Write, { vault, now }: Required<StoreSetup>): Quota {
  const select = db.prepare('SELECT start, uses, earlier FROM quota WHERE hash = ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO quota (hash, start, uses, earlier, until) VALUES (?, ?, ?, ?, ?)');
  const lessen = db.prepare('UPDATE quota SET uses = uses - 1 WHERE hash = ? AND start = ?');

  const read = ({ key, seconds }: Omit<Use, 'limit'>, hash = quotaHash(vault, key)): Count => {
    const row = select.get(hash);
    const count = row && { from: number(row, 'start') ?? 0, now: number(row, 'uses') ?? 0, before: number(row, 'earlier') ?? 0 };
    return countAt(count, now(), seconds * 1000);
  };
  const spend = (uses: readonly Use[]): Use | undefined => {
    if (uses.length > MAX_USES) throw new RangeError('too many limits in one step');
    const counts = uses.map((use) => ({ use, count: read(use) }));
    const over = counts.find(({ use, count }) => usesAt(count, now(), use.seconds * 1000) + 1 > use.limit);
    if (over) return over.use;
    for (const { use, count } of counts) {
      upsert.run(quotaHash(vault, use.key), count.from, count.now + 1, count.before, count.from + 2000 * use.seconds);
    }
    return undefined;
  };
  return {
    spend: (uses) => write(() => spend(uses), uses.every(isShort) ? 'passing' : undefined),
    giveBack: (uses) =>
      write(() => {
        for (const use of uses) {
          const count = read(use);
          if (count.now > 0) lessen.run(quotaHash(vault, use.key), count.from);
        }
      }, 'passing'),
    used: async (use) => {
      const counts = quotaHashes(vault, use.key).map((hash) => usesAt(read(use, hash), now(), use.seconds * 1000));
      return Math.round(counts.reduce((sum, count) => sum + count, 0));
    },
  };
}
