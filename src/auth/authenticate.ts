/**
 * AUTHENTICATE: is the author's address proven? By DKIM (RFC 6376) or SPF (RFC 7208), aligned with the domain in From as DMARC
 * (RFC 7489 section 3.1) aligns them, whatever policy that domain publishes; or by what a forwarder found whose seal we trust (ARC, RFC 8617).
 * `enforce` refuses what is not proven.
 */
import { authenticate as verify } from 'mailauth';
import { getDomain } from 'tldts';
import { domainOf } from '../model/address.ts';
import type { Authentication, Result } from '../model/authentication.ts';
import type { Header, Received } from '../model/message.ts';
import { Refusal, replies } from '../model/reply.ts';
import type { Resolver } from './resolver.ts';

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
 * Throws a `Refusal` where proof is enforced: 550 5.7.26 for an author who is not proven, 451 4.4.3 while DNS does not tell.
 * Resolves undefined where nothing was asked.
 */
export async function authenticate(received: Received, header: Header, setup: ProofSetup): Promise<Authentication | undefined> {
  if (setup.proof === 'off') return undefined;
  const authentication = await within(deadline, look(received, header, setup));
  if (setup.proof === 'monitor' || authentication?.aligned) return authentication;
  if (!authentication || authentication.spf === 'temperror' || authentication.dkim === 'temperror') throw new Refusal(replies.dnsAway);
  throw new Refusal(replies.unauthenticated, { cause: `spf=${authentication.spf} dkim=${authentication.dkim}` });
}

async function look(
  { raw, envelope }: Received,
  { author }: Header,
  { resolver, name, trustedSealers }: ProofSetup,
): Promise<Authentication> {
  const { spf, dkim, arc } = await verify(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
    ip: envelope.client.ip,
    helo: envelope.client.helo,
    sender: envelope.reversePath,
    mta: name,
    resolver,
    disableArc: trustedSealers.length === 0,
    disableBimi: true,
    disableDmarc: true,
    rejectRsaSha1: true,
  });
  // A signature over a part of the body (l=) says nothing about the rest: it counts as none.
  const signatures = dkim.results.filter(({ canonBodyLengthLimited }) => !canonBodyLengthLimited);
  const passing = signatures.filter(({ status }) => status.result === 'pass').map(({ signingDomain }) => signingDomain ?? '');
  const spfResult = (spf ? spf.status.result : 'none') as Result;
  const domains = spf && spfResult === 'pass' ? [...passing, spf.domain] : passing;
  const sealed = sealedDomains(arc, trustedSealers);
  return {
    ...(arc && { arc: arc.status.result as Result }),
    spf: spfResult,
    dkim: passing.length > 0 ? 'pass' : ((signatures[0]?.status.result ?? 'none') as Result),
    aligned: [...domains, ...sealed].some((domain) => organisation(domain) === organisation(domainOf(author))),
  };
}

/** One set of the chain, as far as we read it; what the library's parser gives of it. */
interface Link {
  readonly 'arc-seal'?: { readonly parsed?: { readonly d?: { readonly value?: string } } };
  readonly 'arc-authentication-results'?: { readonly parsed?: Found };
}
interface Found {
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
function sealedDomains(arc: Awaited<ReturnType<typeof verify>>['arc'], trusted: readonly string[]): readonly string[] {
  if (!arc) return [];
  const chain = (arc.chain || []) as unknown as readonly Link[];
  const isTrusted = (link: Link) => trusted.includes(link['arc-seal']?.parsed?.d?.value?.toLowerCase() ?? '');
  // QUIRK: the library moves the results of the newest set out of the chain.
  const found = chain.length === 1 ? (arc.authenticationResults as Found | undefined) : chain[0]?.['arc-authentication-results']?.parsed;
  if (arc.status.result !== 'pass' || !found || !chain.every(isTrusted)) return [];
  const { dkim = [], spf } = found;
  const signed = dkim.filter(passed).map(({ header }) => header?.d ?? domainOf(header?.i ?? ''));
  const sender = spf && passed(spf) ? [domainOf(spf.smtp?.mailfrom ?? '')] : [];
  return [...signed, ...sender].filter((domain) => domain !== '');
}

/** The Organizational Domain (RFC 7489 section 3.2), by the public suffix list with its private part. */
const organisation = (domain: string): string => getDomain(domain, { allowPrivateDomains: true }) ?? domain.toLowerCase();

/** Undefined where the time is up. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
