/**
 * DKIM signatures (RFC 6376; RSA-SHA256 by RFC 8301, Ed25519-SHA256 by RFC 8463) over what we send, as it will stand on the wire.
 *
 * Written here, and not with a library: nodemailer signs with RSA alone, and neither nodemailer nor mailauth can sign a field once more than
 * it stands there. Without that, whoever replays a message of ours may add a second Subject or a Reply-To, and it still verifies
 * (RFC 6376 section 8.15). mailauth, dkimpy and OpenDKIM verify what is made here.
 */
import { createHash, type KeyObject, sign } from 'node:crypto';
import { readDkimKey, type SigningKey } from './dkim-key.ts';

/** A key in PEM, with the selector under which its public half is published. */
export interface DkimKey {
  readonly selector: string;
  readonly privateKey: string;
}

export interface DkimSettings {
  /** A message is signed for the one that its From stands at (RFC 7489 alignment), else for the first. */
  readonly domains: readonly [string, ...string[]];
  /** The first RSA key and the first Ed25519 key sign; the others wait for their turn. At least one. */
  readonly keys: readonly DkimKey[];
}

/** Gives the DKIM-Signature fields, each with its CRLF; to be put on top of the very bytes. `now`: milliseconds since 1970. */
export type Signer = (message: Buffer, now: number) => Buffer;

/**
 * What we write and a reader or a program acts on, each signed once more than it is there, so that none can be added. Sender is not among
 * them: next hops add it. RFC 8058 section 3.2 asks for both List-Unsubscribe fields.
 */
const signedFields = [
  ...['from', 'to', 'cc', 'reply-to', 'subject', 'date', 'message-id', 'in-reply-to', 'references'],
  ...['mime-version', 'content-type', 'content-transfer-encoding', 'auto-submitted', 'list-unsubscribe', 'list-unsubscribe-post'],
];

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SP = 0x20;

/** A next hop may keep a message for five days (RFC 5321 section 4.5.4.1); after a week nobody can replay it. Seconds. */
const validFor = 7 * 86_400;

/** Throws a `TypeError` where a key cannot sign: found out at the start, and not by unsigned mail. */
export function openSigner({ domains, keys }: DkimSettings): Signer {
  const signing = signingKeys(keys);
  if (signing.length === 0) throw new TypeError('there is no DKIM key to sign with');
  return (message, now) => {
    const { fields, body } = linesOf(message);
    const bodyHash = createHash('sha256').update(relaxedBody(body)).digest('base64');
    const domain = domainFor(fields, domains);
    const signatures = signing.map((key) => signatureField(key, { fields, bodyHash, domain, now }));
    return Buffer.from(signatures.join(''), 'latin1');
  };
}

type SelectedKey = SigningKey & { readonly selector: string };

/** Those that sign: the first of each kind. All are tried. */
export function signingKeys(keys: readonly DkimKey[]): readonly SelectedKey[] {
  const read = keys.map(({ selector, privateKey }) => ({ ...readDkimKey(privateKey), selector }));
  return read.filter(({ kind }, index) => read.findIndex((other) => other.kind === kind) === index);
}

interface Field {
  readonly name: string;
  readonly canonical: string;
}

/** Where the empty line begins that ends the header. */
const headerEnd = /(?:\r\n|\r(?!\n)|\n){2}/;

/** The message as it will be sent: nodemailer makes CRLF of every line end. */
function linesOf(message: Buffer): { readonly fields: readonly Field[]; readonly body: Buffer } {
  const { index = message.length, 0: empty = '' } = headerEnd.exec(message.toString('latin1')) ?? {};
  const head = message.toString('latin1', 0, index).replace(/\r\n?|\n/g, '\r\n');
  return { fields: head.split(/\r\n(?![ \t])/).map(fieldOf), body: message.subarray(index + empty.length) };
}

/** RFC 6376 section 3.4.2. */
function fieldOf(line: string): Field {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
  const value = line
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replace(/[ \t]+/g, ' ');
  return { name, canonical: `${name}:${value.replace(/^ | $/g, '')}` };
}

/** RFC 6376 section 3.4.4. By hand, for patterns take a second over a large message. */
function relaxedBody(body: Buffer): Buffer {
  // A bare line end becomes two octets.
  const out = Buffer.allocUnsafe(2 * body.length + 2);
  let size = 0;
  /** Behind the last octet that is neither blank nor line end. */
  let end = 0;
  let blank = false;
  for (let at = 0; at < body.length; at += 1) {
    const octet = body[at] ?? 0;
    if (isBlank(octet)) {
      blank = true;
      continue;
    }
    const ends = isLineEnd(octet);
    if (blank && !ends) out[size++] = SP;
    blank = false;
    out[size++] = ends ? CR : octet;
    if (!ends) end = size;
    else out[size++] = LF;
    if (octet === CR && body[at + 1] === LF) at += 1;
  }
  if (end === 0) return Buffer.alloc(0);
  out.set([CR, LF], end);
  return out.subarray(0, end + 2);
}

const isBlank = (octet: number): boolean => octet === SP || octet === TAB;
const isLineEnd = (octet: number): boolean => octet === CR || octet === LF;

function domainFor(fields: readonly Field[], domains: DkimSettings['domains']): string {
  const from = fields.find(({ name }) => name === 'from')?.canonical.toLowerCase() ?? '';
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/>.*/, '');
  return domains.includes(domain) ? domain : domains[0];
}

interface ToSign {
  readonly fields: readonly Field[];
  readonly bodyHash: string;
  readonly domain: string;
  readonly now: number;
}

function signatureField({ kind, key, selector }: SelectedKey, { fields, bodyHash, domain, now }: ToSign): string {
  // A verifier takes fields of one name from the bottom up, and nothing where there is none left (RFC 6376 section 5.4.2).
  const chosen = signedFields.map((name) => ({ name, there: fields.filter((field) => field.name === name).reverse() }));
  const names = chosen.flatMap(({ name, there }) => [...there.map(() => name), name]);
  const at = Math.trunc(now / 1000);
  const tags = [
    `v=1; a=${kind}-sha256; c=relaxed/relaxed;`,
    `d=${domain}; s=${selector};`,
    `t=${at}; x=${at + validFor};`,
    ...(`h=${names.join(':')};`.match(/.{1,70}(?::|$)/g) ?? []),
    `bh=${bodyHash};`,
    'b=',
  ];
  const unsigned = `DKIM-Signature: ${tags.join('\r\n ')}`;
  const signed = [...chosen.flatMap(({ there }) => there), fieldOf(unsigned)].map(({ canonical }) => canonical).join('\r\n');
  const signature = signatureOf(kind, key, Buffer.from(signed, 'latin1')).toString('base64');
  return `${unsigned}${(signature.match(/.{1,74}/g) ?? []).join('\r\n ')}\r\n`;
}

/** RFC 8463 section 3: Ed25519 signs the hash, not the text. */
const signatureOf = (kind: SigningKey['kind'], key: KeyObject, text: Buffer): Buffer =>
  kind === 'rsa' ? sign('sha256', text, key) : sign(null, createHash('sha256').update(text).digest(), key);
