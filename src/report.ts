/**
 * THE WAY of a report: what the recipient of a message has to say against it, by a mail to the message's own address or on the page that
 * its link opens (requirement G3). It lies in the review list until a person of the marketplace looks at it.
 */
import { sentMessage } from './directory/sent.ts';
import type { Note } from './journal/log.ts';
import type { Party } from './model/route.ts';
import type { Store } from './store/store.ts';

export interface Reported {
  readonly trace: string;
  readonly conversation: string;
  /** Who got the message. */
  readonly recipient: Party;
}

/** A person has to read it. */
const longestReport = 5_000;

/** The message with this trace id, if it was relayed and its recipient is still known. */
export async function reportable(trace: string, store: Pick<Store, 'journal' | 'directory'>): Promise<Reported | undefined> {
  const sent = await sentMessage(trace, store);
  if (sent?.entry.disposition !== 'relay' || !sent.recipient) return undefined;
  return { trace, conversation: sent.conversation.id, recipient: sent.recipient };
}

/** Durable when it resolves. Of several reports of one message the last counts. `at`: milliseconds since 1970. */
export async function fileReport(
  { trace, conversation, recipient }: Reported,
  said: { readonly text: string; readonly at: number },
  { store, note }: { readonly store: Pick<Store, 'reviews'>; readonly note: Note },
): Promise<void> {
  const text = said.text.slice(0, longestReport).toWellFormed();
  await store.reviews.add({ kind: 'report', trace, at: said.at, conversation, party: recipient.id, text });
  note('reported', { of: trace, conversation });
}
