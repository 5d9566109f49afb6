/** Tables of the SQLite store. `PRAGMA user_version` counts the schema's versions; a file of a newer one is not touched. */
import { apiTables } from './api-schema.ts';
import { responseTables } from './responses-schema.ts';
import { lookupsSchema } from './lookups-schema.ts';
import { archiveTables } from './archive-schema.ts';
import type { Database } from './rows.ts';
import { webhookTables } from './webhooks-schema.ts';
import { upkeepSchema } from './upkeep-schema.ts';

/** `until`: milliseconds since 1970, when the row may go. Sealed columns and hashes are the vault's; nothing else says who anybody is. */
const first = `
  CREATE TABLE party (
    id TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    public_local TEXT
  ) WITHOUT ROWID;

  CREATE TABLE mailbox (
    registered INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT NOT NULL,
    party TEXT NOT NULL,
    UNIQUE (hash, party)
  );
  CREATE INDEX mailbox_party ON mailbox (party);

  CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    buyer TEXT NOT NULL,
    seller TEXT NOT NULL,
    buyer_local TEXT NOT NULL,
    seller_local TEXT NOT NULL,
    forgotten INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX conversation_pair ON conversation (buyer, seller) WHERE forgotten = 0;
  CREATE INDEX conversation_seller ON conversation (seller) WHERE forgotten = 0;

  CREATE TABLE alias (
    local TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('buyer', 'seller', 'public', 'forgotten')),
    ref TEXT
  ) WITHOUT ROWID;

  CREATE TABLE heard (
    conversation TEXT NOT NULL,
    side TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (conversation, side)
  ) WITHOUT ROWID;

  CREATE TABLE orders (
    put INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    buyer TEXT NOT NULL,
    seller TEXT NOT NULL,
    kind TEXT NOT NULL,
    completed_at INTEGER
  );
  CREATE INDEX orders_pair ON orders (buyer, seller, completed_at, put);

  CREATE TABLE once (
    hash TEXT PRIMARY KEY,
    settled INTEGER NOT NULL,
    trace TEXT NOT NULL,
    until INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX once_until ON once (until);

  CREATE TABLE thread (
    conversation TEXT NOT NULL,
    hash TEXT NOT NULL,
    sealed BLOB NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (conversation, hash)
  ) WITHOUT ROWID;
  CREATE INDEX thread_until ON thread (until);

  CREATE TABLE hold (
    trace TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,
    sealed BLOB NOT NULL,
    until INTEGER NOT NULL
  );
  CREATE INDEX hold_conversation ON hold (conversation);
  CREATE INDEX hold_until ON hold (until);

  CREATE TABLE entry (
    trace TEXT PRIMARY KEY,
    conversation TEXT,
    place TEXT NOT NULL,
    sealed BLOB NOT NULL,
    bounced_at INTEGER,
    until INTEGER NOT NULL
  );
  CREATE INDEX entry_place ON entry (conversation, place);
  CREATE INDEX entry_until ON entry (until);
`;

/** Outbox, objections, opt-out of one seller; whose a held message is (unknown of those that are held already). */
const second = `
  ALTER TABLE conversation ADD COLUMN opted_out INTEGER NOT NULL DEFAULT 0;

  ALTER TABLE hold ADD COLUMN party TEXT;
  CREATE INDEX hold_party ON hold (party);

  CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    recipient TEXT NOT NULL,
    sealed BLOB NOT NULL,
    at INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    holder TEXT
  );
  CREATE INDEX outbox_due ON outbox (due, at);
  CREATE INDEX outbox_at ON outbox (at);
  CREATE INDEX outbox_recipient ON outbox (recipient);

  CREATE TABLE outbox_done (
    id TEXT PRIMARY KEY,
    until INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX outbox_done_until ON outbox_done (until);

  CREATE TABLE objection (
    trace TEXT NOT NULL,
    party TEXT NOT NULL,
    conversation TEXT NOT NULL,
    place TEXT NOT NULL,
    sealed BLOB,
    until INTEGER NOT NULL,
    PRIMARY KEY (trace, party)
  );
  CREATE INDEX objection_place ON objection (place);
  CREATE INDEX objection_party ON objection (party);
  CREATE INDEX objection_until ON objection (until);
`;

/** The days of the parties that get a digest, and what happened on them. `due`: the end of a loan. */
const third = `
  CREATE TABLE digest_day (
    day TEXT NOT NULL,
    party TEXT NOT NULL,
    due INTEGER NOT NULL DEFAULT 0,
    until INTEGER NOT NULL,
    PRIMARY KEY (party, day)
  ) WITHOUT ROWID;
  CREATE INDEX digest_day_due ON digest_day (day, due);
  CREATE INDEX digest_day_until ON digest_day (until);

  CREATE TABLE digest (
    id TEXT PRIMARY KEY,
    party TEXT NOT NULL,
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    until INTEGER NOT NULL
  );
  CREATE INDEX digest_of ON digest (party, day, at);
  CREATE INDEX digest_until ON digest (until);
`;

