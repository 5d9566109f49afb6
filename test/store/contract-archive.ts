/** What every store must do for the archive: its index, and the copies that wait. Lists are one for all: each test looks for its own. */
import type { Archived, ArchiveQuestion } from '../../src/store/archive.ts';
import type { Store } from '../../src/store/store.ts';
import { openVault } from '../../src/store/vault.ts';
import { type Engine, newId, secrets } from './fixtures.ts';

const day = 86_400_000;

export const archived = (more: Partial<Archived> = {}): Archived => ({
  trace: newId('t'),
  at: 1_700_000_000_000,
  conversation: newId('c'),
  direction: 'buyer_to_seller',
  buyer: newId('b'),
  seller: newId('s'),
  decisions: [
    {
      at: 1_700_000_000_500,
      disposition: 'relay',
      reply: '250 2.0.0 trace',
      findings: [{ rule: 'contact-phone', action: 'redact', part: 'text', region: 'new', span: '+46 70 123 45 67' }],
      steps: { parse: 1.5 },
      more: { reason: 'as it is' },
    },
  ],
  copies: { received: { address: 'a'.repeat(32), sha256: 'b'.repeat(64), bytes: 12 } },
  ...more,
});

const address = (): string => Buffer.from(newId('x').padEnd(16).slice(0, 16)).toString('hex');

async function all(store: Store, question: ArchiveQuestion, limit: number): Promise<readonly string[]> {
  const seen: string[] = [];
  for (let before: string | undefined, pages = 0; pages < 100; pages += 1) {
    const page = await store.archive.page(question, limit, before);
    expect(page.records.length).toBeLessThanOrEqual(limit);
    seen.push(...page.records.map(({ trace }) => trace));
    if (page.next === undefined) return seen;
    before = page.next;
  }
  throw new Error('pages without end');
}

