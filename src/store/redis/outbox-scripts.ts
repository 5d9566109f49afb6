/**
 * The atomic steps of the outbox in Redis, in Lua; all keys stand in one slot. Time is Redis' own here: relays whose clocks differ
 * must not take each other's loans for ended. A loan is an item whose due time lies at the end of the lease.
 */
import { now } from './clock.ts';
import { key } from './commands.ts';

/**
 * due: id by when it may be lent; put: id by when it was put; items: id -> sealed; tries: id -> number of loans; holders: id -> who has it;
 * to: hash of the recipient and id, in one; recipients: id -> hash of the recipient.
 */
export const outboxKeys: readonly string[] = ['due', 'put', 'items', 'tries', 'holders', 'to', 'recipients'].map(key.outbox);

const unpacked = 'local due, put, items, tries, holders, to, recipients, sent = unpack(KEYS)';

/** Lends `id` for ARGV[2] milliseconds to ARGV[3], and adds it to `lent`: id, number of loans, sealed. */
export const lendOne = `redis.call('ZADD', due, string.format('%.0f', now + ARGV[2]), id)
        redis.call('HSET', holders, id, ARGV[3])
        lent[#lent + 1] = id
        lent[#lent + 1] = tostring(redis.call('HINCRBY', tries, id, 1))
        lent[#lent + 1] = redis.call('HGET', items, id)`;

export const outboxScripts = {
  /** keys of the outbox, sent; id, sealed, put at, milliseconds until it is due, hash of the recipient: one that is known stays as it is */
  putItem: {
    numberOfKeys: 8,
    lua: `${unpacked}
      local id = ARGV[1]
      if redis.call('EXISTS', sent) == 1 or redis.call('HEXISTS', items, id) == 1 then return 0 end
      redis.call('HSET', items, id, ARGV[2])
      redis.call('HSET', recipients, id, ARGV[5])
      redis.call('ZADD', to, 0, ARGV[5] .. id)
      redis.call('ZADD', put, ARGV[3], id)
      ${now}
      return redis.call('ZADD', due, string.format('%.0f', now + ARGV[4]), id)`,
  },
  /** keys of the outbox; how many, milliseconds, who, how many bytes -> id, number of loans, sealed, id ... */
  lendItems: {
    numberOfKeys: 7,
    lua: `${unpacked}
      ${now}
      local ids = redis.call('ZRANGEBYSCORE', due, '-inf', string.format('%.0f', now), 'LIMIT', 0, ARGV[1])
      local lent = {}
      local bytes = 0
      for _, id in ipairs(ids) do
        bytes = bytes + redis.call('HSTRLEN', items, id)
        if #lent > 0 and bytes > tonumber(ARGV[4]) then break end
        ${lendOne}
      end
      return lent`,
  },
  /** keys of the outbox, sent; id, milliseconds for which the id stays known */
  dropItem: {
    numberOfKeys: 8,
    lua: `${unpacked}
      local id = ARGV[1]
      if redis.call('HDEL', items, id) == 0 then return 0 end
      redis.call('ZREM', to, redis.call('HGET', recipients, id) .. id)
      for _, hash in ipairs({ tries, holders, recipients }) do redis.call('HDEL', hash, id) end
      for _, set in ipairs({ due, put }) do redis.call('ZREM', set, id) end
      redis.call('SET', sent, '1', 'PX', ARGV[2])
      return 1`,
  },
  /** keys of the outbox; id, who, milliseconds until it is due: what is another's loan, or is not there, stays as it is */
  giveItemBack: {
    numberOfKeys: 7,
    lua: `${unpacked}
      local holder = redis.call('HGET', holders, ARGV[1])
      if holder and holder ~= ARGV[2] or redis.call('HEXISTS', items, ARGV[1]) == 0 then return 0 end
      redis.call('HDEL', holders, ARGV[1])
      ${now}
      return redis.call('ZADD', due, string.format('%.0f', now + ARGV[3]), ARGV[1])`,
  },
  /** keys of the outbox; hash of the recipient, how many -> hash and id, in one */
  itemsTo: {
    numberOfKeys: 7,
    lua: `${unpacked}
      return redis.call('ZRANGEBYLEX', to, '[' .. ARGV[1], '(' .. ARGV[1] .. string.char(255), 'LIMIT', 0, ARGV[2])`,
  },
  /** keys of the outbox -> how many wait, and when the oldest was put, or nothing */
  countItems: {
    numberOfKeys: 7,
    lua: `${unpacked}
      local oldest = redis.call('ZRANGE', put, 0, 0, 'WITHSCORES')
      return { tostring(redis.call('ZCARD', put)), oldest[2] }`,
  },
} as const;
