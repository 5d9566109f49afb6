/** A SQLite file in trouble (traps 3.7): what a relay on it says meanwhile, and what stops it at the start, with a sentence that says what to do. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../../src/store/sqlite.ts';
import { startRelay } from '../support/relay.ts';
import { openScene } from '../support/scene.ts';
import { sqlite } from './faults.ts';
import { buyer, newId, setupWith } from './fixtures.ts';
import { mountSmallDisk } from './small-disk.ts';
import { kept, underFault } from './under-fault.ts';

const directory = mkdtempSync(join(tmpdir(), 'postern-faults-'));
const whole = join(directory, 'whole.db');

beforeAll(async () => {
  await using store = await openSqlite(whole, setupWith());
  await Promise.all(Array.from({ length: 300 }, () => store.directory.open(newId('b'), newId('s'))));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('a relay goes on by itself when its disk has room again, and when nobody locks its file any more', async () => {
  await using ground = await sqlite();
  if (ground.faults.length === 0) return;
  await using scene = await openScene(ground.env);
  for (const fault of ground.faults) {
    const books = await underFault(scene, fault, { milliseconds: 1500, patience: 10_000 });
    expect(books).toMatchObject(kept);
    if (fault.name === 'SQLite: disk full') expect(books.answers['4xx']).toBeGreaterThan(0);
    expect(Object.keys(books.answers)).not.toContain('5xx');
    expect(books.recovered).toBeLessThan(Number.POSITIVE_INFINITY);
  }
}, 120_000);

/** A copy that something happened to. */
function damaged(damage: (path: string) => void): string {
  const path = join(directory, `${newId('d')}.db`);
  copyFileSync(whole, path);
  damage(path);
  return path;
}

function overwrite(path: string, at: number, bytes: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(bytes, 0xa5), 0, bytes, at);
  closeSync(file);
}

describe('the start refuses, and says what to do', () => {
  test.each<[string, (path: string) => void, RegExp]>([
    ['a file whose beginning is damaged', (path) => overwrite(path, 0, 100), /no SQLite file, or its beginning is damaged.*last backup/],
    [
      'a file with a damaged page in the middle',
      (path) => overwrite(path, Math.floor(statSync(path).size / 8192) * 4096, 4096),
      /is damaged.*last backup/,
    ],
    ['a file that is cut off', (path) => truncateSync(path, Math.floor(statSync(path).size / 8192) * 4096), /is damaged.*last backup/],
    ['something else', (path) => writeFileSync(path, 'x'.repeat(5000)), /is no SQLite file.*see STORE_URL/],
    ['a file of a newer version', (path) => inside(path, 'PRAGMA user_version = 99'), /newer version.*start that version/],
  ])('%s', async (_, damage, reason) => {
    const path = damaged(damage);
    await expect(openSqlite(path, setupWith())).rejects.toThrow(reason);
  });

  test('a damaged file stays what it is, and so does its WAL: somebody may want to save what is in them', async () => {
    const path = damaged((it) => overwrite(it, 8192, 4096));
    const other = new DatabaseSync(whole);
    other.exec('CREATE TABLE kept (x); INSERT INTO kept VALUES (1)');
    copyFileSync(`${whole}-wal`, `${path}-wal`);
    other.close();
    const [file, wal] = [readFileSync(path), readFileSync(`${path}-wal`)];
    await expect(openSqlite(path, setupWith())).rejects.toThrow('is damaged');
    expect(readFileSync(path).equals(file)).toBe(true);
    expect(readFileSync(`${path}-wal`).equals(wal)).toBe(true);
  });

  function inside(path: string, sql: string): void {
    const file = new DatabaseSync(path);
    file.exec(sql);
    file.close();
  }

  test('a folder in its place', async () => {
    await expect(openSqlite(directory, setupWith())).rejects.toThrow(/cannot be opened: let the relay’s user/);
  });

  test('a file that another program locks', async () => {
    const path = damaged(() => undefined);
    const locker = new DatabaseSync(path);
    locker.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; CREATE TABLE mine (x); COMMIT');
    await expect(openSqlite(path, setupWith())).rejects.toThrow(/is locked by another program/);
    locker.close();
  });

  test('a disk that is full, or read-only', async () => {
    using disk = mountSmallDisk(1);
    if (!disk) return;
    const path = `${disk.directory}/postern.db`;
    disk.fill();
    await expect(openSqlite(path, setupWith())).rejects.toThrow(/full disk: make room|disk fails or is full/);
    disk.free();
    await (await openSqlite(path, setupWith()))[Symbol.asyncDispose]();
    disk.makeReadOnly();
    await expect(openSqlite(path, setupWith())).rejects.toThrow(/cannot be written.*read-only/);
  });

  test('the relay itself: one sentence, and it ends', async () => {
    const path = damaged((it) => overwrite(it, 0, 100));
    await expect(startRelay({ env: { STORE_URL: `sqlite:${path}` } })).rejects.toThrow(
      /Postern cannot start: The store .* stop every relay that uses it, keep a copy of it with its -wal, put the last backup in its place/,
    );
  });
});

test('a WAL that was cut off: all up to there is there, nothing else is made up, and it works on', async () => {
  const path = join(directory, 'cut.db');
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), path], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  while (said.split('\n').length < 200) await once(child.stdout, 'data');
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  truncateSync(`${path}-wal`, Math.floor(statSync(`${path}-wal`).size / 2) + 7);
  await using store = await openSqlite(path, setupWith());
  const locals = said
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '));
  const found = await Promise.all(locals.map(async ([id, local = '']) => ({ id, is: await store.directory.find(local) })));
  const there = found.filter(({ is }) => is !== undefined);
  expect(there.length).toBeGreaterThan(0);
  expect(there.length).toBeLessThan(found.length);
  for (const { id, is } of there) expect(is).toMatchObject({ conversation: { buyer: id } });
  expect(await store.directory.putParty(buyer())).toMatchObject({ role: 'buyer' });
});

test('fifty messages in flight share their commits', async () => {
  const path = join(directory, 'group.db');
  await using store = await openSqlite(path, setupWith());
  const frames = () => statSync(`${path}-wal`).size;
  const one = async (): Promise<void> => {
    const print = newId('f');
    await store.once.claim(print, 'trace', 60);
    await store.once.settle(print, 'trace');
  };
  for (let at = 0; at < 5; at += 1) await one();
  const before = frames();
  await one();
  const alone = frames() - before;
  const start = frames();
  await Promise.all(Array.from({ length: 50 }, one));
  // Each commit writes the pages that it changed: a few commits write little more than one.
  expect(frames() - start).toBeLessThan(alone * 12);
});
