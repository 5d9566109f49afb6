/**
 * THE WAY of a message that a seller marks as critical (requirement C5): the tag in the subject counts as often as the seller's budget
 * allows, and not while reports have taken it away. A message that needs it is judged as one without it, then.
 */
import { budgetFor, useTag } from './directory/critical-budget.ts';
import { ordersOf } from './directory/allowance.ts';
import type { Letter } from './dispose.ts';
import type { Situation } from './model/route.ts';
import type { Ledger, TagAway } from './model/standing.ts';
import type { Policy } from './policy/policy.ts';
import { markOf } from './standing.ts';
import type { Store } from './store/store.ts';
import type { Transformed, Work } from './transform.ts';

export interface CriticalPorts {
  readonly store: Pick<Store, 'standings' | 'quota'>;
  readonly policy: Policy;
  readonly transform: (work: Work) => Promise<Transformed>;
}

interface Start {
  readonly letter: Letter;
  readonly situation: Situation;
  /** Of its author. */
  readonly ledger: Ledger;
}

/** Why the seller's tag does not count for this message; undefined where it does, and where it is no matter. */
export async function tagAwayFor({ letter, situation, ledger }: Start, ports: CriticalPorts): Promise<TagAway | undefined> {
  if (!situation.initiates || situation.direction !== 'seller_to_buyer') return undefined;
  if (ledger.complaints.length === 0 && ledger.tagUses.length < ports.policy.critical.atLeast) return undefined;
  const about = await aboutBudget(letter, ports);
  return useTag(ledger, markOf(letter.fingerprint), about).away;
}

async function aboutBudget({ received, resolved }: Letter, { store, policy }: CriticalPorts) {
  const orders = await store.quota.used(ordersOf(resolved.route.author.party));
  return { figures: policy.critical, budget: budgetFor(orders, policy.critical), at: received.at };
}

/** Judges and rewrites; a message that passes by its tag alone uses the budget, once however often it comes. */
export async function transformTagged(
  letter: Letter,
  work: Work,
  ports: CriticalPorts,
): Promise<{ readonly done: Transformed; readonly away?: TagAway }> {
  const done = await ports.transform(work);
  if (done.kind === 'unreadable' || done.disposition.kind !== 'relay' || done.disposition.tag !== 'needed') return { done };
  const about = await aboutBudget(letter, ports);
  const mark = markOf(letter.fingerprint);
  const away = await ports.store.standings.change(letter.resolved.route.author.party, (ledger) => {
    const used = useTag(ledger, mark, about);
    return { ledger: used.ledger, result: used.away };
  });
  if (!away) return { done };
  // Another message was faster.
  return { done: await ports.transform({ ...work, situation: { ...work.situation, tagCounts: false } }), away };
}
