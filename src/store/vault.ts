/**
 * What the store may know: values sealed with AES-256-GCM (NIST SP 800-38D), looked up by keyed hash (HMAC-SHA256). Keys come from
 * RELAY_SECRET by HKDF (RFC 5869), one for each use. A stolen dump of the store, without the secret, names nobody.
 *
 * Secrets rotate: the first one writes, all of them read. Put a new secret second until every process knows it, then first.
 */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

export interface Vault {
  /** Encrypts; `context` says which record it is (`party:b-1`), so that a sealed value put into another place does not open. */
  seal(content: string | Uint8Array, context: string): Buffer;
  /** The same, for what is large: piece by piece, as it is asked for. */
  sealPieces(content: Iterable<Uint8Array>, context: string): Iterable<Buffer>;
  /** Throws where no secret fits, where the value was changed, and where it belongs to another context. */
  open(sealed: Uint8Array, context: string): Buffer;
  /** By the first secret; 22 characters of base64url (128 bits). Hashes of different purposes have nothing in common. */
  hash(purpose: string, value: string): string;
  /** By every secret, the first one's first: look-ups must find what an older secret wrote. */
  hashes(purpose: string, value: string): readonly string[];
  /** Of the secrets, the first one's first: 8 hexadecimal digits each, which say nothing of the secret. */
  readonly ids: readonly string[];
  /** What a sealed value holds, *without a proof* that it was not changed: to find the record that proves it, and for nothing else. */
  peek(sealed: Uint8Array): Buffer | undefined;
}

/** Of the first bytes of a sealed value: so many are needed to tell its secret. */
export const HEAD_BYTES = 5;

/** The id of the secret that a value was sealed with; undefined: no sealed value of ours. Its first 5 bytes will do. */
export const secretOf = (sealed: Uint8Array): string | undefined =>
  sealed.length < HEAD_BYTES || sealed[0] !== VERSION ? undefined : Buffer.from(sealed.subarray(1, HEAD_BYTES)).toString('hex');

const VERSION = 1;
const KEY_ID = 4;
const IV = 12;
const TAG = 16;
/** version, key id, IV; the tag stands at the end. */
const HEAD = 1 + KEY_ID + IV;

interface Keys {
  readonly id: Buffer;
  readonly sealing: KeyObject;
  hash(purpose: string, value: string): string;
}

/** Takes 32-byte secrets, at least one. Throws a `RangeError` for others. A key may seal 2^32 records, then a new secret is due. */
export function openVault(secrets: readonly Buffer[]): Vault {
  if (secrets.length === 0) throw new RangeError('the vault needs at least one secret');
  if (secrets.some(({ length }) => length !== 32)) throw new RangeError('a secret of the vault is 32 bytes long');
  const all = secrets.filter((secret, at) => secrets.findIndex((other) => other.equals(secret)) === at).map(keysOf);
  const [first] = all;
  if (!first) throw new RangeError('the vault needs at least one secret');
  return {
    seal: (content, context) => seal(first, content, context),
    sealPieces: (content, context) => sealPieces(first, content, context),
    open: (sealed, context) => open(all, sealed, context),
    hash: (purpose, value) => first.hash(purpose, value),
    hashes: (purpose, value) => all.map((keys) => keys.hash(purpose, value)),
    ids: all.map(({ id }) => id.toString('hex')),
    peek: (sealed) => peek(all, sealed),
  };
}

/** QUIRK: a key given as bytes costs 12 µs more at each use than one made before, as Node throws and catches an error to see what it is. */
function keysOf(secret: Buffer): Keys {
  const derive = (info: string, length: number): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `postern ${info}`, length));
  const hashing = new Map<string, KeyObject>();
  const hashingKey = (purpose: string): KeyObject => {
    const known = hashing.get(purpose) ?? createSecretKey(derive(`hash ${purpose}`, 32));
    hashing.set(purpose, known);
    return known;
  };
  return {
    id: derive('key id', KEY_ID),
    sealing: createSecretKey(derive('seal', 32)),
    hash: (purpose, value) => createHmac('sha256', hashingKey(purpose)).update(value).digest().subarray(0, 16).toString('base64url'),
  };
}

let random = Buffer.alloc(0);

/** Never the same bytes twice; many are taken from the system at once. */
function freshIv(): Buffer {
  if (random.length < IV) random = randomBytes(IV * 256);
  const iv = random.subarray(0, IV);
  random = random.subarray(IV);
  return iv;
}

function begin({ id, sealing }: Keys, context: string) {
  const head = Buffer.concat([Buffer.of(VERSION), id, freshIv()]);
  const cipher = createCipheriv('aes-256-gcm', sealing, head.subarray(1 + KEY_ID));
  cipher.setAAD(Buffer.from(context));
  return { head, cipher };
}

function* sealPieces(keys: Keys, content: Iterable<Uint8Array>, context: string): Iterable<Buffer> {
  const { head, cipher } = begin(keys, context);
  yield head;
  for (const piece of content) yield cipher.update(piece);
  yield cipher.final();
  yield cipher.getAuthTag();
}

function seal(keys: Keys, content: string | Uint8Array, context: string): Buffer {
  const { head, cipher } = begin(keys, context);
  const body = typeof content === 'string' ? cipher.update(content, 'utf8') : cipher.update(content);
  return Buffer.concat([head, body, cipher.final(), cipher.getAuthTag()]);
}

function open(all: readonly Keys[], sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < HEAD + TAG || bytes[0] !== VERSION) throw new Error('not a sealed value of this version');
  const id = bytes.subarray(1, 1 + KEY_ID);
  const fitting = all.filter((keys) => keys.id.equals(id));
  if (fitting.length === 0) throw new Error(`no secret fits: the value was sealed with the one of key id ${id.toString('hex')}`);
  for (const keys of fitting) {
    const content = decipher(keys, bytes, context);
    if (content) return content;
  }
  throw new Error('a sealed value was changed, or belongs to another record');
}

/** GCM is a stream cipher with a proof at its end, and its context is in the proof alone. */
function peek(all: readonly Keys[], sealed: Uint8Array): Buffer | undefined {
  const keys = all.find(({ id }) => id.toString('hex') === secretOf(sealed));
  if (!keys || sealed.length < HEAD + TAG) return undefined;
  const cipher = createDecipheriv('aes-256-gcm', keys.sealing, sealed.subarray(1 + KEY_ID, HEAD), { authTagLength: TAG });
  return cipher.update(sealed.subarray(HEAD, -TAG));
}

function decipher({ sealing }: Keys, bytes: Buffer, context: string): Buffer | undefined {
  const cipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(1 + KEY_ID, HEAD), { authTagLength: TAG });
  cipher.setAAD(Buffer.from(context));
  cipher.setAuthTag(bytes.subarray(-TAG));
  const body = cipher.update(bytes.subarray(HEAD, -TAG));
  try {
    return Buffer.concat([body, cipher.final()]);
  } catch {
    return undefined;
  }
}
