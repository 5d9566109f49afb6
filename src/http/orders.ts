/** Orders: what the policy must know of what the two have to do with each other. */
import type { Order, OrderKind } from '../model/route.ts';
import type { Store } from '../store/store.ts';
import { ordersOf } from '../directory/allowance.ts';
import { membersOf, type Operation } from './operation.ts';
import { pairErrors } from './parties.ts';
import { orderBody, ownId } from './schemas.ts';
import { notATime, timeOf } from './time.ts';

interface OrderBody {
  readonly buyer: string;
  readonly seller: string;
  readonly kind: OrderKind;
  readonly completedAt?: string | null;
  readonly item?: string;
}

/** A clock that goes a little wrong is no reason to refuse an order. */
const future = 86_400_000;

/** `now`: milliseconds since 1970. */
export function orderOperations({ directory, quota }: Pick<Store, 'directory' | 'quota'>, now: () => number): readonly Operation[] {
  return [
    {
      id: 'putOrder',
      method: 'PUT',
      path: '/v1/orders/:id',
      summary: 'Registers an order between a buyer and a seller, or changes one.',
      tag: 'orders',
      access: 'token',
      params: ownId,
      body: orderBody,
      answers: { 200: { description: 'The order.', schema: { $ref: 'Order#' } } },
      async check({ body }) {
        const { completedAt } = membersOf(body);
        const errors = await pairErrors(body, directory);
        const message = typeof completedAt === 'string' ? timeError(completedAt, now()) : undefined;
        return message === undefined ? errors : [...errors, { field: '/completedAt', message }];
      },
      async run({ params: { id = '' }, body }) {
        const { buyer, seller, kind, completedAt: at, item } = body as OrderBody;
        const completedAt = typeof at === 'string' ? timeOf(at) : undefined;
        const known = { id, buyer, seller, kind, ...(item !== undefined && { item }) };
        const order: Order = { ...known, ...(completedAt !== undefined && { completedAt }) };
        const isKnown = (await directory.order(id)) !== undefined;
        // What a new order brings about comes first: a call that failed in between is made again, and then the order is still new.
        if (!isKnown) await beginOrder(order, now(), { directory, quota });
        // Another call with the same order was faster: it is counted once.
        if (!(await directory.putOrder(order)) && !isKnown) await quota.giveBack([ordersOf(seller)]);
        return { status: 200, body: { ...order, ...(completedAt !== undefined && { completedAt: new Date(completedAt).toISOString() }) } };
      },
    },
  ];
}

/** Their conversation lives on, and the cap of what a seller may start grows with the seller's orders. */
async function beginOrder({ buyer, seller }: Order, at: number, { directory, quota }: Pick<Store, 'directory' | 'quota'>): Promise<void> {
  await directory.revive(buyer, seller, at);
  await quota.spend([ordersOf(seller)]);
}

function timeError(text: string, now: number): string | undefined {
  const at = timeOf(text);
  if (at === undefined) return notATime;
  return at > now + future ? 'must not be in the future' : undefined;
}
