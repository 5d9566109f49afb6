/** What it takes to try a proof: keys, a signer that signs whatever it is told (RFC 6376), and the question whether an author is proven. */
import { createHash, generateKeyPairSync, type KeyObject, sign as signBytes } from 'node:crypto';
import { authenticate, type SenderProof } from '../../src/auth/authenticate.ts';
import { readHeader } from '../../src/mime/header.ts';
import { replyTo } from '../../src/model/reply.ts';
import { dnsOf, type Zone } from '../support/dns.ts';

export interface Key {
  readonly privateKey: KeyObject;
  /** What stands in `p=`. */
  readonly p: string;
  readonly kind: 'rsa' | 'ed25519';
}

export function rsaKey(modulusLength: number): Key {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  return { privateKey, p: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), kind: 'rsa' };
}

export function ed25519Key(): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, p: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64'), kind: 'ed25519' };
}

export const key = rsaKey(2048);
export const recordOf = ({ kind, p }: Key): string => `v=DKIM1; k=${kind}; p=${p}`;

export interface Signing {
  readonly key?: Key;
  /** `d=`. */
  readonly domain?: string;
  readonly fields?: readonly string[];
  readonly algorithm?: string;
  readonly canon?: 'relaxed' | 'simple';
  /** Further tags, as they stand. */
  readonly tags?: string;
  /** In place of the hash of the body. */
  readonly bodyHash?: string;
}

/** The message with a signature above it. Its body must end with one CRLF and have no blanks for a canonicalisation to take away. */
export function signed(message: string, signing: Signing = {}): string {
  const { domain = 'shop.example', fields = ['From', 'To', 'Subject'], canon = 'relaxed', tags = '' } = signing;
  const { algorithm = `${signing.key?.kind ?? 'rsa'}-sha256` } = signing;
  const [head = '', body = ''] = split(message);
  const hash = algorithm.endsWith('sha1') ? 'sha1' : 'sha256';
  const bodyHash = signing.bodyHash ?? createHash(hash).update(body).digest('base64');
  const start = `DKIM-Signature: v=1; a=${algorithm}; c=${canon}/${canon}; d=${domain}; s=s1; h=${fields.join(':')}; ${tags}bh=${bodyHash}; b=`;
  const lines = [...chosen(head, fields), start].map((line) => (canon === 'simple' ? line : relaxed(line)));
  const bytes = Buffer.from(lines.join('\r\n'));
  const { privateKey, kind } = signing.key ?? key;
  const value =
    kind === 'rsa' ? signBytes(hash, bytes, privateKey) : signBytes(null, createHash('sha256').update(bytes).digest(), privateKey);
  return `${start}${value.toString('base64')}\r\n${message}`;
}

const split = (message: string): readonly [string, string] => {
  const end = message.indexOf('\r\n\r\n');
  return [message.slice(0, end), message.slice(end + 4)];
};

/** Of each name in `h=` the last field that is not yet taken (RFC 6376 section 5.4.2). */
function chosen(head: string, names: readonly string[]): string[] {
  const left = head.split(/\r\n(?![ \t])/).reverse();
  return names.flatMap((name) => {
    const at = left.findIndex((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return at < 0 ? [] : left.splice(at, 1);
  });
}

const relaxed = (line: string): string => {
  const colon = line.indexOf(':');
  const value = line
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${line.slice(0, colon).toLowerCase()}:${value}`;
};

export const plain = 'From: Hanna <hanna@shop.example>\r\nTo: x@relay.example\r\nSubject: hi\r\n\r\nHello.\r\n';

export const zone: Zone = {
  'shop.example': { TXT: ['v=spf1 ip4:192.0.2.7 -all'] },
  's1._domainkey.shop.example': { TXT: [recordOf(key)] },
  's1._domainkey.evil.example': { TXT: [recordOf(key)] },
};

export interface Attempt {
  readonly raw?: string | Buffer;
  readonly ip?: string;
  /** Reverse-path. */
  readonly from?: string;
  readonly helo?: string;
  readonly dns?: Zone;
  readonly proof?: SenderProof;
  readonly trusted?: readonly string[];
  /** Is told every name that is asked for. */
  readonly asked?: (name: string, type: string) => void;
}

/** `proven`, or the reply that the message gets. Its reverse-path is somebody else's unless it is given. */
export async function outcomeOf(attempt: Attempt): Promise<string> {
  const { raw = plain, ip = '198.51.100.1', from = 'bounce@evil.example', helo = 'mx.evil.example' } = attempt;
  const { dns = zone, proof = 'enforce', trusted = [], asked = () => {} } = attempt;
  const bytes = Buffer.isBuffer(raw) ? raw : Buffer.from(raw);
  const received = {
    trace: 'k3m9x7q2v8r4t6w1',
    envelope: { reversePath: from, forwardPath: 'x@relay.example', client: { ip, helo, tls: true } },
    raw: bytes,
    at: 0,
  };
  const answer = dnsOf(dns);
  const resolver: typeof answer = (name, type) => {
    asked(name, type);
    return answer(name, type);
  };
  try {
    const found = await authenticate(received, readHeader(bytes), { proof, resolver, name: 'relay.example', trustedSealers: trusted });
    return found?.aligned ? 'proven' : 'not proven';
  } catch (error) {
    const { code, enhanced } = replyTo(error);
    return `${code} ${enhanced}`;
  }
}

export const notProven = '550 5.7.26';
export const later = '451 4.4.3';
