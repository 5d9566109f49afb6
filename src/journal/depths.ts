/** How much waits in the store, asked at a scrape: seldom, and never so long that the scrape has to wait for a store that is away. */
import { within } from '../model/within.ts';
import type { Store } from '../store/store.ts';

/** How many there are, and when the oldest came (milliseconds since 1970). */
export interface Depth {
  readonly count: number;
  readonly oldest?: number;
}

export interface Depths {
  readonly outbox: Depth;
  readonly holds: Depth;
  /** Copies that the archive's place did not take yet. */
  readonly copies: Depth;
}

/** Milliseconds for which an answer is good, and that a scrape waits for one. */
const fresh = 5_000;
const patience = 1_000;

/** Answers undefined where the store does not. However many ask, the store is asked once at a time. */
export function createDepths({ outbox, holds, archive }: Pick<Store, 'outbox' | 'holds' | 'archive'>): () => Promise<Depths | undefined> {
  let known: { readonly at: number; readonly depths: Depths | undefined } | undefined;
  let asking: Promise<Depths | undefined> | undefined;
  const ask = async (): Promise<Depths | undefined> => {
    const depths = await Promise.all([outbox.depth(), holds.depth(), archive.queue.depth()]).then(
      ([ofOutbox, ofHolds, ofCopies]) => ({ outbox: ofOutbox, holds: ofHolds, copies: ofCopies }),
      () => undefined,
    );
    known = { at: performance.now(), depths };
    asking = undefined;
    return depths;
  };
  return () => {
    if (known && performance.now() - known.at < fresh) return Promise.resolve(known.depths);
    asking ??= ask();
    return within(patience, asking);
  };
}
