/**
 * THE WAY of "no answer needed": the seller says that what the buyer wrote needs none, by a mail or on the page that the line above a mail leads
 * to (requirement G6). Nothing is closed: the seller may still answer, and what the buyer writes later counts anew.
 */
import { sentMessage } from './directory/sent.ts';
import type { Note } from './journal/log.ts';
import type { Party } from './model/route.ts';
import type { Store } from './store/store.ts';

export interface Answerable {
  readonly trace: string;
  /** When it came; milliseconds since 1970. */
  readonly at: number;
  readonly conversation: string;
  readonly seller: Party;
}

/** The message with this trace id, if it is a buyer's, was relayed, and its seller is still known. */
export async function answerable(trace: string, store: Pick<Store, 'journal' | 'directory'>): Promise<Answerable | undefined> {
  const sent = await sentMessage(trace, store);
  if (sent?.entry.direction !== 'buyer_to_seller' || sent.entry.disposition !== 'relay' || !sent.recipient) return undefined;
  return { trace, at: sent.entry.at, conversation: sent.conversation.id, seller: sent.recipient };
}

/** Durable when it resolves. */
export async function needsNoAnswer(
  { trace, at, conversation, seller }: Answerable,
  { store, note }: { readonly store: Pick<Store, 'directory' | 'responses'>; readonly note: Note },
): Promise<void> {
  await store.directory.needsNoAnswer(conversation, at);
  await store.responses.settled({ seller: seller.id, conversation }, at);
  note('needs-no-answer', { of: trace, conversation });
}
