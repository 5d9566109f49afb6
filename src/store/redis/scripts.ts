/**
 * The atomic steps of the Redis adapter, in Lua. Each one may run twice without harm, and touches keys of one slot only.
 * QUIRK: Lua writes large numbers as 1.7e+15; `%.0f` keeps all their digits.
 */

import { archiveScripts } from './archive-scripts.ts';
import { digestScripts } from './digest-scripts.ts';
import { MAX_USES } from '../count.ts';
import { lookupScripts } from './lookup-scripts.ts';
import { orderScripts } from './order-scripts.ts';
import { outboxScripts } from './outbox-scripts.ts';
import { responseScripts } from './response-scripts.ts';
import { standingScripts } from './standing-scripts.ts';
import { webhookScripts } from './webhook-scripts.ts';
import { upkeepScripts } from './upkeep-scripts.ts';

interface Script {
  /** Fixed for each script: the library routes by the first key only where it knows how many there are. */
  readonly numberOfKeys: number;
  readonly lua: string;
}

/** Thread pairs lie in so many periods, the current one first. */
export const THREAD_PERIODS = 9;

/** The beginning of the window that runs, uses in it, uses in the one before. */
const countAt = `
  local function countAt(key, now, window)
    local from = now - now % window
    local count = redis.call('HMGET', key, 'f', 'u', 'b')
    local stands = tonumber(count[1] or -1)
    if stands == from then return from, tonumber(count[2]), tonumber(count[3]) end
    if stands == from - window then return from, 0, tonumber(count[2]) end
    return from, 0, 0
  end`;