/** Reports beside objections, in one table; requests for reviews, by order; why a message came back. */
const fourth = `
  CREATE TABLE review (
    kind TEXT NOT NULL,
    trace TEXT NOT NULL,
    party TEXT NOT NULL,
    conversation TEXT NOT NULL,
    place TEXT NOT NULL,
    sealed BLOB,
    until INTEGER NOT NULL,
    PRIMARY KEY (kind, trace, party)
  );
  INSERT INTO review (kind, trace, party, conversation, place, sealed, until)
    SELECT 'objection', trace, party, conversation, place, sealed, until FROM objection;
  DROP TABLE objection;
  CREATE INDEX review_place ON review (kind, place);
  CREATE INDEX review_party ON review (party);
  CREATE INDEX review_until ON review (until);

  CREATE TABLE quota (
    hash TEXT PRIMARY KEY,
    start INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    earlier INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX quota_until ON quota (until);

  ALTER TABLE party ADD COLUMN opted_out INTEGER;
  ALTER TABLE party ADD COLUMN admitted BLOB;

  ALTER TABLE orders ADD COLUMN review_requests INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE orders ADD COLUMN item BLOB;
  CREATE INDEX orders_buyer_item ON orders (buyer) WHERE item IS NOT NULL;
  CREATE INDEX orders_seller_item ON orders (seller) WHERE item IS NOT NULL;

  ALTER TABLE entry ADD COLUMN bounce_reason TEXT;
`;

/** Up to when a buyer's messages need no answer. */
const fifth = `
  ALTER TABLE conversation ADD COLUMN settled_until INTEGER;

  ALTER TABLE conversation ADD COLUMN blocked_by_buyer INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE conversation ADD COLUMN blocked_by_seller INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE conversation ADD COLUMN expires_at INTEGER;
  ALTER TABLE conversation ADD COLUMN opened_at INTEGER;

  CREATE TABLE standing (
    party TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    until INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX standing_until ON standing (until);

  ALTER TABLE review ADD COLUMN outcome TEXT;
  ALTER TABLE review ADD COLUMN found_at INTEGER;
  ALTER TABLE review ADD COLUMN note BLOB;
  CREATE INDEX review_open ON review (kind, place) WHERE outcome IS NULL;
`;

/** How fast sellers answer; what the API keeps; webhooks and their queues; by what messages are found; the archive's index; duties, secrets and legal holds. */
const sixth = [responseTables, apiTables, webhookTables, lookupsSchema, archiveTables, upkeepSchema].join('');

/** What makes each version from the one before it; what stands here was run somewhere and is not changed. */
const versions = [first, second, third, fourth, fifth, sixth];
export const VERSION = versions.length;

/** Makes the tables of an empty file, and brings those of an older version to this one, in one transaction. Throws where the file is of a newer version than this program knows. */
export function prepareSchema(db: Database): void {
  const versionOf = (): unknown => db.prepare('PRAGMA user_version').get()?.user_version;
  const found = versionOf();
  if (typeof found !== 'number' || found > VERSION) {
    throw new Error(`The store was written by a newer version of Postern (schema ${found}, this one knows ${VERSION}): start that version`);
  }
  if (found === VERSION) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have done it in the meantime.
    const steps = versions.slice(Number(versionOf()));
    if (steps.length > 0) db.exec(`${steps.join('')} PRAGMA user_version = ${VERSION};`);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/** Deletes what has run out, so many rows of each table at most, so that no call takes long; and makes good what a clock that ran ahead wrote. */
export function sweepOf(db: Database): (now: number) => void {
  const keys = {
    once: 'hash',
    hold: 'trace',
    entry: 'trace',
    thread: 'conversation, hash',
    outbox_done: 'id',
    digest: 'id',
    digest_day: 'party, day',
    review: 'kind, trace, party',
    quota: 'hash',
    standing: 'party',
    delivery: 'id',
    answer: 'key',
    question: 'conversation',
    response_day: 'seller, day',
    message_id: 'hash, place',
    noted: 'subject, place',
  };
  const sweeps = Object.entries(keys).map(([table, key]) =>
    db.prepare(`DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE until <= ? LIMIT 500)`),
  );
  const claims = db.prepare('DELETE FROM once WHERE settled = 0 AND until > ?');
  const dues = Object.entries({ outbox: farthest, digest_day: farthest, archive_queue: farthest, delivery: farthestDelivery }).map(
    ([table, most]) => ({ most, end: db.prepare(`UPDATE ${table} SET due = ?1 WHERE due > ?2`) }),
  );
  return (now) => {
    for (const sweep of sweeps) sweep.run(now);
    // Written by a clock that ran ahead: nothing is lent or put off for so long.
    claims.run(now + farthest);
    for (const { most, end } of dues) end.run(now, now + most);
  };
}

/** Milliseconds. The outbox puts off for three hours at most, a claim is held for a minute. */
const farthest = 4 * 3_600_000;
/** One that was tried nine times waits for a day, and a little. */
const farthestDelivery = 28 * 3_600_000;
