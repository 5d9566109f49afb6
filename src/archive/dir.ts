/** Copies as files of a directory, in 256 folders; each one is written under another name and moved to its place when it is whole and on the disk. */
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Blobs, headBytes, isAddress } from './blobs.ts';
import { createTidy, draftOf } from './drafts.ts';
import { orNone } from './or-none.ts';

/** As many as Node's thread pool has threads, which write files and directories to the disk. */
const atOnce = 4;

/** `path`: absolute; it is made when the first copy comes, for its owner alone. */
export function openDirectory(path: string): Blobs {
  const folderOf = (address: string): string => join(path, address.slice(0, 2));
  const fileOf = (address: string): string => join(folderOf(checked(address)), address);
  return {
    atOnce,
    async put(address, pieces) {
      const [file, folder] = [fileOf(address), folderOf(address)];
      const draft = draftOf(file);
      const handle = (await orNone(create(draft))) ?? (await createBelow(folder, draft));
      try {
        await write(handle, pieces);
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await sync(folder);
    },
    get: async (address) => orNone(readFile(fileOf(address))),
    head: async (address) => orNone(readHead(fileOf(address))),
    delete: async (address) => rm(fileOf(address), { force: true }),
    tidy: createTidy(path),
  };
}

function checked(address: string): string {
  if (!isAddress(address)) throw new RangeError('not the address of a copy');
  return address;
}

const create = (file: string): Promise<FileHandle> => open(file, 'wx', 0o600);

async function createBelow(folder: string, file: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await sync(dirname(folder));
  return create(file);
}

/** So many bytes, and one piece more, are asked for and written at once. */
const handful = 1024 * 1024;

async function write(handle: FileHandle, pieces: Iterable<Uint8Array>): Promise<void> {
  try {
    let some: Uint8Array[] = [];
    let bytes = 0;
    for (const piece of pieces) {
      some.push(piece);
      bytes += piece.length;
      if (bytes < handful) continue;
      await writeAll(handle, some);
      some = [];
      bytes = 0;
    }
    await writeAll(handle, some);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws also where the disk took a part of it alone */
async function writeAll(handle: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await handle.writev(pieces);
  if (bytesWritten !== pieces.reduce((sum, { length }) => sum + length, 0)) throw new Error('the disk did not take all of a copy');
}

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The name in the folder must last too. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
