/**
 * THE WAY of an opt-out: a buyer wants no messages that this seller, or any seller, starts, or wants them again (requirements C1, C2). By the
 * one click of a mail client (RFC 8058), on the page that the link opens, or by a mail. Answers to what the buyer writes pass all the same.
 */
import type { OptOutChoice } from './http/operation.ts';
import type { Note } from './journal/log.ts';
import type { Party } from './model/route.ts';
import type { Store } from './store/store.ts';

export interface Asked {
  readonly trace: string;
  readonly conversation: string;
  readonly buyer: Party;
  /** As it is now. */
  readonly choice: OptOutChoice;
}

/** The message that a seller started, with this trace id, if its buyer is still known. */
export async function askedBy(trace: string, { journal, directory }: Pick<Store, 'journal' | 'directory'>): Promise<Asked | undefined> {
  const entry = await journal.entry(trace);
  if (entry?.direction !== 'seller_to_buyer' || entry.conversation === undefined) return undefined;
  const conversation = await directory.conversation(entry.conversation);
  if (!conversation) return undefined;
  const [buyer, { optedOut }] = await Promise.all([directory.party(conversation.buyer), directory.state(conversation.id)]);
  return buyer && { trace, conversation: conversation.id, buyer, choice: buyer.optedOut ? 'all' : optedOut ? 'seller' : 'none' };
}

/** Durable when it resolves. */
export async function optOut(
  { trace, conversation, buyer }: Asked,
  choice: OptOutChoice,
  { store, note }: { readonly store: Pick<Store, 'directory'>; readonly note: Note },
): Promise<void> {
  await Promise.all([
    store.directory.optOut(conversation, choice === 'seller'),
    ...(buyer.optedOut === (choice === 'all') ? [] : [store.directory.optOutOfAll(buyer.id, choice === 'all')]),
  ]);
  note('opted-out', { of: trace, conversation, reason: choice });
}
