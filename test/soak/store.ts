/** The store under the relay of the soak, and what can happen to it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Random } from '../support/random.ts';
import { durable, startRedis } from '../support/redis.ts';

export interface StoreUnderTest extends AsyncDisposable {
  readonly url: string;
  /**
   * Seconds that the relay's clock may jump. Redis tells by its own clock what is due (and libfaketime cannot run it: jemalloc): what a relay puts
   * off while it is an hour ahead waits an hour.
   */
  readonly jump: number;
  /** One thing that happens to it; resolves with what it was when the store is well again. */
  fault(random: Random): Promise<string>;
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A file in `folder`; another process takes the write lock for 0.5 to 5 s. */
export function sqliteIn(folder: string): StoreUnderTest {
  const file = join(folder, 'soak.db');
  return {
    url: `sqlite:${file}`,
    jump: 3_600,
    async fault(random) {
      const db = new DatabaseSync(file);
      try {
        db.exec('PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE');
        await sleep(500 + random() * 4_500);
        db.exec('ROLLBACK');
      } finally {
        db.close();
      }
      return 'locked by another process';
    },
    [Symbol.asyncDispose]: async () => rmSync(file, { force: true }),
  };
}

/** A redis-server of its own that keeps all it acknowledged (AOF, fsync always): killed, stopped for 10 s, restarted. */
export async function ownRedis(): Promise<StoreUnderTest> {
  const redis = await startRedis(durable);
  return {
    url: redis.url,
    jump: 60,
    async fault(random) {
      const draw = random();
      if (draw < 0.3) {
        redis.pause();
        await sleep(10_000);
        redis.resume();
        return 'hung for 10 s';
      }
      if (draw < 0.5) {
        await redis.restart('SIGTERM');
        return 'restarted';
      }
      await redis.kill();
      await sleep(random() * 4_000);
      await redis.restart('SIGKILL');
      return 'kill -9, and started again';
    },
    [Symbol.asyncDispose]: () => redis.stop(),
  };
}
