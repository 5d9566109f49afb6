/**
 * Who may call: bearer tokens (RFC 6750), and callers on this machine for health and metrics. A client that brought some wrong tokens is
 * not listened to for a while, whatever it brings (429): no guess of its tells anything then. Forms of pages come from anybody, and from
 * nobody in a flood. And what cannot be a call at all.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { isLoopback } from '../model/loopback.ts';
import type { Answer, HttpSettings, Operation } from './operation.ts';
import { problem } from './problem.ts';
import type { ProblemName } from './problem-types.ts';

export interface Caller {
  readonly authorization: string | undefined;
  /** Address of the socket, as the system gives it. */
  readonly address: string | undefined;
  /** `Forwarded` and `X-Forwarded-For`: a proxy called for somebody else. */
  readonly forwarded: string | undefined;
  readonly forwardedFor: string | readonly string[] | undefined;
  /** The token that it brings is one of the store's. */
  readonly isKnown?: boolean;
}

export type GuardSettings = Pick<HttpSettings, 'token' | 'attempts' | 'forms' | 'balancers'>;

/** Answers undefined where the caller may, else the refusal. `form`: a page's, whose link is all that it takes. */
export type Guard = (access: Operation['access'] | 'form', caller: Caller) => Answer | undefined;

/**
 * The token is compared in constant time: digests of both, so that neither a beginning nor the length tells. Without `attempts` wrong ones
 * are not counted, without `forms` no forms are.
 */
export function createGuard({ token, attempts, forms, balancers }: GuardSettings): Guard {
  const expected = digest(token);
  const isNear = (access: Operation['access'], caller: Caller): boolean =>
    access !== 'token' && isDirect(caller) && (isLoopback(caller.address ?? '') || (access === 'health' && isBalancer(caller, balancers)));
  return (access, caller) => {
    if (access === 'form') return countForm(clientOf(caller, balancers), forms);
    if (access === 'open' || isNear(access, caller)) return undefined;
    const client = clientOf(caller, balancers);
    const seconds = attempts?.wait(client) ?? 0;
    if (seconds > 0) return tooMany('too-many-wrong-tokens', 'Too many wrong tokens from here.', seconds);
    const given = bearer(caller.authorization ?? '');
    if (given === undefined) return unauthorised('Bearer realm="postern"');
    if (caller.isKnown || timingSafeEqual(digest(given), expected)) {
      attempts?.passed(client);
      return undefined;
    }
    attempts?.failed(client);
    return unauthorised('Bearer realm="postern", error="invalid_token"');
  };
}

/** After a minute there is room again. */
function countForm(client: string, forms: HttpSettings['forms']): Answer | undefined {
  if (!forms || forms.hit(client)) return undefined;
  return tooMany('too-many-forms', 'Too many forms from here.', 60);
}

const tooMany = (type: ProblemName, detail: string, seconds: number): Answer =>
  problem(429, detail, { type, headers: { 'retry-after': String(seconds) } });

/** Nothing from there is listened to for now. */
export const isShutOut = (caller: Caller, { attempts, balancers }: GuardSettings): boolean =>
  (attempts?.wait(clientOf(caller, balancers)) ?? 0) > 0;

const isBalancer = ({ address = '' }: Caller, balancers: GuardSettings['balancers'] = []): boolean =>
  balancers.includes(withoutPrefix(address));

const clientOf = (caller: Caller, balancers: GuardSettings['balancers']): string =>
  clientAddress(caller, isLoopback(caller.address ?? '') || isBalancer(caller, balancers));

const unauthorised = (challenge: string): Answer =>
  problem(401, 'Authorization: Bearer with the token of the API is needed.', {
    type: 'no-token',
    headers: { 'www-authenticate': challenge },
  });

/** For itself, not for somebody behind it. */
const isDirect = ({ forwarded, forwardedFor }: Caller): boolean => forwarded === undefined && forwardedFor === undefined;

/**
 * A proxy before us may have read it as another request, to another host: two Host fields (RFC 9112 section 3.2), or a target that names
 * a host itself. `fields`: names and values in turn, as they came.
 */
export function isAmbiguous(target: string, fields: readonly string[]): boolean {
  const hosts = fields.filter((field, at) => at % 2 === 0 && field.toLowerCase() === 'host');
  return hosts.length > 1 || !(target.startsWith('/') || target === '*');
}

/**
 * Behind a proxy, on this machine or a balancer that we were told of, all calls come from one address, and one guesser must not shut out
 * the others: what the proxy itself put last into X-Forwarded-For tells them apart. From elsewhere anybody could have written it.
 */
function clientAddress({ address = '', forwardedFor }: Caller, believed: boolean): string {
  const last = [forwardedFor ?? ''].flat().join(',').split(',').at(-1)?.trim() ?? '';
  return withoutPrefix(believed && isIP(last) !== 0 ? last : address);
}

/** A listener on `::` names all IPv4 clients as addresses of one /64 (RFC 4291 section 2.5.5.2). */
const withoutPrefix = (address: string): string => address.replace(/^::ffff:(?=[\d.]+$)/i, '');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The scheme in any letter case, then one space (RFC 9110 section 11.1). */
export const bearer = (authorization: string): string | undefined =>
  authorization.slice(0, 7).toLowerCase() === 'bearer ' ? authorization.slice(7).trim() : undefined;
