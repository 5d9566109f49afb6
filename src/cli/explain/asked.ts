/** What is asked of, by what people have in hand: a trace id, an address of ours, a Message-ID, an order, a party, a conversation. */
import type { OwnAddresses } from '../../directory/own-address.ts';
import { readLocal } from '../../directory/alias.ts';
import { bareId } from '../../directory/search.ts';
import { domainOf, parseMailbox } from '../../model/address.ts';
import { idPattern, isTrace } from '../../model/ids.ts';
import type { Conversation, Order } from '../../model/route.ts';
import type { Store } from '../../store/store.ts';

/** `traces`: the first is the newest. `reason`: why there is nothing, in words for the operator. */
export type Asked =
  | { readonly kind: 'messages'; readonly traces: readonly string[] }
  | { readonly kind: 'conversation'; readonly conversation: Conversation; readonly order?: Order }
  | { readonly kind: 'party'; readonly party: string }
  | { readonly kind: 'nothing'; readonly reason: string };

export interface AskedPorts {
  readonly store: Store;
  readonly own: OwnAddresses;
  readonly domains: readonly string[];
  /** How long the journal and its look-ups keep a message. */
  readonly days: number;
}

const nothing = (...lines: readonly string[]): Asked => ({ kind: 'nothing', reason: lines.join('\n') });

export async function askedByOrder(id: string, { store }: AskedPorts): Promise<Asked> {
  const order = idPattern.test(id) ? await store.directory.order(id) : undefined;
  if (!order)
    return nothing(
      `There is no order ${JSON.stringify(id)} here: the marketplace never registered it (PUT /v1/orders/{id}).`,
      'Mail needs no order to be found: ask with --party, with the alias, or with the Message-ID.',
    );
  const conversation = await store.directory.conversationBetween(order.buyer, order.seller);
  if (conversation) return { kind: 'conversation', conversation, order };
  return nothing(
    `Order ${id} is known (buyer ${order.buyer}, seller ${order.seller}), but the two have no conversation, so neither has an alias of the other to write to.`,
    'PUT /v1/conversations opens it; where a party was forgotten, it must be registered again first.',
  );
}

export async function askedByConversation(id: string, { store }: AskedPorts): Promise<Asked> {
  const conversation = idPattern.test(id) ? await store.directory.conversation(id) : undefined;
  return conversation ? { kind: 'conversation', conversation } : nothing(`There is no conversation ${JSON.stringify(id)} here.`);
}

export async function askedByParty(id: string, { store }: AskedPorts): Promise<Asked> {
  const party = idPattern.test(id) ? await store.directory.party(id) : undefined;
  return party
    ? { kind: 'party', party: id }
    : nothing(`There is no party ${JSON.stringify(id)} here: it was never registered, or it was forgotten.`);
}

/** A word without a name: whatever it looks like is tried, the cheapest first. */
export async function askedByWord(word: string, ports: AskedPorts): Promise<Asked> {
  const { store, own, days } = ports;
  const bare = bareId(word);
  if (isTrace(bare)) return { kind: 'messages', traces: [bare] };
  const ours = own.readAddress(bare);
  if (ours) return { kind: 'messages', traces: [ours.trace] };
  const traces = await store.lookups.withMessageId(bare);
  if (traces.length > 0) return { kind: 'messages', traces };
  const known = await askedByAlias(bare, ports);
  if (known) return known;
  const mailbox = parseMailbox(bare);
  const buyer = mailbox && (await store.directory.buyerAt(mailbox));
  if (buyer) return { kind: 'party', party: buyer.id };
  return nothing(
    `Nothing here is known by this: no message with this Message-ID reached the end of DATA in the last ${days} days, and it is no live alias.`,
    'It may have been refused before (event `recipient-refused` in the log, `tail --level info`), still lie in the sender’s own queue, or never have been sent here:',
    '`doctor` looks whether the MX records lead here. Mail from before this version is found by its trace alone: it stands in the reply that the sender’s server got.',
  );
}

async function askedByAlias(word: string, { store, domains }: AskedPorts): Promise<Asked | undefined> {
  const address = word.includes('@') ? word : `${word}@${domains[0]}`;
  if (!domains.includes(domainOf(address))) return undefined;
  const local = readLocal(address);
  const binding = local === undefined ? undefined : await store.directory.find(local);
  if (binding?.kind === 'conversation') return { kind: 'conversation', conversation: binding.conversation };
  if (binding?.kind === 'seller') return { kind: 'party', party: binding.seller };
  if (binding?.kind === 'forgotten')
    return nothing('This alias was forgotten with its party: mail to it is answered 550 5.1.1 at RCPT, and nothing of it is kept.');
  return undefined;
}
