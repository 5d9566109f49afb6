/** The story of one message in plain words: what became of it, each step with its time, what followed, and what can be done now. */
import type { Authentication } from '../../model/authentication.ts';
import type { Entry } from '../../model/entry.ts';
import { heldHours, keep } from '../../model/retention.ts';
import { adviceFor } from './advice.ts';
import type { Beside, Mail, Remark } from './beside.ts';
import { actionWords, bounceWords, directionWords, ruleWords, stepWords, timeWords } from './words.ts';

const stories: Readonly<Record<Entry['disposition'], string>> = {
  relay: 'It was handed over: the next mail server has taken responsibility for it.',
  hold: 'It was held: the sender got 250, the recipient got nothing.',
  reject: 'It was refused for good: the sender’s own mail server has told the sender.',
  defer: 'It was put off: the sender’s own mail server keeps it and comes again by itself, for days.',
  drop: 'It was taken and not passed on.',
  repeat: 'It had been relayed before; the sender’s server sent it again, and the recipient got it once.',
};

/** `spf=pass dkim=none -> proven by SPF` (RFC 8601). */
function proofOf({ auth, spf, dkim, arc, aligned }: Authentication): string {
  const methods = { auth, spf, dkim, arc };
  const results = Object.entries(methods).flatMap(([method, result]) => (result === undefined ? [] : [`${method}=${result}`]));
  const names = { auth: 'the login', spf: 'SPF', dkim: 'DKIM', arc: 'a trusted forwarder’s seal (ARC)' } as const;
  const passed = (Object.keys(names) as (keyof typeof names)[]).filter((method) => methods[method] === 'pass');
  const by = passed.map((method) => names[method]).join(' or ');
  const missed = passed.length > 0 ? `, ${by} does not stand for the author’s domain` : '';
  return `${results.join(' ')} -> ${aligned ? `proven by ${by}` : `not proven${missed}`}`;
}

/** `beside`: what the store knows of it beyond the journal, where it was asked. */
export function tell(entry: Entry, beside?: Beside): string {
  const { trace, direction, conversation, at, bytes, reply, reason, authentication, repeats } = entry;
  const of = `${directionWords(direction)}${conversation === undefined ? '' : `, conversation ${conversation}`}`;
  return [
    `Message ${trace}, ${of}`,
    `  received ${timeWords(at)}, ${bytes} bytes`,
    `  answered ${reply}`,
    '',
    storyOf(entry),
    ...(reason ? [`Because: ${reason}.`] : []),
    ...(authentication ? [`Its author: ${proofOf(authentication)}.`] : []),
    ...(repeats ? [`It repeats ${repeats}: \`explain ${repeats}\`.`] : []),
    ...bounceOf(entry),
    ...findingsOf(entry),
    '',
    'The steps it took:',
    ...stepsOf(entry),
    ...(beside ? followed(entry, beside) : []),
    '',
    `What to do: ${adviceFor(entry, beside?.reachable ?? false)}`,
    '',
  ].join('\n');
}

function storyOf({ disposition, reply }: Entry): string {
  if (disposition === 'reject' && reply.startsWith('2'))
    return 'It was not delivered: the sender’s server got 250, and its author is told by us.';
  return stories[disposition];
}

function bounceOf({ bouncedAt, bounceReason }: Entry): readonly string[] {
  if (bouncedAt === undefined) return [];
  const why = bounceReason ? `${bounceReason}: ${bounceWords[bounceReason]}` : 'no reason noted';
  return [`A bounce came back for it at ${timeWords(bouncedAt)}: it did not reach the mailbox (${why}).`];
}

function findingsOf({ findings, steps }: Entry): readonly string[] {
  if (findings.length === 0) return ['', 'judge' in steps ? 'The policy found nothing.' : 'It ended before the policy looked at it.'];
  const lines = findings.map(
    ({ rule, action, part, region }) => `  ${rule}: ${ruleWords(rule)}, in the ${part} (${region}): ${actionWords[action]}`,
  );
  return ['', 'What the policy found:', ...new Set(lines)];
}

/** When each began is the sum of those before it. */
function stepsOf({ at, steps }: Entry): readonly string[] {
  let ended = at;
  return Object.entries(steps).map(([step, ms]) => {
    ended += ms;
    const clock = new Date(ended).toISOString().slice(11, 23);
    return `  ${clock}  ${step.padEnd(13)} ${ms.toFixed(2).padStart(9)} ms  ${stepWords[step] ?? ''}`.trimEnd();
  });
}

function followed(entry: Entry, { held, mails, remarks, notices }: Beside): readonly string[] {
  const until = timeWords(entry.at + keep.holds);
  const isOpen = entry.disposition === 'hold' || entry.disposition === 'reject';
  const lines = [
    ...(held && isOpen
      ? [`It lies in the store until about ${until}: \`held ${entry.trace}\` shows it, an answer SEND to the notice releases it.`]
      : []),
    ...(!held && entry.disposition === 'hold'
      ? [`It waits no longer: its ${heldHours} hours are over, or 20 later ones of its author took its place.`]
      : []),
    ...mails.map(mailWords),
    ...(notices === 'daily' ? ['Its author is told once a day, in one mail for all.'] : []),
    ...(notices === 'off' ? ['Its author wants no notices: the own mail server tells what was refused.'] : []),
    ...remarks.map(remarkWords),
  ];
  return lines.length === 0 ? [] : ['', 'What followed:', ...lines.map((line) => `  ${line}`)];
}

function mailWords({ what, state }: Mail): string {
  if (state.kind === 'sent') return `Sent: ${what}.`;
  const tried = state.attempts === 0 ? 'not yet tried' : `tried ${state.attempts} times, again at ${timeWords(state.due)}`;
  return `Not yet sent: ${what}; it waits since ${timeWords(state.at)}, ${tried}.`;
}

function remarkWords({ kind, by, at, found }: Remark): string {
  const said = kind === 'objection' ? `The ${by} objected` : `The ${by} reported it`;
  const list = kind === 'objection' ? '/v1/objections' : '/v1/reports';
  const judged = found ? `a person found it ${found.outcome} at ${timeWords(found.at)}` : `nobody has looked at it yet: GET ${list}`;
  return `${said} at ${timeWords(at)}; ${judged}.`;
}
