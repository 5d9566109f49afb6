/**
 * Group commit: steps that are asked for in one turn of the event loop share one transaction, and one fsync. Each promise
 * resolves when its rows are on the disk. A lock held by another process is waited for without blocking the event loop.
 */
import type { Database, Write } from './rows.ts';
import { resultCode, SQLITE_BUSY } from './trouble.ts';

/** Milliseconds until a step gives up on a locked file. */
const PATIENCE = 2000;
const MAX_STEPS = 100;

interface Job {
  readonly step: () => unknown;
  readonly passing: boolean;
  readonly since: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export interface Writer {
  readonly write: Write;
  /** Writes what is waiting, then refuses. */
  close(): Promise<void>;
}

export function createWriter(connection: Database): Writer {
  const db = { ...connection, sync: createSync(connection) };
  let waiting: Job[] = [];
  let timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  let closed = false;

  const flush = (): void => {
    timer = undefined;
    const jobs = waiting.slice(0, MAX_STEPS);
    waiting = waiting.slice(MAX_STEPS);
    const locked = runTogether(db, jobs);
    const since = performance.now() - PATIENCE;
    for (const job of locked.jobs.filter((it) => it.since <= since)) job.reject(locked.error);
    const again = locked.jobs.filter((it) => it.since > since);
    waiting = [...again, ...waiting];
    if (waiting.length === 0) return;
    timer = again.length > 0 ? setTimeout(flush, 5 + Math.random() * 10) : setImmediate(flush);
  };

  const write = (step: () => unknown, passing?: 'passing'): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new Error('the store is closed'));
      waiting.push({ step, passing: passing !== undefined, since: performance.now(), resolve, reject });
      timer ??= setImmediate(flush);
    });

  const close = async (): Promise<void> => {
    closed = true;
    while (timer !== undefined) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { write: write as Write, close };
}

/** Jobs that found the file locked, to be tried again. */
interface Locked {
  readonly jobs: readonly Job[];
  readonly error: unknown;
}

interface Syncing extends Database {
  readonly sync: (lasting: boolean) => void;
}

/**
 * Whether a COMMIT waits for the disk (https://sqlite.org/pragma.html#pragma_synchronous). One that does brings along what those before it
 * left in the WAL, so nothing that lasts stands on something that is lost. Within a transaction it cannot be changed.
 */
function createSync(db: Database): (lasting: boolean) => void {
  let full: boolean | undefined;
  return (lasting) => {
    if (full === lasting) return;
    db.exec(`PRAGMA synchronous = ${lasting ? 'FULL' : 'NORMAL'}`);
    full = lasting;
  };
}

function runTogether(db: Syncing, jobs: readonly Job[]): Locked {
  const attempt = transaction(db, jobs);
  if (attempt.kind === 'locked') return { jobs, error: attempt.error };
  if (attempt.kind === 'done') {
    jobs.forEach((job, at) => {
      job.resolve(attempt.value[at]);
    });
    return { jobs: [], error: undefined };
  }
  if (jobs.length > 1) return runAlone(db, jobs);
  for (const job of jobs) job.reject(attempt.error);
  return { jobs: [], error: undefined };
}

/** One of them failed: each gets its own transaction, so that the others do not suffer. Once the file is locked, all that are left wait. */
function runAlone(db: Syncing, jobs: readonly Job[]): Locked {
  for (const [at, job] of jobs.entries()) {
    const { jobs: locked, error } = runTogether(db, [job]);
    if (locked.length > 0) return { jobs: jobs.slice(at), error };
  }
  return { jobs: [], error: undefined };
}

type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'locked'; readonly error: unknown }
  | { readonly kind: 'failed'; readonly error: unknown };

function transaction(db: Syncing, jobs: readonly Job[]): Attempt<readonly unknown[]> {
  try {
    db.sync(jobs.some(({ passing }) => !passing));
    db.exec('BEGIN IMMEDIATE');
  } catch (error) {
    return { kind: isBusy(error) ? 'locked' : 'failed', error };
  }
  try {
    const value = jobs.map(({ step }) => step());
    db.exec('COMMIT');
    return { kind: 'done', value };
  } catch (error) {
    rollBack(db);
    return { kind: isBusy(error) ? 'locked' : 'failed', error };
  }
}

/** QUIRK: on some errors (disk full) SQLite has rolled back by itself, and ROLLBACK is an error then. */
function rollBack(db: Database): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // There is no transaction left, and that is what was wanted.
  }
}

const isBusy = (error: unknown): boolean => resultCode(error) === SQLITE_BUSY;
