/** What the policy needs to know beside the message: order, who spoke last, who wants no mail. */
import type { Received } from '../model/message.ts';
import { type Order, sellerOf, type Situation } from '../model/route.ts';
import type { ConversationState, Directory } from '../store/store.ts';
import type { Resolved } from './resolve.ts';

const day = 86_400_000;
/** Who writes within this time of the other side's last message answers it; after it the contact starts anew. */
export const answerWindow = 30 * day;

/** The situation, and the order that it is about. */
export interface Standing {
  readonly situation: Situation;
  readonly order?: Order;
  readonly state: ConversationState;
}

export async function standingOf({ at }: Received, { route, buyer }: Resolved, directory: Directory): Promise<Standing> {
  const [order, state] = await Promise.all([directory.orderBetween(buyer.id, sellerOf(route)), directory.state(route.conversation)]);
  const answered = state.heard[route.recipient.role];
  const situation: Situation = {
    direction: route.direction,
    initiates: answered === undefined || at - answered > answerWindow,
    order: order ? { ...askedOf(order), kind: order.kind, completedDaysAgo: daysBetween(order.completedAt ?? at, at) } : null,
    buyerOptedOut: buyer.optedOut || state.optedOut,
  };
  return { situation, state, ...(order && { order }) };
}

const daysBetween = (from: number, to: number): number => Math.max(0, Math.floor((to - from) / day));

const askedOf = ({ reviewRequests }: Order) => (reviewRequests === undefined ? {} : { reviewRequests });
