/** Duties in Redis. */
import { leaseOf, mintId } from '../codec.ts';
import type { Duties } from '../upkeep.ts';
import { type Commands, key, texts } from './commands.ts';

export function createDuties(redis: Commands): Duties {
  const holder = mintId();
  return {
    async take(name, seconds) {
      const [fence, note = ''] = texts(await redis.run('takeDuty', [key.duty(name)], holder, leaseOf(seconds)));
      return fence === undefined ? undefined : { fence: Number(fence), note };
    },
    keep: async (name, { fence, note }, seconds) =>
      (await redis.run('keepDuty', [key.duty(name)], holder, fence, leaseOf(seconds), note)) === 1,
    leave: async (name, { fence, note }) => void (await redis.run('keepDuty', [key.duty(name)], holder, fence, 0, note)),
  };
}
