/** How often a message waits for the store on its way: nobody adds a trip, or a transaction, unseen. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRedis } from '../support/redis.ts';
import { buyer, letter, openScene, type Scene, seller } from '../support/scene.ts';
import { countTrips } from '../support/trips.ts';

/** What is asked for beside all ways of messages. */
const beside = new Set(['readSubscriptions', 'lendItems', 'info']);
const env = { RATE_LIMITS: 'on', ARCHIVE_URL: 'off' };

/** A question and its answer, so often: what each message added to what is counted. */
async function eachOf<T>(scene: Scene, seen: () => readonly T[]): Promise<readonly (readonly T[])[]> {
  const added: (readonly T[])[] = [];
  const send = async (from: string, to: string, fields: readonly string[] = []): Promise<void> => {
    const before = seen().length;
    expect((await scene.send(from, to, letter({ from, to, fields }))).code).toBe(250);
    added.push(seen().slice(before));
  };
  for (let pair = 0; pair < 5; pair += 1) {
    await send(buyer.mailbox, scene.sellerAlias);
    const asked = /^Message-ID: (.*)$/im.exec(scene.left().at(-1) ?? '')?.[1];
    await send(seller.mailbox, scene.buyerAlias, [`In-Reply-To: ${asked}`]);
  }
  return added;
}

/** What others do at the same time adds to some, and is taken for one of theirs by others. */
const median = (counts: readonly number[]): number => counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? Number.NaN;

test('Redis is asked five times: for the alias and its life, for all behind it, for the claim, and to note all that came of it', async () => {
  const redis = await startRedis();
  try {
    await using trips = await countTrips(redis.port);
    await using scene = await openScene({ ...env, STORE_URL: `redis://127.0.0.1:${trips.port}` });
    const each = await eachOf(scene, () => trips.all.filter((trip) => trip.some((command) => !beside.has(command))));
    expect({ trips: median(each.map(({ length }) => length)), each }).toEqual({ trips: 5, each });
    expect(median(each.map((all) => all.flat().length))).toBeLessThanOrEqual(24);
  } finally {
    await redis.stop();
  }
});

test('SQLite commits twice: the claim, and all that came of it', async () => {
  await using scene = await openScene(env);
  const each = await eachOf(scene, () => commitsIn(readFileSync(join(scene.relay.folder, 'var/postern.db-wal'))));
  expect({ commits: median(each.map(({ length }) => length)), each }).toEqual({ commits: 2, each });
});

/** The frames of a WAL that end a transaction, by where they stand (https://sqlite.org/fileformat2.html#walformat). */
function commitsIn(wal: Buffer): readonly number[] {
  const frame = 24 + wal.readUInt32BE(8);
  const starts = Array.from({ length: Math.floor((wal.length - 32) / frame) }, (_, at) => 32 + at * frame);
  return starts.filter((at) => wal.readUInt32BE(at + 4) > 0 && wal.subarray(at + 8, at + 16).equals(wal.subarray(16, 24)));
}
