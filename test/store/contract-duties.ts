/** What every store must do so that one relay at a time does a duty. */
import type { Store } from '../../src/store/store.ts';
import { eventually } from '../support/redis.ts';
import { newId } from './fixtures.ts';

export function dutyContract(stores: () => readonly [Store, Store]): void {
  describe('duties', () => {
    test('are one store’s at a time; the other has it when it is given back, with what was noted', async () => {
      const [store, other] = stores();
      const name = newId('d');
      const duty = await store.duties.take(name, 60);
      expect(duty).toEqual({ fence: 1, note: '' });
      expect(await other.duties.take(name, 60)).toBeUndefined();
      expect(await store.duties.take(name, 60)).toEqual({ fence: 1, note: '' });
      expect(await store.duties.keep(name, { fence: 1, note: 'half' }, 60)).toBe(true);
      await other.duties.leave(name, { fence: 1, note: 'not mine' });
      expect(await other.duties.take(name, 60)).toBeUndefined();
      await store.duties.leave(name, { fence: 1, note: 'half, and some' });
      expect(await other.duties.take(name, 60)).toEqual({ fence: 2, note: 'half, and some' });
      expect(await store.duties.take(name, 60)).toBeUndefined();
    });

    test('go to another when the time of whoever has one is over, and what the first one notes counts no more', async () => {
      const [store, other] = stores();
      const name = newId('d');
      const first = await store.duties.take(name, 0.2);
      expect(first?.fence).toBe(1);
      await eventually('the other has it', async () => (await other.duties.take(name, 60))?.fence === 2);
      expect(await store.duties.keep(name, { fence: 1, note: 'late' }, 60)).toBe(false);
      await store.duties.leave(name, { fence: 1, note: 'late' });
      expect(await other.duties.take(name, 60)).toEqual({ fence: 2, note: '' });
    });

    test('are taken by one, however many ask at once', async () => {
      const name = newId('d');
      const asked = await Promise.all(Array.from({ length: 20 }, (_, at) => (stores()[at % 2] as Store).duties.take(name, 60)));
      const had = new Set(asked.map((duty, at) => (duty ? at % 2 : undefined)).filter((it) => it !== undefined));
      expect(had.size).toBe(1);
    });
  });
}
