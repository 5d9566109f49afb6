/** Host names: what is one, where it belongs, whether it is allowed. The door of `tldts` (the public suffix list). */
import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import type { Allowed } from '../policy.ts';

/** The host of an absolute or protocol-relative URL, lower case, IDN in ASCII; what stands before an `@` is no host. */
export function hostOf(url: string): string | undefined {
  const absolute = url.startsWith('//') ? `https:${url}` : url;
  const hostname = absolute.length > 4096 ? '' : (URL.parse(absolute)?.hostname ?? '');
  return hostname === '' ? undefined : hostname.toLowerCase().replace(/\.$/, '');
}

/** Is it one of these hosts, or below one of them? By whole labels. */
export const isUnder = (host: string, hosts: readonly string[]): boolean => hosts.some((it) => host === it || host.endsWith(`.${it}`));

/** May everybody link to it: a host of the marketplace or of the allow list, or one that leads nowhere (private, local)? */
export const isAllowedHost = (host: string, allowed: Allowed): boolean =>
  isUnder(host, allowed.marketplace) || isUnder(host, allowed.hosts) || leadsNowhere(host);

const localNames = ['localhost', 'local', 'lan', 'home', 'internal', 'home.arpa', 'fritz.box', 'invalid'] as const;

/** Private, local and loopback addresses (RFC 1918, 3927, 6761, 6762, 8375, 4193) and one-label names. */
function leadsNowhere(host: string): boolean {
  if (isUnder(host, localNames) || host === '') return true;
  if (host.startsWith('[')) return /^\[(?:::1|f[cd]|fe[89ab])/.test(host);
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) {
    const [first = 0, second = 0] = host.split('.').map(Number);
    if (first === 172) return second >= 16 && second < 32;
    return first === 10 || first === 127 || first === 0 || (first === 192 && second === 168) || (first === 169 && second === 254);
  }
  return !host.includes('.');
}

/** Ends this name in a public suffix of ICANN's part of the list, with a label of its own before it? `example` counts (RFC 2606). */
export function isRegistrable(name: string): boolean {
  const host = domainToASCII(name);
  if (host === '' || host.length > 253) return false;
  const { isIcann, domain, isIp } = parse(host, { allowPrivateDomains: false });
  if (isIp) return false;
  return (isIcann === true && domain !== null) || /.\.example$/.test(host);
}
