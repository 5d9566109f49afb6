/** JUDGE: message + situation + policy -> disposition. Pure and synchronous; what to do with each rule's findings is the policy's word. */
import type { Message } from '../model/message.ts';
import type { Situation } from '../model/route.ts';
import { type Action, actions, type Disposition, type RuleId, type Tag, type Verdict } from '../model/verdict.ts';
import { factsOf } from './facts.ts';
import type { Policy } from './policy.ts';
import { hasTag, isCriticalKind } from './reading/critical.ts';
import type { Facts } from './rule.ts';
import { rules } from './rules/index.ts';
import { isUnwanted } from './rules/opted-out.ts';
import { isTooLate } from './rules/proactive-window.ts';
import { asksForReview } from './rules/review-manipulation.ts';

/** Text that fits into the time of the policy as it is; a longer one gets as much more. */
const usualCharacters = 64 * 1024;

/** Milliseconds of CPU that the policy may take over a message (requirement D9). */
export function budgetFor({ subject, text = '', html }: Message, { limits }: Policy): number {
  const characters = subject.length + text.length + (html?.plain.length ?? 0) + (html?.hidden.length ?? 0);
  return limits.milliseconds * Math.max(1, characters / usualCharacters);
}

/**
 * New text gets the severest action of the rules it breaks. Quoted text and signatures are never judged: what is found there
 * is redacted, or let pass where the policy only observes the rule or refuses for it. `late` is asked after each rule: once it says
 * true, no further rule looks.
 */
export function judge(message: Message, situation: Situation, policy: Policy, late: () => boolean = () => false): Disposition {
  const facts = factsOf(message, situation, policy);
  const actionOf = policy.actions[situation.direction];
  const verdicts: Verdict[] = [];
  const counts = actionOf['review-manipulation'] !== undefined;
  for (const rule of rules) {
    const action = actionOf[rule.id];
    if (action === undefined) continue;
    const findings = [...rule.find(facts)];
    if (findings.length > 0) verdicts.push({ rule: rule.id, action, findings });
    if (late()) return { kind: 'late', verdicts, asksForReview: false };
  }
  const tag = tagOf(message, facts, actionOf);
  return { kind: kindOf(severestOf(verdicts)), verdicts, asksForReview: counts && asksForReview(facts), ...(tag && { tag }) };
}

/** What the tag in the subject did for a message that a seller starts; undefined where there is none. */
function tagOf({ subject }: Message, facts: Facts, actionOf: Policy['actions']['seller_to_buyer']): Tag | undefined {
  const { direction, initiates, order } = facts;
  if (direction !== 'seller_to_buyer' || !initiates || !hasTag(subject)) return undefined;
  const stops = (id: RuleId): boolean => actionOf[id] === 'reject' || actionOf[id] === 'hold';
  const wouldStop = (stops('opted-out') && isUnwanted(facts)) || (stops('proactive-window') && isTooLate(facts));
  return wouldStop && facts.critical && !isCriticalKind(order) ? 'needed' : 'beside';
}

/** Of the verdicts that have a finding in new text. */
function severestOf(verdicts: readonly Verdict[]): Action | undefined {
  const broken = verdicts.filter(({ findings }) => findings.some(({ region }) => region === 'new'));
  return actions.findLast((action) => broken.some((verdict) => verdict.action === action));
}

const kindOf = (action: Action | undefined): Disposition['kind'] => (action === 'hold' || action === 'reject' ? action : 'relay');
