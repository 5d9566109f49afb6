/** Orders: what the policy must know of what the two have to do with each other. */
import type { Order, OrderKind } from '../model/route.ts';
import type { Store } from '../store/store.ts';
import { ordersOf } from '../directory/allowance.ts';
import { membersOf, type Operation } from './operation.ts';
import { pairErrors } from './parties.ts';
import { orderBody, ownId } from './schemas.ts';

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
        // The cap of what a seller may start grows with the seller's orders.
        if (await directory.putOrder(order)) await quota.spend([ordersOf(seller)]);
        return { status: 200, body: { ...order, ...(completedAt !== undefined && { completedAt: new Date(completedAt).toISOString() }) } };
      },
    },
  ];
}

function timeError(text: string, now: number): string | undefined {
  const at = timeOf(text);
  if (at === undefined) return 'must be an ISO 8601 date, or a date and time with its zone';
  return at > now + future ? 'must not be in the future' : undefined;
}

const iso8601 = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * Milliseconds since 1970, of an ISO 8601 date or a date and time with its zone (RFC 3339 profile).
 * QUIRK: `Date.parse` takes the 30th of February for the 2nd of March, so the day is compared.
 */
function timeOf(text: string): number | undefined {
  const [, year = '', month = '', day = ''] = iso8601.exec(text) ?? [];
  const at = Date.parse(text);
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return year === '' || Number.isNaN(at) || Number(day) > lastDay ? undefined : at;
}
