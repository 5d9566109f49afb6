/**
 * What all ways share: something that only one relay at a time may do, and that is not done again once it ended well. A relay that dies in
 * the middle gives the claim back by the end of its lease.
 */
import { describe, type Note } from './journal/log.ts';
import { underClaimSeconds } from './model/deadlines.ts';
import { Refusal, replies } from './model/reply.ts';
import type { Store } from './store/store.ts';

export interface OncePorts {
  readonly store: Pick<Store, 'once'>;
  readonly note: Note;
}

export interface Claimed {
  /** Says what is done; kept as a keyed hash. */
  readonly mark: string;
  /** Of the mail that asks for it. */
  readonly trace: string;
}

/**
 * How long a claim outlives a relay that died with it. No shorter than all that may run under it: the sender's server has its 451 long before
 * that, and comes again while the first hand-over is still under way.
 */
export const leaseSeconds = underClaimSeconds;

/** `done`: it was done before, for the mail with that trace id. */
export type Once<T> = { readonly kind: 'ran'; readonly result: T } | { readonly kind: 'done'; readonly trace: string };

/** `written`: the end of the claim is. Never rejects. */
export type Ended<T> =
  | Exclude<Once<T>, { readonly kind: 'ran' }>
  | (Extract<Once<T>, { readonly kind: 'ran' }> & { readonly written: Promise<void> });

interface Going<T> {
  readonly go: () => Promise<T>;
  readonly isDone?: (result: T) => boolean;
}

/**
 * Runs `go` under a claim; `isDone` tells by its result whether it ended well (any did, where it is left out), and what throws did not.
 * @throws Refusal 451 4.4.5 where another relay is at it right now; whatever `go` throws
 */
export async function once<T>(claimed: Claimed, going: Going<T>, ports: OncePorts): Promise<Once<T>> {
  const ran = await onceEnding(claimed, going, ports);
  if (ran.kind === 'ran') await ran.written;
  return ran;
}

/** As `once`; answers while the end of the claim is being written, so that others can write what they have to beside it. */
export async function onceEnding<T>(
  { mark, trace }: Claimed,
  { go, isDone = () => true }: Going<T>,
  { store, note }: OncePorts,
): Promise<Ended<T>> {
  const claim = await store.once.claim(mark, trace, leaseSeconds);
  if (claim.kind === 'busy') throw new Refusal(replies.inProgress);
  if (claim.kind === 'done') return { kind: 'done', trace: claim.trace };
  // What was done is done: a store that is away now may not turn it into an error.
  const end = (ended: Promise<void>) => ended.catch((error: unknown) => note('not-recorded', { trace, error: describe(error) }));
  try {
    const result = await go();
    const written = end(isDone(result) ? store.once.settle(mark, trace) : store.once.release(mark, trace));
    return { kind: 'ran', result, written };
  } catch (error) {
    await end(store.once.release(mark, trace));
    throw error;
  }
}
