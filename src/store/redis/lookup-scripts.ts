/** The atomic steps of look-ups in Redis, in Lua; they only read. */

export const lookupScripts = {
  /** due, put and tries of the outbox; id -> when it is due, when it was put, number of loans; nil where it does not wait */
  itemState: {
    numberOfKeys: 3,
    lua: `return { redis.call('ZSCORE', KEYS[1], ARGV[1]), redis.call('ZSCORE', KEYS[2], ARGV[1]), redis.call('HGET', KEYS[3], ARGV[1]) }`,
  },
} as const;
