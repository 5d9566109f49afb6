/** TELL: the author learns what became of the message: by a notice of its own, by a line in the day's digest, or not at all, as the party likes. */
import type { NoticeChoice } from '../model/route.ts';
import type { Store } from '../store/store.ts';
import { digestEntry, type Judged, type Letter, noticeItem, type Office } from './item.ts';
import type { NoticeKind } from './notice.ts';

export interface TellPorts {
  readonly store: Pick<Store, 'outbox' | 'digests'>;
  readonly office: Office;
  /** The outbox got something to send. */
  readonly wake: () => void;
}

/** Durable when it resolves: the outbox sends it, or the digest says it when the day is over. A digest offers no SEND. */
export async function tell(
  kind: NoticeKind,
  letter: Letter & { readonly told: NoticeChoice },
  judged: Judged,
  { store, office, wake }: TellPorts,
): Promise<void> {
  if (letter.told === 'off') return;
  if (letter.told === 'daily') {
    const entry = digestEntry(kind, letter, judged);
    if (entry) await store.digests.add(entry, dayOf(entry.at));
    return;
  }
  const item = noticeItem(kind, letter, judged, office);
  if (!item) return;
  await store.outbox.put(item, item.at);
  wake();
}

/** `2026-03-09`, UTC. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
