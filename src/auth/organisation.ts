/** Whose a domain is: the Organizational Domain (RFC 7489 section 3.2), by the public suffix list with its private part. */
import { getDomain } from 'tldts';

/** Below these every customer has a name and signs with it, though the public suffix list does not say so; longer ones first. */
const customerSuffixes = ['mail.onmicrosoft.com', 'onmicrosoft.com', 'onmicrosoft.de', 'onmicrosoft.us', 'partner.onmschina.cn'];

/** Undefined for a suffix itself (`co.uk`, `github.io`): names below it belong to anybody. `domain`: as in DNS, in ASCII. */
export function organisationOf(domain: string): string | undefined {
  const name = domain.toLowerCase().replace(/\.$/, '');
  if (customerSuffixes.includes(name)) return undefined;
  const suffix = customerSuffixes.find((it) => name.endsWith(`.${it}`));
  if (suffix !== undefined) return name.slice(name.lastIndexOf('.', name.length - suffix.length - 2) + 1);
  return getDomain(name, { allowPrivateDomains: true, extractHostname: false }) ?? undefined;
}
