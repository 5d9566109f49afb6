/** The atomic steps of look-ups in Redis, in Lua. */

export const lookupScripts = {
  /** list; milliseconds, first place that is still kept, places */
  noteFindable: {
    numberOfKeys: 1,
    lua: `
      redis.call('ZREMRANGEBYLEX', KEYS[1], '-', '(' .. ARGV[2])
      for i = 3, #ARGV do redis.call('ZADD', KEYS[1], 0, ARGV[i]) end
      return redis.call('PEXPIRE', KEYS[1], ARGV[1])`,
  },
  /** due, put and tries of the outbox; id -> when it is due, when it was put, number of loans; nil where it does not wait */
  itemState: {
    numberOfKeys: 3,
    lua: `return { redis.call('ZSCORE', KEYS[1], ARGV[1]), redis.call('ZSCORE', KEYS[2], ARGV[1]), redis.call('HGET', KEYS[3], ARGV[1]) }`,
  },
} as const;
