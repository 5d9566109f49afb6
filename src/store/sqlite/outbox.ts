/** What nobody waits for, in SQLite. A loan is a row whose `due` lies at the end of the lease: a relay that dies gives it back by that. */
import {
  keep,
  type LentRow,
  leaseOf,
  lendSize,
  MAX_LENT_BYTES,
  mintId,
  type NewItem,
  readItems,
  recipientHashes,
  type StoreSetup,
  sealItem,
} from '../codec.ts';
import type { Outbox } from '../store.ts';
import { blob, type Database, number, text, type Write } from './rows.ts';

export function createOutbox(db: Database, write: Write, { vault, now }: Required<StoreSetup>): Outbox {
  const known = db.prepare(`SELECT 1 AS known FROM outbox WHERE id = ?1
    UNION ALL SELECT 1 FROM outbox_done WHERE id = ?1 AND until > ?2`);
  const insert = db.prepare('INSERT INTO outbox (id, recipient, sealed, at, due) VALUES (?, ?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM outbox WHERE id = ?');
  const note = db.prepare('INSERT OR REPLACE INTO outbox_done (id, until) VALUES (?, ?)');
  const giveBack = db.prepare('UPDATE outbox SET due = ?, holder = NULL WHERE id = ? AND (holder = ? OR holder IS NULL)');
  const depth = db.prepare('SELECT count(*) AS count, min(at) AS oldest FROM outbox');
  const lender = createLender(db);
  const holder = mintId();

  /** What is due now is so by every clock: one that is set back a moment later does not keep it here. */
  const dueBy = (due: number): number => (due <= now() ? 0 : due);
  const put = (item: NewItem, sealed: Uint8Array, due: number): void => {
    if (known.get(item.id, now())) return;
    insert.run(item.id, recipientHashes(vault, item.recipient)[0] ?? '', sealed, item.at, dueBy(due));
  };
  const done = (id: string): void => {
    if (drop.run(id) > 0) note.run(id, now() + keep.sent);
  };
  return {
    put: (item, due) => {
      const sealed = sealItem(vault, item);
      return write(() => put(item, sealed, due));
    },
    lend: async (limit, leaseSeconds) => {
      const size = lendSize(limit);
      // Looked at without the writer's lock: most of the time nothing is due.
      if (!lender.anything(now(), size)) return [];
      return readItems(
        vault,
        await write(() => lender.lend({ now: now(), until: now() + leaseOf(leaseSeconds), holder }, size), 'passing'),
      );
    },
    done: (id) => write(() => done(id)),
    withdraw: (id) => write(() => void drop.run(id)),
    later: (id, due) => write(() => void giveBack.run(dueBy(due), id, holder)),
    depth: async () => {
      const row = depth.get() ?? {};
      const oldest = number(row, 'oldest');
      return { count: number(row, 'count') ?? 0, ...(oldest !== undefined && { oldest }) };
    },
  };
}

interface Loan {
  readonly now: number;
  readonly until: number;
  readonly holder: string;
}

function createLender(db: Database) {
  const waiting = db.prepare('SELECT id, length(sealed) AS size FROM outbox WHERE due <= ? ORDER BY due, at LIMIT ?');
  const mark = db.prepare('UPDATE outbox SET due = ?, holder = ?, attempts = attempts + 1 WHERE id = ?');
  const select = db.prepare('SELECT id, attempts, sealed FROM outbox WHERE id = ?');

  const lend = ({ now, until, holder }: Loan, limit: number): readonly LentRow[] => {
    const lent: LentRow[] = [];
    let bytes = 0;
    for (const row of waiting.all(now, limit)) {
      bytes += number(row, 'size') ?? 0;
      if (lent.length > 0 && bytes > MAX_LENT_BYTES) break;
      const id = text(row, 'id');
      mark.run(until, holder, id);
      const item = select.get(id) ?? {};
      lent.push({ id, attempts: number(item, 'attempts') ?? 0, sealed: blob(item, 'sealed') });
    }
    return lent;
  };
  return { anything: (now: number, limit: number): boolean => limit > 0 && waiting.get(now, 1) !== undefined, lend };
}
