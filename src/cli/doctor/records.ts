/** The DNS records that this deployment needs, in the form of a zone file (RFC 1035 section 5). */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Settings } from '../../config/settings.ts';
import { dkimRecord, readDkimKey } from '../../outbound/dkim-key.ts';
import { type Dns, reverseName } from './dns.ts';

/** The longest string within a TXT record (RFC 1035 section 3.3); octets. */
const longestString = 255;

/** `name. IN TXT "…"`; a long text in several strings, within brackets. */
export function txtRecord(name: string, text: string): string {
  const strings = (text.match(new RegExp(`.{1,${longestString}}`, 'g')) ?? []).map((one) => `"${one}"`);
  return `${name}. IN TXT ${strings.length === 1 ? strings.join('') : `( ${strings.join(' ')} )`}`;
}

export const mxRecord = (domain: string, { ehloName }: Settings): string => `${domain}. IN MX 10 ${ehloName}.`;

/** Reject is right for a domain that nothing but the relay sends from. */
export const dmarcRecord = (domain: string): string => txtRecord(`_dmarc.${domain}`, 'v=DMARC1; p=reject; adkim=s');

export const ptrRecord = (address: string, name: string): string => `${reverseName(address)}. IN PTR ${name}.`;

/**
 * The record that lets the next hop send for us. A provider publishes an SPF record of its own, at the domain above its hosts', which is
 * to be included; any other next hop sends from its own address.
 */
export async function spfRecord(domain: string, { outbound }: Settings, dns: Dns): Promise<string> {
  return txtRecord(domain, `v=spf1 ${outbound.kind === 'maildir' ? 'mx' : await mechanismFor(outbound.host, dns)} -all`);
}

async function mechanismFor(host: string, dns: Dns): Promise<string> {
  const version = isIP(host);
  if (version !== 0) return `ip${version}:${host}`;
  const above = host.split('.').slice(1).join('.');
  const published = above.includes('.') ? await dns.txt(above).catch(() => []) : [];
  return published.some(isSpf) ? `include:${above}` : `a:${host}`;
}

/** RFC 7208 section 4.5. */
export const isSpf = (text: string): boolean => /^v=spf1(?: |$)/i.test(text);

/** All records to publish, one a line, and what else is to be done as comments. Keys that cannot be read are left out. */
export async function zoneOf(settings: Settings, dns: Dns): Promise<string> {
  const { relayDomains, ehloName, dkim } = settings;
  const blocks = await Promise.all(
    relayDomains.map(async (domain) => [
      `; ${domain}`,
      mxRecord(domain, settings),
      await spfRecord(domain, settings, dns),
      ...dkim.flatMap((key) => dkimRecordOf(key, domain)),
      dmarcRecord(domain),
      '',
    ]),
  );
  const addresses = await dns.addresses(ehloName).catch(() => []);
  return [
    ...blocks.flat(),
    `; Reports: add rua=mailto:... to _dmarc, at a domain of yours that takes mail; ${relayDomains[0]} takes mail to aliases alone.`,
    `; PTR: whoever has the addresses that ${ehloName} and the next hop send from publishes them:`,
    ...(addresses.length === 0 ? [`; ${ehloName} has no address yet`] : addresses.map((address) => `; ${ptrRecord(address, ehloName)}`)),
    '',
  ].join('\n');
}

function dkimRecordOf({ keyFile, selector }: Settings['dkim'][number], domain: string): readonly string[] {
  try {
    return [txtRecord(`${selector}._domainkey.${domain}`, dkimRecord(readDkimKey(readFileSync(keyFile, 'utf8'))))];
  } catch {
    return [`; the key for ${selector} cannot be read`];
  }
}
