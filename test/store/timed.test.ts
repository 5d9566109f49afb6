/** A store whose calls are timed. */
import { randomBytes } from 'node:crypto';
import { openSqlite } from '../../src/store/sqlite.ts';
import { timed } from '../../src/store/timed.ts';
import { openVault } from '../../src/store/vault.ts';

test('each call is told by its port with what came of it; answers, errors and the end are those of the store', async () => {
  const told: string[] = [];
  const store = await openSqlite(':memory:', { vault: openVault([randomBytes(32)]), mint: () => `x${randomBytes(10).toString('hex')}` });
  const watched = timed(store, (port, seconds, outcome) => told.push(`${port} ${seconds >= 0 && seconds < 5} ${outcome}`));
  expect(Object.keys(watched)).toEqual(Object.keys(store));
  expect(await watched.outbox.depth()).toEqual({ count: 0 });
  await watched.ping();
  expect(await watched.once.claim('mark', 't', 60)).toEqual({ kind: 'claimed' });
  await watched[Symbol.asyncDispose]();
  await expect(watched.once.settle('mark', 't')).rejects.toThrow('closed');
  expect(told).toEqual(['outbox true ok', 'ping true ok', 'once true ok', 'once true failed']);
});

test('the caller gets the very promise that the port made', () => {
  const answer = Promise.resolve({ count: 1 });
  const store = { outbox: { depth: () => answer } } as unknown as Parameters<typeof timed>[0];
  expect(timed(store, () => undefined).outbox.depth()).toBe(answer);
});
