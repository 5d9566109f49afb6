/** Port of the store for webhooks: who is told of what, and what waits to be told. Types only; part of the contract in `store.ts`. */
import type { EventScope, EventType } from '../model/event.ts';

/** One that stands in for a while after it was replaced. */
export interface WebhookSecret {
  /** `whsec_` and base64 (Standard Webhooks). */
  readonly secret: string;
  /** Milliseconds since 1970; not set: the current one. */
  readonly until?: number;
}

/** A subscription of the marketplace's. */
export interface Webhook {
  /** The marketplace's own. */
  readonly id: string;
  readonly url: string;
  readonly events: readonly EventType[];
  readonly scope: readonly EventScope[];
  /** The current one first. */
  readonly secrets: readonly WebhookSecret[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** One event for one subscriber. */
export interface Delivery {
  /** `webhook-id`: the same at each attempt. */
  readonly id: string;
  /** Id of the subscription. */
  readonly webhook: string;
  /** What must stay in order: the conversation's id, or `party/` and a party's. */
  readonly lane: string;
  readonly type: EventType;
  readonly trace?: string;
  /** JSON, as it is signed and sent. */
  readonly body: string;
  /** When it happened; milliseconds since 1970. */
  readonly at: number;
}

export interface LentDelivery extends Delivery {
  /** How often it was lent, this time included. */
  readonly attempts: number;
}

/** `waiting`: it is tried again, or waits for one before it; `dead`: given up, until somebody replays it. */
export type DeliveryState = 'waiting' | 'dead';

export interface ShownDelivery extends LentDelivery {
  /** Why the last attempt failed, in words of ours. */
  readonly failure?: string;
}

export interface DeliveryPage {
  readonly deliveries: readonly ShownDelivery[];
  readonly next?: string;
}

/**
 * Subscriptions and their queues; encrypted. In each lane of a subscription one delivery is lent at a time, in the order in which they were put:
 * the next one waits until the one before is delivered or dead. Dead ones are kept for 30 days, the last 10,000 of each subscription.
 * What lies in the lanes of a forgotten party's conversations, and in its own, goes with it.
 */
export interface Webhooks {
  /** In the order of their ids. What no secret of ours opens is not among them, and stays. */
  all(): Promise<readonly Webhook[]>;
  webhook(id: string): Promise<Webhook | undefined>;
  /** One atomic step, whoever changes the same one at the same time; `change` may be asked several times. Answers it as stored. */
  change(id: string, change: (known: Webhook | undefined) => Webhook): Promise<Webhook>;
  /** With all that waits for it, and its dead. False: there was none. */
  drop(id: string): Promise<boolean>;
  /** Durable when it resolves. The same id again changes nothing while it is kept, and nothing is kept for a subscription that there is not. */
  put(delivery: Delivery): Promise<void>;
  /** Those of this subscription that are due and first in their lane, each lent to this store alone for `leaseSeconds`; at most `limit`, and 100. */
  lend(webhook: string, limit: number, leaseSeconds: number): Promise<readonly LentDelivery[]>;
  /** It was delivered, and goes; the next one of its lane is due. */
  done(delivery: Delivery): Promise<void>;
  /** Due at that time (milliseconds since 1970). Nothing happens where another relay has it now. */
  later(delivery: Delivery, due: number, failure: string): Promise<void>;
  /** Dead; the next one of its lane is due. Nothing happens where another relay has it now. */
  bury(delivery: Delivery, failure: string): Promise<void>;
  /** Newest first; `before`: the `next` of the page before. */
  page(webhook: string, state: DeliveryState, limit: number, before?: string): Promise<DeliveryPage>;
  /** The dead one of this id, or the 1000 oldest, wait again at the end of their lanes. Answers how many. */
  replay(webhook: string, id?: string): Promise<number>;
  /** How many there are of each state. */
  depth(webhook: string): Promise<Readonly<Record<DeliveryState, number>>>;
}
