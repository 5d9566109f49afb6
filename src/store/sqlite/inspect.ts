/** How the store's file is, for whoever runs it to look at. */
import { statSync } from 'node:fs';
import type { Database } from './rows.ts';
import { VERSION } from './schema.ts';

export interface SqliteReport {
  readonly bytes: number;
  /** Of the tables in the file. */
  readonly schema: number;
  /** That this program makes. */
  readonly newestSchema: number;
  /** What is damaged, or `ok`; undefined: too large to be looked through at once. */
  readonly integrity: string | undefined;
}

/** About a second of reading. */
const mostToLookThrough = 512 * 1024 * 1024;

export function inspect(path: string, db: Database): SqliteReport {
  const bytes = statSync(path).size;
  const schema = Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  const integrity = bytes > mostToLookThrough ? undefined : String(db.prepare('PRAGMA quick_check(1)').get()?.quick_check ?? '');
  return { bytes, schema, newestSchema: VERSION, integrity };
}
