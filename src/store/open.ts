/** `STORE_URL` -> Store: the one place that knows which engines there are. */
import type { RedisSetup } from './redis.ts';
import type { Store } from './store.ts';

/** `sqlite:path`, or a URL of Redis. Throws a `RangeError` for any other, and what the engine throws when it cannot start. */
export async function openStore(url: string, setup: RedisSetup): Promise<Store> {
  const path = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : '';
  // Of the two only the one in use is loaded.
  if (path !== '') return (await import('./sqlite.ts')).openSqlite(path, setup);
  if (url.startsWith('redis')) return (await import('./redis.ts')).openRedis(url, setup);
  throw new RangeError('STORE_URL is sqlite:path, redis://, rediss://, redis+sentinel://h1,h2,h3/name or redis+cluster://h1,h2,h3');
}
