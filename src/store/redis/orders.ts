/** Orders in Redis: those of one pair stand together, ranked, so that one look tells the one that counts. */
import type { Order } from '../../model/route.ts';
import { readOrdered, type StoreSetup, sealOrdered } from '../codec.ts';
import { type Commands, key, list, pairOf, text, texts } from './commands.ts';

/** As it is kept: what was ordered is sealed. */
type Row = Omit<Order, 'item' | 'reviewRequests'> & { readonly item?: string };

export function createOrders(redis: Commands, { vault }: StoreSetup) {
  const writeRow = (order: Order): string => {
    const { reviewRequests: _counted, item: _open, ...row } = order;
    const item = sealOrdered(vault, order)?.toString('base64');
    return JSON.stringify({ ...row, ...(item !== undefined && { item }) });
  };
  const readRow = (json: Buffer): Order => {
    const { item, ...row }: Row = JSON.parse(json.toString());
    return { ...row, ...readOrdered(vault, row.id, item === undefined ? undefined : Buffer.from(item, 'base64')) };
  };
  const pairWith = async (id: string): Promise<string | undefined> => text(await redis.call('get', key.order(id)));
  return {
    put: async (order: Order): Promise<boolean> => {
      const { id, buyer, seller, completedAt, item } = order;
      const pair = pairOf(buyer, seller);
      // The lists by which it is forgotten come first: none can be overlooked then.
      if (item !== undefined) await Promise.all([buyer, seller].map((party) => redis.call('sadd', key.partyOrders(party), id)));
      const before = await pairWith(id);
      const leaves = before !== undefined && before !== pair ? before : undefined;
      if (leaves !== undefined) await redis.run('dropOrder', keysOf(leaves), id);
      // They stay there until the new pair has them.
      const requests = leaves === undefined ? '' : (text(await redis.call('hget', key.reviewRequests(leaves), id)) ?? '');
      await redis.run('putOrder', withRequests(pair), id, writeRow(order), completedAt ?? '', requests);
      if (before !== pair) await redis.call('set', key.order(id), pair);
      if (leaves !== undefined) await redis.call('hdel', key.reviewRequests(leaves), id);
      return before === undefined;
    },
    between: async (buyer: string, seller: string): Promise<Order | undefined> => {
      const [json, requests] = list(await redis.run('topOrder', withRequests(pairOf(buyer, seller))));
      if (json === undefined) return undefined;
      return requests === undefined ? readRow(json) : { ...readRow(json), reviewRequests: Number(requests) };
    },
    read: async (id: string): Promise<Order | undefined> => {
      const pair = await pairWith(id);
      if (pair === undefined) return undefined;
      const [json, requests] = list(await redis.run('readOrder', [key.ordersOf(pair), key.reviewRequests(pair)], id));
      if (json === undefined) return undefined;
      return requests === undefined ? readRow(json) : { ...readRow(json), reviewRequests: Number(requests) };
    },
    countReviewRequest: async (id: string): Promise<void> => {
      const pair = await pairWith(id);
      if (pair !== undefined) await redis.run('countReviewRequest', withRequests(pair), id);
    },
  };
}

/** The orders of a party that is being forgotten stay, without what was ordered. */
export async function forgetOrdered(redis: Commands, party: string): Promise<void> {
  for (const id of texts(await redis.call('smembers', key.partyOrders(party)))) {
    const pair = text(await redis.call('get', key.order(id)));
    if (pair !== undefined) await redis.run('forgetOrdered', [key.ordersOf(pair)], id);
  }
  await redis.call('unlink', key.partyOrders(party));
}

const keysOf = (pair: string): readonly string[] => [key.ordersOf(pair), key.orderRank(pair)];
const withRequests = (pair: string): readonly string[] => [...keysOf(pair), key.reviewRequests(pair)];
