/** `explain TRACE`: why did this mail (not) arrive? Every step, its time, its verdict, the reply, in words. */
import type { Authentication } from '../model/authentication.ts';
import type { Entry } from '../model/entry.ts';
import { withStore } from './store.ts';

const story: Readonly<Record<Entry['disposition'], string>> = {
  relay: 'It was handed over: the next mail server has taken responsibility for it.',
  hold: 'It is held: the sender got 250, the recipient got nothing. `held TRACE` shows it, for 72 hours.',
  reject: 'It was refused for good: the sender’s own mail server has told the sender.',
  defer: 'It was put off: the sender’s own mail server keeps it and comes again by itself, for days.',
  drop: 'It was taken and not passed on.',
  repeat: 'It had been relayed before; the sender’s server sent it again, and the recipient got it once.',
};

export async function explain(args: readonly string[]): Promise<number> {
  const trace = args[0] ?? '';
  if (!/^[a-z0-9]{16}$/.test(trace)) {
    process.stderr.write('usage: explain TRACE, the 16 letters and digits of the SMTP reply, the log or the field Postern-Trace\n');
    return 2;
  }
  const entry = await withStore((store) => store.journal.entry(trace));
  process.stdout.write(
    entry ? tell(entry) : `No message ${trace} in the journal: it never reached the end of DATA here, or it is older than 400 days.\n`,
  );
  return entry ? 0 : 1;
}

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

/** The entry as people read it. */
export function tell(entry: Entry): string {
  const of = entry.direction ? `${entry.direction.replaceAll('_', ' ')}, conversation ${entry.conversation}` : 'of nobody that we know';
  const steps = Object.entries(entry.steps).map(([step, ms]) => `  ${step.padEnd(14)} ${ms.toFixed(2).padStart(9)} ms`);
  const findings = entry.findings.map(({ rule, action, part, region }) => `  ${rule}: found in the ${part} (${region}), action ${action}`);
  return [
    `Message ${entry.trace}, ${of}`,
    `  received ${new Date(entry.at).toISOString()}, ${entry.bytes} bytes`,
    `  answered ${entry.reply}`,
    '',
    story[entry.disposition],
    ...(entry.reason ? [`Because: ${entry.reason}.`] : []),
    ...(entry.authentication ? [`Its author: ${proofOf(entry.authentication)}.`] : []),
    ...(entry.repeats ? [`It repeats ${entry.repeats}.`] : []),
    ...(entry.bouncedAt
      ? [
          `A bounce came back for it at ${new Date(entry.bouncedAt).toISOString()}: it did not reach the mailbox (${entry.bounceReason ?? 'no reason noted'}).`,
        ]
      : []),
    ...(findings.length > 0 ? ['', 'What the policy found:', ...findings] : ['', 'The policy found nothing.']),
    '',
    'The steps it took:',
    ...steps,
    '',
  ].join('\n');
}
