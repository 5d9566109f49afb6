/**
 * The reverse-path that we send with: one for each message, so that a bounce names the message and nobody else (the idea of VERP and
 * BATV, without an address in it). `b-<trace>-<check>@<relay domain>`; the check is keyed, so nobody else can write one.
 */
import { domainOf, localPart } from '../model/address.ts';

/** A keyed hash of at least 5 bytes, HMAC-SHA256 with a key from the relay's secret. */
export type KeyedHash = (text: string) => Uint8Array;

/** RFC 4648's base 32 in lower case: a local part comes back in any case. */
const letters = 'abcdefghijklmnopqrstuvwxyz234567';
const checkLength = 8;
/** RFC 5321 section 4.5.3.1: 64 octets in a local part, 254 in an address; `b-`, `-` and the check are taken from that. */
const form = /^b-([a-z0-9]{1,53})-([a-z2-7]{8})$/;
const longestAddress = 254;

/** Throws a RangeError for a trace id that is not lower-case letters and digits, or where the address would be too long. */
export function returnPathFor(trace: string, domain: string, hash: KeyedHash): string {
  const local = `b-${trace}-${checkOf(trace, hash)}`;
  const address = `${local}@${domain}`;
  if (!form.test(local) || address.length > longestAddress) throw new RangeError('no return-path can be made of this trace id and domain');
  return address;
}

/**
 * The trace id of the message that a return-path of ours was made for, under any of our secrets; undefined for every other address.
 * Takes the same time whatever is wrong with the check. The domain is not looked at: older domains of ours stay valid.
 */
export function traceOfReturnPath(address: string, hashes: readonly KeyedHash[]): string | undefined {
  if (address.length > longestAddress || domainOf(address) === '') return undefined;
  const [, trace, check] = form.exec(localPart(address).toLowerCase()) ?? [];
  if (trace === undefined || check === undefined) return undefined;
  const right = hashes.map((hash) => differences(checkOf(trace, hash), check) === 0);
  return right.includes(true) ? trace : undefined;
}

/** 40 bits as 8 letters. The prefix keeps the hash apart from the other uses of the same key. */
function checkOf(trace: string, hash: KeyedHash): string {
  const bytes = hash(`return-path:${trace}`);
  let bits = 0n;
  for (let at = 0; at < 5; at += 1) bits = (bits << 8n) | BigInt(bytes[at] ?? 0);
  return Array.from({ length: checkLength }, (_, at) => letters[Number((bits >> BigInt(35 - 5 * at)) & 31n)]).join('');
}

/** How many characters differ; looks at each of them. Both have the same length. */
function differences(a: string, b: string): number {
  let count = 0;
  for (let at = 0; at < checkLength; at += 1) count += Number(a.charCodeAt(at) !== b.charCodeAt(at));
  return count;
}
