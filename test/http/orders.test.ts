/** An order that is put while the store fails: the call is made again, and then all that it brings about has happened, once. */
import { ordersOf } from '../../src/directory/allowance.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { setupWith } from '../store/fixtures.ts';
import { now, registerPair, serveApi } from './serve.ts';

const order = { buyer: 'b-1', seller: 's-1', kind: 'wine' };
const isAway = async (): Promise<never> => {
  throw new Error('the disk is full');
};

/** The same store, of which one call fails. */
const failing = {
  'the end of its conversation': (store: Store) => ({ ...store, directory: { ...store.directory, revive: isAway } }),
  'the count of orders': (store: Store) => ({ ...store, quota: { ...store.quota, spend: isAway } }),
} as const;

test.each(Object.entries(failing))('a store that fails at %s', async (_what, broken) => {
  await using store = await openSqlite(':memory:', setupWith({ now: () => now }));
  await using api = await serveApi({ store });
  await using away = await serveApi({ store: broken(store) });
  await registerPair(api);
  const { id } = await store.directory.open('b-1', 's-1');
  await store.directory.expire(id, now - 1);
  expect((await away.call('PUT', '/v1/orders/o-1', order)).status).toBe(503);
  expect(away.failures).toHaveLength(1);
  expect((await api.call('PUT', '/v1/orders/o-1', order)).status).toBe(200);
  expect((await store.directory.state(id)).expiresAt).toBeUndefined();
  expect(await store.quota.used(ordersOf('s-1'))).toBe(1);
  await api.call('PUT', '/v1/orders/o-1', { ...order, kind: 'custom' });
  expect(await store.quota.used(ordersOf('s-1'))).toBe(1);
});

test('the same new order by two calls at once is counted once', async () => {
  await using store = await openSqlite(':memory:', setupWith({ now: () => now }));
  await using api = await serveApi({ store });
  await registerPair(api);
  const calls = await Promise.all(Array.from({ length: 10 }, () => api.call('PUT', '/v1/orders/o-1', order)));
  expect(calls.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(await store.quota.used(ordersOf('s-1'))).toBe(1);
});
