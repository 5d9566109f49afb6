/**
 * What all ways share: something that only one relay at a time may do, and that is not done again once it ended well. A relay that dies in
 * the middle gives the claim back by the end of its lease.
 */
import { describe, type Note } from './journal/log.ts';
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

/** How long a claim outlives a relay that died with it: the hand-over's own deadline (60 s) and a little. */
export const leaseSeconds = 65;

/** `done`: it was done before, for the mail with that trace id. */
export type Once<T> = { readonly kind: 'ran'; readonly result: T } | { readonly kind: 'done'; readonly trace: string };

/**
 * Runs `go` under a claim; `isDone` tells by its result whether it ended well (any did, where it is left out), and what throws did not.
 * @throws Refusal 451 4.4.5 where another relay is at it right now; whatever `go` throws
 */
export async function once<T>(
  { mark, trace }: Claimed,
  { go, isDone = () => true }: { readonly go: () => Promise<T>; readonly isDone?: (result: T) => boolean },
  { store, note }: OncePorts,
): Promise<Once<T>> {
  const claim = await store.once.claim(mark, trace, leaseSeconds);
  if (claim.kind === 'busy') throw new Refusal(replies.inProgress);
  if (claim.kind === 'done') return { kind: 'done', trace: claim.trace };
  let done = false;
  try {
    const result = await go();
    done = isDone(result);
    return { kind: 'ran', result };
  } finally {
    // What was done is done: a store that is away now may not turn it into an error.
    const ended = done ? store.once.settle(mark, trace) : store.once.release(mark, trace);
    await ended.catch((error: unknown) => note('not-recorded', { trace, error: describe(error) }));
  }
}
