/**
 * `doctor`: is this deployment well? Reads the settings as `serve` does, looks at DNS, TLS, next hop, store and machine, and says what to
 * publish or change. Sends no mail and changes nothing. Exit codes as monitoring wants them: 0 well, 1 warnings, 2 problems.
 */
import { parseArgs, styleText } from 'node:util';
import { openResolver } from '../auth/resolver.ts';
import { loadSettings, SettingsError } from '../config/load.ts';
import { certificate } from './doctor/certificate.ts';
import { type Check, codeOf, type Deployment, ok, problem, type Said, skipped, type State, warning } from './doctor/check.ts';
import { clock } from './doctor/clock.ts';
import { dkim } from './doctor/dkim.ts';
import { dmarc } from './doctor/dmarc.ts';
import { dnsOf, Unanswered } from './doctor/dns.ts';
import { listeners } from './doctor/listeners.ts';
import { machine } from './doctor/machine.ts';
import { mx } from './doctor/mx.ts';
import { nextHop } from './doctor/next-hop.ts';
import { policy } from './doctor/policy.ts';
import { ptr } from './doctor/ptr.ts';
import { publicUrl } from './doctor/public-url.ts';
import { zoneOf } from './doctor/records.ts';
import { scanner } from './doctor/scanner.ts';
import { secrets } from './doctor/secrets.ts';
import { spf } from './doctor/spf.ts';
import { store } from './doctor/store.ts';

const usage = `usage: doctor [options]
  --records   print the DNS records to publish, as a zone file, and nothing else
  --json      print one JSON object
Exit codes: 0 all is well, 1 warnings, 2 problems.
`;

/** RFC 8461 and RFC 7672 speak of the hop to the recipient's server, which is not ours. */
const transport: Check = {
  name: 'mta-sts, dane',
  look: async () => [skipped('left to the next hop, which delivers to the recipients’ servers')],
};

const checks: readonly Check[] = [
  ...[machine, policy, secrets, store, clock],
  ...[listeners, certificate, publicUrl, nextHop, scanner],
  ...[mx, ptr, spf, dkim, dmarc, transport],
];

/** Milliseconds. */
const patience = 5000;

interface Line extends Said {
  readonly check: string;
}

export async function doctor(args: readonly string[]): Promise<number> {
  const asked = optionsIn(args);
  if (!asked || asked.help) {
    (asked ? process.stdout : process.stderr).write(usage);
    return asked ? 0 : 2;
  }
  const { env } = process;
  const cwd = process.cwd();
  try {
    const settings = loadSettings({ env, cwd });
    const deployment = { settings, dns: dnsOf(openResolver(settings.dnsServers ?? [])), env, cwd };
    if (asked.records) {
      process.stdout.write(await zoneOf(settings, deployment.dns));
      return 0;
    }
    const read = { check: 'settings', ...ok('read, and they fit together') };
    const odd = settings.warnings.map((text) => ({ check: 'settings', ...warning(text, 'see README, Settings') }));
    return tell([read, ...odd, ...(await lookAtAll(deployment))], asked.json);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const wrong = error.problems.map((text) => ({ check: 'settings', ...problem(text, 'the relay does not start with this') }));
    const rest = { check: 'all else', ...skipped('there are no settings to look at it with') };
    return tell([...wrong, rest], asked.json);
  }
}

function optionsIn(args: readonly string[]): Readonly<Record<'records' | 'json' | 'help', boolean>> | undefined {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const options = { records: flag, json: flag, help: flag };
    return parseArgs({ args: [...args], options }).values;
  } catch {
    return undefined;
  }
}

const lookAtAll = async (deployment: Deployment): Promise<readonly Line[]> =>
  (await Promise.all(checks.map((check) => lookAt(check, deployment)))).flat();

/** All at once, each with its own time limit; what a check throws is what it found. */
async function lookAt({ name, look }: Check, deployment: Deployment): Promise<readonly Line[]> {
  const limit = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Unanswered(`no answer within ${patience / 1000} s`));
    limit.abort();
  }, patience);
  try {
    const said = await Promise.race([look(deployment, limit.signal), late.promise]);
    return said.map((one) => ({ check: name, ...one }));
  } catch (error) {
    const found = error instanceof Unanswered ? error.message : `cannot be looked at (${codeOf(error)})`;
    return [{ check: name, ...problem(found, 'see DNS_SERVERS, STORE_URL, the network and the rights of this user') }];
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}

const colours = { ok: 'green', warning: 'yellow', problem: 'red', skipped: 'gray' } as const satisfies Record<State, string>;

/** Prints all lines; answers the exit code. */
function tell(lines: readonly Line[], json: boolean): number {
  const has = (state: State): boolean => lines.some((line) => line.state === state);
  const state: State = has('problem') ? 'problem' : has('warning') ? 'warning' : 'ok';
  if (json) process.stdout.write(`${JSON.stringify({ state, lines })}\n`);
  else process.stdout.write(`${lines.map(shown).join('\n')}\n`);
  return state === 'problem' ? 2 : state === 'warning' ? 1 : 0;
}

function shown({ check, state, found, change }: Line): string {
  const mark = styleText(colours[state], state.padEnd(8), { stream: process.stdout });
  return `${mark} ${check.padEnd(13)}  ${state === 'skipped' ? `(${found})` : found}${change === undefined ? '' : ` -> ${change}`}`;
}
