/**
 * ADMISSION of a call: whose token it brings, what that may, and how often. Tokens of the store have scopes; the one of the settings may all.
 * What is left is told with each answer (draft-ietf-httpapi-ratelimit-headers-10).
 */
import { type ApiToken, digestOf, isMinted, type Scope } from '../model/token.ts';
import type { Tokens } from '../store/tokens.ts';
import { bearer, type Caller, createGuard, isShutOut } from './access.ts';
import type { Answer, CallRate, HttpSettings, Operation } from './operation.ts';
import { problem } from './problem.ts';

export type Admission =
  | { readonly kind: 'refused'; readonly answer: Answer }
  /** `caller`: tells tokens apart; not set where the call needs none. */
  | { readonly kind: 'admitted'; readonly caller?: string; readonly headers: Readonly<Record<string, string>> };

export type Admit = (operation: Pick<Operation, 'access' | 'form' | 'method' | 'scope'>, caller: Caller) => Promise<Admission>;

/** The token of the settings, among callers. */
const root = 'root';

export function createAdmission(settings: HttpSettings, tokens: Pick<Tokens, 'find'>): Admit {
  const guard = createGuard(settings);
  return async (operation, caller) => {
    const access = operation.form ? 'form' : operation.access;
    const known = access !== 'open' && access !== 'form' ? await tokenOf(caller, settings, tokens) : undefined;
    const answer = guard(access, { ...caller, isKnown: known !== undefined });
    if (answer) return { kind: 'refused', answer };
    if (access !== 'token') return { kind: 'admitted', headers: {} };
    const scope = scopeOf(operation);
    // The refusal counts too: who is refused may ask as often as others.
    const counted = count(known?.id ?? root, settings.rate);
    if (counted.kind === 'refused' || !known || known.scopes.includes(scope)) return counted;
    return { kind: 'refused', answer: missing(scope, counted.headers) };
  };
}

/** Whoever is not listened to anyway costs the store nothing. */
async function tokenOf(caller: Caller, settings: HttpSettings, tokens: Pick<Tokens, 'find'>): Promise<ApiToken | undefined> {
  const given = bearer(caller.authorization ?? '');
  if (given === undefined || !isMinted(given) || isShutOut(caller, settings)) return undefined;
  return tokens.find(digestOf(given));
}

/** What asks for something reads, all else writes, where an operation does not say otherwise. */
export const scopeOf = ({ scope, method }: Pick<Operation, 'scope' | 'method'>): Scope => scope ?? (method === 'GET' ? 'read' : 'write');

/** RFC 6750 section 3.1. */
const missing = (scope: Scope, headers: Answer['headers']): Answer =>
  problem(403, `The token lacks the scope ${scope}.`, {
    type: 'missing-scope',
    members: { scope },
    headers: { ...headers, 'www-authenticate': `Bearer realm="postern", error="insufficient_scope", scope="${scope}"` },
  });

function count(caller: string, rate: CallRate | undefined): Admission {
  if (!rate) return { kind: 'admitted', caller, headers: {} };
  const { allowed, left, seconds } = rate.hit(caller);
  const headers = { 'ratelimit-policy': `"token";q=${rate.perMinute};w=60`, ratelimit: `"token";r=${left};t=${seconds}` };
  if (allowed) return { kind: 'admitted', caller, headers };
  const answer = problem(429, 'Too many calls with this token.', {
    type: 'too-many-calls',
    headers: { ...headers, 'retry-after': String(seconds) },
  });
  return { kind: 'refused', answer };
}
