/**
 * Takes events from the ways and puts them into the queues of those who want them. No way waits for it: what was told lies in memory until the
 * store has it, a few milliseconds as a rule, and up to 10,000 events while the store is away.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type Event, partyLane, type Tell } from '../model/event.ts';
import type { Conversation } from '../model/route.ts';
import type { Directory } from '../store/store.ts';
import type { Delivery, Webhook, Webhooks } from '../store/webhooks.ts';
import { bodyOf, type ShowAlias } from './payload.ts';

export interface EventPorts {
  readonly webhooks: Pick<Webhooks, 'all' | 'put' | 'depth'>;
  readonly directory: Pick<Directory, 'conversation'>;
  readonly show: ShowAlias;
  /** Something lies in a queue. */
  readonly wake: () => void;
  /** So many events reach nobody: too many at once, a store that stayed away, or a queue that is full. */
  readonly lost: (count: number, why: string) => void;
  readonly now: () => number;
}

export interface Events {
  readonly tell: Tell;
  /** Puts what was told, for as long as a few tries take. */
  close(): Promise<void>;
}

const mostInMemory = 10_000;
/** Of one subscription. */
const mostWaiting = 100_000;
const atOnce = 50;
const pause = 1_000;
const triesAtEnd = 3;
/** Milliseconds between two looks at how long a queue is. */
const lookEvery = 10_000;

export function startEvents(ports: EventPorts): Events {
  const isFull = createGauge(ports);
  let told: Named[] = [];
  let running: Promise<void> | undefined;
  let closing = false;

  const run = async (): Promise<void> => {
    for (let failures = 0; told.length > 0; ) {
      const some = told.slice(0, atOnce);
      try {
        await putAll(some, ports, isFull);
        told = told.slice(some.length);
        failures = 0;
      } catch {
        failures += 1;
        if (closing && failures >= triesAtEnd) return;
        await new Promise((resolve) => setTimeout(resolve, closing ? pause / 10 : pause));
      }
    }
  };
  const start = (): void => {
    running ??= run().finally(() => {
      running = undefined;
      if (told.length > 0 && !closing) start();
    });
  };
  return {
    tell(event) {
      if (told.length >= mostInMemory) return ports.lost(1, 'too many wait for the store');
      told.push({ event, name: randomBytes(12).toString('hex') });
      start();
    },
    async close() {
      closing = true;
      await running;
      if (told.length > 0) ports.lost(told.length, 'the store does not answer');
    },
  };
}

/** With a name of its own: what is put again after a failure is what was put before. */
interface Named {
  readonly event: Event;
  readonly name: string;
}

/** A `.` would be a border in what is signed. */
const deliveryId = (name: string, webhook: string): string =>
  `msg_${createHash('sha256').update(`${name}/${webhook}`).digest('hex').slice(0, 24)}`;

type IsFull = (webhook: string) => Promise<boolean>;

async function putAll(events: readonly Named[], ports: EventPorts, isFull: IsFull): Promise<void> {
  const webhooks = await ports.webhooks.all();
  if (webhooks.length === 0) return;
  const wanted: (readonly [Named, Webhook])[] = [];
  for (const one of events) {
    for (const webhook of webhooks.filter(({ events: types }) => types.includes(one.event.type))) {
      if (await isFull(webhook.id)) ports.lost(1, `the queue of webhook ${webhook.id} is full`);
      else wanted.push([one, webhook]);
    }
  }
  const conversationOf = await conversationsOf(
    wanted.map(([{ event }]) => event),
    ports,
  );
  const deliveries = wanted.map(([one, webhook]) => deliveryOf(one, webhook, { show: ports.show, conversationOf }));
  const lanes = Map.groupBy(deliveries, ({ webhook, lane }) => `${webhook} ${lane}`);
  await Promise.all([...lanes.values()].map((lane) => putInOrder(lane, ports)));
  ports.wake();
}

/** One after the other: where one fails, none after it may be there before it is put again. */
async function putInOrder(lane: readonly Delivery[], { webhooks }: EventPorts): Promise<void> {
  for (const delivery of lane) await webhooks.put(delivery);
}

type ConversationOf = (event: Event) => Conversation | undefined;

/** Each is asked for once, all at the same time. */
async function conversationsOf(events: readonly Event[], { directory }: EventPorts): Promise<ConversationOf> {
  const ids = [...new Set(events.flatMap(({ conversation = [] }) => conversation))];
  const known = new Map(await Promise.all(ids.map(async (id) => [id, await directory.conversation(id)] as const)));
  return ({ conversation = '' }) => known.get(conversation);
}

interface Showing {
  readonly show: ShowAlias;
  readonly conversationOf: ConversationOf;
}

function deliveryOf({ event, name }: Named, webhook: Webhook, { show, conversationOf }: Showing): Delivery {
  const { type, at, trace, party = '' } = event;
  return {
    id: deliveryId(name, webhook.id),
    webhook: webhook.id,
    lane: event.conversation ?? partyLane(party),
    type,
    at,
    body: bodyOf(event, webhook.scope, conversationOf(event), show),
    ...(trace !== undefined && { trace }),
  };
}

/** Counting a long queue takes a while, so it is done now and then. */
function createGauge({ webhooks, now }: EventPorts): IsFull {
  const seen = new Map<string, { readonly at: number; readonly full: boolean }>();
  return async (webhook) => {
    const last = seen.get(webhook);
    const age = last ? now() - last.at : lookEvery;
    // A clock that was set back must not keep an answer for longer.
    if (last && age >= 0 && age < lookEvery) return last.full;
    const full = (await webhooks.depth(webhook)).waiting >= mostWaiting;
    seen.set(webhook, { at: now(), full });
    return full;
  };
}
