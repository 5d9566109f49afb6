/**
 * PERMISSIONS: what may the seller of an order send its buyer now (requirement C9)? Asked of the very code that judges messages: each kind
 * of message is judged as one that says nothing, and looked at by all that may stop it before. Nothing is sent, counted or changed.
 */
import { ordersOf, startsOf } from './directory/allowance.ts';
import { type Budget, budgetFor, leftAt, tagAwayAt } from './directory/critical-budget.ts';
import { blockAt } from './directory/ladder.ts';
import { type Reach, reachOf } from './directory/reach.ts';
import { situationOf, type Standing } from './directory/situation.ts';
import type { Hindrance, MessageKind, Obstruction, Permissions } from './model/permission.ts';
import type { Order, Party, Situation } from './model/route.ts';
import type { Ledger, TagAway } from './model/standing.ts';
import { judge } from './policy/judge.ts';
import type { Policy } from './policy/policy.ts';
import { isCritical } from './policy/reading/critical.ts';
import { isOneTooMany } from './policy/rules/review-manipulation.ts';
import type { Store } from './store/store.ts';
import { passThrough } from './turned-away.ts';

export interface PermissionPorts {
  readonly store: Pick<Store, 'directory' | 'standings' | 'quota'>;
  readonly policy: Policy;
  /** An alias ends so many days after it was used last; not set: never. */
  readonly days?: number | undefined;
  readonly rateLimits: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Undefined: there is no such order, or one of the two is no longer known. */
export type AskPermissions = (order: string) => Promise<Permissions | undefined>;

export const createPermissions =
  (ports: PermissionPorts): AskPermissions =>
  async (id) => {
    const at = ports.now();
    const known = await lookUp(id, at, ports);
    if (!known) return undefined;
    const { standing, order, about, conversation } = known;
    const initiates = standing.situation.initiates;
    return {
      judgedBy: { id: order.id, kind: order.kind, completedDaysAgo: standing.situation.order?.completedDaysAgo ?? 0 },
      ...(conversation !== undefined && { conversation }),
      initiates,
      critical: { budget: about.budget, left: leftAt(known.ledger, about) },
      permissions: [
        { kind: 'answer', why: initiates ? [{ reason: 'nothing-to-answer' }] : against('answer', known, ports) },
        { kind: 'message', why: against('message', known, ports) },
        { kind: 'critical', why: against('critical', known, ports) },
        { kind: 'review-request', why: against('review-request', known, ports) },
      ],
    };
  };

/** All that the way of a message would look up. */
interface Known {
  readonly order: Order;
  readonly conversation: string | undefined;
  readonly seller: Party;
  readonly standing: Standing;
  readonly ledger: Ledger;
  readonly about: Budget;
  readonly away: TagAway | undefined;
  /** What passes through a block this week was used up. */
  readonly passed: boolean;
  /** What a seller may start today was used up. */
  readonly started: boolean;
  readonly at: number;
}

async function lookUp(id: string, at: number, ports: PermissionPorts): Promise<Known | undefined> {
  const { directory, standings, quota } = ports.store;
  const asked = await directory.order(id);
  if (!asked) return undefined;
  const [buyer, seller, counting, conversation] = await Promise.all([
    directory.party(asked.buyer),
    directory.party(asked.seller),
    directory.orderBetween(asked.buyer, asked.seller),
    directory.conversationBetween(asked.buyer, asked.seller),
  ]);
  if (!buyer || !seller) return undefined;
  const order = counting ?? asked;
  const pass = passThrough(conversation?.id ?? '', 'seller');
  const [state, ledger, orders, starts, passes] = await Promise.all([
    conversation ? directory.state(conversation.id) : { heard: {}, optedOut: false },
    standings.ledger(seller.id),
    quota.used(ordersOf(seller.id)),
    startsOf(seller.id, quota),
    quota.used(pass),
  ]);
  const started = ports.rateLimits && (await quota.used(starts)) >= starts.limit;
  const situation = situationOf({ direction: 'seller_to_buyer', order, state, buyer, at });
  const about = { figures: ports.policy.critical, budget: budgetFor(orders, ports.policy.critical), at };
  const standing: Standing = { situation, state, order };
  const away = tagAwayAt(ledger, about);
  const more = { away, passed: passes >= pass.limit, started, at };
  return { order, conversation: conversation?.id, seller, standing, ledger, about, ...more };
}

const tag = '[Important]';

/** What would stop such a message now, all of it. */
function against(kind: MessageKind, known: Known, ports: PermissionPorts): readonly Obstruction[] {
  const subject = kind === 'critical' ? tag : '';
  const situation: Situation = { ...known.standing.situation, ...(known.away && { tagCounts: false }) };
  const found = [
    ...ofLadder(known, situation),
    ...ofReach(known, { subject, situation, ports }),
    ...ofStarts(known, situation),
    ...ofPolicy(kind, { subject, situation, ports }),
  ];
  const liftedByTag = found.some(({ reason }) => forTag.some((it) => it === reason));
  return kind === 'critical' && known.away && liftedByTag ? [...found, tagGone(known.away)] : found;
}

/** What the tag would lift, did it count. */
const forTag: readonly Obstruction['reason'][] = ['opted-out', 'proactive-window', 'blocked', 'answers-only'];

const tagGone = ({ why, until }: TagAway): Obstruction => ({ reason: why === 'reported' ? 'tag-reported' : 'tag-used-up', until });

function ofLadder({ ledger, at }: Known, { initiates }: Situation): readonly Obstruction[] {
  const block = blockAt(ledger, initiates, at);
  if (!block || block.level === 'good' || block.level === 'warned') return [];
  return [{ reason: block.level, ...(block.until !== undefined && { until: block.until }) }];
}

interface Asked {
  readonly subject: string;
  readonly situation: Situation;
  readonly ports: PermissionPorts;
}

function ofReach({ standing, seller, at, passed }: Known, { subject, situation, ports }: Asked): readonly Obstruction[] {
  const reach: Reach = reachOf({
    resolved: { route: { author: { role: 'seller' }, recipient: { role: 'buyer' } }, seller },
    standing: { ...standing, situation },
    at,
    isCritical: () => isCritical(subject, situation.order, situation.tagCounts),
    days: ports.days,
  });
  const reason = hindranceOf(reach, passed);
  return reason === undefined ? [] : [{ reason }];
}

/** A seller who is away, or takes no messages, keeps buyers from writing: of them this is not asked. */
function hindranceOf(reach: Reach, passed: boolean): Hindrance | undefined {
  if (reach.kind === 'ended') return 'ended';
  if (reach.kind === 'open') return reach.throughBlock && passed ? 'through-block' : undefined;
  return reach.obstacle === 'blocked' || reach.obstacle === 'answers-only' ? reach.obstacle : undefined;
}

const ofStarts = ({ started }: Known, { initiates }: Situation): readonly Obstruction[] =>
  started && initiates ? [{ reason: 'too-many-starts' }] : [];

/** The rules for which an empty message with this subject would be refused or held. A seller's own allow list is for what a message says. */
function ofPolicy(kind: MessageKind, { subject, situation, ports }: Asked): readonly Obstruction[] {
  const { verdicts } = judge({ subject, text: '', files: [] }, situation, ports.policy);
  const stopping = verdicts.filter(({ action }) => action === 'reject' || action === 'hold');
  const reasons = stopping.map(({ rule }): Obstruction => ({ reason: rule as Obstruction['reason'] }));
  const action = ports.policy.actions.seller_to_buyer['review-manipulation'];
  const again = kind === 'review-request' && action !== undefined && action !== 'observe' && isOneTooMany(situation.order);
  return again ? [...reasons, { reason: 'review-manipulation' }] : reasons;
}
