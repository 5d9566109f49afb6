/** What the daily mails are written from, in SQLite. A loan is a day whose `due` lies at the end of the lease: a relay that dies gives it back by that. */
import { digestIdOf, keep, leaseOf, MAX_DIGEST, readDigestEntries, type StoreSetup, sealDigestEntry } from '../codec.ts';
import type { DigestDay, DigestEntry, Digests } from '../store.ts';
import { blob, type Database, text, type Write } from './rows.ts';

export function createDigests(db: Database, write: Write, { vault, now }: Required<StoreSetup>): Digests {
  const insert = db.prepare('INSERT OR IGNORE INTO digest (id, party, day, at, sealed, until) VALUES (?, ?, ?, ?, ?, ?)');
  const addDay = db.prepare(`INSERT INTO digest_day (day, party, until) VALUES (?, ?, ?)
    ON CONFLICT (party, day) DO UPDATE SET until = excluded.until`);
  const finished = db.prepare('SELECT day, party FROM digest_day WHERE day < ? AND due <= ? AND until > ? ORDER BY day LIMIT 1');
  const mark = db.prepare('UPDATE digest_day SET due = ? WHERE day = ? AND party = ?');
  const entries = db.prepare(`SELECT id, sealed FROM digest WHERE party = ? AND day = ? ORDER BY at LIMIT ${MAX_DIGEST}`);
  const drop = db.prepare('DELETE FROM digest WHERE id = ?');
  const dropDay = db.prepare(`DELETE FROM digest_day WHERE day = ?1 AND party = ?2
    AND NOT EXISTS (SELECT 1 FROM digest WHERE party = ?2 AND day = ?1)`);

  const add = (entry: DigestEntry, sealed: Uint8Array, day: string): void => {
    const until = now() + keep.digests;
    insert.run(digestIdOf(entry), entry.party, day, entry.at, sealed, until);
    addDay.run(day, entry.party, until);
  };
  const lend = (before: string, until: number) => {
    for (;;) {
      const row = finished.get(before, now(), now());
      if (!row) return undefined;
      const [day, party] = [text(row, 'day'), text(row, 'party')];
      mark.run(until, day, party);
      const rows = entries.all(party, day);
      if (rows.length > 0) return { day, party, rows };
      dropDay.run(day, party);
    }
  };
  const done = ({ day, party, entries }: DigestDay): void => {
    for (const entry of entries) drop.run(digestIdOf(entry));
    mark.run(0, day, party);
    dropDay.run(day, party);
  };
  return {
    add: async (entry, day) => {
      const sealed = sealDigestEntry(vault, entry);
      await write(() => add(entry, sealed, day));
    },
    lend: async (before, leaseSeconds) => {
      // Looked at without the writer's lock: most of the time there is none.
      if (!finished.get(before, now(), now())) return undefined;
      const lent = await write(() => lend(before, now() + leaseOf(leaseSeconds)));
      if (!lent) return undefined;
      const { day, party, rows } = lent;
      const sealed = rows.map((row) => ({ id: text(row, 'id'), sealed: blob(row, 'sealed') }));
      return { party, day, entries: readDigestEntries(vault, party, sealed) };
    },
    done: (lent) => write(() => done(lent)),
  };
}
