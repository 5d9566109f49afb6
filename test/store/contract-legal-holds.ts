/** What every store must do with a conversation on legal hold: its records have no end, and its parties stay. */
import type { Store } from '../../src/store/store.ts';
import { OnLegalHold } from '../../src/store/upkeep.ts';
import { buyer, type Engine, entry, holdCase, message, newId, seller } from './fixtures.ts';

export function legalHoldContract(stores: () => readonly [Store, Store], engine: () => Engine): void {
  const pair = async () => {
    const [b, s] = [buyer(), seller()];
    for (const party of [b, s]) await stores()[0].directory.putParty(party);
    const { id } = await stores()[0].directory.open(b.id, s.id);
    return { b, s, id };
  };

  describe('legal holds', () => {
    test('are kept as they were put, since when they are stays, and none is of a conversation that there is not', async () => {
      const [store, other] = stores();
      const { id } = await pair();
      const hold = { conversation: id, since: 1000, by: 'Kim, Legal', note: 'Case 5. 李' };
      await store.legalHolds.put(hold);
      expect(await other.legalHolds.read(id)).toEqual(hold);
      await other.legalHolds.put({ ...hold, since: 2000, note: 'Case 6' });
      expect(await store.legalHolds.read(id)).toEqual({ ...hold, note: 'Case 6' });
      expect(await store.legalHolds.conversations()).toContain(id);
      const nobodys = newId('c');
      await store.legalHolds.put({ ...hold, conversation: nobodys });
      expect(await store.legalHolds.read(nobodys)).toBeUndefined();
      expect([await other.legalHolds.lift(id), await other.legalHolds.lift(id)]).toEqual([true, false]);
      expect(await store.legalHolds.read(id)).toBeUndefined();
      const dump = await engine().dump();
      expect([dump.includes('Kim, Legal'), dump.includes('Case 6')]).toEqual([false, false]);
    });

    test('no party of such a conversation is forgotten until it is lifted; others are', async () => {
      const [store, other] = stores();
      const [{ b, s, id }, others] = [await pair(), await pair()];
      await store.legalHolds.put({ conversation: id, since: 1000, by: 'Legal', note: '' });
      for (const party of [b.id, s.id]) await expect(other.directory.forget(party)).rejects.toThrow(OnLegalHold);
      expect(await other.directory.party(b.id)).toEqual(b);
      expect(await other.directory.conversation(id)).toMatchObject({ id });
      expect(await store.directory.forget(others.b.id)).toBe(true);
      await store.legalHolds.lift(id);
      expect(await other.directory.forget(b.id)).toBe(true);
      expect(await other.directory.forget(s.id)).toBe(true);
    });

    test('of an author who has too many held messages, those on legal hold stay', async () => {
      const [store] = stores();
      const { b, id } = await pair();
      const kept = newId('t');
      await store.holds.keep(message(kept), holdCase(id, b.id));
      await store.journal.add({ ...entry(id, Date.now(), kept), disposition: 'hold' });
      await store.legalHolds.put({ conversation: id, since: 1000, by: 'Legal', note: '' });
      for (let count = 0; count < 25; count += 1) await store.holds.keep(message(newId('t')), holdCase(newId('c'), b.id));
      expect(await store.holds.read(kept)).toMatchObject({ received: { trace: kept } });
      await store.legalHolds.lift(id);
    });
  });
}
