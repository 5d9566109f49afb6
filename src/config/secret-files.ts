/**
 * Secrets that stand in files: `RELAY_SECRET_FILE=/run/secrets/relay_secret`, as container engines and systemd (LoadCredential=) hand them
 * over, and as no list of processes and no dump of an environment shows them. `<NAME>_FILE` goes with every row that is `secret`.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeOf } from './first-start.ts';
import type { Given } from './given.ts';
import { type Name, rows } from './rows.ts';

/** Bytes: far more than any secret has, and little enough for a file named by mistake. */
const mostBytes = 65_536;

/** The name that stands for the file of a secret; undefined for what is none. */
export const fileNameOf = (name: Name): string | undefined => ('secret' in rows[name] && rows[name].secret ? `${name}_FILE` : undefined);

/** Settings that are given by the names of their files. */
export const secretFileNames: ReadonlySet<string> = new Set(
  (Object.keys(rows) as Name[]).map(fileNameOf).filter((name) => name !== undefined),
);

/** What the file holds, without white space around it; where it holds nothing, no text, and why. Never throws. */
export function readSecret(path: string, cwd: string, where: string): Given {
  const file = resolve(cwd, path);
  const told = (what: string): Given => ({ text: undefined, kind: `a file that ${what} (${JSON.stringify(file)})`, where, file });
  let bytes: Buffer | undefined;
  try {
    bytes = readStart(file);
  } catch (error) {
    return told(`cannot be read, ${codeOf(error)}`);
  }
  if (!bytes) return told('is a folder, a device or a pipe');
  if (bytes.length > mostBytes) return told(`is longer than ${mostBytes} bytes`);
  const text = bytes.toString().trim();
  return text === '' ? told('is empty') : { text, kind: `a text of ${text.length} characters`, where, file };
}

/**
 * One byte more than fits, at most. Undefined for what is no file: a device has no end, and a pipe is read once, but settings are read
 * again; without O_NONBLOCK it would even be waited for.
 */
function readStart(path: string): Buffer | undefined {
  const handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(handle).isFile()) return undefined;
    const bytes = Buffer.alloc(mostBytes + 1);
    let filled = 0;
    for (let read = -1; read !== 0 && filled < bytes.length; filled += read)
      read = readSync(handle, bytes, filled, bytes.length - filled, null);
    return bytes.subarray(0, filled);
  } finally {
    closeSync(handle);
  }
}
