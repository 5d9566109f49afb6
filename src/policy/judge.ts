/** JUDGE: message + situation + policy -> disposition. Pure and synchronous; what to do with each rule's findings is the policy's word. */
import type { Message } from '../model/message.ts';
import type { Situation } from '../model/route.ts';
import { type Action, actions, type Disposition, type Verdict } from '../model/verdict.ts';
import { factsOf } from './facts.ts';
import type { Policy } from './policy.ts';
import { rules } from './rules/index.ts';

/**
 * New text gets the severest action of the rules it breaks. Quoted text and signatures are never judged: what is found there
 * is redacted, or let pass where the policy only observes the rule or refuses for it.
 */
export function judge(message: Message, situation: Situation, policy: Policy): Disposition {
  const facts = factsOf(message, situation, policy);
  const actionOf = policy.actions[situation.direction];
  const verdicts = rules.flatMap((rule): Verdict[] => {
    const action = actionOf[rule.id];
    if (action === undefined) return [];
    const findings = [...rule.find(facts)];
    return findings.length > 0 ? [{ rule: rule.id, action, findings }] : [];
  });
  return { kind: kindOf(severestOf(verdicts)), verdicts };
}

/** Of the verdicts that have a finding in new text. */
function severestOf(verdicts: readonly Verdict[]): Action | undefined {
  const broken = verdicts.filter(({ findings }) => findings.some(({ region }) => region === 'new'));
  return actions.findLast((action) => broken.some((verdict) => verdict.action === action));
}

const kindOf = (action: Action | undefined): Disposition['kind'] => (action === 'hold' || action === 'reject' ? action : 'relay');
