/** What every store must do with the ledgers of parties, and with what people find of reviews. */
import { emptyLedger, type Ledger, type Strike } from '../../src/model/standing.ts';
import type { Review, Store } from '../../src/store/store.ts';
import { buyer, type Engine, newId, secrets, seller, setupWith } from './fixtures.ts';
import { openVault } from '../../src/store/vault.ts';

const day = 86_400_000;

const strike = (at: number, mark = newId('m')): Strike => ({
  trace: newId('t'),
  mark,
  at,
  conversation: newId('c'),
  rule: 'off-platform',
  weight: 2,
});

const add =
  (one: Strike) =>
  (ledger: Ledger): { readonly ledger: Ledger; readonly result: number } => ({
    ledger: { ...ledger, strikes: [...ledger.strikes, one] },
    result: ledger.strikes.length + 1,
  });

export function standingContract(stores: () => readonly [Store, Store], engine: () => Engine): void {
  const known = async (): Promise<string> => {
    const party = seller();
    await stores()[0].directory.putParty(party);
    return party.id;
  };

  describe('ledgers', () => {
    test('are empty first, and kept as they were changed; a change that changes nothing writes nothing', async () => {
      const [store, other] = stores();
      const party = await known();
      expect(await store.standings.ledger(party)).toEqual(emptyLedger);
      const [one, at] = [strike(Date.now()), Date.now()];
      const full: Ledger = {
        strikes: [one, { ...strike(at), lifted: true }],
        complaints: [{ trace: newId('t'), by: newId('b'), at, judged: { outcome: 'upheld', at } }],
        tagUses: [{ mark: newId('m'), at }],
        measures: [{ level: 'warned', from: at, until: at + day, source: 'automatic' }],
        override: { level: 'all-blocked', from: at, source: 'operator', reason: 'Betrug. 李' },
      };
      expect(await store.standings.change(party, () => ({ ledger: full, result: 'yes' }))).toBe('yes');
      expect(await other.standings.ledger(party)).toEqual(full);
      expect(await other.standings.change(party, (ledger) => ({ ledger, result: ledger.strikes.length }))).toBe(2);
      expect(await store.standings.ledger(party)).toEqual(full);
      expect(await store.standings.ledger(newId('s'))).toEqual(emptyLedger);
    });

    test('lose no change, however many change one at once; each sees those before it', async () => {
      const party = await known();
      const changes = Array.from({ length: 24 }, (_, at) => (stores()[at % 2] as Store).standings.change(party, add(strike(Date.now()))));
      expect((await Promise.all(changes)).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, at) => at + 1));
      expect((await stores()[0].standings.ledger(party)).strikes).toHaveLength(24);
    });

    test('go with their party, and nothing is kept of one that there is not', async () => {
      const [store, other] = stores();
      const party = await known();
      await store.standings.change(party, add(strike(Date.now())));
      await other.directory.forget(party);
      expect(await store.standings.ledger(party)).toEqual(emptyLedger);
      await store.standings.change(party, add(strike(Date.now())));
      expect(await store.standings.ledger(party)).toEqual(emptyLedger);
    });

    test('hold nothing that is older than 400 days, and an operator’s word as long as it is meant', async () => {
      const [store] = stores();
      const [party, start] = [await known(), Date.now()];
      const override = { level: 'all-blocked', from: start, source: 'operator' } as const;
      await store.standings.change(party, (ledger) => ({ ledger: { ...add(strike(start))(ledger).ledger, override }, result: 0 }));
      const later = async (days: number): Promise<Ledger> => {
        await using opened = await engine().open({ now: () => start + days * day });
        return await opened.standings.ledger(party);
      };
      expect(await later(399)).toMatchObject({ strikes: [{ rule: 'off-platform' }], override });
      expect(await later(401)).toEqual({ ...emptyLedger, override });
    });

    test('stay bounded: the last 200 strikes', async () => {
      const [store] = stores();
      const [party, at] = [await known(), Date.now()];
      const strikes = Array.from({ length: 250 }, (_, index) => strike(at, `m${index}`));
      await store.standings.change(party, (ledger) => ({ ledger: { ...ledger, strikes }, result: 0 }));
      const kept = (await store.standings.ledger(party)).strikes;
      expect([kept.length, kept.at(-1)?.mark]).toEqual([200, 'm249']);
    });

    test('are read by a new secret, and name nobody in a dump', async () => {
      const party = await known();
      const one = { ...strike(Date.now()), rule: `rule-${newId('r')}` };
      await stores()[0].standings.change(party, add(one));
      await using rotated = await engine().open(setupWith({ vault: openVault([secrets.b, secrets.a]) }));
      expect((await rotated.standings.ledger(party)).strikes).toEqual([one]);
      const dump = await engine().dump();
      expect([dump.includes(one.rule), dump.includes(one.conversation)]).toEqual([false, false]);
    });
  });

  describe('findings of people', () => {
    const review = (party: string): Review => ({
      kind: 'report',
      trace: newId('t'),
      at: Date.now(),
      conversation: newId('c'),
      party,
      text: 'Spam!',
    });
    const own = async (store: Store, { trace }: Review, which: 'page' | 'openPage' = 'page') => {
      const seen: Review[] = [];
      for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
        const page = await store.reviews[which]('report', 3, next);
        seen.push(...page.reviews);
        next = page.next;
      }
      return seen.filter((it) => it.trace === trace);
    };

    test('stand with the review, the last one counts, and the open list has only those without', async () => {
      const [store, other] = stores();
      const one = review(newId('b'));
      for (let count = 0; count < 4; count += 1) await store.reviews.add(review(newId('b')));
      await store.reviews.add(one);
      expect(await own(other, one, 'openPage')).toEqual([one]);
      expect(await other.reviews.find(one, { outcome: 'dismissed', at: 5, note: 'Harmlos. 李' })).toBe(true);
      expect(await own(store, one)).toEqual([{ ...one, found: { outcome: 'dismissed', at: 5, note: 'Harmlos. 李' } }]);
      expect(await other.reviews.find(one, { outcome: 'upheld', at: 6 })).toBe(true);
      expect(await own(store, one)).toEqual([{ ...one, found: { outcome: 'upheld', at: 6 } }]);
      expect(await own(store, one, 'openPage')).toEqual([]);
      expect(await store.reviews.find({ ...one, party: newId('b') }, { outcome: 'upheld', at: 6 })).toBe(false);
    });

    test('are gone when the party says it once more: somebody has to look again', async () => {
      const [store] = stores();
      const one = review(newId('b'));
      await store.reviews.add(one);
      await store.reviews.find(one, { outcome: 'dismissed', at: 5 });
      await store.reviews.add({ ...one, text: 'And again!' });
      expect(await own(store, one, 'openPage')).toEqual([{ ...one, text: 'And again!' }]);
    });

    test('keep the outcome and lose the note when the party is forgotten', async () => {
      const [store] = stores();
      const party = buyer();
      await store.directory.putParty(party);
      const one = review(party.id);
      await store.reviews.add(one);
      await store.reviews.find(one, { outcome: 'upheld', at: 5, note: 'Ada has a point.' });
      await store.directory.forget(party.id);
      expect(await own(store, one)).toEqual([{ ...one, text: '', found: { outcome: 'upheld', at: 5 } }]);
    });
  });
}