export const scripts = {
  /** party, mailboxes; sealed, minted local or '', opted out or '', hashes -> public local or nil, all hashes of the party, opted out or nil, admitted or nil */
  putParty: {
    numberOfKeys: 2,
    lua: `
      redis.call('HSET', KEYS[1], 'v', ARGV[1])
      if ARGV[2] ~= '' then redis.call('HSETNX', KEYS[1], 'l', ARGV[2]) end
      if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'o', ARGV[3]) end
      for i = 4, #ARGV do redis.call('SADD', KEYS[2], ARGV[i]) end
      return { redis.call('HGET', KEYS[1], 'l'), redis.call('SMEMBERS', KEYS[2]), redis.call('HGET', KEYS[1], 'o'),
        redis.call('HGET', KEYS[1], 'a') }`,
  },
  /** party; sealed before or '', sealed now -> 1, or 0 where something else stands there by now; nothing where there is no such party */
  resealAdmitted: {
    numberOfKeys: 1,
    lua: `
      if redis.call('HEXISTS', KEYS[1], 'v') == 0 then return 1 end
      if (redis.call('HGET', KEYS[1], 'a') or '') ~= ARGV[1] then return 0 end
      redis.call('HSET', KEYS[1], 'a', ARGV[2])
      return 1`,
  },
  /** party; '1' or '0': nothing where there is no such party */
  optOutOfAll: {
    numberOfKeys: 1,
    lua: `if redis.call('HEXISTS', KEYS[1], 'v') == 0 then return 0 end return redis.call('HSET', KEYS[1], 'o', ARGV[1])`,
  },
  /** party; sealed before, sealed now -> 1, or 0 where something else stands there by now */
  reseal: {
    numberOfKeys: 1,
    lua: `
      if redis.call('HGET', KEYS[1], 'v') ~= ARGV[1] then return 0 end
      redis.call('HSET', KEYS[1], 'v', ARGV[2])
      return 1`,
  },
  /** mailbox; party, place it had under an older secret or '': a party that is there keeps its place, others come on top */
  addSharer: {
    numberOfKeys: 1,
    lua: `
      if redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 0 end
      if ARGV[2] ~= '' then return redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1]) end
      local time = redis.call('TIME')
      local place = time[1] * 1000000 + time[2]
      local top = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
      if top[2] and tonumber(top[2]) >= place then place = tonumber(top[2]) + 1 end
      return redis.call('ZADD', KEYS[1], string.format('%.0f', place), ARGV[1])`,
  },
  /** mailbox; how many -> party, place, party, place ... the last registered first */
  sharers: {
    numberOfKeys: 1,
    lua: `return redis.call('ZREVRANGE', KEYS[1], 0, ARGV[1] - 1, 'WITHSCORES')`,
  },
  /** mailbox; party -> its place or nil */
  placeOfSharer: {
    numberOfKeys: 1,
    lua: `return redis.call('ZSCORE', KEYS[1], ARGV[1])`,
  },
  /** key; value: gone if that is what it holds */
  removeIfSame: {
    numberOfKeys: 1,
    lua: `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`,
  },
  /** conversation; field, time: the latest counts */
  heard: {
    numberOfKeys: 1,
    lua: `
      local last = redis.call('HGET', KEYS[1], ARGV[1])
      if not last or tonumber(last) < tonumber(ARGV[2]) then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
      return 1`,
  },
  /** conversation; field, value or '': nothing where there is no such conversation */
  setState: {
    numberOfKeys: 1,
    lua: `
      if redis.call('HEXISTS', KEYS[1], 'b') == 0 then return 0 end
      if ARGV[2] == '' then return redis.call('HDEL', KEYS[1], ARGV[1]) end
      return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])`,
  },
  /** conversation; now, milliseconds within which it is not written again: an end that lies before now goes */
  revive: {
    numberOfKeys: 1,
    lua: `
      if redis.call('HEXISTS', KEYS[1], 'b') == 0 then return 0 end
      local now = tonumber(ARGV[1])
      local ends = redis.call('HGET', KEYS[1], 'e')
      local over = ends and tonumber(ends) <= now
      if over then redis.call('HDEL', KEYS[1], 'e') end
      local needed = tonumber(redis.call('HGET', KEYS[1], 'n') or 0)
      if not over and needed + tonumber(ARGV[2]) > now then return 0 end
      if needed < now then redis.call('HSET', KEYS[1], 'n', ARGV[1]) end
      return 1`,
  },
  /** claim; trace, milliseconds: 'done <trace>' stays what it is */
  settle: {
    numberOfKeys: 1,
    lua: `
      local held = redis.call('GET', KEYS[1])
      if held and string.sub(held, 1, 1) == 'd' then return 0 end
      redis.call('SET', KEYS[1], 'd' .. ARGV[1], 'PX', ARGV[2])
      return 1`,
  },
  /** threads of one period; milliseconds, field, value, field, value */
  pairThreads: {
    numberOfKeys: 1,
    lua: `
      redis.call('HSET', KEYS[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
      return redis.call('PEXPIRE', KEYS[1], ARGV[1])`,
  },
  /** threads of all periods, the newest first; fields -> a value or nil for each */
  readThreads: {
    numberOfKeys: THREAD_PERIODS,
    lua: `
      local found = {}
      for i = 1, #ARGV do found[i] = false end
      for _, key in ipairs(KEYS) do
        if redis.call('EXISTS', key) == 1 then
          for i = 1, #ARGV do
            if not found[i] then found[i] = redis.call('HGET', key, ARGV[i]) end
          end
        end
      end
      return found`,
  },
  /** traces of a conversation or a party, each for so many milliseconds; now, milliseconds, trace */
  noteTrace: {
    numberOfKeys: 1,
    lua: `
      redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
      redis.call('ZADD', KEYS[1], ARGV[1] + ARGV[2], ARGV[3])
      return redis.call('PEXPIRE', KEYS[1], ARGV[2])`,
  },
  /** traces as `noteTrace` notes them; now -> how many are left, and when the first one ends, or nothing */
  countTraces: {
    numberOfKeys: 1,
    lua: `
      local from = '(' .. ARGV[1]
      local first = redis.call('ZRANGEBYSCORE', KEYS[1], from, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
      return { tostring(redis.call('ZCOUNT', KEYS[1], from, '+inf')), first[2] }`,
  },
  /** holds of a party; now, milliseconds, trace, how many stay -> those that are too many, the oldest first. They stand as they came. */
  noteHoldOfParty: {
    numberOfKeys: 1,
    lua: `
      redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
      local place = ARGV[1] + ARGV[2]
      local top = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
      if top[2] and tonumber(top[2]) >= place then place = tonumber(top[2]) + 1 end
      redis.call('ZADD', KEYS[1], string.format('%.0f', place), ARGV[3])
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      return redis.call('ZRANGE', KEYS[1], 0, -1 - ARGV[4])`,
  },
  /** entry; milliseconds, sealed, time of the bounce or '', its reason or '' */
  putEntry: {
    numberOfKeys: 1,
    lua: `
      redis.call('HSET', KEYS[1], 'v', ARGV[2])
      if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'b', ARGV[3]) end
      if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'r', ARGV[4]) end
      return redis.call('PEXPIRE', KEYS[1], ARGV[1])`,
  },
  /** journal of a conversation, its legal hold; milliseconds, place, first place that is still kept (all are, where there is a legal hold) */
  noteEntry: {
    numberOfKeys: 2,
    lua: `
      redis.call('ZADD', KEYS[1], 0, ARGV[2])
      if redis.call('EXISTS', KEYS[2]) == 1 then return redis.call('PERSIST', KEYS[1]) end
      redis.call('ZREMRANGEBYLEX', KEYS[1], '-', '(' .. ARGV[3])
      return redis.call('PEXPIRE', KEYS[1], ARGV[1])`,
  },
  /** entry; time, reason -> 1 if there is one */
  bounced: {
    numberOfKeys: 1,
    lua: `
      if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
      redis.call('HSET', KEYS[1], 'b', ARGV[1], 'r', ARGV[2])
      return 1`,
  },
  /**
   * counts; time, limit, milliseconds, limit, milliseconds ... -> 0, or the number of the first key that is used up; what has no limit is
   * a key to fill the row. A count is the beginning of its window, uses in it, uses in the one before.
   */
  spend: {
    numberOfKeys: MAX_USES,
    lua: `${countAt}
      local now = tonumber(ARGV[1])
      local counts = {}
      for i = 1, (#ARGV - 1) / 2 do
        local key, window = KEYS[i], tonumber(ARGV[2 * i + 1])
        local from, uses, before = countAt(key, now, window)
        if uses + before * (1 - (now - from) / window) + 1 > tonumber(ARGV[2 * i]) then return i end
        counts[i] = { from, uses + 1, before, window }
      end
      for i, count in ipairs(counts) do
        local key = KEYS[i]
        local from, uses, before, window = unpack(count)
        redis.call('HSET', key, 'f', string.format('%.0f', from), 'u', uses, 'b', before)
        redis.call('PEXPIREAT', key, string.format('%.0f', from + 2 * window))
      end
      return 0`,
  },
  /** count; time, milliseconds: one use less in the window that runs, where there is one */
  giveUseBack: {
    numberOfKeys: 1,
    lua: `${countAt}
      local from, uses = countAt(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]))
      if uses < 1 or from ~= tonumber(redis.call('HGET', KEYS[1], 'f')) then return 0 end
      return redis.call('HINCRBY', KEYS[1], 'u', -1)`,
  },
  /** count; time, milliseconds -> uses in the window that ends now, about */
  usedSoFar: {
    numberOfKeys: 1,
    lua: `${countAt}
      local now, window = tonumber(ARGV[1]), tonumber(ARGV[2])
      local from, uses, before = countAt(KEYS[1], now, window)
      return tostring(uses + before * (1 - (now - from) / window))`,
  },
  ...orderScripts,
  ...outboxScripts,
  ...digestScripts,
  ...lookupScripts,
  ...standingScripts,
  ...webhookScripts,
  ...responseScripts,
  ...archiveScripts,
  ...upkeepScripts,
} as const satisfies Record<string, Script>;

export type ScriptName = keyof typeof scripts;
