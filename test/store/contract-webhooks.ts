/** What every store must do with webhooks and their queues. */
import type { Store } from '../../src/store/store.ts';
import type { Delivery, Webhook } from '../../src/store/webhooks.ts';
import { eventually } from '../support/redis.ts';
import { openVault } from '../../src/store/vault.ts';
import { buyer, type Engine, newId, secrets, seller } from './fixtures.ts';

const start = Date.now() - 3_600_000;

export const subscription = (id = newId('w')): Webhook => ({
  id,
  url: `https://shop.example/hooks/${id}`,
  events: ['relayed', 'held'],
  scope: ['ids'],
  secrets: [{ secret: 'whsec_c2VjcmV0IG9mIHRoZSB0ZXN0cyBvZiB0aGUgc3RvcmU=' }],
  createdAt: 1_700_000_000_000,
});

/** `second`: when it happened. */
export const delivery = (webhook: string, lane: string, second = 0): Delivery => ({
  id: newId('d'),
  webhook,
  lane,
  type: 'relayed',
  trace: newId('t'),
  body: `{"type":"relayed","conversation":"${lane}"}`,
  at: start + second * 1_000,
});

const ids = (deliveries: readonly { readonly id: string }[]): readonly string[] => deliveries.map(({ id }) => id);

export function webhookContract(stores: () => readonly [Store, Store], engine: () => Engine): void {
  const subscribe = async (): Promise<string> => {
    const webhook = subscription();
    await stores()[0].webhooks.change(webhook.id, () => webhook);
    return webhook.id;
  };
  const put = async (...deliveries: readonly Delivery[]): Promise<void> => {
    for (const it of deliveries) await stores()[0].webhooks.put(it);
  };

  describe('webhooks', () => {
    test('are kept as they were put, changed in one step, and go for good', async () => {
      const [{ webhooks }, other] = stores();
      const webhook = subscription();
      expect(await webhooks.webhook(webhook.id)).toBeUndefined();
      expect(await webhooks.change(webhook.id, (known) => known ?? webhook)).toEqual(webhook);
      expect(await other.webhooks.webhook(webhook.id)).toEqual(webhook);
      const more = (from: Store, at: number) =>
        from.webhooks.change(webhook.id, (known = webhook) => ({ ...known, secrets: [...known.secrets, { secret: `whsec_${at}` }] }));
      await Promise.all(Array.from({ length: 10 }, (_, at) => more(stores()[at % 2] ?? other, at)));
      expect((await webhooks.webhook(webhook.id))?.secrets).toHaveLength(11);
      expect(ids(await other.webhooks.all())).toContain(webhook.id);
      expect(await other.webhooks.drop(webhook.id)).toBe(true);
      expect(await webhooks.drop(webhook.id)).toBe(false);
      expect(ids(await webhooks.all())).not.toContain(webhook.id);
    });

    test('lie on the disk without their URL, their secret, and what is told', async () => {
      const webhook = subscription();
      const [{ webhooks }] = stores();
      await webhooks.change(webhook.id, () => webhook);
      const one = { ...delivery(webhook.id, newId('c')), body: '{"alias":"q9x4verysecret@relay.example"}' };
      await webhooks.put(one);
      const dump = (await engine().dump()).toString('latin1');
      expect(dump).toContain(one.id);
      for (const secret of ['shop.example/hooks', 'c2VjcmV0IG9mIHRoZSB0ZXN0cw', 'q9x4verysecret']) expect(dump).not.toContain(secret);
    });

    test('give what was put, in the order of each lane, one at a time', async () => {
      const [{ webhooks }, other] = stores();
      const webhook = await subscribe();
      const [a, b] = [newId('c'), newId('c')];
      const [a1, a2, a3, b1] = [
        delivery(webhook, a, 3),
        delivery(webhook, a, 2),
        delivery(webhook, a, 1),
        delivery(webhook, b, 4),
      ] as const;
      await put(a1, a2, a3, b1, a2);
      const lent = await webhooks.lend(webhook, 10, 60);
      expect(lent).toEqual([
        { ...a1, attempts: 1 },
        { ...b1, attempts: 1 },
      ]);
      expect(await other.webhooks.lend(webhook, 10, 60)).toEqual([]);
      await webhooks.done(a1);
      await webhooks.done(a1);
      expect(ids(await other.webhooks.lend(webhook, 10, 60))).toEqual([a2.id]);
      await other.webhooks.bury(a2, 'status 500');
      expect(ids(await webhooks.lend(webhook, 10, 60))).toEqual([a3.id]);
      await webhooks.done(a3);
      await webhooks.done(b1);
      expect(await webhooks.depth(webhook)).toEqual({ waiting: 0, dead: 1 });
      expect(await webhooks.lend(webhook, 10, 60)).toEqual([]);
    });

    test('are lent to one of many, and no more than asked for', async () => {
      const [store, other] = stores();
      const [webhook, beside] = [await subscribe(), await subscribe()];
      const all = Array.from({ length: 30 }, (_, at) => delivery(webhook, newId('c'), at));
      await put(...all, delivery(beside, newId('c')));
      expect(await store.webhooks.lend(webhook, 0, 60)).toEqual([]);
      const lent = await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 ? store : other).webhooks.lend(webhook, 2, 60)));
      expect(lent.every((some) => some.length <= 2)).toBe(true);
      expect(ids(lent.flat()).toSorted()).toEqual(ids(all).toSorted());
    });

    test('come again when they were put off, or their loan ended; no other relay puts off or buries what is lent', async () => {
      const [{ webhooks }, other] = stores();
      const [webhook, lane] = [await subscribe(), newId('c')];
      const [one, two] = [delivery(webhook, lane), delivery(webhook, lane, 1)];
      await put(one, two);
      await webhooks.lend(webhook, 1, 60);
      await other.webhooks.later(one, 0, 'status 502');
      await other.webhooks.bury(one, 'status 502');
      expect(await other.webhooks.lend(webhook, 1, 60)).toEqual([]);
      await webhooks.later(one, Date.now() + 100, 'status 503');
      expect(await other.webhooks.lend(webhook, 5, 60)).toEqual([]);
      expect((await other.webhooks.page(webhook, 'waiting', 10)).deliveries).toEqual([
        { ...two, attempts: 0 },
        { ...one, attempts: 1, failure: 'status 503' },
      ]);
      await eventually('it is due', async () => (await other.webhooks.lend(webhook, 5, 0.1)).length === 1);
      let again: readonly { readonly attempts: number }[] = [];
      await eventually('its loan ended', async () => {
        again = await webhooks.lend(webhook, 5, 60);
        return again.length === 1;
      });
      expect(again).toEqual([{ ...one, attempts: 3 }]);
    });

    test('that are dead are shown in pages, and replayed at the end of their lane', async () => {
      const [{ webhooks }, other] = stores();
      const [webhook, lane] = [await subscribe(), newId('c')];
      const all = Array.from({ length: 4 }, (_, at) => delivery(webhook, at < 3 ? lane : newId('c'), at));
      const [first, second, third, elsewhere] = all;
      await put(...all);
      for (let rounds = 0; rounds < 2; rounds += 1)
        for (const it of await webhooks.lend(webhook, 10, 60)) await webhooks.bury(it, 'status 410');
      const { deliveries, next } = await other.webhooks.page(webhook, 'dead', 2);
      expect(deliveries).toMatchObject([{ id: elsewhere?.id }, { id: second?.id, failure: 'status 410', attempts: 1 }]);
      const rest = await other.webhooks.page(webhook, 'dead', 2, next);
      expect(ids(rest.deliveries)).toEqual([first?.id]);
      expect(rest.next).toBeUndefined();
      expect((await webhooks.page(webhook, 'dead', 2, 'no cursor of ours')).deliveries).toEqual([]);

      expect(await other.webhooks.replay(newId('w'), first?.id)).toBe(0);
      expect(await other.webhooks.replay(webhook, first?.id)).toBe(1);
      expect(await other.webhooks.replay(webhook, first?.id)).toBe(0);
      expect(await webhooks.replay(webhook)).toBe(2);
      expect(await webhooks.depth(webhook)).toEqual({ waiting: 4, dead: 0 });
      const seen: string[] = [];
      for (let rounds = 0; rounds < 4; rounds += 1) {
        for (const it of await webhooks.lend(webhook, 10, 60)) {
          expect(it.attempts).toBe(1);
          await webhooks.done(it);
          if (it.lane === lane) seen.push(it.id);
        }
      }
      expect(seen).toEqual([third?.id, first?.id, second?.id]);
    });

    test('that are dead are kept for a month', async () => {
      const webhook = await subscribe();
      await put(delivery(webhook, newId('c')));
      for (const it of await stores()[0].webhooks.lend(webhook, 1, 60)) await stores()[0].webhooks.bury(it, 'status 500');
      const inDays = (days: number) => engine().open({ now: () => Date.now() + days * 86_400_000 });
      await using soon = await inDays(29);
      expect(await soon.webhooks.depth(webhook)).toEqual({ waiting: 0, dead: 1 });
      await using later = await inDays(31);
      expect((await later.webhooks.page(webhook, 'dead', 10)).deliveries).toEqual([]);
      await eventually('it is gone', async () => (await later.webhooks.depth(webhook)).dead === 0);
    });

    test('that are dropped leave nothing, and take nothing any more', async () => {
      const [{ webhooks }] = stores();
      const webhook = await subscribe();
      const [dead, waiting] = [delivery(webhook, newId('c')), delivery(webhook, newId('c'), 1)];
      await put(dead);
      for (const it of await webhooks.lend(webhook, 1, 60)) await webhooks.bury(it, 'status 500');
      await put(waiting);
      await webhooks.drop(webhook);
      await put(delivery(webhook, newId('c')));
      await webhooks.change(webhook, () => subscription(webhook));
      expect(await webhooks.depth(webhook)).toEqual({ waiting: 0, dead: 0 });
      expect(await webhooks.lend(webhook, 10, 60)).toEqual([]);
    });

    test('forget what is about a forgotten party, and nothing else', async () => {
      const [{ directory, webhooks }, other] = stores();
      const [b, s, beside] = [buyer(), seller(), seller()];
      for (const party of [b, s, beside]) await directory.putParty(party);
      const [gone, stays] = [await directory.open(b.id, s.id), await directory.open(b.id, beside.id)];
      const webhook = await subscribe();
      const lanes = [gone.id, gone.id, `party/${s.id}`, stays.id, `party/${b.id}`];
      const [first, ...rest] = lanes.map((lane, at) => delivery(webhook, lane, at));
      if (first) await put(first);
      // Due before all others: what is due in the same millisecond comes in any order.
      await new Promise((resolve) => setTimeout(resolve, 5));
      await put(...rest);
      const [lent] = await webhooks.lend(webhook, 1, 60);
      if (lent) await webhooks.bury(lent, 'status 500');
      expect(lent?.lane).toBe(gone.id);
      await other.directory.forget(s.id);
      expect(await webhooks.depth(webhook)).toEqual({ waiting: 2, dead: 0 });
      const left = (await webhooks.lend(webhook, 10, 60)).map(({ lane }) => lane);
      expect(left.toSorted()).toEqual([stays.id, `party/${b.id}`].toSorted());
    });

    test('are read by the secret that wrote them, when another one writes', async () => {
      const webhook = await subscribe();
      const one = delivery(webhook, newId('c'));
      await put(one);
      await using turned = await engine().open({ vault: openVault([secrets.b, secrets.a]) });
      await turned.webhooks.change(webhook, (known) => ({ ...(known ?? subscription(webhook)), scope: ['alias'] }));
      expect(await turned.webhooks.lend(webhook, 1, 60)).toEqual([{ ...one, attempts: 1 }]);
      expect(ids(await stores()[0].webhooks.all())).not.toContain(webhook);
      await turned.webhooks.drop(webhook);
    });
  });
}
