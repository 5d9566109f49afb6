/** The way out of an evaluation: a Maildir that any mail client can open. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mailbox } from '../../src/model/address.ts';
import { openMaildir } from '../../src/outbound/maildir.ts';

const bytes = Buffer.from('Subject: Tea\r\n\r\n.\r\nGr\xfc\xdfe\n\r\nFrom here\r\n', 'latin1');
const outgoing = (trace: string) => ({ reversePath: '', recipient: 'jane.doe@shop.example' as Mailbox, bytes, trace });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-maildir-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the message lies in new/, exactly the bytes, under its trace id, for us alone', async () => {
  const path = join(folder, 'var/outbox');
  await using out = openMaildir(path);
  await out.handOver(outgoing('abc123'));
  const [name = '', ...more] = readdirSync(join(path, 'new'));
  expect(more).toEqual([]);
  expect(name).toMatch(/^\d+\.abc123-[0-9a-f]+\.postern$/);
  expect(readFileSync(join(path, 'new', name)).equals(bytes)).toBe(true);
  expect(statSync(join(path, 'new', name)).mode & 0o777).toBe(0o600);
  for (const one of ['.', 'tmp', 'new', 'cur']) expect(statSync(join(path, one)).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(path, 'tmp'))).toEqual([]);
});

test('the mailbox of the recipient is nowhere in the folder', async () => {
  await using out = openMaildir(folder);
  await out.handOver(outgoing('abc123'));
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  const text = all.map((entry) => entry.name + (entry.isFile() ? readFileSync(join(entry.parentPath, entry.name), 'latin1') : ''));
  expect(text.join('\n')).not.toMatch(/jane|shop\.example/);
});

test('many at once, also with the same trace id: nothing is overwritten', async () => {
  await using out = openMaildir(folder);
  await Promise.all(Array.from({ length: 200 }, (_, index) => out.handOver(outgoing(`t${index % 3}`))));
  expect(readdirSync(join(folder, 'new'))).toHaveLength(200);
});

test('a Maildir that is there already keeps what is in it', async () => {
  openMaildir(folder);
  writeFileSync(join(folder, 'cur/1.old:2,S'), 'old');
  await using out = openMaildir(folder);
  await out.handOver(outgoing('abc123'));
  expect(readdirSync(join(folder, 'cur'))).toEqual(['1.old:2,S']);
});

test('where it cannot be written there is no success, and nothing half is left', async () => {
  await using out = openMaildir(folder);
  rmSync(join(folder, 'new'), { recursive: true });
  await expect(out.handOver(outgoing('abc123'))).rejects.toThrow('ENOENT');
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  writeFileSync(join(folder, 'file'), '');
  expect(() => openMaildir(join(folder, 'file'))).toThrow();
});

test.each(['../../etc/x', 'a/b', 'a:b', '', '.', 'a\0b'])('a trace id that is no file name is refused: %j', async (trace) => {
  await using out = openMaildir(folder);
  await expect(out.handOver(outgoing(trace))).rejects.toThrow(TypeError);
});
