/** The atomic steps of the archive's index in Redis, in Lua. Each one may run twice without harm, and touches keys of one slot only. */
import { now } from './clock.ts';

const slot = (what: string): string => `postern:{archive}:${what}`;

/** Due times, times of their coming, how often each was lent, bytes of all: the queue but for the copies. */
export const queueKeys = [slot('due'), slot('at'), slot('attempts'), slot('bytes')] as const;

export const archiveScripts = {
  /** list; place */
  notePlace: {
    numberOfKeys: 1,
    lua: `return redis.call('ZADD', KEYS[1], 0, ARGV[1])`,
  },
  /** queue (4), copy; name, bytes, when it came */
  queueCopy: {
    numberOfKeys: 5,
    lua: `
      if redis.call('EXISTS', KEYS[5]) == 1 then return 1 end
      redis.call('SET', KEYS[5], ARGV[2])
      redis.call('INCRBY', KEYS[4], #ARGV[2])
      redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
      ${now}
      redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
      return 1`,
  },
  /** queue (4); how many, milliseconds -> name, time of its coming, how often lent; name, ... */
  lendCopies: {
    numberOfKeys: 4,
    lua: `
      ${now}
      local lent = {}
      for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now), 'LIMIT', 0, ARGV[1])) do
        redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[2]), name)
        lent[#lent + 1] = name
        lent[#lent + 1] = string.format('%.0f', tonumber(redis.call('ZSCORE', KEYS[2], name) or 0))
        lent[#lent + 1] = tostring(redis.call('HINCRBY', KEYS[3], name, 1))
      end
      return lent`,
  },
  /** queue (4), copy; name */
  dropCopy: {
    numberOfKeys: 5,
    lua: `
      local size = redis.call('STRLEN', KEYS[5])
      if size > 0 then redis.call('DECRBY', KEYS[4], size) end
      redis.call('ZREM', KEYS[1], ARGV[1])
      redis.call('ZREM', KEYS[2], ARGV[1])
      redis.call('HDEL', KEYS[3], ARGV[1])
      return redis.call('DEL', KEYS[5])`,
  },
  /** queue (4); name, milliseconds until it is due: nothing where it is gone */
  putCopyOff: {
    numberOfKeys: 4,
    lua: `
      ${now}
      return redis.call('ZADD', KEYS[1], 'XX', string.format('%.0f', now + ARGV[2]), ARGV[1])`,
  },
  /** queue (4) -> how many, bytes, when the oldest came or nothing */
  countCopies: {
    numberOfKeys: 4,
    lua: `
      local counted = { tostring(redis.call('ZCARD', KEYS[1])), redis.call('GET', KEYS[4]) or '0' }
      local first = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
      if first[2] then counted[3] = string.format('%.0f', tonumber(first[2])) end
      return counted`,
  },
} as const;
