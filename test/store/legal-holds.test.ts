import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRedis } from '../../src/store/redis.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { everyHour } from '../../src/upkeep/hourly.ts';
import { preserving } from '../../src/upkeep/legal-holds.ts';
import { startRedis } from '../support/redis.ts';
import { buyer, entry, holdCase, message, newId, seller, setupWith } from './fixtures.ts';

const DAY = 86_400_000;
const directory = mkdtempSync(join(tmpdir(), 'postern-legal-'));

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A conversation with a message that was held and objected to, before a legal hold, and one that comes when there is one. */
async function scene(store: Store, at: number) {
  const [b, s] = [buyer(), seller()];
  for (const party of [b, s]) await store.directory.putParty(party);
  const { id } = await store.directory.open(b.id, s.id);
  const say = async (trace: string): Promise<void> => {
    await store.holds.keep(message(trace), holdCase(id, b.id));
    await store.journal.add({ ...entry(id, at, trace), disposition: 'hold' });
    await store.reviews.add({ kind: 'objection', trace, at, conversation: id, party: b.id, text: 'No!' });
  };
  const [before, after] = [newId('t'), newId('t')];
  await say(before);
  await store.legalHolds.put({ conversation: id, since: at, by: 'Legal', note: '' });
  await say(after);
  const notes: string[] = [];
  await everyHour({ note: '', keep: async (note) => notes.push(note) > 0 }, preserving(store.legalHolds), () => at);
  expect(notes.at(-1)).toBe(String(at));
  return { id, b, traces: [before, after] };
}

test('SQLite: what is on legal hold is there years later, and ends when it is lifted', async () => {
  let time = Date.now();
  const open = () => openSqlite(join(directory, 'store.db'), setupWith({ now: () => time }));
  const first = await open();
  const { id, traces } = await scene(first, time);
  await first[Symbol.asyncDispose]();
  time += 3000 * DAY;
  await using store = await open();
  for (const trace of traces) {
    expect(await store.journal.entry(trace)).toMatchObject({ trace });
    expect(await store.holds.read(trace)).toMatchObject({ received: { trace } });
  }
  expect((await store.journal.page(id, 5)).entries).toHaveLength(2);
  expect((await store.reviews.page('objection', 5)).reviews).toHaveLength(2);
  await store.legalHolds.lift(id);
  time += 3 * DAY + 1;
  expect((await store.journal.page(id, 5)).entries).toEqual([]);
  expect(await store.holds.read(traces[0] ?? '')).toBeUndefined();
  expect((await store.reviews.page('objection', 5)).reviews).toEqual([]);
});

test('Redis: what is on legal hold has no end, and gets it back when it is lifted', async () => {
  const server = await startRedis();
  try {
    await using store = await openRedis(server.url, setupWith());
    const { id, b, traces } = await scene(store, Date.now());
    const days = async (key: string): Promise<number> => Number(await server.command('PTTL', key)) / DAY;
    const keysOf = (trace: string) => [`postern:entry:${trace}`, `postern:hold:${trace}`, `postern:{objections}:${trace}/${b.id}`];
    for (const key of [...traces.flatMap(keysOf), `postern:{c:${id}}:journal`, 'postern:{objections}']) {
      expect([key, await days(key)]).toEqual([key, -1 / DAY]);
    }
    // Years later, when the lists are shortened by what comes, these are still on them.
    await store.journal.add(entry(id, Date.now() + 3000 * DAY));
    expect((await store.journal.page(id, 5)).entries).toHaveLength(3);
    await store.legalHolds.lift(id);
    for (const trace of traces) {
      const [entryLeft, holdLeft, reviewLeft] = await Promise.all(keysOf(trace).map(days));
      expect(entryLeft).toBeCloseTo(400, 1);
      expect(holdLeft).toBeCloseTo(3, 1);
      expect(reviewLeft).toBeCloseTo(400, 1);
    }
  } finally {
    await server.stop();
  }
});
