/** Why a file cannot be opened as the store, and what whoever runs the relay is to do: one sentence. */
import type { Database } from './rows.ts';

/** The plain result code of an error (https://sqlite.org/rescode.html). QUIRK: node:sqlite gives the extended one, whose low byte it is. */
export const resultCode = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) & 255 : undefined;

export const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;

const restore = 'stop every relay that uses it, keep a copy of it with its -wal, put the last backup in its place, and start again';
const whatToDo: Readonly<Record<number, string>> = {
  [SQLITE_BUSY]: 'is locked by another program: end that program, and start again',
  8: 'cannot be written: let the relay’s user write the file and its folder, on a disk that is not read-only',
  10: 'cannot be read or written, the disk fails or is full: see the system’s log, and start again',
  [SQLITE_CORRUPT]: `is damaged: ${restore}`,
  13: 'lies on a full disk: make room, and start again',
  14: 'cannot be opened: let the relay’s user read and write the file and its folder',
  26: `is no SQLite file, or its beginning is damaged: see STORE_URL; if that is right, ${restore}`,
};

/** By the names of `node:fs`. */
const alike: Readonly<Record<string, number>> = {
  EACCES: 14,
  EPERM: 14,
  EISDIR: 14,
  ENOTDIR: 14,
  EROFS: 8,
  ENOSPC: 13,
  EDQUOT: 13,
  EIO: 10,
};

/** Any other error stays what it is. */
export function explained(error: unknown, path: string): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? alike[String(error.code)] : undefined;
  const words = whatToDo[code ?? resultCode(error) ?? 0];
  return words === undefined ? error : new Error(`The store ${path} ${words}`, { cause: error });
}

/** Bytes; about a second of reading on a slow machine. Larger files are looked through by `doctor` alone. */
const mostToLookThrough = 64 * 1024 * 1024;

/** Throws where the file is damaged, as far as one second can tell. */
export function lookThrough(db: Database, bytes: number, path: string): void {
  if (bytes > mostToLookThrough) return;
  const found = db.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (found !== 'ok') throw new Error(`The store ${path} ${whatToDo[SQLITE_CORRUPT]}`);
}
