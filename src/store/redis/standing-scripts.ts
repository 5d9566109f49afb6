/** The atomic steps of ledgers and reviews in Redis, in Lua. Each one may run twice without harm, and touches keys of one slot only. */

export const standingScripts = {
  /** party, its ledger; sealed before or '', sealed now, milliseconds -> 1, or 0 where something else stands there; nothing where there is no party */
  putLedger: {
    numberOfKeys: 2,
    lua: `
      if redis.call('HEXISTS', KEYS[1], 'v') == 0 then return 1 end
      if (redis.call('GET', KEYS[2]) or '') ~= ARGV[1] then return 0 end
      redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
      return 1`,
  },
  /** review; outcome, time, sealed note or '' -> 1, or 0 where there is no such review */
  putFinding: {
    numberOfKeys: 1,
    lua: `
      if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
      redis.call('HSET', KEYS[1], 'o', ARGV[1], 't', ARGV[2])
      if ARGV[3] == '' then redis.call('HDEL', KEYS[1], 'n') else redis.call('HSET', KEYS[1], 'n', ARGV[3]) end
      return 1`,
  },
  /** list, review; milliseconds, place, conversation, sealed, first place that is still kept */
  putReview: {
    numberOfKeys: 2,
    lua: `
      local before = redis.call('HGET', KEYS[2], 'p')
      if before then redis.call('ZREM', KEYS[1], before) end
      redis.call('HDEL', KEYS[2], 'o', 't', 'n')
      redis.call('HSET', KEYS[2], 'p', ARGV[2], 'c', ARGV[3], 'v', ARGV[4])
      redis.call('PEXPIRE', KEYS[2], ARGV[1])
      redis.call('ZREMRANGEBYLEX', KEYS[1], '-', '(' .. ARGV[5])
      redis.call('ZADD', KEYS[1], 0, ARGV[2])
      return redis.call('PEXPIRE', KEYS[1], ARGV[1])`,
  },
} as const;
