/**
 * AUTHENTICATE: is the author's address proven? By DKIM (RFC 6376) or SPF (RFC 7208), aligned with the domain in From as DMARC
 * (RFC 7489 section 3.1) aligns them, whatever policy that domain publishes; or by what a forwarder found whose seal we trust (ARC, RFC 8617).
 * `enforce` refuses what is not proven. Mail that is handed in after AUTH is proven by it.
 */
import { domainOf } from '../model/address.ts';
import type { Authentication, Result } from '../model/authentication.ts';
import type { Header, Received } from '../model/message.ts';
import { Refusal, replies } from '../model/reply.ts';
import { within } from '../model/within.ts';
import { organisationOf } from './organisation.ts';
import { isAnswer, type Resolver } from './resolver.ts';
import { inSlices, withoutUseless } from './signatures.ts';

/** `monitor` finds out and refuses nobody; `off` does not even ask. */
export type SenderProof = 'enforce' | 'monitor' | 'off';

export interface ProofSetup {
  readonly proof: SenderProof;
  readonly resolver: Resolver;
  /** Domains of forwarders whose seals are believed; of none where it is empty. */
  readonly trustedSealers: readonly string[];
  /** Our name in SPF macros and results. */
  readonly name: string;
}

/** No DNS server may keep a message waiting for longer. */
const deadline = 8_000;

/**
 * Throws a `Refusal` where proof is enforced: 550 5.7.26 for an author who is not proven, 451 4.4.3 while DNS does not tell; and always
 * 550 5.7.1 for one whom a login does not stand for. Its cause is what was found out, as far as there was time to.
 * Resolves undefined where nothing was asked.
 */
export async function authenticate(received: Received, header: Header, setup: ProofSetup): Promise<Authentication | undefined> {
  const { writesFor } = received.envelope.client;
  if (writesFor) return submitted(header, writesFor);
  if (setup.proof === 'off') return undefined;
  const found = await within(deadline, look(received, header, setup));
  const authentication = found?.authentication;
  if (setup.proof === 'monitor' || authentication?.aligned) return authentication;
  if (!found) throw new Refusal(replies.dnsAway, { cause: 'DNS took too long' });
  throw new Refusal(found.unsure ? replies.dnsAway : replies.unauthenticated, { cause: authentication });
}

/**
 * Who logged in (RFC 4954) vouches for authors at the domains that the login is for, exactly these. Nobody is asked further: it is the
 * marketplace's own application, and what it hands in was never signed.
 */
function submitted({ author }: Header, writesFor: readonly string[]): Authentication {
  const aligned = writesFor.includes('*') || writesFor.includes(domainOf(author));
  const authentication = { auth: 'pass', spf: 'none', dkim: 'none', aligned } as const;
  if (!aligned) throw new Refusal(replies.notYourDomain, { cause: authentication });
  return authentication;
}

type Verify = typeof import('mailauth').authenticate;

interface Found {
  readonly authentication: Authentication;
  /** Something that DNS did not tell could have proven the author. */
  readonly unsure: boolean;
}

