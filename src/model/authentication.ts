/** What was found out about the author's address, in the words of RFC 8601 section 2.7. */

export const results = ['none', 'pass', 'fail', 'softfail', 'policy', 'neutral', 'temperror', 'permerror'] as const;
export type Result = (typeof results)[number];

export interface Authentication {
  /** The client logged in, and may write for the author's domain (RFC 4954). */
  readonly auth?: 'pass';
  readonly spf: Result;
  readonly dkim: Result;
  /** Of the chain of those who passed the message on (RFC 8617); only where some of them are trusted. */
  readonly arc?: Result;
  /** A passing SPF or DKIM result, or one that a trusted sealer had, is aligned with the author's domain (RFC 7489 section 3.1), whatever that domain publishes. */
  readonly aligned: boolean;
}

/** Whether this is what a refusal of an author who is not proven has as its cause. */
export const isAuthentication = (cause: unknown): cause is Authentication =>
  typeof cause === 'object' && cause !== null && 'spf' in cause && 'dkim' in cause && 'aligned' in cause;
