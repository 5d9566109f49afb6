/**
 * What the relay makes for itself when it is started for evaluation: a secret and a token, in files that only its own user can read.
 * Two processes that start at once agree on one file: it is written under another name and linked to its place, which only one can do.
 */
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';

/** What stands in the file. `open`: others than its owner may read it. */
export interface Kept {
  readonly text: string;
  readonly open: boolean;
}

/**
 * Reads the file; makes it with 32 random bytes in base64 where it is not there. Its directory is made with mode 0700, itself with 0600.
 * Durable before it answers: what is encrypted with a lost secret is lost. Throws what the file system throws.
 */
export function keep(file: string): Kept {
  const kept = read(file);
  if (kept) return kept;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  write(file, `${randomBytes(32).toString('base64')}\n`);
  const made = read(file);
  if (!made) throw new Error('a file that was just made is gone');
  return made;
}

/** Puts a text into the place of a file, whole or not at all; durable, mode 0600. Throws what the file system throws. */
export function replace(file: string, text: string): void {
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  try {
    writeDurably(draft, text);
    renameSync(draft, file);
    sync(dirname(file));
  } finally {
    rmSync(draft, { force: true });
  }
}

function read(file: string): Kept | undefined {
  try {
    return { text: readFileSync(file, 'utf8').trim(), open: (statSync(file).mode & 0o077) !== 0 };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Leaves a file alone that another process put there meanwhile. */
function write(file: string, text: string): void {
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  try {
    writeDurably(draft, text);
    linkSync(draft, file);
    sync(dirname(file));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function sync(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The system's code of an error, as in `EACCES`. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
