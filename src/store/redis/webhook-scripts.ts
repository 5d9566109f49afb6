/**
 * The atomic steps of webhooks in Redis, in Lua; all keys stand in one slot. Time is Redis' own here, as in the outbox: relays whose clocks
 * differ must not take each other's loans for ended.
 */
import { partyLane } from '../../model/event.ts';
import { now } from './clock.ts';
import { key } from './commands.ts';
import { lendOne } from './outbox-scripts.ts';

const part = encodeURIComponent;

/** id of a subscription -> sealed. */
export const subscriptionsKey = key.webhooks('all');
/** Places of what waits, and of the dead, of one subscription. */
export const waitingKey = (webhook: string): string => key.webhooks(`waiting:${part(webhook)}`);
export const deadKey = (webhook: string): string => key.webhooks(`dead:${part(webhook)}`);
/** Subscription and place, in one, of all that lies in a lane. */
export const laneMarksKey = (lane: string): string => key.webhooks(`of:${part(lane)}`);
/** Of each delivery by its id: sealed, number of loans, who has it, why it failed, its lane. */
export const deliveryHashes = ['items', 'tries', 'holders', 'failures', 'lanes'].map(key.webhooks);

const dueKey = (webhook: string): string => key.webhooks(`due:${part(webhook)}`);

/** Of the deliveries of one subscription: due: the first of each lane by when it may be lent; lane: ids in their order. */
export const deliveryKeys = (webhook: string, lane: string): readonly string[] => [
  dueKey(webhook),
  key.webhooks(`lane:${part(webhook)}/${part(lane)}`),
  waitingKey(webhook),
  deadKey(webhook),
  laneMarksKey(lane),
  subscriptionsKey,
  ...deliveryHashes,
];

export const lendingKeys = (webhook: string): readonly string[] => [dueKey(webhook), ...deliveryHashes];

export const lanesOfParty = (party: string): string => laneMarksKey(partyLane(party));

const unpacked = 'local due, lane, waiting, dead, of, all, items, tries, holders, failures, lanes = unpack(KEYS)';

/** The first of the lane may be lent, unless it may already. */
const next = `${now}
      local first = redis.call('LINDEX', lane, 0)
      if first then redis.call('ZADD', due, 'NX', string.format('%.0f', now), first) end`;

const forgotten = `for _, hash in ipairs({ items, tries, holders, failures, lanes }) do redis.call('HDEL', hash, ARGV[1]) end
      redis.call('SREM', of, ARGV[3])`;

export const webhookScripts = {
  /** subscriptions; id, sealed before or '', sealed now -> 1, or 0 where something else stands there by now */
  putSubscription: {
    numberOfKeys: 1,
    lua: `
      if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
      redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
      return 1`,
  },
  /** subscriptions -> id, sealed, id ... QUIRK: the library makes an object of what HGETALL itself answers */
  readSubscriptions: {
    numberOfKeys: 1,
    lua: `return redis.call('HGETALL', KEYS[1])`,
  },
  /** all keys; id, place, mark, id of the subscription, sealed, lane: one that is known stays as it is */
  putDelivery: {
    numberOfKeys: 11,
    lua: `${unpacked}
      if redis.call('HEXISTS', all, ARGV[4]) == 0 or redis.call('HEXISTS', items, ARGV[1]) == 1 then return 0 end
      redis.call('HSET', items, ARGV[1], ARGV[5])
      redis.call('HSET', lanes, ARGV[1], ARGV[6])
      redis.call('SADD', of, ARGV[3])
      redis.call('ZADD', waiting, 0, ARGV[2])
      redis.call('RPUSH', lane, ARGV[1])
      ${next}
      return 1`,
  },
  /** due, items, tries, holders, failures, lanes; how many, milliseconds, who -> id, number of loans, sealed, id ... */
  lendDeliveries: {
    numberOfKeys: 6,
    lua: `
      local due, items, tries, holders = unpack(KEYS)
      ${now}
      local lent = {}
      for _, id in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', string.format('%.0f', now), 'LIMIT', 0, ARGV[1])) do
        ${lendOne}
      end
      return lent`,
  },
  /** all keys; id, place, mark: delivered, whoever has it */
  endDelivery: {
    numberOfKeys: 11,
    lua: `${unpacked}
      if redis.call('LINDEX', lane, 0) ~= ARGV[1] then return 0 end
      redis.call('LPOP', lane)
      redis.call('ZREM', due, ARGV[1])
      redis.call('ZREM', waiting, ARGV[2])
      ${forgotten}
      ${next}
      return 1`,
  },
  /** all keys; id, place, mark, who, why: what is another's loan stays as it is */
  buryDelivery: {
    numberOfKeys: 11,
    lua: `${unpacked}
      if redis.call('LINDEX', lane, 0) ~= ARGV[1] or redis.call('HGET', holders, ARGV[1]) ~= ARGV[4] then return 0 end
      redis.call('LPOP', lane)
      redis.call('ZREM', due, ARGV[1])
      redis.call('ZREM', waiting, ARGV[2])
      redis.call('HDEL', holders, ARGV[1])
      redis.call('HSET', failures, ARGV[1], ARGV[5])
      redis.call('ZADD', dead, 0, ARGV[2])
      ${next}
      return 1`,
  },
  /** all keys; id, place, mark, who, why, milliseconds: what is another's loan stays as it is */
  delayDelivery: {
    numberOfKeys: 11,
    lua: `${unpacked}
      if redis.call('HGET', holders, ARGV[1]) ~= ARGV[4] then return 0 end
      redis.call('HDEL', holders, ARGV[1])
      redis.call('HSET', failures, ARGV[1], ARGV[5])
      ${now}
      return redis.call('ZADD', due, string.format('%.0f', now + ARGV[6]), ARGV[1])`,
  },
  /** all keys; id, place: one that is not dead stays as it is */
  replayDelivery: {
    numberOfKeys: 11,
    lua: `${unpacked}
      if redis.call('ZREM', dead, ARGV[2]) == 0 then return 0 end
      redis.call('HDEL', tries, ARGV[1])
      redis.call('HDEL', failures, ARGV[1])
      redis.call('ZADD', waiting, 0, ARGV[2])
      redis.call('RPUSH', lane, ARGV[1])
      ${next}
      return 1`,
  },
  /** all keys; id, place, mark: gone, whatever it was */
  dropDelivery: {
    numberOfKeys: 11,
    lua: `${unpacked}
      redis.call('LREM', lane, 1, ARGV[1])
      redis.call('ZREM', due, ARGV[1])
      redis.call('ZREM', waiting, ARGV[2])
      redis.call('ZREM', dead, ARGV[2])
      ${forgotten}
      ${next}
      return 1`,
  },
} as const;
