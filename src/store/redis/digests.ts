/** What the daily mails are written from, in Redis; several relays share it, and each party's day is lent to one of them at a time. */
import { digestIdOf, digestKinds, keep, leaseOf, MAX_DIGEST, readDigestEntries, type StoreSetup, sealDigestEntry } from '../codec.ts';
import type { Digests } from '../store.ts';
import { type Commands, type KeepingCommands, key, list, orTakenBack, text, texts } from './commands.ts';
import { digestDayKeys, digestKeys } from './digest-scripts.ts';

const keysOf = (day: string, party: string): readonly string[] => [...digestKeys, ...digestDayKeys(day, party)];
/** A day has no `/`: what stands before the first one. */
const placeOf = (day: string, party: string): string => `${day}/${party}`;

export function createDigests(redis: KeepingCommands, { vault }: StoreSetup): Digests {
  const rowsOf = async (day: string, party: string) => {
    const flat = list(await redis.run('entriesOfDay', keysOf(day, party), MAX_DIGEST));
    return flat.flatMap((id, at) => {
      const sealed = flat[at + 1];
      return at % 2 === 0 && id && sealed ? [{ id: id.toString(), sealed }] : [];
    });
  };
  return {
    add: async (entry, day) => {
      const { party, at } = entry;
      const [keys, place, id] = [keysOf(day, party), placeOf(day, party), digestIdOf(entry)];
      const put = redis.kept.run('addToDay', keys, place, day, keep.digests, id, at, sealDigestEntry(vault, entry));
      // One that was there before is another call's.
      await orTakenBack(put, async (isNew) => isNew === 1 && (await redis.run('dropFromDay', keys, place, day, id)));
    },
    lend: async (before, leaseSeconds) => {
      for (;;) {
        const place = text(await redis.run('lendDay', digestKeys, before, leaseOf(leaseSeconds)));
        if (place === undefined) return undefined;
        const slash = place.indexOf('/');
        const [day, party] = [place.slice(0, slash), place.slice(slash + 1)];
        const rows = await rowsOf(day, party);
        if (rows.length > 0) return { party, day, entries: readDigestEntries(vault, party, rows) };
        // Its time was up.
        await redis.run('dropFromDay', keysOf(day, party), place, day);
      }
    },
    done: async ({ day, party, entries }) =>
      void (await redis.run('dropFromDay', keysOf(day, party), placeOf(day, party), day, ...entries.map(digestIdOf))),
  };
}

/** What a party's days tell of these messages goes: the other side is being forgotten. */
export async function dropDigested(redis: Commands, party: string, traces: readonly string[]): Promise<void> {
  const ids = traces.flatMap((trace) => digestKinds.map((kind) => digestIdOf({ trace, kind })));
  for (const day of texts(await redis.call('smembers', key.partyDigests(party))))
    await redis.run('dropFromDay', keysOf(day, party), placeOf(day, party), day, ...ids);
}

/** Of a party that is being forgotten: nothing is written to it any more. */
export async function forgetDigests(redis: Commands, party: string): Promise<void> {
  const days = texts(await redis.call('smembers', key.partyDigests(party)));
  await Promise.all(days.map((day) => redis.run('dropDay', keysOf(day, party), placeOf(day, party), day)));
}
