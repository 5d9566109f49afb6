/** Copies whose place hangs, and whose store is away for a moment: they wait in the store soon, none twice, and none is lost unsaid. */
import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Blobs } from '../../src/archive/blobs.ts';
import { openDirectory } from '../../src/archive/dir.ts';
import type { ArchiveQueue } from '../../src/store/archive.ts';
import { copyIn, filesBelow, type Kit, newFolder, openKit } from './parts.ts';

const folder = newFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A directory that takes nothing until it is let go on. */
function slowBlobs() {
  const real = openDirectory(`${folder}/copies`);
  const { promise: gate, resolve: goOn } = Promise.withResolvers<void>();
  let asked = 0;
  const put: Blobs['put'] = async (address, pieces) => {
    asked += 1;
    await gate;
    await real.put(address, pieces);
  };
  return { blobs: { ...real, put }, goOn, asked: () => asked };
}

const waitFor = async (done: () => boolean | Promise<boolean>, milliseconds = 20_000): Promise<void> => {
  for (const end = Date.now() + milliseconds; !(await done()); await pause(20)) if (Date.now() > end) throw new Error('never');
};
const inQueue = async ({ store }: Kit): Promise<number> => (await store.archive.queue.depth()).count;

/** The same kit, with another queue. */
const kitWithQueue = async (blobs: Blobs, change: (queue: ArchiveQueue) => Partial<ArchiveQueue>): Promise<Kit> => {
  const bare = await openKit();
  const index = { ...bare.store.archive, queue: { ...bare.store.archive.queue, ...change(bare.store.archive.queue) } };
  const kit = await openKit({ ports: { ...bare.ports, blobs, index } });
  return {
    ...kit,
    store: bare.store,
    pair: bare.pair,
    told: bare.told,
    [Symbol.asyncDispose]: async () => {
      await kit[Symbol.asyncDispose]();
      await bare[Symbol.asyncDispose]();
    },
  };
};

test('a copy whose place hangs waits in the store after two seconds, others at once; what arrives after all waits no more', async () => {
  const slow = slowBlobs();
  await using kit = await openKit({ ports: { blobs: slow.blobs } });
  const conversation = await kit.pair();
  const copies = Array.from({ length: 6 }, () => copyIn(conversation));
  for (const copy of copies) kit.archive.keep(copy);
  await waitFor(async () => (await inQueue(kit)) === 6, 5_000);
  expect(kit.told.map(([what]) => what)).toEqual(Array(6).fill('queued'));
  expect(new Set(kit.told.map(([, trace]) => trace))).toEqual(new Set(copies.map(({ received }) => received.trace)));
  expect(slow.asked()).toBe(4);
  slow.goOn();
  await waitFor(async () => (await inQueue(kit)) === 2);
  for (const { received } of copies) {
    const record = await kit.archive.record(received.trace);
    expect(record && (await kit.archive.read(record, 'received'))).toEqual(Buffer.from(received.raw));
  }
  expect(filesBelow(`${folder}/copies`)).toHaveLength(4);
});

test('a party that is forgotten while a copy hangs leaves none behind when it arrives', async () => {
  const slow = slowBlobs();
  await using kit = await openKit({ ports: { blobs: slow.blobs } });
  const conversation = await kit.pair();
  const copy = copyIn(conversation);
  kit.archive.keep(copy);
  await waitFor(async () => (await inQueue(kit)) === 1);
  await kit.archive.forgetParty(conversation.buyer);
  const before = filesBelow(`${folder}/copies`).length;
  slow.goOn();
  await waitFor(async () => (await inQueue(kit)) === 0);
  expect(filesBelow(`${folder}/copies`)).toHaveLength(before);
});

test('on close, what waits and what is under way goes into the store within the time given, each said so', async () => {
  const slow = slowBlobs();
  await using kit = await openKit({ ports: { blobs: slow.blobs } });
  const conversation = await kit.pair();
  const copies = Array.from({ length: 20 }, () => copyIn(conversation));
  for (const copy of copies) kit.archive.keep(copy);
  await kit.archive.close(1_600);
  expect(await inQueue(kit)).toBe(20);
  expect(kit.told.map(([what]) => what)).toEqual(Array(20).fill('queued'));
  expect(new Set(kit.told.map(([, trace]) => trace))).toEqual(new Set(copies.map(({ received }) => received.trace)));
  slow.goOn();
});

test('on close, what not even the store takes is told lost, each once, those under way too', async () => {
  let away = true;
  const slow = slowBlobs();
  await using kit = await kitWithQueue(slow.blobs, () => ({
    put: () => (away ? Promise.reject(new Error('locked')) : Promise.resolve(true)),
  }));
  const conversation = await kit.pair();
  const copies = Array.from({ length: 7 }, () => copyIn(conversation));
  for (const copy of copies) kit.archive.keep(copy);
  await kit.archive.close(600);
  // What is still tried ends, and nobody hears of it again.
  away = false;
  await pause(1_000);
  expect(kit.told.map(([what]) => what)).toEqual(Array(7).fill('lost'));
  expect(new Set(kit.told.map(([, trace]) => trace))).toEqual(new Set(copies.map(({ received }) => received.trace)));
  slow.goOn();
});

test('a slow copy for which the store has no room is waited for', async () => {
  const slow = slowBlobs();
  await using kit = await kitWithQueue(slow.blobs, () => ({ put: async () => false }));
  const copy = copyIn(await kit.pair());
  kit.archive.keep(copy);
  await pause(2_300);
  slow.goOn();
  await kit.archive.close(2_000);
  expect(kit.told).toEqual([]);
  const record = await kit.archive.record(copy.received.trace);
  expect(record && (await kit.archive.read(record, 'received'))).toEqual(Buffer.from(copy.received.raw));
});

test('a store that is away for a moment, while the place takes nothing, is asked again', async () => {
  const blocked = `${folder}/blocked`;
  writeFileSync(blocked, '');
  let calls = 0;
  await using kit = await kitWithQueue(openDirectory(blocked), (queue) => ({
    put: async (copy) => {
      calls += 1;
      if (calls === 1) throw new Error('locked');
      return queue.put(copy);
    },
  }));
  const copy = copyIn(await kit.pair());
  await kit.keep(copy);
  expect(kit.told).toEqual([['queued', copy.received.trace]]);
  expect(await inQueue(kit)).toBe(1);
});
