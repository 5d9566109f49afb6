/** The atomic steps by which it is counted how fast sellers answer, in Redis, in Lua; all keys stand in the slot of the seller. */
import { key } from './commands.ts';

/** days: day since 1970 and what is counted -> count; questions: conversation by when it was delivered; times: conversation -> first and last came. */
export const responseKeys = (seller: string): readonly string[] =>
  (['days', 'questions', 'times'] as const).map((what) => key.partyResponses(seller, what));

const look = `
  local days, questions, times = unpack(KEYS)
  local function dayOf(at) return string.format('%d', math.floor(tonumber(at) / 86400000)) end`;

const begin = `${look}
  local function prune(oldest, oldestDay)
    for _, field in ipairs(redis.call('HKEYS', days)) do
      if tonumber(string.match(field, '^%d+')) < oldestDay then redis.call('HDEL', days, field) end
    end
    for _, it in ipairs(redis.call('ZRANGEBYSCORE', questions, '-inf', oldest, 'LIMIT', 0, 500)) do
      redis.call('ZREM', questions, it)
      redis.call('HDEL', times, it)
    end
  end
  local function begin(conversation, at, came, kept)
    redis.call('ZADD', questions, at, conversation)
    redis.call('HSET', times, conversation, came .. ',' .. came)
    if redis.call('HINCRBY', days, dayOf(at) .. ':questions', 1) == 1 then
      local oldest = tonumber(at) - kept
      prune(string.format('%.0f', oldest), math.floor(oldest / 86400000))
    end
    for _, it in ipairs({ days, questions, times }) do redis.call('PEXPIRE', it, kept) end
  end`;

export const responseScripts = {
  /** all keys, party; conversation, now, came, milliseconds: nothing where there is no such party */
  askQuestion: {
    numberOfKeys: 4,
    lua: `${begin}
      if redis.call('HEXISTS', KEYS[4], 'v') == 0 then return 0 end
      if not redis.call('ZSCORE', questions, ARGV[1]) then
        begin(ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]))
        return 1
      end
      local came, latest = string.match(redis.call('HGET', times, ARGV[1]), '^(%d+),(%d+)$')
      if tonumber(ARGV[3]) > tonumber(latest) then latest = ARGV[3] end
      redis.call('HSET', times, ARGV[1], came .. ',' .. latest)
      return 1`,
  },
  /** all keys; conversation, now, up to when it is settled or '' where it was answered, milliseconds that are in time, milliseconds */
  endQuestion: {
    numberOfKeys: 3,
    lua: `${begin}
      local at = redis.call('ZSCORE', questions, ARGV[1])
      if not at then return 0 end
      local came, latest = string.match(redis.call('HGET', times, ARGV[1]), '^(%d+),(%d+)$')
      local settles = ARGV[3] ~= ''
      if settles and tonumber(ARGV[3]) < tonumber(came) then return 0 end
      local took = math.max(0, tonumber(ARGV[2]) - tonumber(at))
      local day = dayOf(at)
      redis.call('HINCRBY', days, day .. ':answered', 1)
      if took <= tonumber(ARGV[4]) then redis.call('HINCRBY', days, day .. ':inTime', 1) end
      if settles then redis.call('HINCRBY', days, day .. ':settled', 1)
      else redis.call('HINCRBY', days, day .. ':seconds', string.format('%d', math.floor(took / 1000 + 0.5))) end
      redis.call('ZREM', questions, ARGV[1])
      redis.call('HDEL', times, ARGV[1])
      if settles and tonumber(ARGV[3]) < tonumber(latest) then begin(ARGV[1], latest, latest, tonumber(ARGV[5])) end
      return 1`,
  },
  /** all keys; conversation: it was never asked */
  dropQuestion: {
    numberOfKeys: 3,
    lua: `${begin}
      local at = redis.call('ZSCORE', questions, ARGV[1])
      if not at then return 0 end
      redis.call('HINCRBY', days, dayOf(at) .. ':questions', -1)
      redis.call('HDEL', times, ARGV[1])
      return redis.call('ZREM', questions, ARGV[1])`,
  },
  /** all keys; time from which on a question has time yet -> day:what, count ... ; day, questions that wait ... */
  responseCounts: {
    numberOfKeys: 3,
    lua: `${look}
      local waiting, found = {}, {}
      local scores = redis.call('ZRANGEBYSCORE', questions, ARGV[1], '+inf', 'WITHSCORES')
      for i = 2, #scores, 2 do
        local day = dayOf(scores[i])
        waiting[day] = (waiting[day] or 0) + 1
      end
      for day, count in pairs(waiting) do
        found[#found + 1] = day
        found[#found + 1] = tostring(count)
      end
      return { redis.call('HGETALL', days), found }`,
  },
} as const;
