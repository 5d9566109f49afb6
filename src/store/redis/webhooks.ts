/** Webhooks in Redis; several relays share the queues, and each delivery is lent to one of them at a time. */
import { keep } from '../../model/retention.ts';
import { leaseOf, lendSize, mintId, pageSize, placeOf, readCursor, type StoreSetup, writeCursor } from '../codec.ts';
import {
  type DeliveryRow,
  deliveryAt,
  MAX_DEAD,
  MAX_REPLAYED,
  placeOfDelivery,
  readDeliveries,
  readWebhook,
  readWebhooks,
  sealDelivery,
  sealWebhook,
} from '../webhook-codec.ts';
import type { Delivery, DeliveryState, Webhooks } from '../webhooks.ts';
import { bytes, type Commands, type KeepingCommands, list, text, texts } from './commands.ts';
import {
  deadKey,
  deliveryHashes,
  deliveryKeys,
  laneMarksKey,
  lanesOfParty,
  lendingKeys,
  subscriptionsKey,
  waitingKey,
} from './webhook-scripts.ts';

type Setup = Required<StoreSetup>;

/** So many calls go out together. */
const AT_ONCE = 100;
/** Somebody else changes it at the same time: so often it is tried again, after a few milliseconds. */
const MAX_TRIES = 60;
const PAUSE = 8;

const [ITEMS = '', TRIES = '', , FAILURES = '', LANES = ''] = deliveryHashes;
const listKey = { waiting: waitingKey, dead: deadKey } as const satisfies Record<DeliveryState, unknown>;

/** A delivery as its scripts know it. */
interface Spot {
  readonly webhook: string;
  readonly lane: string;
  readonly place: string;
}

/** An id of a subscription has no `/`. */
const markOf = ({ webhook, place }: Spot): string => `${webhook}/${place}`;
const spotOf = (delivery: Delivery): Spot => ({ ...delivery, place: placeOfDelivery(delivery) });
const wordsOf = (spot: Spot) => [deliveryAt(spot.place), spot.place, markOf(spot)] as const;

export function createWebhooks(redis: KeepingCommands, setup: Setup): Webhooks {
  return { ...createSubscriptions(redis, setup), ...createQueue(redis, setup), ...createReader(redis, setup) };
}

function createSubscriptions(redis: KeepingCommands, { vault }: Setup): Pick<Webhooks, 'all' | 'webhook' | 'change' | 'drop'> {
  const stored = async (id: string) => bytes(await redis.call('hget', subscriptionsKey, id));
  const read = (id: string, sealed: Buffer | undefined) => sealed && readWebhook(vault, id, sealed);
  return {
    all: async () => {
      const flat = list(await redis.run('readSubscriptions', [subscriptionsKey]));
      const rows = flat.flatMap((id, at) => {
        const sealed = flat[at + 1];
        return at % 2 === 0 && id && sealed ? [{ id: id.toString(), sealed }] : [];
      });
      return readWebhooks(vault, rows);
    },
    webhook: async (id) => read(id, await stored(id)),
    change: async (id, change) => {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const there = await stored(id);
        const webhook = change(read(id, there));
        const put = redis.kept.run('putSubscription', [subscriptionsKey], id, there ?? '', sealWebhook(vault, webhook));
        if ((await put) === 1) return webhook;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE));
      }
      throw new Error('a webhook changes too often to be changed');
    },
    drop: async (id) => {
      const known = (await redis.call('hdel', subscriptionsKey, id)) === 1;
      for (const key of [waitingKey(id), deadKey(id)]) {
        for (let places = await oldest(redis, key); places.length > 0; places = await oldest(redis, key)) await dropAt(redis, id, places);
      }
      return known;
    },
  };
}

const oldest = async (redis: Commands, key: string, count = AT_ONCE): Promise<readonly string[]> =>
  texts(await redis.call('zrange', key, 0, count - 1));

async function dropAt(redis: Commands, webhook: string, places: readonly string[]): Promise<void> {
  await Promise.all(
    places.map(async (place) => {
      const lane = text(await redis.call('hget', LANES, deliveryAt(place))) ?? '';
      await redis.run('dropDelivery', deliveryKeys(webhook, lane), ...wordsOf({ webhook, lane, place }));
    }),
  );
}

