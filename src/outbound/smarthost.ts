/**
 * The next hop over SMTP (RFC 5321): a pool of connections, one recipient a hand-over, no queue of our own. Door of `nodemailer`.
 * What leaves is the given bytes, dot-stuffed, with DKIM signatures (RFC 6376) on top where keys are set.
 */
import { isAscii } from 'node:buffer';
import { createTransport, type SMTPPoolOptions } from 'nodemailer';
import { parseMailbox } from '../model/address.ts';
import { isLoopback } from '../model/loopback.ts';
import { type Answer, isDown, isTaken, logged, refusalOf, type Stage } from './answers.ts';
import { type Breaker, neverDown } from './breaker.ts';
import { type DkimSettings, openSigner } from './dkim.ts';
import { stuffQuickly } from './dot-stuffing.ts';
import type { NextHop, Outgoing } from './outbound.ts';

/**
 * `opportunistic`: STARTTLS where it is offered, any certificate (RFC 7435); `require`: STARTTLS or nothing, the certificate must name the
 * host; `never`: no STARTTLS.
 */
export type TlsMode = 'opportunistic' | 'require' | 'never';

/** All in milliseconds. */
export interface Timeouts {
  /** From the first look-up of the host to the end of STARTTLS. */
  readonly connect: number;
  /** From the connection to the greeting; what is left of `connect` bounds it too. */
  readonly greeting: number;
  /** Silence of the next hop at any later point. */
  readonly silence: number;
  /** The whole hand-over, waiting for a free connection included. */
  readonly whole: number;
}

export interface SmarthostSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (RFC 8314); the certificate must name the host. */
  readonly secure: boolean;
  readonly user?: string;
  readonly pass?: string;
  /** Not set: `require` where a password would travel to another machine, else `opportunistic`. */
  readonly tls?: TlsMode;
  /** Certificates to trust beside the usual ones, in PEM. */
  readonly ca?: string;
  /** Our own fixed name in EHLO; never the machine's. */
  readonly ehloName: string;
  readonly dkim?: DkimSettings;
  readonly maxConnections: number;
  readonly timeouts?: Partial<Timeouts>;
}

const defaults: Timeouts = { connect: 10_000, greeting: 10_000, silence: 30_000, whole: 60_000 };

/** A connection nobody used for so long is closed by us, before the next hop does it under a message. */
const idleTimeout = 60_000;

export interface Smarthost extends NextHop {
  /** From the next hand-over on. Throws a `TypeError` where a key cannot sign; the ones before stay then. */
  replaceKeys(dkim: DkimSettings): void;
}

/**
 * Opens the way to the next hop; connects at the first hand-over. Throws at once where a DKIM key cannot sign.
 * `breaker`: asked before each hand-over, told after it; without one each hand-over tries.
 * Closing waits for the hand-overs under way, which takes `timeouts.whole` at most.
 */
export function openSmarthost(settings: SmarthostSettings, breaker: Breaker = neverDown): Smarthost {
  const timeouts = { ...defaults, ...settings.timeouts };
  let signer = settings.dkim && openSigner(settings.dkim);
  stuffQuickly();
  const transport = createTransport(transportOptions(settings, timeouts));
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  async function handOver(outgoing: Outgoing): Promise<void> {
    const { recipient } = outgoing;
    const ended = closed ? undefined : breaker.begin();
    if (!ended) throw refusalOf({ stage: 'session', code: closed ? 'ECLOSED' : 'EKNOWNDOWN' }, recipient);
    const given = send(outgoing);
    underWay.add(given);
    try {
      const answer = await given;
      if (answer && isDown(answer)) ended('down', logged(answer, recipient));
      else ended('alive');
      if (answer) throw refusalOf(answer, recipient);
    } finally {
      ended('nothing');
      underWay.delete(given);
    }
  }

  /** Undefined: the next hop has taken it. */
  async function send(outgoing: Outgoing): Promise<Answer | undefined> {
    const { reversePath, recipient, bytes } = outgoing;
    checkAddresses(outgoing);
    const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const raw = signer ? Buffer.concat([signer(given, Date.now()), given]) : given;
    const envelope = { from: reversePath, to: [recipient], size: raw.length, use8BitMime: !isAscii(raw) };
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), timeouts.whole);
    try {
      const { accepted, rejected, response } = await transport.sendMail({ envelope, raw, signal: limit.signal });
      // QUIRK: nodemailer resolves when any recipient was taken, and for any reply to the dot that begins with `2`, `2 eh?` included.
      if (accepted.length !== 1 || rejected.length !== 0) return { stage: 'rcpt', code: 'EPARTIAL' };
      return isTaken(response) ? undefined : { stage: 'dot', reply: response };
    } catch (error) {
      return answerOf(error);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    handOver,
    get room() {
      return breaker.room;
    },
    replaceKeys(dkim) {
      signer = openSigner(dkim);
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await Promise.allSettled(underWay);
      transport.close();
    },
  };
}

