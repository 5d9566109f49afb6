/** What the SQLite adapter needs of its engine; `sqlite.ts` alone knows which library that is. Shaped after `node:sqlite`. */

type Value = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

/** A prepared statement. */
export interface Statement {
  get(...values: Value[]): Row | undefined;
  all(...values: Value[]): Row[];
  /** How many rows were changed. */
  run(...values: Value[]): number;
}

export interface Database {
  prepare(sql: string): Statement;
  exec(sql: string): void;
}

/**
 * Runs steps in transactions that are durable when the promise resolves. A step may run twice: it must do nothing but read and write rows.
 * `passing`: what it writes may go in a power cut: a lease, which means nothing then, or what was used up in the last hour.
 */
export type Write = <T>(step: () => T, passing?: 'passing') => Promise<T>;

export const text = (row: Row, column: string): string => String(row[column]);

/** A sealed column. */
export function blob(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new Error(`column ${column} holds no bytes`);
  return value;
}

/** A sealed column that may be NULL. */
export const blobOrNone = (row: Row, column: string): Uint8Array | undefined => (row[column] === null ? undefined : blob(row, column));

/** Undefined where the column is NULL. */
export const number = (row: Row, column: string): number | undefined => (typeof row[column] === 'number' ? row[column] : undefined);
