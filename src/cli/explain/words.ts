/** What operators read of a message: plain words for rules, steps, outcomes and replies. No mailbox, no name, no content stands in any of them. */
import type { Entry } from '../../model/entry.ts';
import { replies } from '../../model/reply.ts';
import type { BounceReason } from '../../model/route.ts';
import type { Action, OtherRuleId, RuleId } from '../../model/verdict.ts';

const rules: Readonly<Record<RuleId | OtherRuleId, string>> = {
  'contact-email': 'an e-mail address',
  'contact-phone': 'a phone number',
  'contact-handle': 'a handle of a messenger or network',
  'external-link': 'a link to another site',
  'logo-link': 'a logo with a link',
  'tracking-pixel': 'a tracking pixel',
  'attachment-type': 'an attachment of a kind that is not allowed',
  'attachment-size': 'attachments that are too large',
  marketing: 'advertising',
  'review-manipulation': 'pressure about a review',
  'opt-out-request': 'a request to opt out',
  'off-platform': 'an invitation to deal elsewhere',
  'sensitive-info': 'card, bank or identity data',
  'needless-message': 'a message that need not be sent',
  'opted-out': 'the buyer wants no messages that sellers start',
  'proactive-window': 'the order was completed too long ago for the seller to start a contact',
  'no-order': 'there is no order between the two',
  identity: 'a file in whose words its author stands',
  malware: 'a file that carries malware',
  'starting-blocked': 'its author’s party may not start conversations now',
  'all-blocked': 'none of its author’s party’s messages passes now',
};

export const ruleWords = (rule: string): string =>
  Object.hasOwn(rules, rule) ? rules[rule as keyof typeof rules] : 'a rule that this version does not know';

export const actionWords: Readonly<Record<Action, string>> = {
  observe: 'only noted',
  redact: 'taken out',
  hold: 'the message is held',
  reject: 'the message is refused',
};

export const bounceWords: Readonly<Record<BounceReason, string>> = {
  unknown: 'the mailbox is unknown there',
  full: 'the mailbox is full',
  policy: 'the mail server there refused it by its own policy',
  other: 'the mail server there gave a reason that fits no class',
};

/** In the words of `Entry.steps`. */
export const stepWords: Readonly<Record<string, string>> = {
  header: 'the header was read; loops and automatic mail were looked for',
  authenticate: 'SPF, DKIM and ARC were asked who the author is',
  resolve: 'alias and author were looked up: who writes to whom',
  'look up': 'order, conversation, thread, standing and rate limits were looked up',
  parse: 'the message was taken apart',
  judge: 'the policy looked at it',
  rewrite: 'it was written anew, from the allow-list alone',
  'rewrite again': 'it was written anew, without the offending parts',
  gate: 'its bytes were searched for what must not leave',
  scan: 'its files were looked at for malware',
  'hand over': 'it was given to the next hop, or what was decided was put into the store',
};

/** The reply in the catalogue whose words the line begins with; the longest one, where several do. */
export function replyNameOf(line: string): keyof typeof replies | undefined {
  const names = Object.keys(replies) as (keyof typeof replies)[];
  const fitting = names.filter((name) => {
    const { code, enhanced, text } = replies[name];
    return text !== '' && line.startsWith(`${code} ${enhanced} ${text}`);
  });
  return fitting.toSorted((a, b) => replies[b].text.length - replies[a].text.length)[0];
}

/** `550 5.7.1 Against the policy …`, without the trace. */
export const replyWords = (line: string): string =>
  line.replace(/ ?\(trace [a-z0-9]{1,64}\)$/, '').replace(/^(2\d\d [\d.]+) [a-z0-9]{16}$/, '$1');

const rulesOf = ({ findings }: Pick<Entry, 'findings'>, ...wanted: readonly Action[]): string =>
  [...new Set(findings.filter(({ action }) => wanted.includes(action)).map(({ rule }) => rule))].join(', ');

/** What became of the message, in a few words. */
export function outcomeWords(entry: Entry): string {
  const { disposition, reply, reason, repeats, bouncedAt, bounceReason } = entry;
  if (bouncedAt !== undefined) return `relayed, and came back: ${bounceReason ? bounceWords[bounceReason] : 'no reason noted'}`;
  const redacted = rulesOf(entry, 'redact');
  switch (disposition) {
    case 'relay':
      return redacted === '' ? 'relayed' : `relayed without ${redacted}`;
    case 'hold':
      return `held (${rulesOf(entry, 'hold') || reason || 'no rule noted'})`;
    case 'reject':
      return rejectWords(entry);
    case 'defer':
      return `put off, the sender’s server comes again: ${replyWords(reply)}`;
    case 'repeat':
      return `the same as ${repeats} once more, answered and not sent again`;
    case 'drop':
      return `taken and not passed on${reason === undefined ? '' : `: ${reason}`}`;
  }
}

function rejectWords(entry: Entry): string {
  const told = entry.reply.startsWith('2') ? 'not delivered, author told' : 'refused';
  const broken = rulesOf(entry, 'reject');
  return broken === '' ? `${told}: ${entry.reason ?? replyWords(entry.reply)}` : `${told} (${broken})`;
}

/** `2026-03-09 14:02:11 UTC`. */
export const timeWords = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

export const directionWords = (direction: Entry['direction']): string => direction?.replaceAll('_', ' ') ?? 'author not known';
