/** SQLite and a clock of the wall that jumps: nothing is lent twice by it, and nothing waits for long. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { digestEntry } from './contract-digests.ts';
import { delivery, subscription } from './contract-webhooks.ts';
import { item, newId, setupWith } from './fixtures.ts';

const HOUR = 3_600_000;
const directory = mkdtempSync(join(tmpdir(), 'postern-clock-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** `by.ahead`: milliseconds that its clock runs ahead. */
async function openAhead(ahead: number) {
  const by = { ahead };
  const now = () => Date.now() + by.ahead;
  return { by, now, store: await openSqlite(join(directory, `${newId('f')}.db`), setupWith({ now })) };
}

const copy = () => ({ address: newId('a'), trace: newId('t'), bytes: Buffer.from('a copy') });

/** A notice, a delivery, a copy and a day of notices, each due at once. */
async function putEach({ outbox, webhooks, archive, digests }: Store, now: number): Promise<void> {
  const webhook = subscription('hook');
  await webhooks.change(webhook.id, () => webhook);
  await outbox.put(item(), now);
  await webhooks.put(delivery(webhook.id, 'lane'));
  await archive.queue.put(copy());
  await digests.add(digestEntry(newId('p')), '2001-01-01');
}

/** How many are lent: notices, deliveries, copies, days. */
const lendEach = async ({ outbox, webhooks, archive, digests }: Store): Promise<readonly number[]> => [
  (await outbox.lend(10, 60)).length,
  (await webhooks.lend('hook', 10, 60)).length,
  (await archive.queue.lend(10, 60)).length,
  (await digests.lend('2001-01-02', 60)) === undefined ? 0 : 1,
];

test('a claim is kept, though the clock jumps past its end', async () => {
  const { by, store } = await openAhead(0);
  await using _ = store;
  expect(await store.once.claim('print', 'one', 60)).toEqual({ kind: 'claimed' });
  by.ahead = HOUR;
  expect(await store.once.claim('print', 'two', 60)).toEqual({ kind: 'busy' });
  await store.once.release('print', 'two');
  expect(await store.once.claim('print', 'two', 60)).toEqual({ kind: 'busy' });
  await store.once.release('print', 'one');
  expect(await store.once.claim('print', 'two', 60)).toEqual({ kind: 'claimed' });
  await store.once.settle('print', 'two');
  expect(await store.once.claim('print', 'three', 60)).toEqual({ kind: 'done', trace: 'two' });
});

test('what is due is lent, though the clock was set back behind it', async () => {
  const { by, now, store } = await openAhead(HOUR);
  await using _ = store;
  const tried = item();
  await store.outbox.put(tried, now() + 1_000);
  await store.outbox.later(tried.id, now());
  await putEach(store, now());
  by.ahead = 0;
  expect(await lendEach(store)).toEqual([2, 1, 1, 1]);
  expect(await lendEach(store)).toEqual([0, 0, 0, 0]);
});

test('what a clock that ran ahead put off, lent or claimed is free when the store is opened by one that is right', async () => {
  let time = Date.now() + 10_000 * HOUR;
  const path = join(directory, 'ahead.db');
  const setup = setupWith({ now: () => time });
  const ahead = await openSqlite(path, setup);
  await putEach(ahead, time);
  expect(await lendEach(ahead)).toEqual([1, 1, 1, 1]);
  await ahead.outbox.put(item(), time + 1_000);
  await ahead.once.claim('print', 'trace', 65);
  await ahead[Symbol.asyncDispose]();
  time -= 10_000 * HOUR;
  await using store = await openSqlite(path, setup);
  expect(await store.once.claim('print', 'other trace', 65)).toEqual({ kind: 'claimed' });
  expect(await lendEach(store)).toEqual([2, 1, 1, 1]);
});
