/**
 * Mints and reads the local parts of aliases: random, lower case, and silent about whoever stands behind them.
 * The last characters are a keyed check of the others. It decides nothing but how a miss is answered: an alias that is
 * ours and has no row means that the store lost data (451 and an alarm), any other one never was (550).
 */
import { randomBytes } from 'node:crypto';
import { localPart } from '../model/address.ts';

/** 32 characters: no `i`, `l`, `o`, `u`, which are misread or make words. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

const RANDOM = 20;
const CHECK = 4;

const random = (length: number): string => Array.from(randomBytes(length), (byte) => alphabet[byte & 31]).join('');

/** 20 random characters (100 bits) and 4 of check. `hash`: keyed, by the secret that writes; in base64url. */
export function mintLocal(hash: (text: string) => string): string {
  const free = random(RANDOM);
  return free + checkOf(hash(free));
}

/** True where the check was made with one of our secrets; false for 999,999 of 1,000,000 guesses. Look an alias up whatever this says. */
export function checkHolds(local: string, hashes: (text: string) => readonly string[]): boolean {
  if (local.length !== RANDOM + CHECK || [...local].some((character) => !alphabet.includes(character))) return false;
  const check = local.slice(RANDOM);
  return hashes(local.slice(0, RANDOM)).some((hash) => checkOf(hash) === check);
}

/** A trace id: 16 random characters (80 bits). */
export const mintTrace = (): string => random(16);

/** The local part of an address as aliases are looked up: lower case; undefined where it has characters or a length that no alias has. */
export function readLocal(address: string): string | undefined {
  const local = localPart(address).toLowerCase();
  return /^[a-z0-9]{1,64}$/.test(local) ? local : undefined;
}

/** Five bits of each of the first bytes of the hash. */
function checkOf(hash: string): string {
  const bytes = Buffer.from(hash, 'base64url');
  return Array.from({ length: CHECK }, (_, at) => alphabet[(bytes[at] ?? 0) & 31]).join('');
}