/**
 * QUIRK: nodemailer parses envelope addresses again, so that `a@b,c@d` becomes two recipients and a comment another domain; only an
 * address that our own strict reader gives back unchanged goes in.
 */
function checkAddresses({ reversePath, recipient }: Outgoing): void {
  if (parseMailbox(recipient) !== recipient) throw new TypeError('the recipient is not a strict address');
  if (reversePath !== '' && parseMailbox(reversePath) !== reversePath) throw new TypeError('the reverse-path is not a strict address');
}

function transportOptions(settings: SmarthostSettings, timeouts: Timeouts): SMTPPoolOptions & { pool: true } {
  const { host, port, secure, user, pass, ca, ehloName, maxConnections } = settings;
  const tls = tlsModeOf(settings);
  const anyCertificate = tls === 'opportunistic' && !secure;
  return {
    pool: true,
    host,
    port,
    secure,
    name: ehloName,
    maxConnections,
    // QUIRK: the default is 100 messages, then the connection is closed and another one opened.
    maxMessages: Number.POSITIVE_INFINITY,
    idleTimeout,
    ...(user !== undefined && { auth: { user, pass: pass ?? '' } }),
    ignoreTLS: tls === 'never',
    requireTLS: tls === 'require' && !secure,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: !anyCertificate, ...(ca !== undefined && { ca }) },
    // QUIRK: connectionTimeout is a deadline for everything before EHLO, the greeting and STARTTLS included.
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    dnsTimeout: timeouts.connect,
    // QUIRK: an idle time; a reply that trickles in byte by byte never reaches it. The signal of each hand-over bounds that.
    socketTimeout: timeouts.silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What is done about STARTTLS, where the setting leaves it open too. */
export const tlsModeOf = ({ tls, user, host }: Pick<SmarthostSettings, 'tls' | 'user' | 'host'>): TlsMode =>
  tls ?? (user !== undefined && !isLoopback(host) ? 'require' : 'opportunistic');

/**
 * Connects once, as a hand-over would, up to AUTH; sends nothing. Undefined: all is well; else the stage that failed and the reply code, or
 * the system's code, without a word of the next hop's. Takes as long as `timeouts.connect` and a few replies.
 */
export async function tryNextHop(settings: SmarthostSettings): Promise<string | undefined> {
  const timeouts = { ...defaults, ...settings.timeouts };
  const { pool, maxConnections, maxMessages, idleTimeout: idle, ...options } = transportOptions(settings, timeouts);
  const transport = createTransport(options);
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown };
    return [code, responseCode].filter((word) => typeof word === 'string' || typeof word === 'number').join(' ') || 'EUNKNOWN';
  } finally {
    transport.close();
  }
}

/** What nodemailer puts on its errors; all of it optional. */
interface Failure {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly command?: unknown;
  readonly response?: unknown;
}

function answerOf(error: unknown): Answer {
  const { code, originalCode, command, response } = (error instanceof Error ? error : {}) as Failure;
  // QUIRK: a message above the SIZE that EHLO announced is refused by nodemailer itself, without a reply.
  if (code === 'EMESSAGE' && command === 'MAIL FROM' && response === undefined) return { stage: 'mail', reply: '552 5.3.4 above SIZE' };
  const stage = stageOf(command, code);
  if (typeof response === 'string') return { stage, reply: response };
  const word = originalCode ?? code;
  return { stage, code: typeof word === 'string' ? word : 'EUNKNOWN' };
}

/**
 * QUIRK: nodemailer's `command` is `DATA` for the command and for the message after it; only `code` tells them apart. A connection that
 * breaks is `CONN` at every stage, after the dot too: whether the next hop has the message cannot be known then.
 */
function stageOf(command: unknown, code: unknown): Stage {
  if (command === 'MAIL FROM') return 'mail';
  if (command === 'RCPT TO') return 'rcpt';
  if (command === 'DATA') return code === 'EMESSAGE' ? 'dot' : 'data';
  return 'session';
}
