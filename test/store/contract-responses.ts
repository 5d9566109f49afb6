/** What every store must count of how fast sellers answer. */
import type { ResponseCounts } from '../../src/store/responses.ts';
import type { Store } from '../../src/store/store.ts';
import { buyer, type Engine, seller } from './fixtures.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Noon, UTC. */
const noon = Date.parse('2026-03-09T12:00:00Z');
const ever = '2000-01-01';
const nothing = { questions: 0, answered: 0, inTime: 0, settled: 0, seconds: 0 };

export function responseContract(engine: () => Engine): void {
  describe('how fast sellers answer', () => {
    let at = noon;
    let stores: readonly [Store, Store];
    beforeAll(async () => {
      const now = () => at;
      stores = [await engine().open({ now }), await engine().open({ now })];
    });
    afterAll(async () => {
      for (const store of stores) await store[Symbol.asyncDispose]();
    });
    beforeEach(() => {
      at = noon;
    });

    /** A seller with as many conversations. */
    const asked = async (count = 1) => {
      const [{ directory }] = stores;
      const s = seller();
      await directory.putParty(s);
      const all = await Promise.all(
        Array.from({ length: count }, async () => {
          const b = buyer();
          await directory.putParty(b);
          return { seller: s.id, conversation: (await directory.open(b.id, s.id)).id };
        }),
      );
      const counts = (since = ever): Promise<ResponseCounts> => stores[1].responses.counts(s.id, since);
      const [first] = all;
      if (!first) throw new Error('no conversation');
      return { it: first, all, seller: s.id, counts };
    };

    test('nothing is known of who was never asked; an answer to nothing counts nothing', async () => {
      const { it, counts } = await asked();
      await stores[0].responses.answered(it);
      await stores[0].responses.settled(it, at);
      expect(await counts()).toEqual({ days: [], waiting: [] });
    });

    test('a question waits, and its answer counts on the day on which it was asked; once', async () => {
      const [{ responses }, other] = stores;
      const { it, counts } = await asked();
      await responses.asked(it, at - minute);
      expect(await counts()).toEqual({
        days: [{ day: '2026-03-09', ...nothing, questions: 1 }],
        waiting: [{ day: '2026-03-09', questions: 1 }],
      });
      at += 13 * hour;
      await other.responses.answered(it);
      await responses.answered(it);
      expect(await counts()).toEqual({
        days: [{ day: '2026-03-09', questions: 1, answered: 1, inTime: 1, settled: 0, seconds: 13 * 3600 }],
        waiting: [],
      });
    });

    test('all that is written before the answer is one question, from its first delivery', async () => {
      const [{ responses }] = stores;
      const { it, counts } = await asked();
      for (let messages = 0; messages < 3; messages += 1) {
        await responses.asked(it, at);
        at += hour;
      }
      await responses.answered(it);
      expect((await counts()).days).toEqual([{ day: '2026-03-09', ...nothing, questions: 1, answered: 1, inTime: 1, seconds: 3 * 3600 }]);
    });

    test.each([
      [0, 1, 1],
      [1, 0, 0],
    ])('24 hours and %i ms', async (late, inTime, waits) => {
      const [{ responses }] = stores;
      const { it, counts } = await asked();
      await responses.asked(it, at);
      at += day + late;
      expect((await counts()).waiting.length).toBe(waits);
      await responses.answered(it);
      expect((await counts()).days[0]).toMatchObject({ answered: 1, inTime, seconds: 86_400 });
    });

    test('what needs no answer is answered, without a time; what came later waits on', async () => {
      const [{ responses }] = stores;
      const { it, counts } = await asked();
      await responses.asked(it, at - 10);
      await responses.settled(it, at - 11);
      expect((await counts()).days).toEqual([{ day: '2026-03-09', ...nothing, questions: 1 }]);
      at += 2 * hour;
      await responses.asked(it, at);
      await responses.settled(it, noon - 10);
      const first = { day: '2026-03-09', questions: 2, answered: 1, inTime: 1, settled: 1, seconds: 0 };
      expect(await counts()).toEqual({ days: [first], waiting: [{ day: '2026-03-09', questions: 1 }] });
      at += 30 * hour;
      await responses.answered(it);
      expect((await counts()).days).toEqual([{ ...first, answered: 2, seconds: 30 * 3600 }]);
      await responses.asked(it, at);
      await responses.settled(it, at);
      expect((await counts()).days[0]).toEqual({ day: '2026-03-10', ...nothing, questions: 1, answered: 1, inTime: 1, settled: 1 });
    });

    test('each seller for itself, each conversation for itself, the last day first, from the day that is asked for', async () => {
      const [{ responses }, other] = stores;
      const [one, another] = [await asked(3), await asked()];
      for (const it of one.all) {
        await responses.asked(it, at);
        at += day;
      }
      await responses.asked(another.it, at);
      const days = ['2026-03-11', '2026-03-10', '2026-03-09'].map((name) => ({ day: name, ...nothing, questions: 1 }));
      expect((await one.counts()).days).toEqual(days);
      expect((await one.counts('2026-03-10')).days).toEqual(days.slice(0, 2));
      await Promise.all(one.all.map((it, index) => (index % 2 ? responses : other.responses).answered(it)));
      expect((await one.counts()).days.map(({ seconds }) => seconds)).toEqual([86_400, 2 * 86_400, 3 * 86_400]);
      expect((await another.counts()).days).toMatchObject([{ questions: 1, answered: 0 }]);
    });

    test('kept for 100 days', async () => {
      const [{ responses }] = stores;
      const { all, counts } = await asked(2);
      const [old, young] = all;
      if (!old || !young) throw new Error('two conversations');
      await responses.asked(old, at);
      at += 99 * day;
      expect((await counts()).days).toHaveLength(1);
      at += 2 * day;
      await responses.asked(young, at);
      expect((await counts()).days.map(({ day: name }) => name)).toEqual(['2026-06-18']);
      await responses.answered(old);
      expect((await counts()).days).toMatchObject([{ questions: 1, answered: 0 }]);
    });

    test('forgotten with the seller; what waits for an answer to a buyer who is forgotten was never asked', async () => {
      const [{ responses, directory }, other] = stores;
      const { it, seller: id, counts } = await asked();
      await responses.asked(it, at);
      const { buyer: b = '' } = (await directory.conversation(it.conversation)) ?? {};
      await other.directory.forget(b);
      expect(await counts()).toEqual({ days: [{ day: '2026-03-09', ...nothing }], waiting: [] });
      const more = await asked();
      await responses.asked(more.it, at);
      await directory.forget(more.seller);
      expect(await more.counts()).toEqual({ days: [], waiting: [] });
      await responses.asked(more.it, at);
      expect(await more.counts()).toEqual({ days: [], waiting: [] });
      await directory.forget(id);
      expect((await counts()).days).toEqual([]);
    });
  });
}
