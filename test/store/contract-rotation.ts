/** What every store must do while the relay's secret is exchanged, process by process. */
import type { Store } from '../../src/store/store.ts';
import { openVault } from '../../src/store/vault.ts';
import { digestEntry } from './contract-digests.ts';
import { buyer, type Engine, holdCase, item, lendAll, message, newId, newMailbox, secrets, seller } from './fixtures.ts';

/** `old`: a store that knows the first secret alone. */
export function rotationContract(old: () => Store, engine: () => Engine): void {
  describe('when the secret changes', () => {
    test('all is found that the old one wrote, and what is written anew needs the new one alone', async () => {
      const store = old();
      const [shared, b, s, held, print] = [newMailbox(), buyer(), seller(), newId('t'), newId('f')];
      const [first, last] = [{ ...b, mailboxes: buyer(shared).mailboxes }, buyer(shared)];
      for (const party of [first, last, s]) await store.directory.putParty(party);
      const conversation = await store.directory.open(b.id, s.id);
      await store.threads.pair(conversation.id, 'buyer', 'theirs@mail.example', 'ours@relay.example');
      await store.holds.keep(message(held), holdCase(conversation.id));
      await store.once.claim(print, 'old', 60);
      const [notice, gone] = [item(), item(shared)];
      for (const it of [notice, gone]) await store.outbox.put(it, 0);
      const objection = {
        kind: 'objection' as const,
        trace: newId('t'),
        at: 1_700_000_000_000,
        conversation: conversation.id,
        party: b.id,
        text: 'No!',
      };
      await store.reviews.add(objection);
      const digested = digestEntry(newId('s'));
      await store.digests.add(digested, '2001-02-03');

      await using turned = await engine().open({ vault: openVault([secrets.b, secrets.a]) });
      expect(await turned.directory.party(b.id)).toEqual(first);
      expect(await turned.directory.buyerAt(shared)).toMatchObject({ id: last.id });
      expect(await turned.threads.translate(conversation.id, 'seller', ['ours@relay.example'])).toEqual(['theirs@mail.example']);
      expect(await turned.holds.read(held)).toMatchObject({ received: { trace: held } });
      expect((await turned.reviews.page('objection', 1000)).reviews).toContainEqual(objection);
      await turned.directory.markMailbox(last.id, shared, { at: 1, reason: 'full' });
      expect((await turned.directory.party(last.id))?.mailboxes).toMatchObject([{ unreachable: { at: 1 } }]);
      const day = await turned.digests.lend('2001-02-04', 60);
      expect(day?.entries).toEqual([digested]);
      if (day) await turned.digests.done(day);
      expect(await lendAll(turned)).toContainEqual({ ...notice, attempts: 1 });
      expect(await turned.once.claim(print, 'new', 60)).toEqual({ kind: 'busy' });
      await turned.once.settle(print, 'old');
      expect(await turned.once.claim(print, 'new', 60)).toEqual({ kind: 'done', trace: 'old' });

      // The one registered last keeps its place, although the other one's entry is the newer row now.
      await turned.directory.putParty(first);
      expect(await turned.directory.buyerAt(shared)).toMatchObject({ id: last.id });
      await turned.directory.putParty(last);
      await using alone = await engine().open({ vault: openVault([secrets.b]) });
      expect(await alone.directory.party(b.id)).toEqual(first);
      expect(await alone.directory.buyerAt(shared)).toMatchObject({ id: last.id });
      await expect(alone.directory.party(s.id)).rejects.toThrow('no secret fits');

      // Nothing of the old hash is left behind.
      await turned.directory.putParty({ ...buyer(), id: last.id });
      await turned.directory.forget(b.id);
      expect(await store.directory.buyerAt(shared)).toBeUndefined();
      const { count } = await store.outbox.depth();
      await store.outbox.done(gone.id);
      expect((await store.outbox.depth()).count).toBe(count);
    });

    test('a message is never claimed by two, while processes know the secrets in another order', async () => {
      await using before = await engine().open({ vault: openVault([secrets.a, secrets.b]) });
      await using after = await engine().open({ vault: openVault([secrets.b, secrets.a]) });
      for (let round = 0; round < 20; round += 1) {
        const print = newId('f');
        const claims = await Promise.all([before.once.claim(print, 'one', 60), after.once.claim(print, 'two', 60)]);
        expect(claims.filter(({ kind }) => kind === 'claimed').length).toBeLessThan(2);
        expect(claims.filter(({ kind }) => kind === 'done')).toEqual([]);
      }
      for (const settler of ['one', 'late']) {
        const print = newId('f');
        await before.once.claim(print, 'one', 60);
        await after.once.settle(print, settler);
        for (const it of [before, after]) expect(await it.once.claim(print, 'two', 60)).toEqual({ kind: 'done', trace: settler });
      }
    });
  });
}
