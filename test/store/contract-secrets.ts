/** What every store must do with what older secrets sealed: seal it anew while it is in use, so that they can go. */
import type { Store } from '../../src/store/store.ts';
import type { Walk } from '../../src/store/upkeep.ts';
import { openVault } from '../../src/store/vault.ts';
import { archived } from './contract-archive.ts';
import { digestEntry } from './contract-digests.ts';
import { delivery } from './contract-webhooks.ts';
import { buyer, type Engine, entry, holdCase, item, lendAll, message, newId, newMailbox, secrets, seller } from './fixtures.ts';

/** Of the whole store: what was written anew, and what stands under which secret. */
export async function walkAll(store: Store, write: boolean): Promise<Omit<Walk, 'next'> & { readonly steps: number }> {
  const standing: Record<string, number> = {};
  let [changed, ending, steps] = [0, 0, 0];
  for (let from: string | undefined = ''; from !== undefined; steps += 1) {
    const walk: Walk = await store.secrets.walk(from, write);
    changed += walk.changed;
    ending += walk.ending;
    for (const [id, count] of Object.entries(walk.standing)) standing[id] = (standing[id] ?? 0) + count;
    from = walk.next;
  }
  return { changed, ending, standing, steps };
}

export function secretsContract(old: () => Store, engine: () => Engine): void {
  describe('secrets', () => {
    test('what one of them sealed is sealed anew by the next, all of it, and opens without the first one then', async () => {
      const store = old();
      const [shared, b, s] = [newMailbox(), buyer(), seller()];
      const [first, last] = [{ ...b, mailboxes: buyer(shared).mailboxes }, buyer(shared)];
      for (const party of [first, last, s]) await store.directory.putParty(party);
      const stranger = newMailbox();
      await store.directory.admit(s.id, stranger, { verdict: 'approved' });
      const { id } = await store.directory.open(b.id, s.id);
      const order = { id: newId('o'), buyer: b.id, seller: s.id, kind: 'custom' as const, item: 'Oak shelf for Ada' };
      await store.directory.putOrder(order);
      for (const at of [1, 2, 3])
        await store.threads.pair(id, at === 2 ? 'seller' : 'buyer', `theirs${at}@mail.example`, `ours${at}@relay.example`);
      await store.threads.pair(id, 'buyer', 'twice@mail.example', 'before@relay.example');
      await store.threads.pair(id, 'buyer', 'twice@mail.example', 'after@relay.example');
      const [held, recorded] = [newId('t'), entry(id, Date.now())];
      await store.holds.keep(message(held), holdCase(id));
      await store.journal.add(recorded);
      const [notice, gone] = [item(), item(shared)];
      for (const it of [notice, gone]) await store.outbox.put(it, 0);
      const review = { kind: 'report' as const, trace: newId('t'), at: Date.now(), conversation: id, party: b.id, text: 'Spam!' };
      await store.reviews.add(review);
      await store.reviews.find(review, { outcome: 'upheld', at: 5, note: 'Right.' });
      const digested = digestEntry(newId('s'));
      await store.digests.add(digested, '2001-02-03');
      const tagUses = [{ mark: newId('m'), at: Date.now() }];
      await store.standings.change(s.id, (ledger) => ({ ledger: { ...ledger, tagUses }, result: undefined }));
      await store.legalHolds.put({ conversation: id, since: 7, by: 'Legal', note: 'Case 5' });

      const [before = ''] = store.secrets.ids;
      await using turned = await engine().open({ vault: openVault([secrets.b, secrets.a]) });
      const [now = ''] = turned.secrets.ids;
      const looked = await walkAll(turned, false);
      expect(looked.changed).toBe(0);
      expect(looked.standing[before]).toBeGreaterThan(20);
      const { changed } = await walkAll(turned, true);
      expect(changed).toBeGreaterThan(20);
      const { standing, ending } = await walkAll(turned, true);
      // The one that another took the place of.
      expect(ending).toBeGreaterThan(0);
      expect([standing[before] ?? 0, standing.unreadable ?? 0]).toEqual([0, 0]);
      expect(standing[now]).toBeGreaterThan(20);

      await using alone = await engine().open({ vault: openVault([secrets.b]) });
      expect(await alone.directory.party(b.id)).toEqual(first);
      expect(await alone.directory.party(s.id)).toMatchObject({ name: s.name, admitted: [{ address: stranger, verdict: 'approved' }] });
      expect(await alone.directory.buyerAt(shared)).toMatchObject({ id: last.id });
      expect(await alone.directory.orderBetween(b.id, s.id)).toMatchObject(order);
      expect(await alone.threads.translate(id, 'buyer', ['theirs1@mail.example', 'ours2@relay.example'])).toEqual([
        'ours1@relay.example',
        'theirs2@mail.example',
      ]);
      expect(await alone.threads.translate(id, 'seller', ['ours3@relay.example'])).toEqual(['theirs3@mail.example']);
      expect(await alone.holds.read(held)).toMatchObject({ received: { trace: held } });
      expect(await alone.journal.entry(recorded.trace)).toEqual(recorded);
      const page = await alone.reviews.page('report', 1000);
      expect(page.reviews).toContainEqual({ ...review, found: { outcome: 'upheld', at: 5, note: 'Right.' } });
      expect((await alone.standings.ledger(s.id)).tagUses).toEqual(tagUses);
      expect(await alone.legalHolds.read(id)).toEqual({ conversation: id, since: 7, by: 'Legal', note: 'Case 5' });
      const day = await alone.digests.lend('2001-02-04', 60);
      expect(day?.entries).toEqual([digested]);
      if (day) await alone.digests.done(day);
      expect(await lendAll(alone)).toContainEqual({ ...notice, attempts: 1 });

      // Found by hash: what waits for a party that is forgotten goes.
      await alone.legalHolds.lift(id);
      await alone.directory.forget(first.id);
      expect(await alone.directory.buyerAt(shared)).toMatchObject({ id: last.id });
      await alone.directory.forget(last.id);
      expect(await alone.directory.buyerAt(shared)).toBeUndefined();
      const { count } = await alone.outbox.depth();
      await alone.outbox.done(gone.id);
      expect((await alone.outbox.depth()).count).toBe(count);
      // The others' tests read with the first secret alone.
      await using back = await engine().open({ vault: openVault([secrets.a, secrets.b]) });
      await walkAll(back, true);
    });

    test('so are subscriptions and what waits for them, answers of the API, and records of the archive', async () => {
      const store = old();
      const [id, key, call] = [newId('w'), newId('k'), 'c'.repeat(64)];
      const webhook = { id, url: 'https://shop.example/', events: [], scope: [], secrets: [{ secret: 'whsec_a' }], createdAt: 5 };
      await store.webhooks.change(id, () => webhook);
      const deliveries = [delivery(id, newId('c')), delivery(id, newId('c'), 1)];
      for (const it of deliveries) await store.webhooks.put(it);
      await store.answers.claim({ key, call }, 60);
      await store.answers.keep({ key, call }, 'No twice.');
      const busy = { key: newId('k'), call };
      await store.answers.claim(busy, 60);
      const record = archived();
      await store.archive.put(record);

      const [before = ''] = store.secrets.ids;
      await using turned = await engine().open({ vault: openVault([secrets.b, secrets.a]) });
      expect((await walkAll(turned, true)).changed).toBeGreaterThan(4);
      const { standing } = await walkAll(turned, true);
      expect([standing[before] ?? 0, standing.unreadable ?? 0]).toEqual([0, 0]);

      await using alone = await engine().open({ vault: openVault([secrets.b]) });
      expect(await alone.webhooks.webhook(id)).toEqual(webhook);
      expect((await alone.webhooks.page(id, 'waiting', 10)).deliveries).toMatchObject(deliveries.toReversed());
      expect(await alone.answers.claim({ key, call }, 60)).toEqual({ kind: 'done', answer: 'No twice.' });
      expect(await alone.answers.claim(busy, 60)).toEqual({ kind: 'busy' });
      expect(await alone.archive.record(record.trace)).toEqual(record);
      await using back = await engine().open({ vault: openVault([secrets.a, secrets.b]) });
      await walkAll(back, true);
    });

    test('what changes meanwhile stays changed, and no place in the walk is lost when it is cut off', async () => {
      const store = old();
      const sellers = Array.from({ length: 12 }, () => seller());
      for (const party of sellers) await store.directory.putParty(party);
      await using turned = await engine().open({ vault: openVault([secrets.b, secrets.a]) });
      const [changes] = await Promise.all([
        Promise.all(sellers.map((party) => store.directory.putParty({ ...party, name: `New ${party.id}` }))),
        walkAll(turned, true),
      ]);
      for (const { id } of changes) expect(await turned.directory.party(id)).toMatchObject({ name: `New ${id}` });
      await using third = await engine().open({ vault: openVault([Buffer.alloc(32, 3), secrets.b, secrets.a]) });
      let from: string | undefined = '';
      for (let steps = 0; steps < 2 && from !== undefined; steps += 1) from = (await third.secrets.walk(from, true)).next;
      await using again = await engine().open({ vault: openVault([Buffer.alloc(32, 3), secrets.b, secrets.a]) });
      while (from !== undefined) from = (await again.secrets.walk(from, true)).next;
      expect(Object.keys((await walkAll(again, true)).standing)).toEqual([again.secrets.ids[0]]);
      await using back = await engine().open({ vault: openVault([secrets.a, secrets.b, Buffer.alloc(32, 3)]) });
      await walkAll(back, true);
    });

    test('are noted by those who write with them, with what stood under them, until somebody says they are gone', async () => {
      const id = (store: Store) => store.secrets.ids[0] ?? '';
      await using one = await engine().open({ vault: openVault([Buffer.alloc(32, 8)]), now: () => 1000 });
      await using two = await engine().open({ vault: openVault([Buffer.alloc(32, 9), Buffer.alloc(32, 8)]), now: () => 2000 });
      const uses = async () => (await two.secrets.uses()).filter(({ id: it }) => two.secrets.ids.includes(it));
      await one.secrets.announce();
      await two.secrets.announce();
      expect(await uses()).toMatchObject([
        { id: id(two), wroteAt: 2000 },
        { id: id(one), wroteAt: 1000 },
      ]);
      await two.secrets.found({ [id(one)]: 0, [id(two)]: 7 });
      expect(await uses()).toEqual([
        { id: id(two), wroteAt: 2000, left: 7 },
        { id: id(one), wroteAt: 1000, left: 0 },
      ]);
      // It writes again: what was counted counts no more.
      await one.secrets.announce();
      expect((await uses())[1]?.left).toBeUndefined();
      expect([await two.secrets.drop(id(one)), await two.secrets.drop(id(one)), await one.secrets.drop(id(two))]).toEqual([
        true,
        false,
        true,
      ]);
      expect(await uses()).toEqual([]);
    });
  });
}
