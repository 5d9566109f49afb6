/** The review list in SQLite. */
import { keep, pageSize, placeOfObjection, readCursor, readObjection, type StoreSetup, sealObjection, writeCursor } from '../codec.ts';
import type { Objection, Objections } from '../store.ts';
import { blob, type Database, type Row, text, type Write } from './rows.ts';

export function createObjections(db: Database, write: Write, { vault, now }: Required<StoreSetup>): Objections {
  const upsert = db.prepare(`INSERT OR REPLACE INTO objection (trace, party, conversation, place, sealed, until)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const before = db.prepare('SELECT place, conversation, sealed FROM objection WHERE place < ? AND until > ? ORDER BY place DESC LIMIT ?');

  const read = (row: Row): Objection =>
    readObjection(vault, {
      place: text(row, 'place'),
      conversation: text(row, 'conversation'),
      sealed: row.sealed === null ? undefined : blob(row, 'sealed'),
    });
  return {
    add: async (objection) => {
      const { trace, party, conversation } = objection;
      const sealed = sealObjection(vault, objection);
      await write(() => void upsert.run(trace, party, conversation, placeOfObjection(objection), sealed, now() + keep.objections));
    },
    page: async (limit, cursor) => {
      // '~' stands behind every digit.
      const place = cursor === undefined ? '~' : readCursor(cursor);
      if (place === undefined) return { objections: [] };
      const size = pageSize(limit);
      const rows = before.all(place, now(), size + 1);
      const objections = rows.slice(0, size).map(read);
      const last = rows[size - 1];
      return rows.length > size && last ? { objections, next: writeCursor(text(last, 'place')) } : { objections };
    },
  };
}
