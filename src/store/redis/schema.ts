/** Which version of Postern's keys a Redis holds: one number. Keys of a newer version are not touched; those of an older one are brought to this. */
import { type Commands, key, text } from './commands.ts';

/** What makes the keys of each version from those of the one before; a step may run twice, and at the same time as relays of the older version. */
export type Migration = (redis: Commands) => Promise<void>;

/** From version 1 on. What stands here was run somewhere and is not changed. */
const migrations: readonly Migration[] = [];

/** Notes the version where there is none. Throws where it is newer than this program knows. */
export async function prepareSchema(redis: Commands, steps: readonly Migration[] = migrations): Promise<void> {
  const newest = steps.length + 1;
  const found = Number(text(await redis.call('set', key.schema, newest, 'NX', 'GET')) ?? newest);
  if (!Number.isInteger(found) || found > newest)
    throw new Error(`The store was written by a newer version of Postern (schema ${found}, this one knows ${newest}): start that version`);
  for (const [at, migrate] of steps.entries()) if (at + 1 >= found && found < newest) await migrate(redis);
  if (found < newest) await redis.call('set', key.schema, newest);
}
