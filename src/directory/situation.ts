/** What the policy needs to know beside the message: order, who spoke last, who wants no mail. */
import type { Received } from '../model/message.ts';
import type { Direction, Order, Party, Situation } from '../model/route.ts';
import type { ConversationState } from '../store/store.ts';
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

export function standingOf({ at }: Received, { route, buyer, surroundings }: Resolved): Standing {
  const { order, state } = surroundings;
  return { situation: situationOf({ direction: route.direction, order, state, buyer, at }), state, ...(order && { order }) };
}

/** What a situation is made of. */
export interface Circumstances {
  readonly direction: Direction;
  /** The one that counts between the two. */
  readonly order: Order | undefined;
  readonly state: ConversationState;
  readonly buyer: Pick<Party, 'optedOut'>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export function situationOf({ direction, order, state, buyer, at }: Circumstances): Situation {
  const answered = state.heard[direction === 'buyer_to_seller' ? 'seller' : 'buyer'];
  return {
    direction,
    initiates: answered === undefined || at - answered > answerWindow,
    order: order ? { ...askedOf(order), kind: order.kind, completedDaysAgo: daysBetween(order.completedAt ?? at, at) } : null,
    buyerOptedOut: buyer.optedOut || state.optedOut,
  };
}

const daysBetween = (from: number, to: number): number => Math.max(0, Math.floor((to - from) / day));

const askedOf = ({ reviewRequests }: Order) => (reviewRequests === undefined ? {} : { reviewRequests });
