/** What every store must do with limits. */
import { randomBytes } from 'node:crypto';
import type { Store, Use } from '../../src/store/store.ts';

export function quotaContract(stores: () => readonly [Store, Store]): void {
  describe('limits', () => {
    const use = (limit: number, seconds = 3600): Use => ({ key: randomBytes(8).toString('hex'), limit, seconds });

    test('so many and no more, whoever asks', async () => {
      const [store, other] = stores();
      const one = use(3);
      for (const it of [store, other, store]) expect(await it.quota.spend([one])).toBeUndefined();
      expect(await other.quota.spend([one])).toEqual(one);
      expect(await store.quota.used(one)).toBe(3);
      expect(await store.quota.used(use(1))).toBe(0);
    });

    test('all or none are counted', async () => {
      const [store, other] = stores();
      const [wide, narrow] = [use(100), use(1)];
      expect(await store.quota.spend([wide, narrow])).toBeUndefined();
      expect(await other.quota.spend([wide, narrow])).toEqual(narrow);
      expect(await other.quota.spend([narrow, wide])).toEqual(narrow);
      expect(await store.quota.used(wide)).toBe(1);
      expect(await store.quota.spend([])).toBeUndefined();
    });

    test('what was nothing to be counted is given back, once; what was never counted is not', async () => {
      const [store, other] = stores();
      const [one, two] = [use(2), use(5)];
      await store.quota.spend([one, two]);
      await store.quota.spend([one, two]);
      expect(await other.quota.spend([one])).toEqual(one);
      await other.quota.giveBack([one, two]);
      expect([await store.quota.used(one), await store.quota.used(two)]).toEqual([1, 1]);
      expect(await store.quota.spend([one])).toBeUndefined();
      expect(await store.quota.spend([one])).toEqual(one);
      const never = use(1);
      await store.quota.giveBack([never]);
      expect(await store.quota.spend([never])).toBeUndefined();
      expect(await store.quota.spend([never])).toEqual(never);
      for (let times = 0; times < 3; times++) await store.quota.giveBack([never]);
      expect(await store.quota.used(never)).toBe(0);
    });

    test('many at once get no more than there is', async () => {
      const one = use(10);
      const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => stores()[at % 2]?.quota.spend([one])));
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(10);
    });

    test('the window slides: what was used long ago counts less and less, and then not at all', async () => {
      const [store] = stores();
      const one = use(4, 1);
      const began = Date.now();
      for (let count = 0; count < 4; count++) await store.quota.spend([one]);
      while (Date.now() < began + 3_000) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await store.quota.used(one)).toBe(0);
      expect(await store.quota.spend([one])).toBeUndefined();
    });
  });
}
