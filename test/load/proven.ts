/** Mail of the mixes' author that is proven by its signature (RFC 6376), and the name server that knows its key. */
import { startDns } from '../support/dnsmasq.ts';
import { programs } from '../support/programs.ts';
import { key, recordOf, signed } from '../threats/proving.ts';
import { author } from './mixes.ts';

const domain = author.split('@')[1] ?? '';

/** Not set: it can be measured. */
export const missing = programs.has('dnsmasq') ? undefined : 'dnsmasq is not installed';

export const proven = (mail: string): string => signed(mail, { domain, canon: 'simple' });

/** Without SPF: each message must be proven by its signature. `env`: of a relay that asks it. */
export async function startKeys(): Promise<AsyncDisposable & { readonly env: Readonly<Record<string, string>> }> {
  const dns = await startDns({ [`s1._domainkey.${domain}`]: [recordOf(key)] });
  return { env: { SENDER_PROOF: 'enforce', DNS_SERVERS: dns.address }, [Symbol.asyncDispose]: () => dns[Symbol.asyncDispose]() };
}
