/** What every store must do with mailboxes that cannot be reached, with buyers who opted out of all, and with what it keeps of orders. */
import type { OrderKind, Party } from '../../src/model/route.ts';
import type { Store } from '../../src/store/store.ts';
import { buyer, newId, newMailbox, seller } from './fixtures.ts';

const mark = { at: 1_700_000_000_000, reason: 'unknown' } as const;

export function markContract(stores: () => readonly [Store, Store]): void {
  describe('a mailbox that cannot be reached', () => {
    const marksOf = (party: Party | undefined) => party?.mailboxes.map(({ unreachable }) => unreachable);

    test('is marked with its party until the mark is taken away, and the other mailboxes are not', async () => {
      const [{ directory }, other] = stores();
      const [one, two] = [newMailbox(), newMailbox()];
      const party = await directory.putParty(seller(one, two));
      await directory.markMailbox(party.id, two, mark);
      const marked = await other.directory.party(party.id);
      expect(marked).toEqual({ ...party, mailboxes: [party.mailboxes[0], { ...party.mailboxes[1], unreachable: mark }] });
      await other.directory.markMailbox(party.id, two, { at: mark.at + 1, reason: 'full' });
      expect(marksOf(await directory.party(party.id))).toEqual([undefined, { at: mark.at + 1, reason: 'full' }]);
      await directory.markMailbox(party.id, two, undefined);
      await directory.markMailbox(party.id, two, undefined);
      expect(await other.directory.party(party.id)).toEqual(party);
    });

    test('is one like any other once the party is put again', async () => {
      const [{ directory }, other] = stores();
      const mailbox = newMailbox();
      const party = buyer(mailbox);
      await directory.putParty(party);
      await directory.markMailbox(party.id, mailbox, mark);
      expect(await other.directory.buyerAt(mailbox)).toMatchObject({ id: party.id, mailboxes: [{ unreachable: mark }] });
      expect(await directory.putParty(party)).toEqual(party);
      expect(await other.directory.party(party.id)).toEqual(party);
    });

    test('is not marked where party or mailbox is gone', async () => {
      const [{ directory }] = stores();
      const party = buyer();
      await directory.putParty(party);
      await directory.markMailbox(party.id, newMailbox(), mark);
      expect(await directory.party(party.id)).toEqual(party);
      await directory.forget(party.id);
      await directory.markMailbox(party.id, party.mailboxes[0]?.address ?? newMailbox(), mark);
      await directory.markMailbox(newId('b'), newMailbox(), mark);
      expect(await directory.party(party.id)).toBeUndefined();
    });

    test('does not bring back what was changed at the same time', async () => {
      const [store, other] = stores();
      for (let round = 0; round < 20; round += 1) {
        const [kept, gone] = [newMailbox(), newMailbox()];
        const before = await store.directory.putParty(seller(kept, gone));
        const { mailboxes } = before;
        const after = { ...before, name: 'Grace Hopper', mailboxes: mailboxes.slice(0, 1) };
        await Promise.all([
          ...mailboxes.map(({ address }) => other.directory.markMailbox(before.id, address, mark)),
          store.directory.putParty(after),
        ]);
        expect(await store.directory.party(before.id)).toMatchObject({ name: 'Grace Hopper', mailboxes: [{ address: kept }] });
        expect((await store.directory.party(before.id))?.mailboxes).toHaveLength(1);
      }
    });

    test('is marked with the others, however many are at once', async () => {
      const [store, other] = stores();
      const mailboxes = Array.from({ length: 10 }, newMailbox);
      const { id } = await store.directory.putParty(seller(...mailboxes));
      await Promise.all(mailboxes.map((it, at) => (at % 2 ? store : other).directory.markMailbox(id, it, mark)));
      expect(marksOf(await store.directory.party(id))).toEqual(mailboxes.map(() => mark));
    });
  });

  describe('opting out of all', () => {
    test('stays so until somebody says otherwise', async () => {
      const [store, other] = stores();
      const { optedOut: _unsaid, ...party } = buyer();
      expect(await store.directory.putParty(party)).toMatchObject({ optedOut: false });
      await other.directory.optOutOfAll(party.id, true);
      expect(await store.directory.party(party.id)).toMatchObject({ optedOut: true });
      expect(await store.directory.putParty(party)).toMatchObject({ optedOut: true });
      expect(await store.directory.putParty({ ...party, optedOut: false })).toMatchObject({ optedOut: false });
      expect(await other.directory.party(party.id)).toMatchObject({ optedOut: false });
      await store.directory.optOutOfAll(newId('b'), true);
    });
  });

  describe('mailboxes that a party approves or blocks', () => {
    test('stay with the party when it is put again; the last word counts', async () => {
      const [store, other] = stores();
      const [one, two] = [newMailbox(), newMailbox()];
      const party = seller();
      await store.directory.putParty(party);
      const approved = { verdict: 'approved' } as const;
      await Promise.all([store.directory.admit(party.id, one, { verdict: 'blocked' }), other.directory.admit(party.id, two, approved)]);
      await other.directory.admit(party.id, one, approved);
      const admitted = expect.arrayContaining([one, two].map((address) => ({ address, verdict: 'approved' })));
      expect(await store.directory.party(party.id)).toMatchObject({ admitted });
      expect(await store.directory.putParty({ ...party, name: 'New Name' })).toMatchObject({ name: 'New Name', admitted });
      await store.directory.forget(party.id);
      await other.directory.admit(party.id, one, approved);
      expect(await store.directory.party(party.id)).toBeUndefined();
    });

    test('are told from those of which nothing is said any more, and lead back from the mails that the party was asked about', async () => {
      const [store, other] = stores();
      const [one, two] = [newMailbox(), newMailbox()];
      const party = seller();
      await store.directory.putParty(party);
      const admitted = async () => (await other.directory.party(party.id))?.admitted;
      await store.directory.admit(party.id, one, { verdict: 'approved', trace: 'aaaa1' });
      await other.directory.admit(party.id, one, { verdict: 'blocked', trace: 'aaaa2' });
      await store.directory.admit(party.id, two, { verdict: 'blocked' });
      expect(await admitted()).toEqual([
        { address: one, verdict: 'blocked', traces: ['aaaa1', 'aaaa2'] },
        { address: two, verdict: 'blocked' },
      ]);
      for (let n = 0; n < 12; n += 1) await store.directory.admit(party.id, one, { verdict: 'approved', trace: `bbbb${n}` });
      expect((await admitted())?.at(-1)?.traces).toEqual(Array.from({ length: 10 }, (_, n) => `bbbb${n + 2}`));
      await store.directory.admit(party.id, one, { verdict: 'approved' });
      expect((await admitted())?.at(-1)).toEqual({ address: one, verdict: 'approved' });
      await other.directory.admit(party.id, one, undefined);
      await other.directory.admit(party.id, newMailbox(), undefined);
      expect(await admitted()).toEqual([{ address: two, verdict: 'blocked' }]);
    });
  });

  describe('of orders', () => {
    const order = (buyer: string, seller: string, id = newId('o')) => ({ id, kind: 'standard' as OrderKind, buyer, seller });

    test('requests for a review are counted, and stay when the order changes or moves', async () => {
      const [{ directory }, other] = stores();
      const [b, s, t] = [newId('b'), newId('s'), newId('s')];
      const [asked, beside] = [order(b, s), order(b, t)];
      for (const it of [asked, beside]) expect(await directory.putOrder(it)).toBe(true);
      expect(await directory.orderBetween(b, s)).toEqual(asked);
      await Promise.all([0, 1, 2].map((at) => (at % 2 ? directory : other.directory).countReviewRequest(asked.id)));
      expect(await other.directory.orderBetween(b, s)).toEqual({ ...asked, reviewRequests: 3 });
      expect(await directory.orderBetween(b, t)).toEqual(beside);

      const done = { ...asked, completedAt: 1_700_000_000_000 };
      expect(await other.directory.putOrder({ ...done, reviewRequests: 0 })).toBe(false);
      expect(await directory.orderBetween(b, s)).toEqual({ ...done, reviewRequests: 3 });
      const u = newId('s');
      await directory.putOrder({ ...done, seller: u });
      expect(await other.directory.orderBetween(b, u)).toEqual({ ...done, seller: u, reviewRequests: 3 });
      await directory.countReviewRequest(asked.id);
      expect(await other.directory.orderBetween(b, u)).toMatchObject({ reviewRequests: 4 });
      await directory.putOrder(done);
      expect(await other.directory.orderBetween(b, s)).toEqual({ ...done, reviewRequests: 4 });
    });

    test('what was ordered comes back, is sealed, and is forgotten with either party', async () => {
      for (const role of ['buyer', 'seller'] as const) {
        const [{ directory }, other] = stores();
        const parties = { buyer: buyer(), seller: seller() };
        for (const party of Object.values(parties)) await directory.putParty(party);
        const { id: b } = parties.buyer;
        const { id: s } = parties.seller;
        const plain = order(b, s);
        await directory.putOrder({ ...plain, item: 'Ring, engraved \u201cFor Jane\u201d' });
        expect(await other.directory.orderBetween(b, s)).toEqual({ ...plain, item: 'Ring, engraved \u201cFor Jane\u201d' });
        await directory.forget(parties[role].id);
        expect(await other.directory.orderBetween(b, s)).toEqual(plain);
      }
    });

    test('there is nothing where there is no such order', async () => {
      const [{ directory }] = stores();
      const [b, s, id] = [newId('b'), newId('s'), newId('o')];
      await directory.countReviewRequest(id);
      await directory.putOrder(order(b, s, id));
      expect(await directory.orderBetween(b, s)).toEqual(order(b, s, id));
    });
  });
}
