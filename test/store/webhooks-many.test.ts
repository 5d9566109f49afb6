/** A subscriber that takes nothing fills no store: of its dead deliveries the last 10,000 are kept. What is there already is written past the store, for speed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openRedis } from '../../src/store/redis.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { startRedis } from '../support/redis.ts';
import { newId, setupWith } from './fixtures.ts';

/** Puts and buries one more. */
async function buryOne({ webhooks }: Store): Promise<void> {
  const id = newId('d');
  await webhooks.put({ id, webhook: 'shop', lane: 'c', type: 'relayed', body: '{}', at: Date.now() });
  for (const it of await webhooks.lend('shop', 1, 60)) await webhooks.bury(it, 'status 500');
  expect((await webhooks.page('shop', 'dead', 1)).deliveries).toMatchObject([{ id }]);
}

const subscribe = ({ webhooks }: Store) =>
  webhooks.change(
    'shop',
    (known) => known ?? { id: 'shop', url: 'https://shop.example/', events: [], scope: [], secrets: [], createdAt: 0 },
  );

test('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-dead-'));
  const path = join(folder, 'postern.db');
  try {
    await using store = await openSqlite(path, setupWith());
    await subscribe(store);
    const file = new DatabaseSync(path);
    file.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10005)
      INSERT INTO delivery (id, webhook, lane, place, sealed, state, until)
      SELECT 'd' || i, 'shop', 'c', printf('%016d', i) || 'd' || i, x'00', 'dead', ${Date.now() + 86_400_000} FROM n`);
    file.close();
    await buryOne(store);
    expect(await store.webhooks.depth('shop')).toEqual({ waiting: 0, dead: 10_000 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('Redis', async () => {
  const server = await startRedis();
  try {
    await using store = await openRedis(server.url, setupWith());
    await subscribe(store);
    const fill = `for i = 1, 10005 do
      local id = 'd' .. i
      redis.call('ZADD', KEYS[1], 0, string.format('%016.0f', ARGV[1] + i) .. id)
      redis.call('HSET', KEYS[2], id, 'c')
    end`;
    const keys = ['postern:{webhooks}:dead:shop', 'postern:{webhooks}:lanes'];
    await server.command('EVAL', fill, '2', ...keys, String(Date.now() - 1_000_000));
    await buryOne(store);
    expect(Number(await server.command('ZCARD', 'postern:{webhooks}:dead:shop'))).toBe(10_000);
    expect(Number(await server.command('HLEN', 'postern:{webhooks}:lanes'))).toBe(10_000);
  } finally {
    await server.stop();
  }
});
