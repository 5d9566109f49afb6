/** Port: where the archive's copies lie. What is put there is sealed already, and its address says nothing. */
import type { Archived, Copy } from '../store/archive.ts';

export interface Blobs {
  /** So many copies are put side by side. */
  readonly atOnce: number;
  /** Durable when it resolves. The same address again replaces what is there. `pieces`: one behind the other. */
  put(address: string, pieces: Iterable<Uint8Array>): Promise<void>;
  get(address: string): Promise<Buffer | undefined>;
  /** Its first bytes, as many as tell its secret. */
  head(address: string): Promise<Buffer | undefined>;
  /** Nothing happens where there is none. */
  delete(address: string): Promise<void>;
  /**
   * Removes some of what was begun before that time (milliseconds since 1970) and never ended: its process was killed. Where nothing is left of
   * such, there is no such method.
   */
  tidy?(before: number): Promise<void>;
}

export const headBytes = 5;

/** 32 hexadecimal digits. */
export const isAddress = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);

/** Where what is kept of a message lies; each once. */
export const addressesOf = ({ copies }: Pick<Archived, 'copies'>): readonly string[] => [
  ...new Set((Object.values(copies) as readonly Copy[]).map(({ address }) => address)),
];
