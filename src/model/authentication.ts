/** What was found out about the author's address, in the words of RFC 8601 section 2.7. */

export type Result = 'none' | 'pass' | 'fail' | 'softfail' | 'policy' | 'neutral' | 'temperror' | 'permerror';

export interface Authentication {
  readonly spf: Result;
  readonly dkim: Result;
  /** A passing SPF or DKIM result is aligned with the author's domain (RFC 7489 section 3.1), whatever that domain publishes. */
  readonly aligned: boolean;
}
