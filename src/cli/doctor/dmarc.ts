/** What receivers are told to do with mail that only claims to be ours (RFC 7489). Our d= and our return-paths stand at From's own domain. */
import { type Check, type Deployment, eachSendingDomain, ok, problem, quoted, type Said, warning } from './check.ts';
import { dmarcRecord } from './records.ts';

export const dmarc: Check = {
  name: 'dmarc',
  look: (deployment) => eachSendingDomain(deployment, (domain) => lookAt(domain, deployment)),
};

const isDmarc = (text: string): boolean => /^v\s*=\s*DMARC1\s*(?:;|$)/.test(text);

async function lookAt(domain: string, { dns }: Deployment): Promise<readonly Said[]> {
  const publish = `publish: ${dmarcRecord(domain)}`;
  // RFC 9989 walks up the tree; the organisation's own record speaks for its subdomains by sp=.
  const labels = domain.split('.');
  for (let at = 0; at < labels.length - 1 && at < 8; at += 1) {
    const place = labels.slice(at).join('.');
    const records = (await dns.txt(`_dmarc.${place}`)).filter(isDmarc);
    if (records.length > 1) return [problem(`_dmarc.${place} has ${records.length} records, which counts as none`, 'leave one of them')];
    if (records[0] !== undefined) return judge({ domain, place, record: records[0], publish });
  }
  return [problem(`${domain} has no DMARC record: large receivers refuse or hide such mail`, publish)];
}

interface Found {
  readonly domain: string;
  /** Where the record stands: the domain itself, or one above. */
  readonly place: string;
  readonly record: string;
  readonly publish: string;
}

function judge({ domain, place, record, publish }: Found): readonly Said[] {
  const tag = (name: string): string | undefined => new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*([^;]*)`).exec(record)?.[1]?.trim();
  const at = `_dmarc.${place}`;
  const asked = (place === domain ? undefined : tag('sp')) ?? tag('p');
  if (asked === undefined || !['none', 'quarantine', 'reject'].includes(asked))
    return [problem(`${at}: ${quoted(record)} asks for nothing (p=)`, publish)];
  if (asked === 'none') return [warning(`${at} asks for nothing (p=none) for ${domain}: forged mail in our name is let pass`, publish)];
  if (Number(tag('pct') ?? 100) < 100)
    return [warning(`${at} counts for ${quoted(tag('pct') ?? '')} percent of mail alone`, 'take pct= out')];
  if (tag('rua') === undefined)
    return [warning(`${at}: p=${asked}, and nobody gets reports`, 'add rua=mailto:... at a domain of yours that takes mail')];
  return [ok(`${at}: p=${asked} for ${domain}, with reports; d= and return-path are aligned, strict too`)];
}
