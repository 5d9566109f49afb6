/** What is kept of messages in SQLite: claims, Message-IDs, held messages, the journal. */
import type { Entry } from '../../model/entry.ts';
import {
  fingerprintHashes,
  keep,
  MAX_HELD,
  MAX_IDS,
  otherRole,
  pageSize,
  placeOf,
  readCursor,
  readEntry,
  readHeld,
  readThread,
  type StoreSetup,
  sealEntry,
  sealHeld,
  sealThread,
  type ThreadId,
  threadHashes,
  writeCursor,
} from '../codec.ts';
import type { Claim, Held, Holds, Journal, Once, Threads } from '../store.ts';
import { blob, type Database, number, type Row, text, type Write } from './rows.ts';

type Setup = Required<StoreSetup>;

export function createOnce(db: Database, write: Write, { vault, now }: Setup): Once {
  const select = db.prepare('SELECT settled, trace FROM once WHERE hash = ? AND until > ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO once (hash, settled, trace, until) VALUES (?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM once WHERE hash = ? AND trace = ? AND settled = 0');

  const standing = (hashes: readonly string[]): Row | undefined => {
    const rows = hashes.map((hash) => select.get(hash, now())).filter((row) => row !== undefined);
    return rows.find(({ settled }) => settled === 1) ?? rows[0];
  };
  const claim = (hashes: readonly string[], trace: string, leaseSeconds: number): Claim => {
    const row = standing(hashes);
    if (row?.settled === 1) return { kind: 'done', trace: text(row, 'trace') };
    if (row || hashes.some((hash) => leases.holds(hash))) return { kind: 'busy' };
    upsert.run(hashes[0] ?? '', 0, trace, now() + leaseSeconds * 1000);
    return { kind: 'claimed' };
  };
  const giveBack = (hashes: readonly string[], trace: string): void => {
    for (const hash of hashes) remove.run(hash, trace);
  };
  const settle = (hashes: readonly string[], trace: string): void => {
    if (standing(hashes)?.settled !== 1) upsert.run(hashes[0] ?? '', 1, trace, now() + keep.settled);
    giveBack(hashes, trace);
  };
  const leases = new Leases();
  return {
    async claim(fingerprint, trace, leaseSeconds) {
      const hashes = fingerprintHashes(vault, fingerprint);
      const claimed = await write(() => claim(hashes, trace, leaseSeconds), 'passing');
      if (claimed.kind === 'claimed') leases.begin(hashes[0] ?? '', trace, leaseSeconds);
      return claimed;
    },
    async settle(fingerprint, trace) {
      const hashes = fingerprintHashes(vault, fingerprint);
      await write(() => settle(hashes, trace));
      leases.end(hashes, trace);
    },
    async release(fingerprint, trace) {
      const hashes = fingerprintHashes(vault, fingerprint);
      await write(() => giveBack(hashes, trace), 'passing');
      leases.end(hashes, trace);
    },
  };
}

/**
 * The claims of this process by a clock that cannot jump: after that of the wall, all in the file ended where it was set an hour ahead, though
 * their messages are on their way.
 */
class Leases {
  /** In the order in which they end, or nearly so. */
  readonly #running = new Map<string, { readonly trace: string; readonly until: number }>();

