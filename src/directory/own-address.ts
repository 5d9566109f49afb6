/**
 * Addresses of the relay's own, one for each message: the reverse-path that we send with, so that a bounce names the message and nobody
 * else (the idea of VERP and BATV, without an address in it), and the address that a notice comes from, so that an answer to it names the
 * message too; the one that a recipient reports the message to; the one to which a buyer says that such messages are not wanted; the one to
 * which a party says whether a mailbox is its own; and the one to which a seller says that the message needs no answer.
 * `b-<trace>-<check>@<relay domain>`, `c-…`, `r-…`, `u-…`, `a-…`, `d-…`; the check is keyed, so nobody else can write one.
 */
import { domainOf, localPart } from '../model/address.ts';

/** A keyed hash of at least 5 bytes, HMAC-SHA256 with a key from the relay's secret. */
export type KeyedHash = (text: string) => Uint8Array;

const letterOf = { bounce: 'b', command: 'c', report: 'r', unsubscribe: 'u', approve: 'a', done: 'd' } as const;
export type OwnKind = keyof typeof letterOf;
export interface Own {
  readonly kind: OwnKind;
  /** Of the message that the address was made for. */
  readonly trace: string;
}

/** RFC 4648's base 32 in lower case: a local part comes back in any case. */
const letters = 'abcdefghijklmnopqrstuvwxyz234567';
const checkLength = 8;
/** RFC 5321 section 4.5.3.1: 64 octets in a local part, 254 in an address; `b-`, `-` and the check are taken from that. */
const form = /^([abcdru])-([a-z0-9]{1,53})-([a-z2-7]{8})$/;
const longestAddress = 254;

/** Throws a RangeError for a trace id that is not lower-case letters and digits, or where the address would be too long. */
export function ownAddress({ kind, trace }: Own, domain: string, hash: KeyedHash): string {
  const local = `${letterOf[kind]}-${trace}-${checkOf({ kind, trace }, hash)}`;
  const address = `${local}@${domain}`;
  if (!form.test(local) || address.length > longestAddress) throw new RangeError('no address can be made of this trace id and domain');
  return address;
}

/**
 * What an address of ours was made for, under any of our secrets; undefined for every other address. Takes the same time whatever is wrong
 * with the check. The domain is not looked at: older domains of ours stay valid.
 */
export function readOwnAddress(address: string, hashes: readonly KeyedHash[]): Own | undefined {
  if (address.length > longestAddress || domainOf(address) === '') return undefined;
  const [, letter, trace, check] = form.exec(localPart(address).toLowerCase()) ?? [];
  if (trace === undefined || check === undefined) return undefined;
  const kind = (Object.keys(letterOf) as OwnKind[]).find((one) => letterOf[one] === letter) ?? 'command';
  const own: Own = { kind, trace };
  const right = hashes.map((hash) => differences(checkOf(own, hash), check) === 0);
  return right.includes(true) ? own : undefined;
}

/** All addresses of the relay's own, and the pages that stand for some of them. */
export interface OwnAddresses {
  /** At the current domain. */
  addressFor(own: Own): string;
  /** The page of the same name, where people can reach one: `https://…/report/r-<trace>-<check>`. */
  pageFor(own: Own): string | undefined;
  /** The page that says all commands, where people can reach one: `https://…/help/de`. */
  helpPageFor(language: string): string | undefined;
  /** By the last part of such a link. */
  readToken(token: string): Own | undefined;
  /** At any of the relay's domains. */
  readAddress(address: string): Own | undefined;
}

/** `hashes`: by each secret, the first one writes. `publicUrl`: where the pages are, without a slash at its end. */
export function openOwnAddresses({
  domains,
  hashes,
  publicUrl,
}: {
  readonly domains: readonly [string, ...string[]];
  readonly hashes: readonly [KeyedHash, ...KeyedHash[]];
  readonly publicUrl?: string | undefined;
}): OwnAddresses {
  const addressFor = (own: Own): string => ownAddress(own, domains[0], hashes[0]);
  return {
    addressFor,
    pageFor: (own) => publicUrl && `${publicUrl}/${own.kind}/${localPart(addressFor(own))}`,
    helpPageFor: (language) => publicUrl && `${publicUrl}/help/${language}`,
    readToken: (token) => readOwnAddress(`${token}@${domains[0]}`, hashes),
    readAddress: (address) => (domains.includes(domainOf(address)) ? readOwnAddress(address, hashes) : undefined),
  };
}

/** 40 bits as 8 letters. The prefix keeps the hash apart from the other uses of the same key. */
function checkOf({ kind, trace }: Own, hash: KeyedHash): string {
  const bytes = hash(`${kind}:${trace}`);
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
