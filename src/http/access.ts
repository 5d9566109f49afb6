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

/** Answers undefined where the caller may, else the refusal. `form`: a page's, whose link is all that it takes. */
export type Guard = (access: Operation['access'] | 'form', caller: Caller) => Answer | undefined;

/**
 * The token is compared in constant time: digests of both, so that neither a beginning nor the length tells. Without `attempts` wrong ones
 * are not counted, without `forms` no forms are.
 */
export function createGuard({ token, attempts, forms }: Pick<HttpSettings, 'token' | 'attempts' | 'forms'>): Guard {
  const expected = digest(token);
  return (access, caller) => {
    if (access === 'form') return countForm(caller, forms);
    if (access === 'open' || (access === 'local' && isLocal(caller))) return undefined;
    const client = clientAddress(caller);
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
function countForm(caller: Caller, forms: HttpSettings['forms']): Answer | undefined {
  if (!forms || forms.hit(clientAddress(caller))) return undefined;
  return tooMany('too-many-forms', 'Too many forms from here.', 60);
}

const tooMany = (type: ProblemName, detail: string, seconds: number): Answer =>
  problem(429, detail, { type, headers: { 'retry-after': String(seconds) } });

/** Nothing from there is listened to for now. */
export const isShutOut = (caller: Caller, attempts: HttpSettings['attempts']): boolean => (attempts?.wait(clientAddress(caller)) ?? 0) > 0;

const unauthorised = (challenge: string): Answer =>
  problem(401, 'Authorization: Bearer with the token of the API is needed.', {
    type: 'no-token',
    headers: { 'www-authenticate': challenge },
  });

const isLocal = ({ address = '', forwarded, forwardedFor }: Caller): boolean =>
  forwarded === undefined && forwardedFor === undefined && isLoopback(address);

/**
 * A proxy before us may have read it as another request, to another host: two Host fields (RFC 9112 section 3.2), or a target that names
 * a host itself. `fields`: names and values in turn, as they came.
 */
export function isAmbiguous(target: string, fields: readonly string[]): boolean {
  const hosts = fields.filter((field, at) => at % 2 === 0 && field.toLowerCase() === 'host');
  return hosts.length > 1 || !(target.startsWith('/') || target === '*');
}

/**
 * Behind a proxy on this machine all calls come from one address, and one guesser must not shut out the others: what the proxy itself put
 * last into X-Forwarded-For tells them apart. From elsewhere anybody could have written it.
 */
function clientAddress({ address = '', forwardedFor }: Caller): string {
  const last = [forwardedFor ?? ''].flat().join(',').split(',').at(-1)?.trim() ?? '';
  return withoutPrefix(isLoopback(address) && isIP(last) !== 0 ? last : address);
}

/** A listener on `::` names all IPv4 clients as addresses of one /64 (RFC 4291 section 2.5.5.2). */
const withoutPrefix = (address: string): string => address.replace(/^::ffff:(?=[\d.]+$)/i, '');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The scheme in any letter case, then one space (RFC 9110 section 11.1). */
export const bearer = (authorization: string): string | undefined =>
  authorization.slice(0, 7).toLowerCase() === 'bearer ' ? authorization.slice(7).trim() : undefined;
