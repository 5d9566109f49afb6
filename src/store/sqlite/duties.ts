/** Duties in SQLite. */
import { leaseOf, mintId, type StoreSetup } from '../codec.ts';
import type { Duties, Duty } from '../upkeep.ts';
import { type Database, number, text, type Write } from './rows.ts';

/** Milliseconds. No duty is taken for longer: a row that says so was written by a clock that ran ahead. */
const LONGEST = 3_600_000;

export function createDuties(db: Database, write: Write, { now }: Required<StoreSetup>): Duties {
  const select = db.prepare('SELECT holder, fence, until, note FROM duty WHERE name = ?');
  const put = db.prepare('INSERT OR REPLACE INTO duty (name, holder, fence, until, note) VALUES (?, ?, ?, ?, ?)');
  const change = db.prepare('UPDATE duty SET until = ?, note = ? WHERE name = ? AND holder = ? AND fence = ?');
  const holder = mintId();

  const take = (name: string, lease: number): Duty | undefined => {
    const row = select.get(name);
    const time = now();
    const until = (row && number(row, 'until')) ?? 0;
    const own = row !== undefined && text(row, 'holder') === holder;
    if (!own && until > time && until <= time + LONGEST) return undefined;
    const before = (row && number(row, 'fence')) ?? 0;
    // One that was ours and ran out may have been another's meanwhile only if its row says so.
    const duty = { fence: own ? before : before + 1, note: row ? text(row, 'note') : '' };
    put.run(name, holder, duty.fence, time + Math.min(lease, LONGEST), duty.note);
    return duty;
  };
  const noted = (name: string, { fence, note }: Duty, until: number): boolean => change.run(until, note, name, holder, fence) > 0;
  return {
    take: (name, seconds) => write(() => take(name, leaseOf(seconds))),
    keep: (name, duty, seconds) => write(() => noted(name, duty, now() + Math.min(leaseOf(seconds), LONGEST))),
    leave: (name, duty) => write(() => void noted(name, duty, 0)),
  };
}