  holds(hash: string): boolean {
    return (this.#running.get(hash)?.until ?? 0) > performance.now();
  }

  begin(hash: string, trace: string, seconds: number): void {
    const now = performance.now();
    for (const [known, { until }] of this.#running) {
      if (until > now) break;
      this.#running.delete(known);
    }
    this.#running.set(hash, { trace, until: now + seconds * 1000 });
  }

  end(hashes: readonly string[], trace: string): void {
    for (const hash of hashes) if (this.#running.get(hash)?.trace === trace) this.#running.delete(hash);
  }
}

export function createThreads(db: Database, write: Write, { vault, now }: Setup): Threads {
  const select = db.prepare('SELECT sealed FROM thread WHERE conversation = ? AND hash = ? AND until > ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO thread (conversation, hash, sealed, until) VALUES (?, ?, ?, ?)');

  const read = (end: ThreadId): string | undefined => {
    for (const hash of threadHashes(vault, end)) {
      const row = select.get(end.conversation, hash, now());
      if (row) return readThread(vault, end, blob(row, 'sealed'));
    }
    return undefined;
  };
  const put = (end: ThreadId, other: string): void => {
    const { hash, sealed } = sealThread(vault, end, other);
    upsert.run(end.conversation, hash, sealed, now() + keep.threads);
  };
  return {
    translate: async (conversation, side, ids) => ids.map((id, at) => (at < MAX_IDS ? read({ conversation, side, id }) : undefined)),
    pair: (conversation, author, theirs, ours) =>
      write(() => {
        put({ conversation, side: author, id: theirs }, ours);
        put({ conversation, side: otherRole(author), id: ours }, theirs);
      }),
  };
}

export function createHolds(db: Database, write: Write, { vault, now }: Setup): Holds {
  const upsert = db.prepare('INSERT OR REPLACE INTO hold (trace, conversation, party, sealed, until) VALUES (?, ?, ?, ?, ?)');
  // A row that is written has a higher rowid than all others: they stand in the order of their coming.
  const dropOldest = db.prepare(`DELETE FROM hold WHERE trace IN
    (SELECT trace FROM hold WHERE party = ? AND conversation NOT IN (SELECT conversation FROM legal_hold) ORDER BY rowid DESC LIMIT -1 OFFSET ${MAX_HELD})`);
  const select = db.prepare('SELECT sealed FROM hold WHERE trace = ? AND until > ?');
  const drop = db.prepare('DELETE FROM hold WHERE trace = ?');
  const depth = db.prepare('SELECT count(*) AS count, min(until) AS until FROM hold WHERE until > ?');

  const read = (trace: string): Held | undefined => {
    const row = select.get(trace, now());
    return row && readHeld(vault, trace, blob(row, 'sealed'));
  };
  return {
    keep: async (received, about) => {
      const sealed = sealHeld(vault, { received, ...about });
      await write(() => {
        upsert.run(received.trace, about.conversation, about.party, sealed, now() + keep.holds);
        dropOldest.run(about.party);
      });
    },
    read: async (trace) => read(trace),
    // Read first: what cannot be read is not taken away.
    take: async (trace) => {
      const held = read(trace);
      return held && (await write(() => drop.run(trace))) > 0 ? held : undefined;
    },
    depth: async () => {
      const row = depth.get(now()) ?? {};
      const until = number(row, 'until');
      return { count: number(row, 'count') ?? 0, ...(until !== undefined && { oldest: until - keep.holds }) };
    },
  };
}

export function createJournal(db: Database, write: Write, { vault, now, retention }: Setup): Journal {
  const upsert = db.prepare(`INSERT INTO entry (trace, conversation, place, sealed, bounced_at, bounce_reason, until)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (trace) DO UPDATE SET conversation = excluded.conversation, place = excluded.place, sealed = excluded.sealed,
    bounced_at = coalesce(excluded.bounced_at, bounced_at), bounce_reason = coalesce(excluded.bounce_reason, bounce_reason), until = excluded.until`);
  const select = db.prepare('SELECT trace, sealed, bounced_at, bounce_reason FROM entry WHERE trace = ? AND until > ?');
  const bounce = db.prepare('UPDATE entry SET bounced_at = ?, bounce_reason = ? WHERE trace = ? AND until > ?');
  const before =
    db.prepare(`SELECT trace, place, sealed, bounced_at, bounce_reason FROM entry WHERE conversation = ? AND place < ? AND until > ?
    ORDER BY place DESC LIMIT ?`);

  const read = (row: Row): Entry =>
    readEntry(vault, {
      trace: text(row, 'trace'),
      sealed: blob(row, 'sealed'),
      bouncedAt: number(row, 'bounced_at'),
      bounceReason: row.bounce_reason === null ? undefined : text(row, 'bounce_reason'),
    });
  return {
    add: async (entry) => {
      const sealed = sealEntry(vault, entry);
      const place = placeOf(entry.at, entry.trace);
      const until = now() + retention.journal;
      const { trace, conversation = null, bouncedAt = null, bounceReason = null } = entry;
      await write(() => void upsert.run(trace, conversation, place, sealed, bouncedAt, bounceReason, until));
    },
    entry: async (trace) => {
      const row = select.get(trace, now());
      return row && read(row);
    },
    page: async (conversation, limit, cursor) => {
      // '~' stands behind every digit.
      const place = cursor === undefined ? '~' : readCursor(cursor);
      if (place === undefined) return { entries: [] };
      const size = pageSize(limit);
      const rows = before.all(conversation, place, now(), size + 1);
      const entries = rows.slice(0, size).map(read);
      const last = rows[size - 1];
      return rows.length > size && last ? { entries, next: writeCursor(text(last, 'place')) } : { entries };
    },
    bounced: (trace, at, reason) => write(() => bounce.run(at, reason, trace, now()) > 0),
  };
}
