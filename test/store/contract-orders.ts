/** What every store must answer of orders by their ids, and of conversations by their pairs. */
import type { Store } from '../../src/store/store.ts';
import { buyer, newId, seller } from './fixtures.ts';

export function orderContract(stores: () => readonly [Store, Store]): void {
  const pair = async () => {
    const [b, s] = [buyer(), seller()];
    for (const party of [b, s]) await stores()[0].directory.putParty(party);
    return { buyer: b.id, seller: s.id };
  };

  describe('orders and pairs', () => {
    test('an order by its id, as it was put last, with its requests for reviews', async () => {
      const [{ directory }, other] = stores();
      const [two, id] = [await pair(), newId('o')];
      expect(await directory.order(id)).toBeUndefined();
      const order = { id, ...two, kind: 'wine', completedAt: 1_700_000_000_000, item: 'Ein Fass 李' } as const;
      await directory.putOrder(order);
      await directory.putOrder({ ...order, id: newId('o'), kind: 'custom' });
      expect(await other.directory.order(id)).toEqual(order);
      await directory.countReviewRequest(id);
      await directory.putOrder({ id, ...two, kind: 'wine' });
      expect(await other.directory.order(id)).toEqual({ id, ...two, kind: 'wine', reviewRequests: 1 });
      const [moved] = [await pair()];
      await other.directory.putOrder({ id, ...moved, kind: 'standard' });
      expect(await directory.order(id)).toEqual({ id, ...moved, kind: 'standard', reviewRequests: 1 });
    });

    test('the conversation of two, where there is one; asking opens none', async () => {
      const [{ directory }, other] = stores();
      const two = await pair();
      expect(await directory.conversationBetween(two.buyer, two.seller)).toBeUndefined();
      expect(await directory.conversationBetween(two.buyer, two.seller)).toBeUndefined();
      const conversation = await other.directory.open(two.buyer, two.seller);
      expect(await directory.conversationBetween(two.buyer, two.seller)).toEqual(conversation);
      expect(await directory.conversationBetween(two.seller, two.buyer)).toBeUndefined();
      await other.directory.forget(two.buyer);
      expect(await directory.conversationBetween(two.buyer, two.seller)).toBeUndefined();
    });
  });
}
