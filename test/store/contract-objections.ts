/** What every store must do with objections. The list is one for all: each test looks for its own. */
import type { Objection, Store } from '../../src/store/store.ts';
import { buyer, newId } from './fixtures.ts';

const objection = (at: number, party = newId('b')): Objection => ({
  trace: newId('t'),
  at,
  conversation: newId('c'),
  party,
  text: 'Das war meine eigene Nummer. 李',
});

export function objectionContract(stores: () => readonly [Store, Store]): void {
  describe('objections', () => {
    const all = async (store: Store, limit: number): Promise<readonly Objection[]> => {
      const seen: Objection[] = [];
      let next: string | undefined;
      do {
        const page = await store.objections.page(limit, next);
        expect(page.objections.length).toBeLessThanOrEqual(limit);
        seen.push(...page.objections);
        next = page.next;
      } while (next !== undefined);
      return seen;
    };

    test('are read page by page, newest first', async () => {
      const [store, other] = stores();
      // Three at a time carry the same time; an id of a party may hold more than letters.
      const start = Date.now();
      const added = Array.from({ length: 20 }, (_, at) => objection(start + Math.floor(at / 3), `a:b_c.${newId('p')}${'x'.repeat(40)}`));
      await Promise.all(added.map((it, at) => (at % 2 ? store : other).objections.add(it)));
      const seen = await all(other, 7);
      const own = seen.filter(({ trace }) => added.some((it) => it.trace === trace));
      expect(own.toSorted(byTrace)).toEqual(added.toSorted(byTrace));
      expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).toSorted((a, b) => b - a));
      expect(new Set(seen.map(({ trace, party }) => `${trace} ${party}`)).size).toBe(seen.length);
      expect((await store.objections.page(0)).objections).toHaveLength(1);
      for (const cursor of ['', 'x', '\0', '+', 'x'.repeat(9999)]) {
        expect(await store.objections.page(10, cursor)).toEqual({ objections: [] });
      }
    });

    const byTrace = (a: Objection, b: Objection): number => (a.trace < b.trace ? -1 : 1);

    test('are one for each message and party: the last counts, also where it is the older one', async () => {
      const [store, other] = stores();
      const first = objection(Date.now());
      const [second, beside] = [
        { ...first, at: first.at - 5000, text: 'And again' },
        { ...first, party: newId('s') },
      ];
      for (const it of [first, beside, second]) await store.objections.add(it);
      const own = (await all(other, 100)).filter(({ trace }) => trace === first.trace);
      expect(own).toEqual([beside, second]);
    });

    test('lose their text when their party is forgotten', async () => {
      const [store, other] = stores();
      const [party, stays] = [buyer(), buyer()];
      for (const it of [party, stays]) await store.directory.putParty(it);
      const [one, two] = [objection(Date.now(), party.id), objection(Date.now(), stays.id)];
      for (const it of [one, two]) await store.objections.add(it);
      await other.directory.forget(party.id);
      const seen = await all(store, 100);
      expect(seen.filter(({ trace }) => trace === one.trace)).toEqual([{ ...one, text: '' }]);
      expect(seen.filter(({ trace }) => trace === two.trace)).toEqual([two]);
    });
  });
}