export function archiveContract(stores: () => readonly [Store, Store], engine: () => Engine): void {
  describe('the archive', () => {
    test('keeps a record as it was put, changed by putting another, until it is dropped; sealed', async () => {
      const [store, other] = stores();
      const record = archived({ order: newId('o') });
      await store.archive.put(record);
      expect(await other.archive.record(record.trace)).toEqual(record);
      const changed: Archived = { ...record, copies: {}, gone: { at: 5, why: 'forgotten' } };
      await other.archive.put(changed);
      expect(await store.archive.record(record.trace)).toEqual(changed);
      expect(await all(store, { conversation: record.conversation }, 10)).toEqual([record.trace]);
      expect((await engine().dump()).includes('70 123 45')).toBe(false);
      await store.archive.drop(changed);
      expect(await other.archive.record(record.trace)).toBeUndefined();
      for (const list of [{ conversation: record.conversation }, { party: record.buyer }, { party: record.seller }, { order: newId('o') }])
        expect(await all(store, list, 10)).toEqual([]);
    });

    test('finds by conversation, party, order, time, disposition and rule, newest first, page by page', async () => {
      const [store, other] = stores();
      const [conversation, buyer, seller, order] = [newId('c'), newId('b'), newId('s'), newId('o')];
      const start = Date.now();
      const records = Array.from({ length: 7 }, (_, index) =>
        archived({ at: start + index, conversation, buyer, seller, ...(index % 2 === 0 && { order }) }),
      );
      const [first] = records;
      if (!first) throw new Error('no record');
      const [decision] = first.decisions;
      if (!decision) throw new Error('no decision');
      const held = archived({
        at: start + 7,
        conversation,
        buyer,
        seller,
        decisions: [decision, { ...decision, disposition: 'hold', findings: [] }],
      });
      const elsewhere = archived({ at: start + 8, buyer });
      await Promise.all([...records, held, elsewhere].map((record) => store.archive.put(record)));
      const traces = records.map(({ trace }) => trace).reverse();
      expect(await all(other, { conversation }, 3)).toEqual([held.trace, ...traces]);
      expect(await all(other, { party: seller }, 100)).toEqual([held.trace, ...traces]);
      expect(await all(other, { party: buyer }, 2)).toEqual([elsewhere.trace, held.trace, ...traces]);
      expect(await all(other, { party: buyer, conversation: elsewhere.conversation }, 2)).toEqual([elsewhere.trace]);
      expect(await all(other, { order }, 1)).toEqual(traces.filter((_, index) => index % 2 === 0));
      expect(await all(other, { conversation, from: start + 2, to: start + 4 }, 10)).toEqual([traces[3], traces[4]]);
      expect(await all(other, { conversation, disposition: 'hold' }, 2)).toEqual([held.trace]);
      expect(await all(other, { conversation, rule: 'contact-phone' }, 10)).toEqual([held.trace, ...traces]);
      expect(await all(other, { conversation, rule: 'marketing' }, 10)).toEqual([]);
      expect(await all(other, { from: start + 8, party: newId('b') }, 10)).toEqual([]);
      expect(await other.archive.page({ conversation }, 10, 'no cursor')).toEqual({ records: [] });
    });

    test('tells the oldest of all, and goes on behind the last one', async () => {
      const [store] = stores();
      // Long before all others that the tests put.
      const records = Array.from({ length: 3 }, (_, index) => archived({ at: 1_000 * day + index }));
      for (const record of records) await store.archive.put(record);
      const before = 1_000 * day + 2;
      const first = await store.archive.oldest(before, 1);
      expect(first).toEqual([records[0]]);
      expect(await store.archive.oldest(before, 10, first[0])).toEqual([records[1]]);
      expect(await store.archive.oldest(before, 10, records[1])).toEqual([]);
      // Under a secret that is not given: passed over, and not in the way of what stands behind it.
      await using stranger = await engine().open({ vault: openVault([secrets.b]) });
      expect(await stranger.archive.oldest(before, 1)).toEqual([]);
      const own = archived({ at: 1_000 * day + 1 });
      await stranger.archive.put(own);
      expect(await stranger.archive.oldest(before, 1)).toEqual([own]);
      for (const record of [own, ...records]) await store.archive.drop(record);
    });

    test('keeps copies that wait: each lent to one, with its bytes, until it is dropped or due again', async () => {
      const [store, other] = stores();
      const { queue } = store.archive;
      expect(await queue.depth()).toEqual({ count: 0, bytes: 0 });
      const before = Date.now();
      const copies = [1, 2, 3].map((size) => ({ address: address(), trace: newId('t'), bytes: Buffer.alloc(size * 1000, 255) }));
      for (const copy of [...copies, ...copies]) expect(await queue.put(copy)).toBe(true);
      expect(await other.archive.queue.depth()).toMatchObject({ count: 3, bytes: 6000 });
      expect((await queue.depth()).oldest).toBeGreaterThanOrEqual(before);
      const lent = (await Promise.all([queue.lend(2, 60), other.archive.queue.lend(2, 60)])).flat();
      const byAddress = (a: { readonly address: string }, b: { readonly address: string }) => (a.address < b.address ? -1 : 1);
      const seen = lent.map(({ address, trace, bytes, attempts }) => ({ address, trace, bytes: Buffer.from(bytes), attempts }));
      expect(seen.sort(byAddress)).toEqual(copies.map((copy) => ({ ...copy, attempts: 1 })).sort(byAddress));
      expect(await queue.lend(10, 60)).toEqual([]);
      const [one, two, three] = copies;
      if (!one || !two || !three) throw new Error('no copies');
      await queue.later(one.address, one.trace, Date.now());
      await queue.later(two.address, two.trace, Date.now() + 60_000);
      expect(await other.archive.queue.lend(10, 60)).toMatchObject([{ address: one.address, attempts: 2 }]);
      expect(Buffer.from((await queue.read(two.address, two.trace)) ?? '')).toEqual(two.bytes);
      await other.archive.queue.replace({ ...two, bytes: Buffer.alloc(2000, 1) });
      expect(Buffer.from((await queue.read(two.address, two.trace)) ?? '')).toEqual(Buffer.alloc(2000, 1));
      expect(await queue.depth()).toMatchObject({ count: 3, bytes: 6000 });
      for (const { address, trace } of copies) await other.archive.queue.drop(address, trace);
      await queue.replace(two);
      await queue.later(three.address, three.trace, 0);
      expect(await queue.lend(10, 60)).toEqual([]);
      expect(await queue.read(two.address, two.trace)).toBeUndefined();
      expect(await queue.depth()).toEqual({ count: 0, bytes: 0 });
    });

    test('has room for 256 MiB of copies that wait, and says where there is none', async () => {
      const { queue } = stores()[0].archive;
      const small = { address: address(), trace: newId('t'), bytes: Buffer.alloc(1000) };
      expect(await queue.put(small)).toBe(true);
      const large = { address: address(), trace: newId('t'), bytes: Buffer.alloc(256 * 1024 * 1024 - 999) };
      expect(await queue.put(large)).toBe(false);
      expect(await queue.depth()).toMatchObject({ count: 1, bytes: 1000 });
      await queue.drop(small.address, small.trace);
      expect(await queue.depth()).toEqual({ count: 0, bytes: 0 });
    });
  });
}
