/** Copies as files of a directory, in 256 folders; each one is written under another name and moved to its place when it is whole and on the disk. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Blobs, headBytes, isAddress } from './blobs.ts';

/** `path`: absolute; it is made when the first copy comes, for its owner alone. */
export function openDirectory(path: string): Blobs {
  const folderOf = (address: string): string => join(path, address.slice(0, 2));
  const fileOf = (address: string): string => join(folderOf(checked(address)), address);
  return {
    async put(address, bytes) {
      const file = fileOf(address);
      await mkdir(folderOf(address), { recursive: true, mode: 0o700 });
      const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
      try {
        await write(draft, bytes);
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await sync(folderOf(address));
    },
    get: async (address) => orNone(readFile(fileOf(address))),
    head: async (address) => orNone(readHead(fileOf(address))),
    delete: async (address) => rm(fileOf(address), { force: true }),
  };
}

function checked(address: string): string {
  if (!isAddress(address)) throw new RangeError('not the address of a copy');
  return address;
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
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

/** Undefined where there is no such file. */
async function orNone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
