/** `STORE_URL` -> Store: the one place that knows which engines there are. */
import { openRedis, type RedisSetup } from './redis.ts';
import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';

/** `sqlite:path`, or a URL of Redis. Throws a `RangeError` for any other, and what the engine throws when it cannot start. */
export async function openStore(url: string, setup: RedisSetup): Promise<Store> {
  const path = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : '';
  if (path !== '') return openSqlite(path, setup);
  if (url.startsWith('redis')) return openRedis(url, setup);
  throw new RangeError('STORE_URL is sqlite:path, redis://, rediss://, redis+sentinel://h1,h2,h3/name or redis+cluster://h1,h2,h3');
}
