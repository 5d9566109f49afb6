/**
 * The atomic steps of the digests in Redis, in Lua; all keys stand in one slot. Time is Redis' own here, as in the outbox: relays whose
 * clocks differ must not take each other's loans for ended.
 */
import { key } from './commands.ts';

/** days: day and party, in one, in the order of the days; loans: the same -> end of the loan. */
export const digestKeys: readonly string[] = ['days', 'loans'].map(key.digests);

/** Of one day of a party: times: id by when the message came; entries: id -> sealed. And the party's list of such days. */
export const digestDayKeys = (day: string, party: string): readonly string[] => {
  const times = key.digest(day, party);
  return [times, `${times}:entries`, key.partyDigests(party)];
};

const unpacked = 'local days, loans, times, entries, own = unpack(KEYS)';

export const digestScripts = {
  /** all keys; day and party, day, milliseconds, id, time, sealed: one that is known stays as it is */
  addToDay: {
    numberOfKeys: 5,
    lua: `${unpacked}
      if redis.call('HSETNX', entries, ARGV[4], ARGV[6]) == 0 then return 0 end
      redis.call('ZADD', times, ARGV[5], ARGV[4])
      redis.call('SADD', own, ARGV[2])
      redis.call('ZADD', days, 0, ARGV[1])
      for _, it in ipairs({ times, entries, own }) do redis.call('PEXPIRE', it, ARGV[3]) end
      return 1`,
  },
  /** days, loans; first day that is not lent, milliseconds -> day and party, in one, of the oldest that is not lent, or nothing */
  lendDay: {
    numberOfKeys: 2,
    lua: `
      local days, loans = unpack(KEYS)
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      local from = 0
      while true do
        local found = redis.call('ZRANGEBYLEX', days, '-', '(' .. ARGV[1], 'LIMIT', from, 100)
        for _, it in ipairs(found) do
          local ends = redis.call('HGET', loans, it)
          if not ends or tonumber(ends) <= now then
            redis.call('HSET', loans, it, string.format('%.0f', now + ARGV[2]))
            return it
          end
        end
        if #found < 100 then return false end
        from = from + 100
      end`,
  },
  /** all keys; how many -> id, sealed, id ... the first ones of the day */
  entriesOfDay: {
    numberOfKeys: 5,
    lua: `${unpacked}
      local found = {}
      for _, id in ipairs(redis.call('ZRANGE', times, 0, ARGV[1] - 1)) do
        found[#found + 1] = id
        found[#found + 1] = redis.call('HGET', entries, id)
      end
      return found`,
  },
  /** all keys; day and party, day, ids: they go; the loan ends; a day of which nothing is left goes too */
  dropFromDay: {
    numberOfKeys: 5,
    lua: `${unpacked}
      for i = 3, #ARGV do
        redis.call('ZREM', times, ARGV[i])
        redis.call('HDEL', entries, ARGV[i])
      end
      redis.call('HDEL', loans, ARGV[1])
      if redis.call('EXISTS', times) == 1 then return 0 end
      redis.call('SREM', own, ARGV[2])
      return redis.call('ZREM', days, ARGV[1])`,
  },
  /** all keys; day and party, day: all of it goes */
  dropDay: {
    numberOfKeys: 5,
    lua: `${unpacked}
      redis.call('DEL', times, entries)
      redis.call('HDEL', loans, ARGV[1])
      redis.call('SREM', own, ARGV[2])
      return redis.call('ZREM', days, ARGV[1])`,
  },
} as const;
