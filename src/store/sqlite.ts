/**
 * The store in one SQLite file, for one machine: WAL, `synchronous=FULL`, so that what was acknowledged outlives a power cut
 * (https://sqlite.org/pragma.html#pragma_synchronous). The door of `node:sqlite`, which is synchronous: statements are small and go by an index.
 */
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createAnswers, createTokens } from './sqlite/api.ts';
import { createArchive } from './sqlite/archive.ts';
import { keep, type StoreSetup } from './codec.ts';
import { createDigests } from './sqlite/digests.ts';
import { createDirectory } from './sqlite/directory.ts';
import { createLookups } from './sqlite/lookups.ts';
import { createHolds, createJournal, createOnce, createThreads } from './sqlite/messages.ts';
import { createQuota } from './sqlite/quota.ts';
import { createOutbox } from './sqlite/outbox.ts';
import { createResponses } from './sqlite/responses.ts';
import { createReviews } from './sqlite/reviews.ts';
import type { Database, Row } from './sqlite/rows.ts';
import { inspect, type SqliteReport } from './sqlite/inspect.ts';
import { prepareSchema, sweepOf } from './sqlite/schema.ts';
import { createStandings } from './sqlite/standings.ts';
import { explained, lookThrough } from './sqlite/trouble.ts';
import { createWebhooks } from './sqlite/webhooks.ts';
import { createUpkeep } from './sqlite/upkeep.ts';
import { createWriter, type Writer } from './sqlite/writer.ts';
import type { Store } from './store.ts';

/**
 * Milliseconds the event loop may stand still for another process's lock; the writer tries again after it. QUIRK: SQLite sleeps in steps of 1, 2,
 * 5, 10, 15 ms and more, and may end up to a step later.
 */
const BUSY_TIMEOUT = 5;
const BUSY_TIMEOUT_AT_START = 3000;
const SWEEP_EVERY = 60_000;

/**
 * Opens or creates the file, readable by its owner alone. Throws where it was written by a newer version, is damaged, or cannot be written,
 * with a sentence that says what to do.
 * `:memory:` keeps nothing.
 */
export async function openSqlite(path: string, setup: StoreSetup): Promise<Store> {
  const complete = { ...setup, now: setup.now ?? Date.now, retention: setup.retention ?? keep };
  const connection = connectionTo(path);
  try {
    const db = databaseOf(connection);
    const writer = prepare(db);
    const sweep = startSweeping(db, writer, complete.now);
    const { write } = writer;
    const look = db.prepare('SELECT count(*) FROM sqlite_schema');
    const inode = inodeOf(path);
    const journal = createJournal(db, write, complete);
    return {
      directory: createDirectory(db, write, complete),
      once: createOnce(db, write, complete),
      threads: createThreads(db, write, complete),
      holds: createHolds(db, write, complete),
      outbox: createOutbox(db, write, complete),
      digests: createDigests(db, write, complete),
      reviews: createReviews(db, write, complete),
      standings: createStandings(db, write, complete),
      tokens: createTokens(db, write, complete),
      answers: createAnswers(db, write, complete),
      responses: createResponses(db, write, complete),
      quota: createQuota(db, write, complete),
      webhooks: createWebhooks(db, write, complete),
      ping: async () => {
        if (inodeOf(path) !== inode) throw new Error('The file of the store was replaced under the relay');
        // Who can read and not write cannot take mail: the writer's lock is asked for.
        await write(() => void look.get());
      },
      journal,
      lookups: createLookups(db, write, complete, journal.entry),
      archive: createArchive(db, write, complete),
      ...createUpkeep(db, write, complete),
      [Symbol.asyncDispose]: async () => {
        clearInterval(sweep);
        await writer.close();
        if (connection.isOpen) connection.close();
      },
    };
  } catch (error) {
    connection.close();
    throw explained(error, path);
  }
}

/** How the file is, while a relay may be using it; changes nothing in it. Throws what SQLite throws where it is no store or cannot be read. */
export function inspectSqlite(path: string): SqliteReport {
  const connection = new DatabaseSync(path, { readOnly: true });
  try {
    return inspect(path, databaseOf(connection));
  } finally {
    connection.close();
  }
}

/** A file that was moved away or replaced still takes rows, and nobody will ever read them. */
const inodeOf = (path: string): number => (path === ':memory:' ? 0 : statSync(path).ino);
/**
 * Writes what the store holds at this moment into a new file, for its owner alone, while relays use it; deleted values are not in it. Throws
 * where the file is there already, and where the copy is damaged.
 */
export function backupSqlite(path: string, file: string): SqliteReport {
  const draft = `${file}.${process.pid}.part`;
  closeSync(openSync(draft, 'wx', 0o600));
  try {
    const connection = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_AT_START });
    try {
      connection.prepare('VACUUM INTO ?').run(draft);
    } finally {
      connection.close();
    }
    const report = inspectSqlite(draft);
    if ((report.integrity ?? 'ok') !== 'ok') throw new Error('the copy is damaged: is the store? See doctor');
    syncFile(draft);
    // Takes nobody's place.
    linkSync(draft, file);
    return report;
  } finally {
    rmSync(draft, { force: true });
  }
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

function connectionTo(path: string): DatabaseSync {
  try {
    if (path !== ':memory:') {
      makeFile(path);
      checkFile(path);
    }
    return new DatabaseSync(path);
  } catch (error) {
    throw explained(error, path);
  }
}

/** QUIRK: SQLite takes the rights of `-wal` and `-shm` from the file itself, and the file's from the umask: so it is made before. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

/** By a connection that cannot write: closing another one would bring the WAL into a file that is damaged. */
function checkFile(path: string): void {
  const connection = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_AT_START });
  try {
    lookThrough(databaseOf(connection), statSync(path).size, path);
  } finally {
    connection.close();
  }
}

function prepare(db: Database): Writer {
  db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_AT_START}`);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000;');
  prepareSchema(db);
  db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
  return createWriter(db);
}

function startSweeping(db: Database, { write }: Writer, now: () => number): NodeJS.Timeout {
  const sweep = sweepOf(db);
  // A sweep that fails is made up for by the next one; what has run out is not read in the meantime.
  const run = (): void => void write(() => sweep(now())).catch(() => undefined);
  run();
  return setInterval(run, SWEEP_EVERY).unref();
}

/** The engine, as the adapter knows it. */
export function databaseOf(connection: DatabaseSync): Database {
  return {
    exec: (sql) => connection.exec(sql),
    prepare: (sql) => {
      const statement = connection.prepare(sql);
      return {
        get: (...values) => statement.get(...values) as Row | undefined,
        all: (...values) => statement.all(...values) as Row[],
        run: (...values) => Number(statement.run(...values).changes),
      };
    },
  };
}
