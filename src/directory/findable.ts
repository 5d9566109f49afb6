/**
 * By what an operator finds a message of which there is no trace id: Message-ID, the two parties, the conversation. Also of one that got no
 * further than to an alias, so that "why did it not arrive?" is answered where its author could not be proven.
 */
import type { Entry } from '../model/entry.ts';
import type { Store } from '../store/store.ts';
import { readLocal } from './alias.ts';

export interface Findable {
  /** Message-ID that the author gave it. */
  readonly theirs?: string;
  /** The one under which it left. */
  readonly ours?: string;
  /** Ids of both; not set where the way ended before they were known. */
  readonly parties?: readonly string[];
}

interface ToNote extends Findable {
  readonly entry: Entry;
  readonly forwardPath: string;
}

/** @throws what the store throws: the message is well all the same */
export async function noteFindable(
  { entry, forwardPath, theirs, ours, parties }: ToNote,
  { lookups, directory }: Pick<Store, 'lookups'> & { readonly directory: Pick<Store['directory'], 'find'> },
): Promise<void> {
  const { trace, at } = entry;
  const messageIds = [...new Set([theirs, ours])].filter((id) => id !== undefined);
  const noted = { trace, at, messageIds };
  if (entry.conversation !== undefined && parties) return lookups.note({ ...noted, conversation: entry.conversation, parties });
  const binding = await directory.find(readLocal(forwardPath) ?? '');
  const stray = entry.conversation === undefined && ({ stray: true } as const);
  if (binding?.kind === 'conversation') {
    const { id, buyer, seller } = binding.conversation;
    return lookups.note({ ...noted, conversation: id, ...stray, parties: [buyer, seller] });
  }
  await lookups.note({ ...noted, parties: binding?.kind === 'seller' ? [binding.seller] : [] });
}