async function look({ raw, envelope }: Received, header: Header, { resolver, name, trustedSealers }: ProofSetup): Promise<Found> {
  // Loaded with the first message that is to be proven: 0.2 s of CPU that a start can do without, and one without proof altogether.
  const { authenticate: verify } = await import('mailauth');
  const { ask, trouble } = watched(resolver);
  const { spf, dkim, arc } = await verify(inSlices(withoutUseless(raw, header)), {
    ip: envelope.client.ip,
    helo: envelope.client.helo,
    sender: envelope.reversePath,
    mta: name,
    resolver: ask,
    disableArc: trustedSealers.length === 0,
    disableBimi: true,
    disableDmarc: true,
    rejectRsaSha1: true,
  });
  const isAligned = alignedWith(domainOf(header.author));
  // Those over a part that the library finds in spite of `withoutUseless`: it takes more characters for blanks.
  const signatures = dkim.results.filter(({ canonBodyLengthLimited }) => !canonBodyLengthLimited);
  const signers = (result: Result) =>
    signatures.filter(({ status }) => status.result === result).map(({ signingDomain }) => signingDomain ?? '');
  const passing = signers('pass');
  const spfResult = (spf ? spf.status.result : 'none') as Result;
  const sender = spf ? [spf.domain] : [];
  const proven = [...passing, ...(spfResult === 'pass' ? sender : []), ...sealedDomains(arc, trustedSealers)];
  const unsure = [...signers('temperror'), ...(spfResult === 'temperror' ? sender : [])];
  return {
    authentication: {
      ...(arc && { arc: arc.status.result as Result }),
      spf: spfResult,
      dkim: passing.length > 0 ? 'pass' : ((signatures[0]?.status.result ?? 'none') as Result),
      aligned: proven.some(isAligned),
    },
    // QUIRK: the library calls a chain whose keys nobody tells it a failed one.
    unsure: unsure.some(isAligned) || trustedSealers.some((domain) => trouble.some((name) => name.endsWith(`._domainkey.${domain}`))),
  };
}

/** The same resolver, and the names for which it had no answer, not even that there is none. */
function watched(resolver: Resolver): { readonly ask: Resolver; readonly trouble: readonly string[] } {
  const trouble: string[] = [];
  const ask: Resolver = (name, type) => {
    const answer = resolver(name, type);
    answer.catch((error: unknown) => {
      if (!isAnswer(error)) trouble.push(name.toLowerCase());
    });
    return answer;
  };
  return { ask, trouble };
}

/** One set of the chain, as far as we read it; what the library's parser gives of it. */
interface Link {
  readonly 'arc-seal'?: { readonly parsed?: { readonly d?: { readonly value?: string } } };
  readonly 'arc-authentication-results'?: { readonly parsed?: Results };
}
interface Results {
  readonly dkim?: readonly (Verdict & { readonly header?: { readonly d?: string; readonly i?: string } })[];
  readonly spf?: Verdict & { readonly smtp?: { readonly mailfrom?: string } };
}
/** `value` in the chain, `result` in the newest set. */
interface Verdict {
  readonly value?: string;
  readonly result?: string;
}
const passed = ({ value, result }: Verdict): boolean => (value ?? result) === 'pass';

/**
 * The domains that the first forwarder found proven, where the chain holds and each of its sealers is trusted: any other one could have put
 * the words into it.
 */
function sealedDomains(arc: Awaited<ReturnType<Verify>>['arc'], trusted: readonly string[]): readonly string[] {
  if (!arc) return [];
  const chain = (arc.chain || []) as unknown as readonly Link[];
  const isTrusted = (link: Link) => trusted.includes(link['arc-seal']?.parsed?.d?.value?.toLowerCase() ?? '');
  // QUIRK: the library moves the results of the newest set out of the chain.
  const found = chain.length === 1 ? (arc.authenticationResults as Results | undefined) : chain[0]?.['arc-authentication-results']?.parsed;
  if (arc.status.result !== 'pass' || !found || !chain.every(isTrusted)) return [];
  const { dkim = [], spf } = found;
  const signed = dkim.filter(passed).map(({ header }) => header?.d ?? domainOf(header?.i ?? ''));
  const sender = spf && passed(spf) ? [domainOf(spf.smtp?.mailfrom ?? '')] : [];
  return [...signed, ...sender].filter((domain) => domain !== '');
}

/** Letters, digits, `-`, `_` and dots: what can be a host's or its key's name in DNS, as all mail systems write it. */
const plainName = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?$/i;

/** Whether a domain has the same Organizational Domain; a suffix has none, and is aligned with itself alone. */
function alignedWith(authorDomain: string): (domain: string) => boolean {
  const name = (domain: string): string => organisationOf(domain) ?? domain.toLowerCase().replace(/\.$/, '');
  const own = name(authorDomain);
  // QUIRK: tldts reads URLs, and finds the shop in `shop.example/.evil.example`, which is a name below evil.example and may stand in d=.
  return (domain) => plainName.test(domain) && name(domain) === own;
}