function createQueue(redis: KeepingCommands, { vault, now }: Setup): Pick<Webhooks, 'put' | 'lend' | 'done' | 'later' | 'bury' | 'replay'> {
  const holder = mintId();
  const keysOf = ({ webhook, lane }: Delivery) => deliveryKeys(webhook, lane);
  const replay = async (webhook: string, place: string): Promise<number> => {
    const lane = text(await redis.call('hget', LANES, deliveryAt(place)));
    if (lane === undefined) return 0;
    return Number(await redis.kept.run('replayDelivery', deliveryKeys(webhook, lane), deliveryAt(place), place));
  };
  return {
    put: async (delivery) => {
      const { webhook, lane } = delivery;
      const words = [...wordsOf(spotOf(delivery)), webhook, sealDelivery(vault, delivery), lane];
      await redis.kept.run('putDelivery', keysOf(delivery), ...words);
    },
    lend: async (webhook, limit, leaseSeconds) => {
      const size = lendSize(limit);
      if (size === 0) return [];
      const flat = list(await redis.run('lendDeliveries', lendingKeys(webhook), size, leaseOf(leaseSeconds), holder));
      const rows = flat.flatMap((id, at) => {
        const [attempts, sealed] = [flat[at + 1], flat[at + 2]];
        return at % 3 === 0 && id && sealed ? [{ id: id.toString(), attempts: Number(attempts), sealed }] : [];
      });
      return readDeliveries(vault, rows);
    },
    done: async (delivery) => void (await redis.run('endDelivery', keysOf(delivery), ...wordsOf(spotOf(delivery)))),
    later: async (delivery, due, failure) =>
      void (await redis.run('delayDelivery', keysOf(delivery), ...wordsOf(spotOf(delivery)), holder, failure, due - now())),
    bury: async (delivery, failure) => {
      await redis.run('buryDelivery', keysOf(delivery), ...wordsOf(spotOf(delivery)), holder, failure);
      await prune(redis, delivery.webhook, now());
    },
    replay: async (webhook, id) => {
      if (id === undefined) {
        const places = await oldest(redis, deadKey(webhook), MAX_REPLAYED);
        let count = 0;
        for (const place of places) count += await replay(webhook, place);
        return count;
      }
      const sealed = bytes(await redis.call('hget', ITEMS, id));
      const [found] = sealed ? readDeliveries(vault, [{ id, attempts: 0, sealed }]) : [];
      return found?.webhook === webhook ? replay(webhook, placeOfDelivery(found)) : 0;
    },
  };
}

/** The dead that are too old, and too many. */
async function prune(redis: Commands, webhook: string, now: number): Promise<void> {
  const places = await oldest(redis, deadKey(webhook));
  const surplus = Number(await redis.call('zcard', deadKey(webhook))) - MAX_DEAD;
  const limit = placeOf(now - keep.deadEvents, '');
  await dropAt(
    redis,
    webhook,
    places.filter((place, at) => at < surplus || place < limit),
  );
}

function createReader(redis: Commands, { vault, now }: Setup): Pick<Webhooks, 'page' | 'depth'> {
  const rowAt = async (place: string): Promise<readonly DeliveryRow[]> => {
    const id = deliveryAt(place);
    const [sealed, attempts, failure] = await Promise.all(
      [ITEMS, TRIES, FAILURES].map(async (hash) => bytes(await redis.call('hget', hash, id))),
    );
    return sealed ? [{ id, sealed, attempts: Number(attempts ?? 0), failure: failure?.toString() }] : [];
  };
  return {
    page: async (webhook, state, limit, before) => {
      const place = before === undefined ? undefined : readCursor(before);
      if (before !== undefined && place === undefined) return { deliveries: [] };
      const size = pageSize(limit);
      const [from, to] = [place === undefined ? '+' : `(${place}`, state === 'dead' ? `[${placeOf(now() - keep.deadEvents, '')}` : '-'];
      const places = texts(await redis.call('zrevrangebylex', listKey[state](webhook), from, to, 'LIMIT', 0, size + 1));
      const rows = await Promise.all(places.slice(0, size).map(rowAt));
      const last = places[size - 1];
      const deliveries = readDeliveries(vault, rows.flat());
      return places.length > size && last ? { deliveries, next: writeCursor(last) } : { deliveries };
    },
    depth: async (webhook) => {
      await prune(redis, webhook, now());
      const [waiting, dead] = await Promise.all([waitingKey, deadKey].map((key) => redis.call('zcard', key(webhook))));
      return { waiting: Number(waiting), dead: Number(dead) };
    },
  };
}

/** Of a conversation that is being forgotten: all that is to be told of it, or could not be. */
export const forgetLane = (redis: Commands, lane: string): Promise<void> => forgetMarked(redis, laneMarksKey(lane));

/** Of what is told of a party beside its conversations. */
export const forgetPartyLane = (redis: Commands, party: string): Promise<void> => forgetMarked(redis, lanesOfParty(party));

async function forgetMarked(redis: Commands, marks: string): Promise<void> {
  for (const mark of texts(await redis.call('smembers', marks))) {
    const slash = mark.indexOf('/');
    await dropAt(redis, mark.slice(0, slash), [mark.slice(slash + 1)]);
  }
}
