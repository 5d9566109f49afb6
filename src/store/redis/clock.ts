/** The clock that all relays on one Redis have in common: theirs may differ. */

/** Lua: `now` is the time of Redis, in milliseconds since 1970. */
export const now = `local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)`;
