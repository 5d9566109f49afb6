/** THE WAY of an objection: what an author has to say against a decision of ours, in answer to a notice (requirement D8). A person looks at it. */
import { sentMessage } from './directory/sent.ts';
import type { Note } from './journal/log.ts';
import { matchesIn } from './model/matches.ts';
import type { Store } from './store/store.ts';

export interface Objection {
  /** Of the message that the notice was about, its conversation, and its author's party. */
  readonly of: string;
  readonly conversation: string;
  readonly party: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A person has to read it. */
const longest = 5_000;
/** What looks like a reference in it; so many are looked up. */
const maxNamed = 5;

/** Durable when it resolves. Of several objections against one decision the last counts. */
export async function object(
  objection: Objection,
  { store, note }: { readonly store: Pick<Store, 'journal' | 'directory' | 'reviews'>; readonly note: Note },
): Promise<void> {
  const { party, at } = objection;
  const text = objection.text.slice(0, longest).toWellFormed();
  const { trace, conversation } = await meantBy({ ...objection, text }, store);
  await store.reviews.add({ kind: 'objection', trace, at, conversation, party, text });
  note('objected', { of: trace, conversation });
}

/** An answer to a digest names a message of its author's by the reference; any other answer means the one that the notice was about. */
async function meantBy({ of, conversation, party, text }: Objection, store: Pick<Store, 'journal' | 'directory'>) {
  const named = [...matchesIn(text, /\b[a-z0-9]{16}\b/g)].slice(0, maxNamed);
  for (const [trace] of named) {
    const sent = await sentMessage(trace, store);
    if (sent?.author?.id === party) return { trace, conversation: sent.conversation.id };
  }
  return { trace: of, conversation };
}
