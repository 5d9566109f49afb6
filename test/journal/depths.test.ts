/** What a scrape learns of the store, and what it costs: also where the store is away. */
import { createDepths } from '../../src/journal/depths.ts';
import { createMetrics } from '../../src/journal/metrics.ts';
import type { Store } from '../../src/store/store.ts';

const asked = (depth: () => Promise<{ readonly count: number; readonly oldest?: number }>) =>
  createDepths({ outbox: { depth }, holds: { depth }, archive: { queue: { depth } } } as unknown as Store);
const measuredBy = (depths: ReturnType<typeof createDepths>) => ({
  load: () => ({ connections: 3, transactions: 2, bytesReserved: 4096 }),
  bytesBudget: 100_000,
  waiting: () => 1,
  depths,
  now: () => 61_000,
});
const linesOf = async (depths: ReturnType<typeof createDepths>): Promise<readonly string[]> => {
  const metrics = createMetrics();
  metrics.measure(measuredBy(depths));
  return (await metrics.render()).split('\n');
};

test('what waits, and how old it is; nothing waits: no age', async () => {
  expect(await linesOf(asked(async () => ({ count: 7, oldest: 1_000 })))).toEqual(
    expect.arrayContaining([
      'postern_outbox_items 7',
      'postern_outbox_oldest_seconds 60',
      'postern_held_messages 7',
      'postern_held_oldest_seconds 60',
      'postern_archive_queued_copies 7',
      'postern_archive_queued_oldest_seconds 60',
      'postern_store_up 1',
      'postern_smtp_connections 3',
      'postern_smtp_transactions 2',
      'postern_message_bytes_in_flight 4096',
      'postern_message_bytes_budget 100000',
      'postern_fence_waiting 1',
    ]),
  );
  const lines = await linesOf(asked(async () => ({ count: 0 })));
  expect(lines).toEqual(expect.arrayContaining(['postern_outbox_items 0', 'postern_outbox_oldest_seconds 0']));
});

test('many scrapes ask the store once; one that never answers keeps no scrape, and what is not known is not there', async () => {
  let times = 0;
  const often = asked(async () => ({ count: ++times }));
  await Promise.all(Array.from({ length: 50 }, often));
  await often();
  expect(times).toBe(3);

  let hung = 0;
  const hanging = asked(() => {
    hung += 1;
    return new Promise(() => undefined);
  });
  const lines = await linesOf(hanging);
  await linesOf(hanging);
  expect(hung).toBe(3);
  expect(lines).toContain('postern_store_up 0');
  expect(lines.filter((line) => /^postern_(outbox_items|outbox_oldest|held|archive)/.test(line))).toEqual([]);
  expect(lines).toContain('postern_smtp_connections 3');

  const failing = asked(() => Promise.reject(new Error('away')));
  expect(await linesOf(failing)).toContain('postern_store_up 0');
}, 10_000);
