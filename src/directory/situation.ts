/** What the policy needs to know beside the message: order, who spoke last, who wants no mail. */
import type { Received } from '../model/message.ts';
import { sellerOf, type Situation } from '../model/route.ts';
import type { Directory } from '../store/store.ts';
import type { Resolved } from './resolve.ts';

const day = 86_400_000;
/** Who writes within this time of the other side's last message answers it; after it the contact starts anew. */
const answerWindow = 30 * day;

export async function situationOf({ at }: Received, { route, buyer }: Resolved, directory: Directory): Promise<Situation> {
  const [order, state] = await Promise.all([directory.orderBetween(buyer.id, sellerOf(route)), directory.state(route.conversation)]);
  const answered = state.heard[route.recipient.role];
  return {
    direction: route.direction,
    initiates: answered === undefined || at - answered > answerWindow,
    order: order ? { kind: order.kind, completedDaysAgo: daysBetween(order.completedAt ?? at, at) } : null,
    buyerOptedOut: buyer.optedOut || state.optedOut,
  };
}

const daysBetween = (from: number, to: number): number => Math.max(0, Math.floor((to - from) / day));
