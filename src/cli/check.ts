/** `check FILE.eml`: what the relay would do with a message, as people read it. Runs the relay's own code; sends nothing. */
import { readFile } from 'node:fs/promises';
import { parseArgs, styleText } from 'node:util';
import { createCheck } from '../check.ts';
import { loadSettings } from '../config/load.ts';
import { loadPolicy, ownHosts } from '../config/policy-file.ts';
import type { CheckAnswer } from '../http/operation.ts';
import { transform } from '../transform.ts';
import { warmUp } from '../warm-up.ts';

const usage = `usage: check FILE.eml [options]
  --direction seller_to_buyer   or buyer_to_seller
  --initiates                   the author starts the contact
  --order standard:3            kind and days since completion, or "none"
  --opted-out                   the buyer opted out
  --delivered                   print the message that the recipient would get
`;

export async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      direction: { type: 'string', default: 'seller_to_buyer' },
      initiates: { type: 'boolean', default: false },
      order: { type: 'string', default: 'standard:0' },
      'opted-out': { type: 'boolean', default: false },
      delivered: { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  const order = orderOf(values.order);
  const { direction } = values;
  if (file === undefined || order === undefined || (direction !== 'seller_to_buyer' && direction !== 'buyer_to_seller')) {
    process.stderr.write(usage);
    return 2;
  }
  const settings = loadSettings({ env: process.env, cwd: process.cwd() });
  const run = createCheck({
    policy: loadPolicy(settings.policyFile, ownHosts(settings)),
    domain: settings.relayDomains[0],
    transform,
    now: Date.now,
  });
  const message = await readFile(file);
  await warmUp(run);
  const answer = await run({ direction, initiates: values.initiates, order, buyerOptedOut: values['opted-out'], message });
  process.stdout.write(values.delivered ? (answer.delivered ?? '') : tell(answer));
  return answer.disposition === 'relay' ? 0 : 1;
}

function orderOf(text: string): { kind: 'standard' | 'custom' | 'handmade' | 'wine'; completedDaysAgo: number } | null | undefined {
  if (text === 'none') return null;
  const [, kind, days] = /^(standard|custom|handmade|wine):(\d{1,5})$/.exec(text) ?? [];
  return kind === undefined ? undefined : { kind: kind as 'standard', completedDaysAgo: Number(days) };
}

function tell({ disposition, findings, reason }: CheckAnswer): string {
  const colour = { relay: 'green', hold: 'yellow', reject: 'red' } as const;
  const rows = findings.map(
    ({ rule, action, part, region, span }) =>
      `  ${styleText('bold', rule.padEnd(20))} ${action.padEnd(8)} ${`${part}, ${region}`.padEnd(18)} ${printable(span)}`,
  );
  return [
    styleText(colour[disposition], disposition) + (reason ? `: ${reason}` : ''),
    ...(rows.length > 0 ? rows : ['  nothing found']),
    '',
  ].join('\n');
}

/** The words of a stranger, safe on a terminal. */
const printable = (span: string): string => JSON.stringify(span.replace(/[\p{C}]/gu, ' ').slice(0, 200));
