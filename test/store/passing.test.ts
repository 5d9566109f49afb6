/** What SQLite waits for the disk for: for what was acknowledged, and not for what means nothing after a power cut. */
import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseOf } from '../../src/store/sqlite.ts';
import { createWriter } from '../../src/store/sqlite/writer.ts';

const NORMAL = 1;
const FULL = 2;

test('a transaction waits for the disk as soon as one of its steps must outlive a power cut', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-passing-'));
  const connection = new DatabaseSync(join(folder, 'it.db'));
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  const db = databaseOf(connection);
  const { write, close } = createWriter(db);
  // QUIRK: prepared before, it tells what was set then.
  const waits = () => db.prepare('PRAGMA synchronous').get()?.synchronous;
  expect(await write(waits, 'passing')).toBe(NORMAL);
  expect(await write(waits)).toBe(FULL);
  expect(await Promise.all([write(waits, 'passing'), write(waits), write(waits, 'passing')])).toEqual([FULL, FULL, FULL]);
  expect(await write(waits, 'passing')).toBe(NORMAL);
  const failing = write(() => {
    throw new Error('no');
  });
  // Each of them gets a transaction of its own then.
  const [passing, lasting] = await Promise.all([write(waits, 'passing'), write(waits), failing.catch(() => undefined)]);
  expect([passing, lasting]).toEqual([NORMAL, FULL]);
  await close();
  connection.close();
  rmSync(folder, { recursive: true });
});
