/**
 * THE WAY of a report: what the recipient of a message has to say against it, by a mail to the message's own address or on the page that
 * its link opens (requirement G3). It lies in the review list until a person of the marketplace looks at it.
 */
import { withComplaint } from './directory/critical-budget.ts';
import { sentMessage } from './directory/sent.ts';
import type { Note } from './journal/log.ts';
import type { Tell } from './model/event.ts';
import type { Party } from './model/route.ts';
import type { Store } from './store/store.ts';

export interface Reported {
  readonly trace: string;
  readonly conversation: string;
  /** Who got the message. */
  readonly recipient: Party;
  /** Who wrote it, where its subject carried the critical tag. */
  readonly tagger?: Party;
}

/** A person has to read it. */
const longestReport = 5_000;

/** The message with this trace id, if it was relayed and its recipient is still known. */
export async function reportable(trace: string, store: Pick<Store, 'journal' | 'directory'>): Promise<Reported | undefined> {
  const sent = await sentMessage(trace, store);
  if (sent?.entry.disposition !== 'relay' || !sent.recipient) return undefined;
  const tagger = sent.entry.tag && sent.author;
  return { trace, conversation: sent.conversation.id, recipient: sent.recipient, ...(tagger && { tagger }) };
}

/**
 * Durable when it resolves. Of several reports of one message the last counts. It weighs nothing on its author's ladder until a person
 * upholds it; that of a tagged message counts against the tag. `at`: milliseconds since 1970.
 */
export async function fileReport(
  { trace, conversation, recipient, tagger }: Reported,
  said: { readonly text: string; readonly at: number },
  { store, note, tell }: { readonly store: Pick<Store, 'reviews' | 'standings'>; readonly note: Note; readonly tell: Tell },
): Promise<void> {
  const text = said.text.slice(0, longestReport).toWellFormed();
  await store.reviews.add({ kind: 'report', trace, at: said.at, conversation, party: recipient.id, text });
  if (tagger) {
    const complaint = { trace, by: recipient.id, at: said.at };
    await store.standings.change(tagger.id, (ledger) => ({ ledger: withComplaint(ledger, complaint), result: undefined }));
  }
  note('reported', { of: trace, conversation });
  tell({ type: 'reported', at: said.at, trace, conversation, party: recipient.id });
}

/** The recipient takes no more messages from the one who wrote, or takes them again (requirement A14). Durable when it resolves. */
export async function keepOut(
  { trace, conversation, recipient }: Reported,
  blocked: boolean,
  { store, note }: { readonly store: Pick<Store, 'directory'>; readonly note: Note },
): Promise<void> {
  await store.directory.block(conversation, recipient.role, blocked);
  note('blocked', { of: trace, conversation, reason: blocked ? 'blocked' : 'taken again' });
}
