/**
 * How long the two aliases of a conversation live (requirement A13): for ever, or for so many days after they were used last, or to a day that the
 * marketplace says. After it they go on for some days of grace, in which whoever uses them is told; then they are answered as if they never were.
 */
import type { Conversation, Order } from '../model/route.ts';
import type { ConversationState, Directory } from '../store/store.ts';

const day = 86_400_000;
/** After the end, aliases serve the two parties for so long. */
const grace = 14 * day;

/** What it depends on. */
export interface Life {
  readonly state: ConversationState;
  /** The order that stands between the two: an open one, else the one completed last. */
  readonly order?: Order | undefined;
}

export interface Clock {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** After so many days without use an alias ends; undefined: never. */
  readonly days?: number | undefined;
}

/** Both look-ups at once. */
export async function lifeOf({ id, buyer, seller }: Pick<Conversation, 'id' | 'buyer' | 'seller'>, directory: Directory): Promise<Life> {
  const [state, order] = await Promise.all([directory.state(id), directory.orderBetween(buyer, seller)]);
  return { state, order };
}

/**
 * When the aliases ended, or will (milliseconds since 1970); undefined where nothing ends them: an order is open, or there is no rule, or a
 * version before this one made them and nobody has used them since. A day that the marketplace said is not moved by messages.
 */
export function endOf({ state, order }: Life, days: number | undefined): number | undefined {
  if (order && order.completedAt === undefined) return undefined;
  const completed = order?.completedAt ?? 0;
  if (state.expiresAt !== undefined) return Math.max(state.expiresAt, completed);
  const used = Math.max(state.heard.buyer ?? 0, state.heard.seller ?? 0, state.openedAt ?? 0, completed);
  return days === undefined || used === 0 ? undefined : used + days * day;
}

/** The end is past, grace included. */
export const hasEnded = (life: Life, { at, days }: Clock): boolean => at >= graceEnds(endOf(life, days));

/** The days after the end in which the aliases still serve the two; milliseconds since 1970. */
export interface Grace {
  readonly ended: number;
  readonly until: number;
}

/** Undefined where the aliases live, and where they are over. */
export function graceOf(life: Life, { at, days }: Clock): Grace | undefined {
  const ended = endOf(life, days);
  const until = graceEnds(ended);
  return ended !== undefined && at >= ended && at < until ? { ended, until } : undefined;
}

const graceEnds = (end: number | undefined): number => (end === undefined ? Number.POSITIVE_INFINITY : end + grace);
