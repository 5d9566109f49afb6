/** May the next hop send for the relay's domain (RFC 7208)? The return-paths of all that we send stand at it. */
import { type Check, eachSendingDomain, ok, problem, quoted, type Said, warning } from './check.ts';
import type { Dns } from './dns.ts';
import { isSpf, spfRecord } from './records.ts';

/** RFC 7208 section 4.6.4. */
const mostLookups = 10;

export const spf: Check = {
  name: 'spf',
  look: (deployment) =>
    eachSendingDomain(deployment, async (domain) => {
      const records = (await deployment.dns.txt(domain)).filter(isSpf);
      const publish = `publish: ${await spfRecord(domain, deployment.settings, deployment.dns)}`;
      const [record, second] = records;
      if (record === undefined) return [problem(`${domain} has no SPF record`, publish)];
      if (second !== undefined) return [problem(`${domain} has ${records.length} SPF records, which counts as none`, 'leave one of them')];
      const wrong = wrongIn(domain, record, publish);
      if (wrong) return [wrong];
      const lookups = await countLookups(record, deployment.dns);
      if (typeof lookups === 'string') return [problem(`${domain}: ${lookups}`, `take it out, or ${publish}`)];
      if (lookups > mostLookups)
        return [problem(`${domain}: its SPF record takes more than ${mostLookups} look-ups, so that it fails`, 'include fewer others')];
      return [
        ok(
          `${domain}: ${quoted(record)}, ${lookups} of ${mostLookups} look-ups; the next hop's operator knows whether it names all its addresses`,
        ),
      ];
    }),
};

const termsOf = (record: string): readonly string[] =>
  record
    .toLowerCase()
    .split(' ')
    .slice(1)
    .filter((term) => term !== '');

const mechanism = /^[+?~-]?(?:all|include:.+|a(?:[:/].+)?|mx(?:[:/].+)?|ptr(?::.+)?|ip4:[\d./]+|ip6:[\da-f:./]+|exists:.+)$/;
const modifier = /^[a-z][\w.-]*=/;

function wrongIn(domain: string, record: string, publish: string): Said | undefined {
  const terms = termsOf(record);
  const odd = terms.find((term) => !mechanism.test(term) && !modifier.test(term));
  if (odd !== undefined)
    return problem(`${domain}: ${quoted(odd)} in its SPF record is none of RFC 7208's, so that all of it fails`, publish);
  const all = terms.find((term) => /^[+?~-]?all$/.test(term));
  if (all === 'all' || all === '+all') return problem(`${domain}: its SPF record lets the whole world send (${all})`, 'end it with -all');
  if (terms.every((term) => /all$/.test(term))) return problem(`${domain}: its SPF record lets nobody send`, publish);
  if (terms.some((term) => /^[+?~-]?ptr\b/.test(term))) return warning(`${domain}: ptr in its SPF record is deprecated`, publish);
  if (all === '?all' || (all === undefined && !terms.some((term) => term.startsWith('redirect='))))
    return warning(`${domain}: its SPF record leaves open who may not send`, 'end it with -all');
  return undefined;
}

/** How many look-ups a receiver needs, those of included records too; or what is broken in them, in words. Stops above the limit. */
async function countLookups(record: string, dns: Dns, before = 0): Promise<number | string> {
  let count = before;
  for (const term of termsOf(record)) {
    if (!/^[+?~-]?(?:include:|exists:|(?:a|mx|ptr)(?:[:/]|$))|^redirect=/.test(term)) continue;
    count += 1;
    if (count > mostLookups) return count;
    const target = /^[+?~-]?(?:include:|redirect=)(.+)$/.exec(term)?.[1];
    // What a macro stands for is known when there is a sender.
    if (target === undefined || target.includes('%{')) continue;
    const [inner, second] = (await dns.txt(target)).filter(isSpf);
    if (inner === undefined || second !== undefined) return `${quoted(term)} in its SPF record leads to no SPF record, or to several`;
    const after = await countLookups(inner, dns, count);
    if (typeof after === 'string') return after;
    count = after;
  }
  return count;
}
