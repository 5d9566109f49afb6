/** What every store must do with objections and reports. A list is one for all: each test looks for its own. */
import type { Review, ReviewKind, Store } from '../../src/store/store.ts';
import { buyer, newId } from './fixtures.ts';

const review = (kind: ReviewKind, at: number, party = newId('b')): Review => ({
  kind,
  trace: newId('t'),
  at,
  conversation: newId('c'),
  party,
  text: 'Das war meine eigene Nummer. 李',
});

async function all(store: Store, kind: ReviewKind, limit: number): Promise<readonly Review[]> {
  const seen: Review[] = [];
  let next: string | undefined;
  do {
    const page = await store.reviews.page(kind, limit, next);
    expect(page.reviews.length).toBeLessThanOrEqual(limit);
    seen.push(...page.reviews);
    next = page.next;
  } while (next !== undefined);
  return seen;
}

const byTrace = (a: Review, b: Review): number => (a.trace < b.trace ? -1 : 1);

export function reviewContract(stores: () => readonly [Store, Store]): void {
  describe.each(['objection', 'report'] as const)('%ss', (kind) => {
    test('are read page by page, newest first', async () => {
      const [store, other] = stores();
      // Three at a time carry the same time; an id of a party may hold more than letters.
      const start = Date.now();
      const party = () => `a:b_c.${newId('p')}${'x'.repeat(40)}`;
      const added = Array.from({ length: 20 }, (_, at) => review(kind, start + Math.floor(at / 3), party()));
      await Promise.all(added.map((it, at) => (at % 2 ? store : other).reviews.add(it)));
      const seen = await all(other, kind, 7);
      const own = seen.filter(({ trace }) => added.some((it) => it.trace === trace));
      expect(own.toSorted(byTrace)).toEqual(added.toSorted(byTrace));
      expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).toSorted((a, b) => b - a));
      expect(new Set(seen.map(({ trace, party }) => `${trace} ${party}`)).size).toBe(seen.length);
      expect((await store.reviews.page(kind, 0)).reviews).toHaveLength(1);
      for (const cursor of ['', 'x', '\0', '+', 'x'.repeat(9999)]) {
        expect(await store.reviews.page(kind, 10, cursor)).toEqual({ reviews: [] });
      }
    });

    test('are one for each message and party: the last counts, also where it is the older one', async () => {
      const [store, other] = stores();
      const first = review(kind, Date.now());
      const [second, beside] = [
        { ...first, at: first.at - 5000, text: 'And again' },
        { ...first, party: newId('s') },
      ];
      for (const it of [first, beside, second]) await store.reviews.add(it);
      const own = (await all(other, kind, 100)).filter(({ trace }) => trace === first.trace);
      expect(own).toEqual([beside, second]);
    });

    test('lose their text when their party is forgotten', async () => {
      const [store, other] = stores();
      const [party, stays] = [buyer(), buyer()];
      for (const it of [party, stays]) await store.directory.putParty(it);
      const [one, two] = [review(kind, Date.now(), party.id), review(kind, Date.now(), stays.id)];
      for (const it of [one, two]) await store.reviews.add(it);
      await other.directory.forget(party.id);
      const seen = await all(store, kind, 100);
      expect(seen.filter(({ trace }) => trace === one.trace)).toEqual([{ ...one, text: '' }]);
      expect(seen.filter(({ trace }) => trace === two.trace)).toEqual([two]);
    });
  });

  test('an objection and a report to one message stand each in its own list', async () => {
    const [store, other] = stores();
    const objection = review('objection', Date.now());
    const report = { ...objection, kind: 'report' as const, text: 'Spam' };
    for (const it of [objection, report]) await store.reviews.add(it);
    const own = async (kind: ReviewKind) => (await all(other, kind, 100)).filter(({ trace }) => trace === objection.trace);
    expect(await own('objection')).toEqual([objection]);
    expect(await own('report')).toEqual([report]);
  });
}
