/** SURROUNDINGS of a message: what the store knows of those between whom it goes, asked for all at once. */
import type { Header } from '../model/message.ts';
import type { Order, Party } from '../model/route.ts';
import type { Ledger } from '../model/standing.ts';
import type { ConversationState, Store } from '../store/store.ts';
import type { Led } from './recent.ts';

export type AskedStore = Pick<Store, 'directory' | 'standings' | 'threads'>;

export interface Surroundings {
  /** The order that stands between the two: an open one, else the one completed last. */
  readonly order?: Order;
  readonly state: ConversationState;
  /** Of the party that writes. */
  readonly ledger: Ledger;
  /** Of the Message-IDs that it answers, then of those that it refers to: each as the other side knows it, undefined where nobody does. */
  readonly known: readonly (string | undefined)[];
}

/** Under way. What fails is heard of by who waits for it alone. */
export interface Asked {
  readonly parties: Promise<readonly [Party | undefined, Party | undefined]>;
  readonly surroundings: Promise<Surroundings>;
}

/** `led`: to the alias that stands for the reader. The parties are buyer and seller. */
export function ask(led: Led, header: Header, store: AskedStore): Asked {
  const { buyer, seller } = led.conversation;
  const { directory } = store;
  const asked = {
    parties: Promise.all([directory.party(buyer), directory.party(seller)]),
    surroundings: surroundingsOf(led, header, store),
  };
  for (const one of Object.values(asked)) one.catch(() => undefined);
  return asked;
}

export async function surroundingsOf({ conversation, stands }: Led, header: Header, store: AskedStore): Promise<Surroundings> {
  const { id, buyer, seller } = conversation;
  const { directory, standings, threads } = store;
  const writes = stands === 'buyer' ? 'seller' : 'buyer';
  const [order, state, ledger, known] = await Promise.all([
    directory.orderBetween(buyer, seller),
    directory.state(id),
    standings.ledger(conversation[writes]),
    threads.translate(id, writes, [...header.inReplyTo, ...header.references]),
  ]);
  return { ...(order && { order }), state, ledger, known };
}
