/** What every store must do with what nobody waits for. The outbox is one for all: each test takes away what it put. */
import { randomBytes } from 'node:crypto';
import type { OutboxItem, Store } from '../../src/store/store.ts';
import { openVault } from '../../src/store/vault.ts';
import { eventually } from '../support/redis.ts';
import { buyer, type Engine, item, lendAll, newMailbox, secrets } from './fixtures.ts';

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const ids = (items: readonly OutboxItem[]): readonly string[] => items.map(({ id }) => id);

export function outboxContract(stores: () => readonly [Store, Store], engine: () => Engine): void {
  describe('the outbox', () => {
    beforeEach(async () => {
      const [store] = stores();
      for (const { id } of await lendAll(store)) await store.outbox.done(id);
    });

    /** Puts so many that are due, one second apart: Redis counts from when it gets them. */
    const put = async (store: Store, count: number): Promise<readonly Omit<OutboxItem, 'attempts'>[]> => {
      const start = Date.now() - 3_600_000;
      const items = Array.from({ length: count }, (_, at) => ({ ...item(), at: start + at * 1_000 }));
      await Promise.all(items.map((it, at) => store.outbox.put(it, start + at * 1_000)));
      return items;
    };

    test('gives what was put into it, byte for byte, when it is due', async () => {
      const [store, other] = stores();
      const [now, later] = [{ ...item(), bytes: randomBytes(3_000_000), reversePath: '' }, item()];
      await store.outbox.put(later, Date.now() + 60_000);
      await store.outbox.put(now, Date.now());
      await wait(5);
      const [lent, ...more] = await other.outbox.lend(10, 60);
      expect(more).toEqual([]);
      expect({ ...lent, bytes: undefined }).toEqual({ ...now, attempts: 1, bytes: undefined });
      expect(Buffer.compare(lent?.bytes ?? Buffer.alloc(0), now.bytes)).toBe(0);
      for (const { id } of [now, later]) await store.outbox.done(id);
    });

    test('lends each item to one of many', async () => {
      const [store, other] = stores();
      const items = await put(store, 60);
      const lent = await Promise.all(Array.from({ length: 30 }, (_, at) => (at % 2 ? store : other).outbox.lend(3, 60)));
      expect(lent.every((some) => some.length <= 3)).toBe(true);
      expect(ids(lent.flat()).toSorted()).toEqual(ids(items as OutboxItem[]).toSorted());
      expect(await store.outbox.lend(10, 60)).toEqual([]);
      await Promise.all(items.map(({ id }) => store.outbox.done(id)));
    });

    test('lends the one that is due longest first', async () => {
      const [store, other] = stores();
      const items = await put(store, 7);
      expect(await store.outbox.lend(0, 60)).toEqual([]);
      const lent = [...(await other.outbox.lend(4, 60)), ...(await store.outbox.lend(4, 60))];
      expect(ids(lent)).toEqual(ids(items as OutboxItem[]));
      await Promise.all(items.map(({ id }) => store.outbox.done(id)));
    });

    test('gets a loan back by the end of its lease, and counts the loans', async () => {
      const [store, other] = stores();
      const [one] = await put(store, 1);
      expect(await store.outbox.lend(1, 0.2)).toMatchObject([{ id: one?.id, attempts: 1 }]);
      expect(await other.outbox.lend(1, 60)).toEqual([]);
      await wait(250);
      expect(await other.outbox.lend(1, 60)).toMatchObject([{ id: one?.id, attempts: 2 }]);
      await other.outbox.done(one?.id ?? '');
    });

    test('takes a loan back for later; from whom it was lent to, and no other', async () => {
      const [store, other] = stores();
      const [one] = await put(store, 1);
      const { id = '' } = one ?? {};
      await store.outbox.lend(1, 60);
      await other.outbox.later(id, 0);
      expect(await other.outbox.lend(1, 60)).toEqual([]);
      await store.outbox.later(id, Date.now() + 200);
      expect(await other.outbox.lend(1, 60)).toEqual([]);
      await wait(250);
      expect(await other.outbox.lend(1, 60)).toMatchObject([{ id, attempts: 2 }]);
      // The lease of the first ended long ago, as far as it knows: it must not take the item from the second.
      await store.outbox.later(id, 0);
      expect(await store.outbox.lend(1, 60)).toEqual([]);
      await other.outbox.done(id);
    });

    test('lets what nobody was lent yet be due earlier, or later', async () => {
      const [store, other] = stores();
      const one = item();
      const { count } = await store.outbox.depth();
      await store.outbox.put(one, Date.now() + 60_000);
      expect(await store.outbox.lend(1, 60)).toEqual([]);
      await other.outbox.later(one.id, 0);
      expect(await store.outbox.lend(1, 60)).toMatchObject([{ id: one.id }]);
      await store.outbox.done(one.id);
      await store.outbox.later(one.id, 0);
      expect(await store.outbox.depth()).toMatchObject({ count });
    });

    test('knows an id again: while it waits, while it is lent, when it was done', async () => {
      const [store, other] = stores();
      const [first, again] = [item(), { ...item(), bytes: Buffer.from('another') }];
      const twin = { ...again, id: first.id };
      await store.outbox.put(first, 0);
      await other.outbox.put(twin, Date.now() + 60_000);
      expect(await store.outbox.lend(5, 60)).toEqual([{ ...first, attempts: 1 }]);
      await other.outbox.put(twin, 0);
      expect(await store.outbox.lend(5, 60)).toEqual([]);
      await store.outbox.done(first.id);
      await store.outbox.done(first.id);
      await Promise.all([store, other].map((it) => it.outbox.put(twin, 0)));
      expect(await other.outbox.lend(5, 60)).toEqual([]);
      await store.outbox.later(first.id, 0);
      expect(await other.outbox.lend(5, 60)).toEqual([]);
    });

    test('does not know an id again that was withdrawn: waiting, or lent to somebody', async () => {
      const [store, other] = stores();
      const [first, second] = [item(), item()];
      await store.outbox.put(first, Date.now() + 60_000);
      await store.outbox.put(second, 0);
      expect(ids(await other.outbox.lend(5, 60))).toEqual([second.id]);
      for (const { id } of [first, second]) await store.outbox.withdraw(id);
      await other.outbox.later(second.id, 0);
      expect(await lendAll(store)).toEqual([]);
      for (const it of [first, second]) {
        await wait(5);
        await store.outbox.put(it, 0);
        await wait(5);
        expect(ids(await other.outbox.lend(5, 60))).toEqual([it.id]);
        await store.outbox.done(it.id);
      }
    });

    test('says how many wait, and since when', async () => {
      const [store, other] = stores();
      const before = await other.outbox.depth();
      const [old, young] = [
        { ...item(), at: 1_500_000_000_000 },
        { ...item(), at: 1_500_000_000_001 },
      ];
      await store.outbox.put(young, 0);
      await store.outbox.put(old, Date.now() + 60_000);
      expect(await other.outbox.depth()).toEqual({ count: before.count + 2, oldest: old.at });
      await store.outbox.lend(1, 60);
      expect(await other.outbox.depth()).toEqual({ count: before.count + 2, oldest: old.at });
      await store.outbox.done(old.id);
      expect(await other.outbox.depth()).toEqual({ count: before.count + 1, oldest: young.at });
      await store.outbox.done(young.id);
      expect(await other.outbox.depth()).toEqual(before);
    });

    test('lends few where they are large, and at least one', async () => {
      const [store] = stores();
      const items = Array.from({ length: 4 }, (_, at) => ({ ...item(), bytes: randomBytes(at === 0 ? 9_000_000 : 3_000_000) }));
      // A busy machine may take longer for so much than a store waits; what is there already stays as it is.
      const put = (it: (typeof items)[number], due: number) => store.outbox.put(it, due).then(() => true);
      for (const [at, it] of items.entries()) await eventually('it is put', () => put(it, at * 60_000));
      expect(ids(await store.outbox.lend(10, 60))).toEqual([items[0]?.id]);
      expect(ids(await store.outbox.lend(10, 60))).toEqual([items[1]?.id, items[2]?.id]);
      expect(ids(await store.outbox.lend(10, 60))).toEqual([items[3]?.id]);
      for (const { id } of items) await store.outbox.done(id);
    });

    test('does not stop at what it cannot read, and says so where there is nothing else', async () => {
      const [store] = stores();
      await using stranger = await engine().open({ vault: openVault([secrets.b]) });
      const [strange, own] = [item(), item()];
      await stranger.outbox.put(strange, 0);
      await store.outbox.put(own, 1);
      expect(ids(await store.outbox.lend(5, 0.1))).toEqual([own.id]);
      await store.outbox.done(own.id);
      await wait(150);
      await expect(store.outbox.lend(5, 0.1)).rejects.toThrow('no secret fits');
      await wait(150);
      expect(ids(await stranger.outbox.lend(5, 60))).toEqual([strange.id]);
      await stranger.outbox.done(strange.id);
    });

    test('loses what is on its way to a party that is forgotten, and to no other', async () => {
      const [store, other] = stores();
      const [mine, second, theirs] = [newMailbox(), newMailbox(), newMailbox()];
      const party = { ...buyer(mine), mailboxes: [...buyer(mine).mailboxes, { address: second, receives: true, sends: false }] };
      await store.directory.putParty(party);
      const many = Array.from({ length: 130 }, () => item(mine));
      const [two, stays] = [item(second), item(theirs)];
      // Due last, so that it is not the one that is lent.
      await Promise.all([...many, two, stays].map((it) => store.outbox.put(it, it === stays ? 1 : 0)));
      const [lent] = await store.outbox.lend(1, 60);
      await other.directory.forget(party.id);
      expect(ids(await lendAll(store))).toEqual([stays.id]);
      // Who was about to send it, and who is about to put it again, find nothing.
      await store.outbox.later(lent?.id ?? '', 0);
      await store.outbox.put(two, 0);
      expect(await lendAll(other)).toEqual([]);
      await store.outbox.done(stays.id);
    });
  });
}
