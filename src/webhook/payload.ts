/** What a subscriber gets to read: type, time and data (Standard Webhooks, *Payload*). Built from an allow-list: what the scope does not name is not in it. */
import type { Event, EventScope } from '../model/event.ts';
import type { Conversation } from '../model/route.ts';

/** Address of an alias, by its local part. */
export type ShowAlias = (localPart: string) => string;

type Data = Readonly<Record<string, unknown>>;

/** JSON. `conversation`: that of the event, where there is one. */
export function bodyOf(event: Event, scope: readonly EventScope[], conversation: Conversation | undefined, show: ShowAlias): string {
  const parts: Readonly<Record<EventScope, () => Data>> = {
    ids: () => ({
      conversation: event.conversation,
      ...(conversation && { buyer: conversation.buyer, seller: conversation.seller }),
      party: event.party,
    }),
    alias: () => (conversation ? { buyerAlias: show(conversation.buyerLocal), sellerAlias: show(conversation.sellerLocal) } : {}),
    disposition: () => ({
      disposition: event.disposition,
      direction: event.direction,
      reason: event.reason,
      choice: event.choice,
      level: event.level,
      ...(event.until !== undefined && { until: timeOf(event.until) }),
    }),
    rules: () => ({ rules: event.rules }),
  };
  const data = Object.assign({ trace: event.trace }, ...scope.map((name) => parts[name]()));
  return JSON.stringify({ type: event.type, timestamp: timeOf(event.at), data });
}

const timeOf = (at: number): string => new Date(at).toISOString();
