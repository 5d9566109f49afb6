/** Who may call: bearer tokens (RFC 6750), and callers on this machine for health and metrics. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Answer } from './operation.ts';
import { problem } from './problem.ts';

export interface Caller {
  readonly authorization: string | undefined;
  /** Address of the socket, as the system gives it. */
  readonly address: string | undefined;
  /** A proxy on this machine called for somebody else. */
  readonly forwarded: boolean;
}

/** Answers undefined where the caller may, else the refusal. The token is compared in constant time. */
export function createGuard(token: string): (access: 'token' | 'local' | 'open', caller: Caller) => Answer | undefined {
  const expected = digest(token);
  return (access, { authorization, address, forwarded }) => {
    if (access === 'open' || (access === 'local' && !forwarded && onLoopback(address ?? ''))) return undefined;
    const given = bearer(authorization ?? '');
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return undefined;
    const challenge = given === undefined ? 'Bearer realm="postern"' : 'Bearer realm="postern", error="invalid_token"';
    return problem(401, 'Authorization: Bearer with the token of the API is needed.', { headers: { 'www-authenticate': challenge } });
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The scheme in any letter case, then one space (RFC 9110 section 11.1). */
const bearer = (authorization: string): string | undefined =>
  authorization.slice(0, 7).toLowerCase() === 'bearer ' ? authorization.slice(7).trim() : undefined;

const onLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
