/**
 * Where a webhook may lead (SSRF, server-side request forgery): to public addresses by HTTPS alone. A name is looked up when we connect, and the
 * connection goes to an address that was looked at: a name that changes its mind between look and connect gains nothing.
 */
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { isLoopback } from '../model/loopback.ts';

/** IANA IPv4 special-purpose address registry (RFC 6890), multicast (RFC 5771), and the addresses at which clouds tell a machine its secrets. */
const specialV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;

/** Global unicast (RFC 4291 section 2.4). What is none of it is refused: loopback, ULA, link-local, multicast, IPv4-mapped, NAT64. */
const globalV6 = ['2000::', 3] as const;

/** IANA IPv6 special-purpose address registry, as far as it lies in global unicast: Teredo and its like, documentation, 6to4. */
const specialV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [net, prefix] of specialV4) special.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of specialV6) special.addSubnet(net, prefix, 'ipv6');
const unicast = new BlockList();
unicast.addSubnet(...globalV6, 'ipv6');

/** False for what is no address, too. */
export function isPublic(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !special.check(address, 'ipv4');
  return version === 6 && !address.includes('%') && unicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** What stands in the way of a connection, in words of ours. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const longestUrl = 2048;

/** The URL, or what is wrong with it, as a predicate. `allowPrivate`: private addresses too, and plain HTTP where it does not leave the machine. */
export function readTarget(text: string, allowPrivate: boolean): URL | string {
  const url = text.length <= longestUrl && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return `must be a URL of at most ${longestUrl} characters`;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return 'must have no user, password or fragment';
  const host = hostOf(url);
  const isPlain = url.protocol === 'http:' && allowPrivate && isLoopback(host);
  if (url.protocol !== 'https:' && !isPlain) return 'must begin with https://';
  const isName = isIP(host) === 0 && host !== 'localhost';
  return isName || mayConnect(host, url, allowPrivate) ? url : 'must not lead to a private address';
}

/** Without the brackets of IPv6. */
const hostOf = ({ hostname }: URL): string => (hostname.startsWith('[') ? hostname.slice(1, -1) : hostname);

function mayConnect(address: string, { protocol }: URL, allowPrivate: boolean): boolean {
  if (protocol === 'http:') return allowPrivate && isLoopback(address);
  return allowPrivate || isPublic(address);
}

/** All addresses of a name; the system's way is used where no other is given. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true });

/** Of the addresses of a name only those that may be connected to. QUIRK: Node asks it for names alone, so `readTarget` looks at addresses. */
export const guardedLookup =
  (url: URL, allowPrivate: boolean, resolve = resolveBySystem): LookupFunction =>
  (hostname, { all, family = 0 }, callback) => {
    const choose = (found: readonly LookupAddress[]): void => {
      const wanted = found.filter((one) => family === 0 || family === one.family || family === `IPv${one.family}`);
      const allowed = wanted.filter(({ address }) => mayConnect(address, url, allowPrivate));
      const [first] = allowed;
      if (!first) callback(new Refused('not a public address'), '', 0);
      else if (all) callback(null, allowed);
      else callback(null, first.address, first.family);
    };
    resolve(hostname).then(choose, (error: Error) => callback(error, '', 0));
  };
