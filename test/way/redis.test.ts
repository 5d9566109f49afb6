import { type RedisServer, startRedis } from '../support/redis.ts';
import { relaySuite } from './relay.ts';

let redis: RedisServer | undefined;
afterAll(() => redis?.stop());

relaySuite('Redis', async () => {
  redis = await startRedis();
  return { STORE_URL: redis.url };
});
