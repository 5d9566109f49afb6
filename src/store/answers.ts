/** Answers of the API that are given again where a call is repeated with its Idempotency-Key; sealed, kept for 24 hours. */

/** `other`: the key came with another call before; `busy`: the first call is still under way. */
export type AnswerClaim =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'other' }
  | { readonly kind: 'done'; readonly answer: string };

/** Hexadecimal digits of each digest. */
export const CALL_DIGITS = 64;

/** What tells a call from any other: digests of 64 hexadecimal digits, of the caller's key and of the call itself. */
export interface KeyedCall {
  readonly key: string;
  readonly call: string;
}

export interface Answers {
  /** One caller gets `claimed`, whoever asks at the same time. A claim that is neither kept nor released ends after `leaseSeconds`. */
  claim(keyed: KeyedCall, leaseSeconds: number): Promise<AnswerClaim>;
  /** Durable when it resolves. */
  keep(keyed: KeyedCall, answer: string): Promise<void>;
  /** The call failed: it may be made again. */
  release(keyed: KeyedCall): Promise<void>;
}
