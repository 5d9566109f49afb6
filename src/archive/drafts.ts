/**
 * Drafts: copies as they are being written, under a name that is none of a copy. A process that is killed leaves its drafts behind, no record
 * names them, and so nobody would forget them with their party.
 */
import { randomBytes } from 'node:crypto';
import { opendir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { orNone } from './or-none.ts';

const shape = /^[0-9a-f]{32}\.\d{1,10}\.[0-9a-f]{12}$/;
const isFolder = (name: string): boolean => /^[0-9a-f]{2}$/.test(name);

/** So many are looked at in one call. */
const most = 100;

/** Another one with each call, beside the file that it is to become. */
export const draftOf = (file: string): string => `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;

/** Each call goes through one of the folders below `path`, the next one, and removes the drafts there that nobody has written to since. */
export function createTidy(path: string): (before: number) => Promise<void> {
  // Anywhere: else a relay that is started anew each hour would never come to the last ones.
  let last = randomBytes(1).toString('hex');
  return async (before) => {
    const folders = ((await orNone(readdir(path))) ?? []).filter(isFolder).sort();
    const next = folders.find((name) => name > last) ?? folders[0];
    if (next === undefined) return;
    last = next;
    for (const draft of await draftsIn(join(path, next))) {
      const found = await orNone(stat(draft));
      if (found && found.mtimeMs < before) await rm(draft, { force: true });
    }
  };
}

async function draftsIn(folder: string): Promise<readonly string[]> {
  const drafts: string[] = [];
  // Read piece by piece: there may be very many copies beside them.
  for await (const { name } of (await orNone(opendir(folder, { bufferSize: 256 }))) ?? []) {
    if (shape.test(name)) drafts.push(join(folder, name));
    if (drafts.length === most) break;
  }
  return drafts;
}
