/** Messages of the journal by what people have in hand: a Message-ID, an order, a party, a conversation. */
import type { Store } from '../store/store.ts';

export const searchKeys = ['messageId', 'order', 'party', 'conversation'] as const;

export interface Search {
  readonly key: (typeof searchKeys)[number];
  readonly value: string;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly cursor?: string | undefined;
}

type Ports = Pick<Store, 'lookups' | 'journal' | 'directory'>;
type Page = Awaited<ReturnType<Store['lookups']['page']>>;

/**
 * Newest first. Undefined where there is no such order, party or conversation; an order's messages are those of its two, a Message-ID's are on one
 * page, whether the author gave it or we did.
 */
export async function searchMessages({ key, value, limit, cursor }: Search, ports: Ports): Promise<Page | undefined> {
  const { lookups, journal, directory } = ports;
  if (key === 'messageId') {
    if (cursor !== undefined) return { entries: [] };
    const entries = await Promise.all((await lookups.withMessageId(bareId(value))).map((trace) => journal.entry(trace)));
    return { entries: entries.filter((entry) => entry !== undefined).slice(0, limit) };
  }
  if (key === 'party') return (await directory.party(value)) && lookups.page({ kind: 'party', id: value }, limit, cursor);
  if (key === 'conversation')
    return (await directory.conversation(value)) && lookups.page({ kind: 'conversation', id: value }, limit, cursor);
  const order = await directory.order(value);
  if (!order) return undefined;
  const conversation = await directory.conversationBetween(order.buyer, order.seller);
  return conversation ? lookups.page({ kind: 'conversation', id: conversation.id }, limit, cursor) : { entries: [] };
}

/** As people copy it: with or without its brackets. */
export const bareId = (id: string): string => id.trim().replace(/^</, '').replace(/>$/, '');
