/** TELL: the author learns what became of the message: by a notice of its own, by a line in the day's digest, or not at all, as the party likes. */
import type { NoticeChoice } from '../model/route.ts';
import type { Store } from '../store/store.ts';
import { digestEntry, type Judged, type Letter, type NoticeItem, noticeItem, type Office } from './item.ts';
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

/**
 * For what is told once, however often it comes about within so many seconds, longer than the outbox knows what it sent. False: it was told
 * before. Durable when it resolves.
 */
export async function tellOnce(
  { id, seconds }: { readonly id: string; readonly seconds: number },
  { store, wake }: Pick<TellPorts, 'wake'> & { readonly store: Pick<Store, 'outbox' | 'quota'> },
  write: () => NoticeItem,
): Promise<boolean> {
  const use = { key: id, limit: 1, seconds };
  if ((await store.quota.used(use)) > 0) return false;
  const item = write();
  await store.outbox.put(item, item.at);
  // Only now: better in the outbox twice, which takes the same id once, than never.
  await store.quota.spend([use]);
  wake();
  return true;
}

/** `2026-03-09`, UTC. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
