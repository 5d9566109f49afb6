/** Who is behind a conversation that the log names: the log itself names no party. */
import { openStoreFor } from '../../adapters.ts';
import { loadSettings } from '../../config/load.ts';
import type { PartiesOf } from './filter.ts';

interface Parties extends AsyncDisposable {
  readonly of: PartiesOf;
}

/** Conversations that are remembered. */
const mostKnown = 10_000;

/** Opens the relay's store, with the relay's settings. */
export async function openParties(): Promise<Parties> {
  const store = await openStoreFor(loadSettings({ env: process.env, cwd: process.cwd() }));
  const known = new Map<string, readonly string[]>();
  return {
    async of(id) {
      const there = known.get(id);
      if (there) return there;
      const conversation = await store.directory.conversation(id);
      const both = conversation ? [conversation.buyer, conversation.seller] : [];
      if (known.size >= mostKnown) known.clear();
      known.set(id, both);
      return both;
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}
