/**
 * The next hop of an evaluation: a Maildir on disk (https://cr.yp.to/proto/maildir.html) that any mail client can open. The file is
 * exactly the outgoing bytes; the envelope is not in it, because the recipient's mailbox is a secret of the store.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { NextHop, Outgoing } from './outbound.ts';

/** Opens the Maildir and makes it where it is missing, for our own user alone. Throws where that cannot be done. */
export function openMaildir(path: string): NextHop {
  for (const folder of ['', 'tmp', 'new', 'cur']) mkdirSync(join(path, folder), { recursive: true, mode: 0o700 });
  return {
    handOver: (outgoing) => deliver(path, outgoing),
    room: Number.POSITIVE_INFINITY,
    async [Symbol.asyncDispose]() {},
  };
}

/** When it resolves, the message is on the disk under its final name and survives a power cut. Fails with the system's error. */
async function deliver(path: string, { bytes, trace }: Outgoing): Promise<void> {
  const name = nameFor(trace);
  const draft = join(path, 'tmp', name);
  try {
    await write(draft, bytes);
    await rename(draft, join(path, 'new', name));
    await syncFolder(join(path, 'new'));
  } catch (error) {
    await unlink(draft).catch(() => {});
    throw error;
  }
}

/** Never the same twice; without `/`, and without `:`, which begins the flags. The trace id leads from the file to the journal. */
function nameFor(trace: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(trace)) throw new TypeError('the trace id does not fit into a file name');
  return `${Math.trunc(Date.now() / 1000)}.${trace}-${randomBytes(6).toString('hex')}.postern`;
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(bytes);
  await file.sync();
}

/** A rename is on the disk only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}
