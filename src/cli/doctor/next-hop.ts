/** Does the next hop take our mail: reached, TLS as set, AUTH, and all that we use of SMTP? Nothing is sent. */
import { accessSync, constants } from 'node:fs';
import type { Settings } from '../../config/settings.ts';
import { tlsModeOf, tryNextHop } from '../../outbound/smarthost.ts';
import { type Check, codeOf, ok, problem, quoted, type Said, warning } from './check.ts';
import { type Dialogue, dial, type Shown } from './dialogue.ts';

type NextHop = Extract<Settings['outbound'], { readonly kind: 'smtp' }>;

export const nextHop: Check = {
  name: 'next hop',
  async look({ settings }, signal) {
    const { outbound } = settings;
    if (outbound.kind === 'maildir') return [maildir(outbound.path)];
    const seen = await lookAt(outbound, settings, signal);
    if (seen.some(({ state }) => state === 'problem')) return seen;
    const trouble = await tryNextHop({
      ...outbound,
      ehloName: settings.ehloName,
      maxConnections: 1,
      timeouts: { connect: 4000, silence: 4000 },
    });
    if (trouble === undefined) return outbound.user === undefined ? seen : [...seen, ok('it takes our user and password')];
    const what = trouble.startsWith('EAUTH') ? 'it does not take our user and password' : 'it does not let us in';
    return [...seen, problem(`${what} (${trouble})`, 'see OUTBOUND_URL, and the log of the next hop')];
  },
};

function maildir(path: string): Said {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return ok('mail is put into a Maildir on this machine: for evaluation');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return ok('mail will be put into a Maildir on this machine, made at the first start: for evaluation');
    return problem(`the Maildir of OUTBOUND_URL cannot be written (${code})`, 'let the relay’s user write there');
  }
}

async function lookAt(outbound: NextHop, settings: Settings, signal: AbortSignal): Promise<readonly Said[]> {
  const at = `${outbound.host}:${outbound.port}`;
  try {
    using line = await dial(outbound, signal);
    if (!line.greeting[0]?.startsWith('220')) return [problem(`${at} greets with ${quoted(line.greeting[0] ?? '')}`, 'see OUTBOUND_URL')];
    const said: Said[] = [];
    let offers = await extensions(line, settings);
    const tls = await secured(line, offers, outbound);
    said.push(tls.said);
    if (tls.shown && !outbound.secure) offers = await extensions(line, settings);
    if (tls.said.state !== 'problem') said.push(...offered(offers, settings, at));
    line.say('QUIT').catch(() => undefined);
    return said;
  } catch (error) {
    return [
      problem(
        `${at} does not answer (${codeOf(error)})`,
        'see OUTBOUND_URL, firewall, and whether the next hop runs; mail gets 451 meanwhile',
      ),
    ];
  }
}

async function extensions(line: Dialogue, { ehloName }: Settings): Promise<ReadonlyMap<string, string>> {
  const [first, ...lines] = await line.say(`EHLO ${ehloName}`);
  if (!first?.startsWith('250')) return new Map();
  return new Map(
    lines.map((text) => {
      const [name = '', ...rest] = text.slice(4).toUpperCase().split(' ');
      return [name, rest.join(' ')];
    }),
  );
}

async function secured(
  line: Dialogue,
  offers: ReadonlyMap<string, string>,
  outbound: NextHop,
): Promise<{ readonly said: Said; readonly shown?: Shown }> {
  const at = `${outbound.host}:${outbound.port}`;
  const mode = tlsModeOf(outbound);
  if (line.shown) return { said: judged(line.shown, at, 'require'), shown: line.shown };
  if (mode === 'never')
    return { said: warning(`${at} is spoken to without TLS (?tls=never)`, 'set ?tls=require where it has a certificate') };
  if (!offers.has('STARTTLS')) {
    if (mode === 'require')
      return { said: problem(`${at} offers no STARTTLS, and we demand it: all mail gets 451`, 'see the next hop, or OUTBOUND_URL') };
    return {
      said: warning(
        `${at} offers no STARTTLS: mail goes to it in the clear`,
        'harmless on this machine; else give the next hop a certificate',
      ),
    };
  }
  const [reply = ''] = await line.say('STARTTLS');
  if (!reply.startsWith('220'))
    return { said: problem(`${at} offers STARTTLS and answers ${quoted(reply)}`, 'see the log of the next hop') };
  const shown = await line.startTls();
  return { said: judged(shown, at, mode), shown };
}

function judged({ distrust, protocol }: Shown, at: string, mode: 'require' | 'opportunistic'): Said {
  if (distrust === undefined) return ok(`${at} answers, ${protocol}, its certificate is good`);
  const found = `${at}: its certificate is not trusted (${distrust})`;
  const change = 'give it one that names this host, from an authority that this machine knows (NODE_EXTRA_CA_CERTS)';
  if (mode === 'require') return problem(`${found}, and we demand it: all mail gets 451`, change);
  return warning(`${found}; ${protocol} is used all the same: whoever sits between can read mail`, `${change}, then set ?tls=require`);
}

function offered(offers: ReadonlyMap<string, string>, { maxMessageBytes }: Settings, at: string): readonly Said[] {
  const missing = ['8BITMIME', 'SMTPUTF8', 'PIPELINING', 'SIZE', 'ENHANCEDSTATUSCODES'].filter((name) => !offers.has(name));
  const size = Number(offers.get('SIZE') || 0);
  const said: Said[] = [];
  if (size > 0 && size < maxMessageBytes) {
    const change = `raise its limit, or set MAX_MESSAGE_BYTES=${size}`;
    said.push(warning(`${at} takes ${size} bytes and we announce ${maxMessageBytes}: larger mail is refused only after it came`, change));
  }
  if (missing.includes('SMTPUTF8')) {
    const change = 'switch it on there';
    said.push(warning(`${at} does not offer SMTPUTF8: mail to mailboxes like jürgen@… is refused`, change));
  }
  const others = missing.filter((name) => name !== 'SMTPUTF8');
  said.push(ok(`${at} offers what we use${others.length > 0 ? `, but for ${others.join(', ')}, which we can do without` : ''}`));
  return said;
}
