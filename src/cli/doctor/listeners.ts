/** Do the relay's own ports answer, and is it the relay that answers? Nothing is wrong where it does not run. */
import type { Listen } from '../../config/readers.ts';
import type { Settings } from '../../config/settings.ts';
import { type Check, codeOf, ok, problem, quoted, type Said, skipped } from './check.ts';
import { dial, type Place } from './dialogue.ts';

export const listeners: Check = {
  name: 'listeners',
  async look({ settings }, signal) {
    const smtp = smtpListeners(settings).map((listen) => withoutPort(listen) ?? greets(listen, settings, signal));
    const http = settings.httpListen.map((listen) => withoutPort(listen) ?? answers(listen, signal));
    return Promise.all([...smtp, ...http]);
  },
};

/** `implicitTls`: TLS from the first byte. */
export type SmtpListen = Listen & { readonly implicitTls?: boolean };

/** For mail from outside, and for submission. */
export const smtpListeners = ({ smtpListen, submission }: Settings): readonly SmtpListen[] => [
  ...smtpListen,
  ...(submission?.listen ?? []),
];

/** The address of a listener on all of them, from this machine. */
const reachedAt = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host);

/** Where a listener is reached from this machine. */
export function placeOf({ host, port, implicitTls = false }: SmtpListen, { proxyProtocolFrom }: Settings): Place {
  const reached = reachedAt(host);
  const version = reached.includes(':') ? 6 : 4;
  // Whom the PROXY line is believed of must send one.
  const first = proxyProtocolFrom.includes(reached) ? { first: `PROXY TCP${version} ${reached} ${reached} 1 ${port}\r\n` } : {};
  return { host: reached, port, secure: implicitTls, ...first };
}

export const shownAddress = ({ host, port }: Listen): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);

/** Where the system chooses the port, nobody outside the relay knows it. */
export const withoutPort = (listen: Listen): Said | undefined =>
  listen.port === 0 ? skipped(`${shownAddress(listen)}: the system chooses the port`) : undefined;

/** That the relay does not run is no fault of the deployment. */
export const notRunning = (listen: Listen, error: unknown): Said | undefined =>
  codeOf(error) === 'ECONNREFUSED' ? skipped(`nothing listens at ${shownAddress(listen)}: the relay does not run`) : undefined;

async function greets(listen: SmtpListen, settings: Settings, signal: AbortSignal): Promise<Said> {
  const at = shownAddress(listen);
  try {
    using line = await dial(placeOf(listen, settings), signal);
    const [greeting = ''] = line.greeting;
    line.say('QUIT').catch(() => undefined);
    if (greeting.startsWith(`220 ${settings.ehloName} `)) return ok(`SMTP ${at} greets as ${settings.ehloName}`);
    if (greeting.startsWith('421'))
      return problem(`SMTP ${at} sends us away: ${quoted(greeting)}`, 'see its log: too many connections, or it shuts down');
    return problem(
      `another program, or a relay with other settings, is at SMTP ${at}: ${quoted(greeting)}`,
      'stop it, or change SMTP_LISTEN',
    );
  } catch (error) {
    return notRunning(listen, error) ?? problem(`SMTP ${at} does not greet (${codeOf(error)})`, 'see the log of the relay');
  }
}

async function answers(listen: Listen, signal: AbortSignal): Promise<Said> {
  const at = shownAddress(listen);
  const base = `http://${shownAddress({ ...listen, host: reachedAt(listen.host) })}`;
  try {
    const response = await fetch(`${base}/readyz`, { signal, redirect: 'manual' });
    const body = (await response.json()) as { readonly ready?: unknown; readonly checks?: unknown };
    if (body.ready === true) return ok(`HTTP ${at} is ready`);
    if (response.status === 401) return ok(`HTTP ${at} answers`);
    return problem(`HTTP ${at} is not ready: ${quoted(JSON.stringify(body.checks ?? response.status))}`, 'see the log of the relay');
  } catch (error) {
    return (
      notRunning(listen, error) ??
      problem(`HTTP ${at} does not answer as the relay does (${codeOf(error)})`, 'stop what is there, or change HTTP_LISTEN')
    );
  }
}
