/** The atomic steps of orders in Redis, in Lua. */

export const orderScripts = {
  /**
   * orders, rank, requests for reviews; id, order as JSON, time of completion or '', requests so far or '': open ones stand above all
   * completed ones, in the order they were put
   */
  putOrder: {
    numberOfKeys: 3,
    lua: `
      local open = 4503599627370496
      local place
      if ARGV[3] == '' then
        local top = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
        place = open
        if top[2] and tonumber(top[2]) >= open then place = tonumber(top[2]) + 1 end
      else
        place = math.min(tonumber(ARGV[3]), open - 1)
      end
      redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
      if ARGV[4] ~= '' and tonumber(redis.call('HGET', KEYS[3], ARGV[1]) or 0) < tonumber(ARGV[4]) then
        redis.call('HSET', KEYS[3], ARGV[1], ARGV[4])
      end
      return redis.call('ZADD', KEYS[2], string.format('%.0f', place), ARGV[1])`,
  },
  /** orders; id: the order loses what was ordered */
  forgetOrdered: {
    numberOfKeys: 1,
    lua: `
      local json = redis.call('HGET', KEYS[1], ARGV[1])
      if not json then return 0 end
      local order = cjson.decode(json)
      order.item = nil
      return redis.call('HSET', KEYS[1], ARGV[1], cjson.encode(order))`,
  },
  /** orders, rank; id */
  dropOrder: {
    numberOfKeys: 2,
    lua: `redis.call('ZREM', KEYS[2], ARGV[1]) return redis.call('HDEL', KEYS[1], ARGV[1])`,
  },
  /** orders, rank, requests for reviews -> the order that counts, as JSON, and its requests or nil; nothing where there is none */
  topOrder: {
    numberOfKeys: 3,
    lua: `
      local top = redis.call('ZREVRANGE', KEYS[2], 0, 0)
      if not top[1] then return {} end
      return { redis.call('HGET', KEYS[1], top[1]), redis.call('HGET', KEYS[3], top[1]) }`,
  },
  /** orders, rank, requests for reviews; id: nothing where there is no such order */
  countReviewRequest: {
    numberOfKeys: 3,
    lua: `
      if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
      return redis.call('HINCRBY', KEYS[3], ARGV[1], 1)`,
  },
} as const;
