/** The review lists in SQLite. */
import { keep, pageSize, placeOfReview, readCursor, readReview, type StoreSetup, sealReview, writeCursor } from '../codec.ts';
import type { Review, ReviewKind, Reviews } from '../store.ts';
import { blob, type Database, type Row, text, type Write } from './rows.ts';

export function createReviews(db: Database, write: Write, { vault, now }: Required<StoreSetup>): Reviews {
  const upsert = db.prepare(`INSERT OR REPLACE INTO review (kind, trace, party, conversation, place, sealed, until)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const before = db.prepare(`SELECT place, conversation, sealed FROM review WHERE kind = ? AND place < ? AND until > ?
    ORDER BY place DESC LIMIT ?`);

  const read = (kind: ReviewKind, row: Row): Review =>
    readReview(vault, {
      kind,
      place: text(row, 'place'),
      conversation: text(row, 'conversation'),
      sealed: row.sealed === null ? undefined : blob(row, 'sealed'),
    });
  return {
    add: async (review) => {
      const { kind, trace, party, conversation } = review;
      const sealed = sealReview(vault, review);
      await write(() => void upsert.run(kind, trace, party, conversation, placeOfReview(review), sealed, now() + keep.reviews));
    },
    page: async (kind, limit, cursor) => {
      // '~' stands behind every digit.
      const place = cursor === undefined ? '~' : readCursor(cursor);
      if (place === undefined) return { reviews: [] };
      const size = pageSize(limit);
      const rows = before.all(kind, place, now(), size + 1);
      const reviews = rows.slice(0, size).map((row) => read(kind, row));
      const last = rows[size - 1];
      return rows.length > size && last ? { reviews, next: writeCursor(text(last, 'place')) } : { reviews };
    },
  };
}
