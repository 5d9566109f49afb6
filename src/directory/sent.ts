/** A message that the journal knows, and the two that it went between. */
import type { Entry } from '../model/entry.ts';
import type { Conversation, Party } from '../model/route.ts';
import type { Directory, Journal } from '../store/store.ts';

export interface Sent {
  readonly entry: Entry;
  readonly conversation: Conversation;
  /** Not set where the party was forgotten. */
  readonly author?: Party;
  readonly recipient?: Party;
}

/** Undefined where there is no such message, or it never got so far that its conversation and direction were known. */
export async function sentMessage(
  trace: string,
  { journal, directory }: { readonly journal: Pick<Journal, 'entry'>; readonly directory: Pick<Directory, 'conversation' | 'party'> },
): Promise<Sent | undefined> {
  const entry = await journal.entry(trace);
  if (entry?.conversation === undefined || entry.direction === undefined) return undefined;
  const conversation = await directory.conversation(entry.conversation);
  if (!conversation) return undefined;
  const [buyer, seller] = await Promise.all([directory.party(conversation.buyer), directory.party(conversation.seller)]);
  const [author, recipient] = entry.direction === 'buyer_to_seller' ? [buyer, seller] : [seller, buyer];
  return { entry, conversation, ...(author && { author }), ...(recipient && { recipient }) };
}
