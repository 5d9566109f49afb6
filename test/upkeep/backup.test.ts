/** Backup and restore, step by step as README says. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRedis } from '../../src/store/redis.ts';
import { backupSqlite, openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { buyer, entry, holdCase, item, message, newId, seller, setupWith } from '../store/fixtures.ts';
import { durable, eventually, startRedis } from '../support/redis.ts';

const directory = mkdtempSync(join(tmpdir(), 'postern-backup-'));

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Puts something of each kind; answers what has to be so in whatever was restored from a copy of it. */
async function fill(store: Store): Promise<(restored: Store) => Promise<void>> {
  const [b, s, held, waits, print] = [buyer(), seller(), newId('t'), item(), newId('f')];
  for (const party of [b, s]) await store.directory.putParty(party);
  const conversation = await store.directory.open(b.id, s.id);
  const recorded = entry(conversation.id, Date.now());
  await store.journal.add(recorded);
  await store.holds.keep(message(held), holdCase(conversation.id, b.id));
  await store.outbox.put(waits, 0);
  await store.once.settle(print, 'trace');
  return async (restored) => {
    expect(await restored.directory.party(b.id)).toEqual(b);
    expect(await restored.directory.find(conversation.buyerLocal)).toMatchObject({ kind: 'conversation', conversation });
    expect(await restored.journal.entry(recorded.trace)).toEqual(recorded);
    expect(await restored.holds.read(held)).toMatchObject({ received: { trace: held } });
    // What was sent since the copy is sent again, the same bytes: with the same Message-ID.
    expect(await restored.outbox.lend(5, 60)).toEqual([{ ...waits, attempts: 1 }]);
    expect(await restored.once.claim(print, 'other', 60)).toEqual({ kind: 'done', trace: 'trace' });
  };
}

describe('SQLite', () => {
  test('a copy made while a relay writes is whole, and is all that is needed to go on; what came since is lost', async () => {
    const [path, copy] = [join(directory, 'store.db'), join(directory, 'copy.db')];
    const store = await openSqlite(path, setupWith());
    const holds = await fill(store);
    const writing = Promise.all(Array.from({ length: 50 }, () => store.directory.putParty(buyer())));
    expect(backupSqlite(path, copy)).toMatchObject({ integrity: 'ok' });
    await writing;
    const late = await store.directory.open(newId('b'), newId('s'));
    const [sent] = await store.outbox.lend(1, 60);
    await store.outbox.done(sent?.id ?? '');
    await store[Symbol.asyncDispose]();
    expect(statSync(copy).mode & 0o777).toBe(0o600);

    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    cpSync(copy, path);
    await using restored = await openSqlite(path, setupWith());
    await holds(restored);
    expect(await restored.directory.find(late.buyerLocal)).toBeUndefined();
  });

  test('a copy takes nobody’s place, and leaves nothing behind where it fails', async () => {
    const [path, copy] = [join(directory, 'other.db'), join(directory, 'there.db')];
    await (await openSqlite(path, setupWith()))[Symbol.asyncDispose]();
    backupSqlite(path, copy);
    const before = readFileSync(copy);
    expect(() => backupSqlite(path, copy)).toThrow('EEXIST');
    expect(readFileSync(copy).equals(before)).toBe(true);
    expect(() => backupSqlite(join(directory, 'nowhere.db'), join(directory, 'none.db'))).toThrow();
    expect(existsSync(join(directory, 'none.db'))).toBe(false);
  });
});

describe('Redis', () => {
  test('a snapshot (dump.rdb) is read by a server without AOF, which then writes one', async () => {
    const source = await startRedis();
    const target = await startRedis(durable.map((line) => (line === 'appendonly yes' ? 'appendonly no' : line)));
    try {
      const store = await openRedis(source.url, setupWith());
      const holds = await fill(store);
      await source.command('BGSAVE');
      await eventually('it is saved', async () => {
        const info = await source.command('INFO', 'persistence');
        return info.includes('rdb_bgsave_in_progress:0') && existsSync(join(source.directory, 'dump.rdb'));
      });
      await store[Symbol.asyncDispose]();

      cpSync(join(source.directory, 'dump.rdb'), join(target.directory, 'dump.rdb'));
      await target.restart('SIGKILL');
      await target.command('CONFIG', 'SET', 'appendonly', 'yes');
      await eventually('the AOF is written', async () => {
        const info = await target.command('INFO', 'persistence');
        return (
          info.includes('aof_rewrite_in_progress:0') &&
          info.includes('aof_rewrite_scheduled:0') &&
          info.includes('aof_last_bgrewrite_status:ok')
        );
      });
      await using restored = await openRedis(target.url, setupWith());
      await holds(restored);
    } finally {
      await Promise.all([source.stop(), target.stop()]);
    }
  });

  test('a copy of its AOF is read by another server', async () => {
    const [source, target] = await Promise.all([startRedis(), startRedis()]);
    try {
      const store = await openRedis(source.url, setupWith());
      const holds = await fill(store);
      await source.command('CONFIG', 'SET', 'auto-aof-rewrite-percentage', '0');
      rmSync(join(target.directory, 'appendonlydir'), { recursive: true });
      cpSync(join(source.directory, 'appendonlydir'), join(target.directory, 'appendonlydir'), { recursive: true });
      await store[Symbol.asyncDispose]();
      await target.restart('SIGKILL');
      await using restored = await openRedis(target.url, setupWith());
      await holds(restored);
    } finally {
      await Promise.all([source.stop(), target.stop()]);
    }
  });

  test('of a newer version is not touched', async () => {
    const server = await startRedis();
    try {
      await (await openRedis(server.url, setupWith()))[Symbol.asyncDispose]();
      expect(await server.command('GET', 'postern:schema')).toBe('1');
      await server.command('SET', 'postern:schema', '99');
      await expect(openRedis(server.url, setupWith())).rejects.toThrow('newer version of Postern (schema 99');
      expect(await server.command('GET', 'postern:schema')).toBe('99');
    } finally {
      await server.stop();
    }
  });
});
