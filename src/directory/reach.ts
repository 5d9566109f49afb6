/**
 * REACH: does a message get to its recipient now? A seller may be away or take no messages, either side may have blocked the other, and the alias
 * may have ended (requirements A13, A14, G7). Who answers, and who has an order, gets through as far as can be. Pure.
 */
import type { Order, Party, Role, Side } from '../model/route.ts';
import { type Grace, graceOf, hasEnded } from './life.ts';
import { answerWindow, type Standing } from './situation.ts';

/**
 * `away`: the seller is; `disabled`: the seller takes no messages; `answers-only`: the author is the seller who takes none, and so starts none;
 * `blocked`: the recipient wants nothing of the author's.
 */
export type Obstacle = 'away' | 'disabled' | 'answers-only' | 'blocked';

/**
 * `open`: it gets through. `throughBlock`: the recipient has blocked the author, and an order cannot do without the message; `grace`: the aliases
 * have ended, and serve the two for some days more.
 */
export type Reach =
  | { readonly kind: 'open'; readonly throughBlock: boolean; readonly grace?: Grace }
  | { readonly kind: 'closed'; readonly obstacle: Obstacle }
  | { readonly kind: 'ended' };

/** Whom it concerns, of what was resolved. */
export interface Concerned {
  readonly route: { readonly author: Pick<Side, 'role'>; readonly recipient: Pick<Side, 'role'> };
  readonly seller: Party;
}

export interface Asked {
  readonly resolved: Concerned;
  readonly standing: Standing;
  /** When the message came: milliseconds since 1970. */
  readonly at: number;
  /** An order cannot do without the message: by the tag in the subject, or by the kind of the order. */
  readonly isCritical: () => boolean;
  /** As in `Clock`. */
  readonly days?: number | undefined;
}

/** A block holds against answers too, but not against what a current order cannot do without. The first obstacle counts. */
export function reachOf(asked: Asked): Reach {
  const { standing, at, days } = asked;
  if (hasEnded(standing, { at, days })) return { kind: 'ended' };
  const blocked = standing.state.blockedBy?.includes(asked.resolved.route.recipient.role) ?? false;
  if (blocked && !isNeeded(asked)) return { kind: 'closed', obstacle: 'blocked' };
  const obstacle = obstacleOfMessaging(asked) ?? (isAway(asked) ? 'away' : undefined);
  if (obstacle !== undefined) return { kind: 'closed', obstacle };
  const grace = graceOf(standing, { at, days });
  return { kind: 'open', throughBlock: blocked, ...(grace && { grace }) };
}

/** An order is open, or was completed within the time in which one answers. */
export const isCurrent = (order: Order | undefined, at: number): boolean =>
  order !== undefined && at - (order.completedAt ?? at) <= answerWindow;

/** A current order cannot do without the message. */
const isNeeded = ({ standing, at, isCritical }: Asked): boolean => isCurrent(standing.order, at) && isCritical();

/** Answers pass both ways. What starts: buyers with a current order get through; the seller does with what such an order cannot do without. */
function obstacleOfMessaging(asked: Asked): Obstacle | undefined {
  const { resolved, standing, at } = asked;
  if (resolved.seller.messaging === 'enabled' || !standing.situation.initiates) return undefined;
  if (resolved.route.author.role === 'buyer') return isCurrent(standing.order, at) ? undefined : 'disabled';
  return isNeeded(asked) ? undefined : 'answers-only';
}

/** Only new buyers are kept from a seller who is away: neither side was heard lately, and no order is current. */
function isAway({ resolved: { route, seller }, standing, at }: Asked): boolean {
  if (route.author.role !== 'buyer' || !isAwayAt(seller, at)) return false;
  const { heard } = standing.state;
  const lately = (role: Role): boolean => at - (heard[role] ?? 0) <= answerWindow;
  return !lately('buyer') && !lately('seller') && !isCurrent(standing.order, at);
}

const isAwayAt = ({ away, awayUntil }: Party, at: number): boolean => away !== undefined && (awayUntil === undefined || at < awayUntil);
