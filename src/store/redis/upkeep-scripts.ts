/**
 * The atomic steps of duties, of sealing anew and of legal holds in Redis, in Lua. Each one may run twice without harm, and touches keys of
 * one slot only. Time is Redis' own for duties: relays whose clocks differ must not take each other's for ended.
 */
import { now } from './clock.ts';

export const upkeepScripts = {
  /** duty; who, milliseconds -> fence and note, or nothing where another has it */
  takeDuty: {
    numberOfKeys: 1,
    lua: `
      ${now}
      local duty = redis.call('HMGET', KEYS[1], 'h', 'f', 'u', 'n')
      local fence = tonumber(duty[2] or 0)
      if duty[1] ~= ARGV[1] then
        if duty[3] and tonumber(duty[3]) > now then return {} end
        fence = fence + 1
      end
      redis.call('HSET', KEYS[1], 'h', ARGV[1], 'f', fence, 'u', string.format('%.0f', now + ARGV[2]))
      return { tostring(fence), duty[4] or '' }`,
  },
  /** duty; who, fence, milliseconds, note -> 1, or 0 where it is another's by now */
  keepDuty: {
    numberOfKeys: 1,
    lua: `
      local duty = redis.call('HMGET', KEYS[1], 'h', 'f')
      if duty[1] ~= ARGV[1] or duty[2] ~= ARGV[2] then return 0 end
      ${now}
      redis.call('HSET', KEYS[1], 'u', string.format('%.0f', now + ARGV[3]), 'n', ARGV[4])
      return 1`,
  },
  /** times, values left; secret, time: it writes again, so nobody knows how many values there are */
  announceSecret: {
    numberOfKeys: 2,
    lua: `redis.call('HDEL', KEYS[2], ARGV[1]) return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])`,
  },
  /** hash; field, value before, value now -> 1, or 0 where something else stands there */
  resealField: {
    numberOfKeys: 1,
    lua: `
      if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
      redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
      return 1`,
  },
  /** string; value before, value now: its time stays */
  resealValue: {
    numberOfKeys: 1,
    lua: `
      if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
      return 1`,
  },
  /** hash; field before, value before, field now, value now: what stands in the new field is the newer one */
  moveField: {
    numberOfKeys: 1,
    lua: `
      if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
      redis.call('HSETNX', KEYS[1], ARGV[3], ARGV[4])
      if ARGV[1] ~= ARGV[3] then redis.call('HDEL', KEYS[1], ARGV[1]) end
      return 1`,
  },
  /** items, to, recipients of the outbox; id, value before, value now, hash of the recipient now */
  resealItem: {
    numberOfKeys: 3,
    lua: `
      local items, to, recipients = unpack(KEYS)
      local id = ARGV[1]
      if redis.call('HGET', items, id) ~= ARGV[2] then return 0 end
      redis.call('HSET', items, id, ARGV[3])
      redis.call('ZREM', to, (redis.call('HGET', recipients, id) or '') .. id)
      redis.call('ZADD', to, 0, ARGV[4] .. id)
      redis.call('HSET', recipients, id, ARGV[4])
      return 1`,
  },
  /** party, its mailboxes; hash: noted where there still is such a party */
  noteMailbox: {
    numberOfKeys: 2,
    lua: `
      if redis.call('HEXISTS', KEYS[1], 'v') == 0 then return 0 end
      redis.call('SADD', KEYS[2], ARGV[1])
      return 1`,
  },
  /** legal hold, its conversation; since, sealed -> 1 where it has one now */
  putLegalHold: {
    numberOfKeys: 2,
    lua: `
      if redis.call('HEXISTS', KEYS[2], 'b') == 0 then return 0 end
      redis.call('HSETNX', KEYS[1], 's', ARGV[1])
      redis.call('HSET', KEYS[1], 'v', ARGV[2])
      return 1`,
  },
  /** held message: goes, unless it has no end */
  dropHold: {
    numberOfKeys: 1,
    lua: `if redis.call('PTTL', KEYS[1]) == -1 then return 0 end return redis.call('UNLINK', KEYS[1])`,
  },
  /** anything -> 1 where it is there, without an end from now on */
  preserve: {
    numberOfKeys: 1,
    lua: `redis.call('PERSIST', KEYS[1]) return redis.call('EXISTS', KEYS[1])`,
  },
  /** review, list of its kind: without an end, and on the list */
  preserveReview: {
    numberOfKeys: 2,
    lua: `
      local place = redis.call('HGET', KEYS[1], 'p')
      if not place then return 0 end
      redis.call('PERSIST', KEYS[1])
      redis.call('ZADD', KEYS[2], 0, place)
      return redis.call('PERSIST', KEYS[2])`,
  },
  /** anything; milliseconds: ends then, where it has no end */
  end: {
    numberOfKeys: 1,
    lua: `if redis.call('PTTL', KEYS[1]) == -1 then return redis.call('PEXPIRE', KEYS[1], ARGV[1]) end return 0`,
  },
} as const;
