/**
 * THE WAY of an opt-out: a buyer wants no messages that this seller, or any seller, starts, or wants them again (requirements C1, C2). By the
 * one click of a mail client (RFC 8058), on the page that the link opens, or by a mail. Answers to what the buyer writes pass all the same.
 */
import { sentMessage } from './directory/sent.ts';
import type { Note } from './journal/log.ts';
import type { Tell } from './model/event.ts';
import type { OptOutChoice, Party } from './model/route.ts';
import type { Store } from './store/store.ts';

export interface Asked {
  readonly trace: string;
  readonly conversation: string;
  readonly buyer: Party;
  /** As it is now. */
  readonly choice: OptOutChoice;
}

/** The message that a seller started, with this trace id, if its buyer is still known. */
export async function askedBy(trace: string, store: Pick<Store, 'journal' | 'directory'>): Promise<Asked | undefined> {
  const sent = await sentMessage(trace, store);
  if (sent?.entry.direction !== 'seller_to_buyer' || !sent.recipient) return undefined;
  const { conversation, recipient: buyer } = sent;
  const { optedOut } = await store.directory.state(conversation.id);
  return { trace, conversation: conversation.id, buyer, choice: buyer.optedOut ? 'all' : optedOut ? 'seller' : 'none' };
}

/** What STOP means, and the one click: no less than was chosen before. */
export const stopped = ({ choice }: Asked): OptOutChoice => (choice === 'all' ? 'all' : 'seller');

/** Durable when it resolves. `at`: milliseconds since 1970. */
export async function optOut(
  { trace, conversation, buyer }: Asked,
  { choice, at }: { readonly choice: OptOutChoice; readonly at: number },
  { store, note, tell }: { readonly store: Pick<Store, 'directory'>; readonly note: Note; readonly tell: Tell },
): Promise<void> {
  await Promise.all([
    store.directory.optOut(conversation, choice === 'seller'),
    ...(buyer.optedOut === (choice === 'all') ? [] : [store.directory.optOutOfAll(buyer.id, choice === 'all')]),
  ]);
  note('opted-out', { of: trace, conversation, reason: choice });
  tell({ type: 'opted-out', at, trace, conversation, party: buyer.id, choice });
}
