/** What kinds of problems there are, by name: `type` of problem details (RFC 9457 section 3.1.1) leads to a page of each. */

export interface ProblemType {
  readonly status: number;
  readonly title: string;
  /** What it means, and what to do. */
  readonly says: string;
}

export const problemTypes = {
  'bad-fields': {
    status: 400,
    title: 'Fields do not fit',
    says: '`errors` names each field. The call did nothing; mend it and call again.',
  },
  'bad-key': {
    status: 400,
    title: 'Idempotency-Key cannot be read',
    says: 'It takes 1 to 255 visible ASCII characters, in quotes or not. The call did nothing.',
  },
  'no-token': {
    status: 401,
    title: 'Not a token of the API',
    says: 'The token is missing or wrong, or it was revoked, or it has ended. The call did nothing.',
  },
  'missing-scope': {
    status: 403,
    title: 'The token lacks a scope',
    says: '`scope` names it. The call did nothing; use a token that has it.',
  },
  'not-found': { status: 404, title: 'Not Found', says: 'The thing that the path names was never registered, or is kept no longer.' },
  'key-in-use': {
    status: 409,
    title: 'The first call is under way',
    says: 'A call with this Idempotency-Key has not been answered yet. Call again after `Retry-After`.',
  },
  'key-reused': {
    status: 422,
    title: 'Idempotency-Key of another call',
    says: 'In the last 24 hours the key came with another method, path or body. The call did nothing; take a new key.',
  },
  'too-many-calls': {
    status: 429,
    title: 'Too many calls',
    says: 'The token has called as often as a minute allows. Call again after `Retry-After`.',
  },
  'too-many-wrong-tokens': {
    status: 429,
    title: 'Too many wrong tokens',
    says: 'So many wrong tokens came from this address that none is listened to. Call again after `Retry-After`.',
  },
  'too-many-forms': {
    status: 429,
    title: 'Too many forms',
    says: 'So many forms came from this address. Send it again after `Retry-After`.',
  },
  unavailable: {
    status: 503,
    title: 'The relay cannot answer now',
    says: 'Nothing is lost. Call again after `Retry-After`: repeating a call does no harm.',
  },
} as const satisfies Record<string, ProblemType>;

export type ProblemName = keyof typeof problemTypes;

/** A reference with its full path, as RFC 9457 asks for where it is relative. */
export const typeOf = (name: ProblemName): string => `/problems/${name}`;
