/**
 * Passwords as they are kept: scrypt (RFC 7914), written in one line as the PHC string format has it: `$scrypt$ln=15,r=8,p=1$salt$hash`.
 * The work is done in the thread pool, never on the event loop.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** A kept password, read. */
export interface Kept {
  /** As it was written. */
  readonly text: string;
  readonly cost: Cost;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

interface Cost {
  /** Base 2 logarithm of N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB and about 80 ms of one core for each try. */
const usual: Cost = { ln: 15, r: 8, p: 1 };
/** A line of the users' file must not make a try dearer than this. */
const most: Cost = { ln: 17, r: 16, p: 4 };
const form = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/;

/** Undefined where it is none, or costs too much. */
export function readKept(text: string): Kept | undefined {
  const [, ln = '', r = '', p = '', salt = '', hash = ''] = form.exec(text) ?? [];
  const cost: Cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const fits = cost.ln >= 10 && cost.ln <= most.ln && cost.r >= 1 && cost.r <= most.r && cost.p >= 1 && cost.p <= most.p;
  return fits ? { text, cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') } : undefined;
}

/** With a salt of its own each time. */
export async function keepPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, usual);
  const { ln, r, p } = usual;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** One that no password fits, at the usual cost: for names that nobody has. */
export const keptOfNobody = (): Kept => ({ text: '', cost: usual, salt: randomBytes(16), hash: randomBytes(32) });

/** Compares in constant time. */
export async function isPassword(password: string, { cost, salt, hash }: Kept): Promise<boolean> {
  return timingSafeEqual(await derive(password, salt, cost), hash);
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

function derive(password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** ln;
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, 32, options, (error, derived) => (error ? reject(error) : resolve(derived)));
  });
}
