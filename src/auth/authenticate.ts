/**
 * AUTHENTICATE: is the author's address proven? By DKIM (RFC 6376) or SPF (RFC 7208), aligned with the domain in From as DMARC
 * (RFC 7489 section 3.1) aligns them, whatever policy that domain publishes. `enforce` refuses what is not proven.
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

async function look({ raw, envelope }: Received, { author }: Header, { resolver, name }: ProofSetup): Promise<Authentication> {
  const { spf, dkim } = await verify(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
    ip: envelope.client.ip,
    helo: envelope.client.helo,
    sender: envelope.reversePath,
    mta: name,
    resolver,
    disableArc: true,
    disableBimi: true,
    disableDmarc: true,
    rejectRsaSha1: true,
  });
  // A signature over a part of the body (l=) says nothing about the rest: it counts as none.
  const signatures = dkim.results.filter(({ canonBodyLengthLimited }) => !canonBodyLengthLimited);
  const passing = signatures.filter(({ status }) => status.result === 'pass').map(({ signingDomain }) => signingDomain ?? '');
  const spfResult = (spf ? spf.status.result : 'none') as Result;
  const domains = spf && spfResult === 'pass' ? [...passing, spf.domain] : passing;
  return {
    spf: spfResult,
    dkim: passing.length > 0 ? 'pass' : ((signatures[0]?.status.result ?? 'none') as Result),
    aligned: domains.some((domain) => organisation(domain) === organisation(domainOf(author))),
  };
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
