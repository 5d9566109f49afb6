/** How messages are found in SQLite, and what waits or was said because of them. */
import type { Entry } from '../../model/entry.ts';
import { pageSize, readCursor, readReview, type StoreSetup, writeCursor } from '../codec.ts';
import type { Lookups, Noted, Said, Subject } from '../lookups.ts';
import { MAX_MESSAGE_IDS, MAX_TRACES, mergePlaces, placeOfNoted, traceAt } from '../places.ts';
import { blobOrNone, type Database, number, type Row, text, type Write } from './rows.ts';

type Setup = Required<StoreSetup>;

/** `entry`: one entry of the journal. */
export function createLookups(db: Database, write: Write, setup: Setup, entry: (trace: string) => Promise<Entry | undefined>): Lookups {
  const { vault, now } = setup;
  const known = db.prepare(`SELECT place FROM message_id WHERE hash = ? AND until > ? ORDER BY place DESC LIMIT ${MAX_TRACES}`);
  const placesOf = createPlaces(db, now);
  return {
    note: createNoter(db, write, setup),
    withMessageId: async (id) => {
      const lists = vault.hashes('message-id', id).map((hash) => known.all(hash, now()).map((row) => text(row, 'place')));
      return mergePlaces(lists, MAX_TRACES).map(traceAt);
    },
    page: async (subject, limit, cursor) => {
      // '~' stands behind every digit.
      const before = cursor === undefined ? '~' : readCursor(cursor);
      if (before === undefined) return { entries: [] };
      const size = pageSize(limit);
      const places = placesOf(subject, before, size + 1);
      const entries = await Promise.all(places.slice(0, size).map((place) => entry(traceAt(place))));
      const last = places[size - 1];
      const there = entries.filter((it) => it !== undefined);
      return places.length > size && last !== undefined ? { entries: there, next: writeCursor(last) } : { entries: there };
    },
    ...createCaseReader(db, setup),
  };
}

function createNoter(db: Database, write: Write, { vault, now, retention }: Setup): Lookups['note'] {
  const addId = db.prepare('INSERT OR REPLACE INTO message_id (hash, place, conversation, until) VALUES (?, ?, ?, ?)');
  const add = db.prepare('INSERT OR REPLACE INTO noted (subject, place, until) VALUES (?, ?, ?)');
  return async (message: Noted) => {
    const { messageIds, conversation, stray, parties } = message;
    const hashes = messageIds.slice(0, MAX_MESSAGE_IDS).map((id) => vault.hash('message-id', id));
    const place = placeOfNoted(message);
    const until = now() + retention.journal;
    await write(() => {
      for (const hash of hashes) addId.run(hash, place, conversation ?? null, until);
      if (conversation !== undefined && stray) add.run(`c:${conversation}`, place, until);
      for (const party of parties) add.run(`p:${party}`, place, until);
    });
  };
}

function createPlaces(db: Database, now: () => number): (subject: Subject, before: string, size: number) => readonly string[] {
  const noted = db.prepare('SELECT place FROM noted WHERE subject = ? AND place < ? AND until > ? ORDER BY place DESC LIMIT ?');
  const journal = db.prepare('SELECT place FROM entry WHERE conversation = ? AND place < ? AND until > ? ORDER BY place DESC LIMIT ?');
  const places = (rows: readonly Row[]): readonly string[] => rows.map((row) => text(row, 'place'));
  return ({ kind, id }, before, size) => {
    if (kind === 'party') return places(noted.all(`p:${id}`, before, now(), size));
    return mergePlaces([places(noted.all(`c:${id}`, before, now(), size)), places(journal.all(id, before, now(), size))], size);
  };
}

function createCaseReader(db: Database, { vault, now }: Setup): Pick<Lookups, 'mail' | 'said'> {
  const waiting = db.prepare('SELECT at, max(due, at) AS due, attempts FROM outbox WHERE id = ?');
  const sent = db.prepare('SELECT 1 FROM outbox_done WHERE id = ? AND until > ?');
  const review = db.prepare(`SELECT place, conversation, outcome, found_at, note FROM review
    WHERE kind = ? AND trace = ? AND party = ? AND until > ?`);
  return {
    mail: async (id) => {
      const row = waiting.get(id);
      if (row) return { kind: 'waiting', at: number(row, 'at') ?? 0, due: number(row, 'due') ?? 0, attempts: number(row, 'attempts') ?? 0 };
      return sent.get(id, now()) && { kind: 'sent' };
    },
    said: async ({ kind, trace, party }: Said) => {
      const row = review.get(kind, trace, party, now());
      if (!row) return undefined;
      const outcome = row.outcome === null ? undefined : text(row, 'outcome');
      const found = outcome === undefined ? undefined : { outcome, at: number(row, 'found_at') ?? 0, note: blobOrNone(row, 'note') };
      const read = readReview(vault, { kind, place: text(row, 'place'), conversation: text(row, 'conversation'), found });
      return { at: read.at, ...(read.found && { found: read.found }) };
    },
  };
}
