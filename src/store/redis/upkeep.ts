/** What keeps the store in order, in Redis. */
import type { StoreSetup } from '../codec.ts';
import type { Upkeep } from '../upkeep.ts';
import type { KeepingCommands } from './commands.ts';
import type { RedisNode } from './durability.ts';
import { createDuties } from './duties.ts';
import { createLegalHolds } from './legal-holds.ts';
import { createSecrets } from './secrets.ts';

/** `nodes`: the masters as they are now. What is sealed anew need not outlive a fail-over: the next walk finds it again. */
export const createUpkeep = (redis: KeepingCommands, setup: Required<StoreSetup>, nodes: () => readonly RedisNode[]): Upkeep => ({
  duties: createDuties(redis),
  secrets: createSecrets(redis, setup, nodes),
  legalHolds: createLegalHolds(redis.kept, setup),
});
