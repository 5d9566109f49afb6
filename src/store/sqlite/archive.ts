/** The archive's index in SQLite. */
import type { Archived, ArchiveIndex, ArchiveQuestion, ArchiveQueue } from '../archive.ts';
import {
  MAX_LENT_COPIES,
  MAX_QUEUED_BYTES,
  pageOfThose,
  placeOfRecord,
  type Range,
  readRecord,
  recordIfReadable,
  sealRecord,
} from '../archive-codec.ts';
import { leaseOf, pageSize, placeOf, type StoreSetup } from '../codec.ts';
import { blob, type Database, number, type Row, text, type Write } from './rows.ts';

export function createArchive(db: Database, write: Write, setup: Required<StoreSetup>): ArchiveIndex {
  const { vault } = setup;
  const upsert = db.prepare(`INSERT OR REPLACE INTO archive (trace, place, conversation, buyer, seller, ordered, sealed)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const select = db.prepare('SELECT trace, sealed FROM archive WHERE trace = ?');
  const drop = db.prepare('DELETE FROM archive WHERE trace = ?');
  const oldest = db.prepare('SELECT place, trace, sealed FROM archive WHERE place > ? AND place < ? ORDER BY place LIMIT ?');
  const listed = createLists(db);
  const read = (row: Row): Archived => readRecord(vault, text(row, 'trace'), blob(row, 'sealed'));
  return {
    put: async (record) => {
      const { trace, conversation, buyer, seller, order = null } = record;
      const sealed = sealRecord(vault, record);
      await write(() => void upsert.run(trace, placeOfRecord(record), conversation, buyer, seller, order, sealed));
    },
    record: async (trace) => {
      const row = select.get(trace);
      return row && read(row);
    },
    page: (question, limit, before) =>
      pageOfThose(question, { limit, before }, async (range) =>
        listed(question, range).map((row) => ({ place: text(row, 'place'), record: read(row) })),
      ),
    oldest: async (before, limit, after) => {
      for (let from = after ? placeOfRecord(after) : ''; ; ) {
        const rows = oldest.all(from, placeOf(before, ''), pageSize(limit));
        const records = rows.flatMap((row) => recordIfReadable(vault, text(row, 'trace'), blob(row, 'sealed')) ?? []);
        const last = rows.at(-1);
        if (records.length > 0 || !last) return records;
        from = text(last, 'place');
      }
    },
    drop: ({ trace }) => write(() => void drop.run(trace)),
    queue: createQueue(db, write, setup),
  };
}

/** The shortest list that holds all that is asked for. */
function createLists(db: Database): (question: ArchiveQuestion, range: Range) => readonly Row[] {
  const listBy = (condition: string) =>
    db.prepare(`SELECT place, trace, sealed FROM archive WHERE ${condition} place >= ? AND place < ? ORDER BY place DESC LIMIT ?`);
  const [all, ofConversation, ofOrder] = [listBy(''), listBy('conversation = ? AND'), listBy('ordered = ? AND')];
  const ofParty = [listBy('buyer = ? AND'), listBy('seller = ? AND')];
  return ({ conversation, order, party }, { from, before, limit }) => {
    if (conversation !== undefined) return ofConversation.all(conversation, from, before, limit);
    if (order !== undefined) return ofOrder.all(order, from, before, limit);
    if (party === undefined) return all.all(from, before, limit);
    // A party is a buyer or a seller: one of the two is empty.
    return ofParty.flatMap((side) => side.all(party, from, before, limit));
  };
}

function createQueue(db: Database, write: Write, { now }: Required<StoreSetup>): ArchiveQueue {
  // Due by every clock: one that is set back a moment later does not keep it here.
  const insert = db.prepare('INSERT OR IGNORE INTO archive_queue (address, trace, bytes, size, at, due) VALUES (?, ?, ?, ?, ?, 0)');
  const select = db.prepare('SELECT bytes FROM archive_queue WHERE address = ?');
  const waiting = db.prepare('SELECT address, trace, at, attempts FROM archive_queue WHERE due <= ? ORDER BY due, at LIMIT ?');
  const lend = db.prepare('UPDATE archive_queue SET due = ?, attempts = attempts + 1 WHERE address = ?');
  const drop = db.prepare('DELETE FROM archive_queue WHERE address = ?');
  const replace = db.prepare('UPDATE archive_queue SET bytes = ?, size = ? WHERE address = ?');
  const later = db.prepare('UPDATE archive_queue SET due = ? WHERE address = ?');
  const depth = db.prepare('SELECT count(*) AS count, total(size) AS bytes, min(at) AS oldest FROM archive_queue');

  const bytesOf = (address: string): Uint8Array | undefined => {
    const row = select.get(address);
    return row && blob(row, 'bytes');
  };
  const put: ArchiveQueue['put'] = ({ address, trace, bytes }) =>
    write(() => {
      if ((number(depth.get() ?? {}, 'bytes') ?? 0) + bytes.length > MAX_QUEUED_BYTES) return false;
      insert.run(address, trace, bytes, bytes.length, now());
      return true;
    });
  const lendSome = (limit: number, until: number) =>
    waiting.all(now(), limit).map((row) => {
      const address = text(row, 'address');
      lend.run(until, address);
      const [at, attempts] = [number(row, 'at') ?? 0, (number(row, 'attempts') ?? 0) + 1];
      return { address, trace: text(row, 'trace'), bytes: bytesOf(address) ?? new Uint8Array(), at, attempts };
    });
  return {
    put,
    read: async (address) => bytesOf(address),
    lend: async (limit, leaseSeconds) => {
      // Looked at without the writer's lock: most of the time nothing is due.
      if (!waiting.get(now(), 1)) return [];
      return write(() => lendSome(Math.min(limit, MAX_LENT_COPIES), now() + leaseOf(leaseSeconds)));
    },
    drop: (address) => write(() => void drop.run(address)),
    replace: ({ address, bytes }) => write(() => void replace.run(bytes, bytes.length, address)),
    later: (address, _trace, due) => write(() => void later.run(due, address)),
    depth: async () => {
      const row = depth.get() ?? {};
      const oldest = number(row, 'oldest');
      return { count: number(row, 'count') ?? 0, bytes: number(row, 'bytes') ?? 0, ...(oldest !== undefined && { oldest }) };
    },
  };
}
