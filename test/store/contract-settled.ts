/** What every store must do with what needs no answer. */
import type { Store } from '../../src/store/store.ts';
import { buyer, seller } from './fixtures.ts';

const at = 1_700_000_000_000;

export function settledContract(stores: () => readonly [Store, Store]): void {
  describe('what needs no answer', () => {
    test('is what came up to the latest time that was said, in that conversation alone', async () => {
      const [{ directory }, other] = stores();
      const [b, s, beside] = [buyer(), seller(), seller()];
      for (const party of [b, s, beside]) await directory.putParty(party);
      const [it, another] = [await directory.open(b.id, s.id), await directory.open(b.id, beside.id)];
      await directory.needsNoAnswer(it.id, at + 1);
      await Promise.all([directory.needsNoAnswer(it.id, at + 5), other.directory.needsNoAnswer(it.id, at)]);
      expect(await other.directory.state(it.id)).toEqual({ heard: {}, optedOut: false, noAnswerNeededAt: at + 5 });
      expect(await directory.state(another.id)).toEqual({ heard: {}, optedOut: false });
      await directory.forget(s.id);
      expect(await other.directory.state(it.id)).toEqual({ heard: {}, optedOut: false });
    });
  });
}
