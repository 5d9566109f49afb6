/**
 * Where the archive of the soak lies, and what can happen there: a folder on a disk of its own (tmpfs, where mounting is allowed) that goes away,
 * is full, or takes no writing; or a bucket that does not answer. Nothing of the relay's own code is in it.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, renameSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Random } from '../support/random.ts';

const run = promisify(execFile);

export const archives = ['dir', 's3', 'off'] as const;

/** Waits so many milliseconds, or until the soak ends. */
export type Pause = (milliseconds: number) => Promise<void>;

export interface ArchiveUnderTest extends AsyncDisposable {
  /** What the relay is told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** One thing that happens to it; resolves with what it was when all is well again. */
  fault(random: Random, pause: Pause): Promise<string>;
  /** What lies there now: names of copies, and of what is none. */
  names(): readonly string[];
  /** What could not happen here, and why. */
  readonly missing?: string;
}

/** So many bytes at most; only those in use take memory: some 8 KB a mail. */
const diskBytes = 4 * 1024 ** 3;

/** `folder`: for the disk, and the link by which the relay finds it. */
export async function directoryIn(folder: string): Promise<ArchiveUnderTest> {
  const [disk, link, nothing] = ['disk', 'archive', 'nothing'].map((name) => join(folder, name)) as [string, string, string];
  mkdirSync(disk);
  const isMounted = await mount(disk, `size=${diskBytes}`, 'tmpfs').then(
    () => true,
    () => false,
  );
  const copies = join(disk, 'copies');
  mkdirSync(copies);
  symlinkSync(copies, link);
  writeFileSync(nothing, '');
  const kinds = isMounted ? (['away', 'full', 'read-only'] as const) : (['away'] as const);
  return {
    env: { ARCHIVE_URL: `dir:${link}` },
    async fault(random, pause) {
      const kind = kinds[Math.floor(random() * kinds.length)] ?? 'away';
      await happens[kind]({ disk, link, nothing });
      await pause(1_000 + random() * 9_000);
      await heal({ disk, link, copies, isMounted });
      return kind;
    },
    names: () =>
      readdirSync(copies, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name),
    ...(!isMounted && { missing: "the archive's disk was never full nor read-only: mounting a tmpfs needs root" }),
    async [Symbol.asyncDispose]() {
      if (isMounted) await run('umount', ['--lazy', disk]);
    },
  };
}

const mount = (disk: string, options: string, type?: string) =>
  run('mount', [...(type === undefined ? [] : ['-t', type]), '-o', options, ...(type === undefined ? [] : [type]), disk]);

interface Disk {
  readonly disk: string;
  readonly link: string;
  /** A file. */
  readonly nothing: string;
}

const happens = {
  away: async ({ link, nothing }) => point(link, nothing),
  // A file that is being written keeps it from being read-only for a moment, and makes it larger than it was.
  full: ({ disk }) => persistently(() => mount(disk, `remount,size=${usedOf(disk)}`)),
  'read-only': ({ disk }) => persistently(() => mount(disk, 'remount,ro')),
} satisfies Record<string, (disk: Disk) => Promise<unknown>>;

async function heal({ disk, link, copies, isMounted }: Pick<Disk, 'disk' | 'link'> & { copies: string; isMounted: boolean }) {
  point(link, copies);
  if (isMounted) await mount(disk, `remount,rw,size=${diskBytes}`);
}

/** At once: there is no moment without a link, in which the relay would make a folder. */
function point(link: string, target: string): void {
  symlinkSync(target, `${link}.new`);
  renameSync(`${link}.new`, link);
}

function usedOf(disk: string): number {
  const { blocks, bfree, bsize } = statfsSync(disk);
  return (blocks - bfree) * bsize;
}

async function persistently(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (
      await work().then(
        () => true,
        () => false,
      )
    )
      return;
  }
  throw new Error('a disk would not change');
}

/** `hangs`: no answer, ever; the next three answer so, and take nothing; `takes it unsaid`: the copy is there, and the connection ends. */
const troubles = ['hangs', '500', '503', 'cuts', 'takes it unsaid'] as const;
type Trouble = (typeof troubles)[number];

/** A bucket over HTTP, kept in memory. Speaks the few calls that the relay makes, and believes every signature. */
export async function ownBucket(): Promise<ArchiveUnderTest> {
  const objects = new Map<string, Buffer>();
  let trouble: Trouble | 'none' = 'none';
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const key = new URL(request.url ?? '', 'http://bucket').pathname.replace(/^\/copies\//, '');
    if (trouble === 'hangs') return;
    if (trouble === '500' || trouble === '503') return answer(response, Number(trouble), '<Error><Code>InternalError</Code></Error>');
    if (trouble === 'cuts') return void request.socket.destroy();
    if (request.method === 'PUT') objects.set(key, body);
    if (request.method === 'DELETE') objects.delete(key);
    if (trouble === 'takes it unsaid') return void request.socket.destroy();
    const found = objects.get(key);
    if (request.method === 'GET' && !found) return answer(response, 404, '<Error><Code>NoSuchKey</Code></Error>');
    response.writeHead(request.method === 'DELETE' ? 204 : 200).end(request.method === 'GET' ? found : undefined);
  };
  // A client that ends in the middle of its copy is nobody's trouble.
  const server = createServer((request, response) => void serve(request, response).catch(() => {})).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = encodeURIComponent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    env: { ARCHIVE_URL: `s3://copies?endpoint=${endpoint}`, AWS_ACCESS_KEY_ID: 'soak', AWS_SECRET_ACCESS_KEY: 'soak' },
    async fault(random, pause) {
      const what = troubles[Math.floor(random() * troubles.length)] ?? 'hangs';
      trouble = what;
      await pause(1_000 + random() * 11_000);
      trouble = 'none';
      return `bucket: ${what}`;
    },
    names: () => [...objects.keys()],
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const answer = (response: ServerResponse, status: number, xml: string): void =>
  void response.writeHead(status, { 'content-type': 'application/xml' }).end(xml);
