/** DNS as the checks ask it: by the relay's own name servers; a name without such a record is an empty answer. */
import { isIPv4 } from 'node:net';
import type { Resolver } from '../../auth/resolver.ts';
import { codeOf } from './check.ts';

export interface Exchange {
  readonly exchange: string;
  readonly priority: number;
}

export interface Dns {
  /** Each record with its strings joined (RFC 7208 section 3.3). */
  txt(name: string): Promise<readonly string[]>;
  /** The preferred one first; `''` as name is the null MX (RFC 7505). */
  mx(name: string): Promise<readonly Exchange[]>;
  /** IPv4 and IPv6. */
  addresses(name: string): Promise<readonly string[]>;
  /** What the address points back to (PTR). */
  names(address: string): Promise<readonly string[]>;
}

/** The name servers did not answer, or refused to. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** All of them reject with `Unanswered` where there is no answer. */
export function dnsOf(resolve: Resolver): Dns {
  const ask = async (name: string, type: string): Promise<readonly unknown[]> => {
    try {
      return await resolve(name, type);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
      throw new Unanswered(`the name servers do not answer for ${type} ${name} (${code})`);
    }
  };
  return {
    txt: async (name) => ((await ask(name, 'TXT')) as readonly string[][]).map((strings) => strings.join('')),
    mx: async (name) => ((await ask(name, 'MX')) as readonly Exchange[]).toSorted((a, b) => a.priority - b.priority),
    addresses: async (name) => (await Promise.all([ask(name, 'A'), ask(name, 'AAAA')])).flat() as readonly string[],
    names: async (address) => (await ask(reverseName(address), 'PTR')) as readonly string[],
  };
}

/** `1.2.0.192.in-addr.arpa` (RFC 1035 section 3.5), `….ip6.arpa` (RFC 3596 section 2.5). */
export function reverseName(address: string): string {
  if (isIPv4(address)) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const [left = '', right] = address.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':').flatMap(groupsOf));
  const head = groups(left);
  const tail = groups(right ?? '');
  const middle = Array.from({ length: right === undefined ? 0 : 8 - head.length - tail.length }, () => '0');
  const digits = [...head, ...middle, ...tail].map((group) => group.padStart(4, '0')).join('');
  return `${[...digits].reverse().join('.')}.ip6.arpa`;
}

/** An IPv4 address may stand at the end of an IPv6 one (RFC 4291 section 2.2). */
function groupsOf(group: string): readonly string[] {
  if (!isIPv4(group)) return [group];
  const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
  return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
}
