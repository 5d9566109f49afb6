/** The review lists in SQLite. */
import { pageSize, placeOfReview, readCursor, readReview, type StoreSetup, sealFinding, sealReview, writeCursor } from '../codec.ts';
import type { Review, ReviewKind, ReviewPage, Reviews } from '../store.ts';
import { blobOrNone, type Database, number, type Row, type Statement, text, type Write } from './rows.ts';

export function createReviews(db: Database, write: Write, { vault, now, retention }: Required<StoreSetup>): Reviews {
  const upsert = db.prepare(`INSERT OR REPLACE INTO review (kind, trace, party, conversation, place, sealed, until)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const judge = db.prepare(
    'UPDATE review SET outcome = ?, found_at = ?, note = ? WHERE kind = ? AND trace = ? AND party = ? AND until > ?',
  );
  const before = (which: string): Statement =>
    db.prepare(`SELECT place, conversation, sealed, outcome, found_at, note FROM review WHERE kind = ? AND place < ? AND until > ? ${which}
      ORDER BY place DESC LIMIT ?`);

  const read = (kind: ReviewKind, row: Row): Review =>
    readReview(vault, {
      kind,
      place: text(row, 'place'),
      conversation: text(row, 'conversation'),
      sealed: blobOrNone(row, 'sealed'),
      found:
        row.outcome === null
          ? undefined
          : { outcome: text(row, 'outcome'), at: number(row, 'found_at') ?? 0, note: blobOrNone(row, 'note') },
    });
  const pageWith =
    (rowsBefore: Statement) =>
    async (kind: ReviewKind, limit: number, cursor?: string): Promise<ReviewPage> => {
      // '~' stands behind every digit.
      const place = cursor === undefined ? '~' : readCursor(cursor);
      if (place === undefined) return { reviews: [] };
      const size = pageSize(limit);
      const rows = rowsBefore.all(kind, place, now(), size + 1);
      const reviews = rows.slice(0, size).map((row) => read(kind, row));
      const last = rows[size - 1];
      return rows.length > size && last ? { reviews, next: writeCursor(text(last, 'place')) } : { reviews };
    };
  return {
    add: async (review) => {
      const { kind, trace, party, conversation } = review;
      const sealed = sealReview(vault, review);
      await write(() => void upsert.run(kind, trace, party, conversation, placeOfReview(review), sealed, now() + retention.reviews));
    },
    find: async (review, finding) => {
      const { kind, trace, party } = review;
      const note = sealFinding(vault, review, finding) ?? null;
      return write(() => judge.run(finding.outcome, finding.at, note, kind, trace, party, now()) > 0);
    },
    page: pageWith(before('')),
    openPage: pageWith(before('AND outcome IS NULL')),
  };
}
