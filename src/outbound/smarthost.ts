/**
 * The next hop over SMTP (RFC 5321): a pool of connections, one recipient a hand-over, no queue of our own. Door of `nodemailer`.
 * What leaves is the given bytes, dot-stuffed, with a DKIM-Signature (RFC 6376) on top where a key is set.
 */
import { isAscii } from 'node:buffer';
import { createPrivateKey } from 'node:crypto';
import { isIP } from 'node:net';
import { createTransport, type SMTPPoolOptions } from 'nodemailer';
import { parseMailbox } from '../model/address.ts';
import { type Answer, isTaken, refusalOf, type Stage } from './answers.ts';
import type { Outbound, Outgoing } from './outbound.ts';

/**
 * `opportunistic`: STARTTLS where it is offered, any certificate (RFC 7435); `require`: STARTTLS or nothing, the certificate must name the
 * host; `never`: no STARTTLS.
 */
export type TlsMode = 'opportunistic' | 'require' | 'never';

/** The key that signs what we send (RFC 6376); RSA of at least 1024 bits, in PEM. */
export interface DkimKey {
  readonly domain: string;
  readonly selector: string;
  readonly privateKey: string;
}

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
  readonly dkim?: DkimKey;
  readonly maxConnections: number;
  readonly timeouts?: Partial<Timeouts>;
}

const defaults: Timeouts = { connect: 10_000, greeting: 10_000, silence: 30_000, whole: 60_000 };

/** A connection nobody used for so long is closed by us, before the next hop does it under a message. */
const idleTimeout = 60_000;

/** RFC 1870 wants the size that will be sent; the signature is not made yet. */
const roomForSignature = 1024;

/** What we write ourselves and a receiver reads; RFC 8058 section 3.2 asks for both List-Unsubscribe fields. */
const signedFields = [
  'From:To:Subject:Date:Message-ID:In-Reply-To:References:Reply-To:MIME-Version:Content-Type:Content-Transfer-Encoding',
  'Auto-Submitted:List-Unsubscribe:List-Unsubscribe-Post',
].join(':');

/**
 * Opens the way to the next hop; connects at the first hand-over. Throws at once where the DKIM key cannot sign.
 * Closing waits for the hand-overs under way, which takes `timeouts.whole` at most.
 */
export function openSmarthost(settings: SmarthostSettings): Outbound {
  const timeouts = { ...defaults, ...settings.timeouts };
  const transport = createTransport(transportOptions(settings, timeouts));
  const underWay = new Set<Promise<void>>();
  let closed = false;

  async function handOver(outgoing: Outgoing): Promise<void> {
    if (closed) throw refusalOf({ stage: 'session', code: 'ECLOSED' }, outgoing.recipient);
    const given = send(outgoing);
    underWay.add(given);
    await given.finally(() => underWay.delete(given));
  }

  async function send(outgoing: Outgoing): Promise<void> {
    const { reversePath, recipient, bytes } = outgoing;
    checkAddresses(outgoing);
    const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const size = raw.length + (settings.dkim ? roomForSignature : 0);
    const envelope = { from: reversePath, to: [recipient], size, use8BitMime: !isAscii(raw) };
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), timeouts.whole);
    const refuse = (answer: Answer): never => {
      throw refusalOf(answer, recipient);
    };
    try {
      const given = transport.sendMail({ envelope, raw, signal: limit.signal });
      const { accepted, rejected, response } = await given.catch((error: unknown) => refuse(answerOf(error)));
      // QUIRK: nodemailer resolves when any recipient was taken, and for any reply to the dot that begins with `2`, `2 eh?` included.
      if (accepted.length !== 1 || rejected.length !== 0) refuse({ stage: 'rcpt', code: 'EPARTIAL' });
      if (!isTaken(response)) refuse({ stage: 'dot', reply: response });
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    handOver,
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
  const { host, port, secure, user, pass, ca, ehloName, dkim, maxConnections } = settings;
  const tls = settings.tls ?? (user !== undefined && !isLoopback(host) ? 'require' : 'opportunistic');
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
    ...(dkim && { dkim: signer(dkim) }),
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

/**
 * QUIRK: nodemailer signs with RSA-SHA256 only, and when the key cannot do that it sends the message unsigned and says nothing.
 * So the key is tried here, once.
 */
function signer({ domain, selector, privateKey }: DkimKey) {
  const key = createPrivateKey(privateKey);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || bits < 1024) throw new TypeError('the DKIM key must be an RSA key of at least 1024 bits');
  return { domainName: domain, keySelector: selector, privateKey: key, headerFieldNames: signedFields };
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

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
