/** One Redis in trouble, under a relay that takes mail: 451, never lost, well again by itself (traps 3.7). `node test/load/stores.ts` does it often. */
import { openScene, type Scene } from '../support/scene.ts';
import { type Ground, oneRedis, redisOnSmallDisk } from './faults.ts';
import { kept, underFault } from './under-fault.ts';

/** A notice may come late, see `under-fault.ts`. */
const late = 120_000;
const timing = { milliseconds: 1200, patience: 10_000 };

describe('a relay on one Redis', () => {
  let ground: Ground;
  let scene: Scene;
  beforeAll(async () => {
    ground = await oneRedis();
    scene = await openScene(ground.env);
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
    await ground[Symbol.asyncDispose]();
  });

  test.each([
    ['Redis: kill -9, away'],
    ['Redis: hangs (SIGSTOP)'],
    ['Redis: restarts, loads'],
    ['Redis: memory full'],
    ['Redis: read only'],
  ])(
    '%s',
    async (name) => {
      const fault = ground.faults.find((it) => it.name === name);
      if (!fault) throw new Error('no such fault');
      const books = await underFault(scene, fault, timing);
      expect(books).toMatchObject(kept);
      expect(Object.keys(books.answers)).not.toContain('5xx');
      expect(Object.keys(books.answers)).not.toContain('none');
      expect(books.recovered).toBeLessThan(Number.POSITIVE_INFINITY);
      expect(books.aliases).toBeGreaterThan(0);
    },
    late,
  );
});

test(
  'a relay whose Redis ends for want of disk',
  async () => {
    await using ground = await redisOnSmallDisk();
    const [fault] = ground?.faults ?? [];
    // Where nobody may mount, there is no small disk.
    if (!ground || !fault) return;
    await using scene = await openScene(ground.env);
    const books = await underFault(scene, fault, timing);
    expect(books).toMatchObject(kept);
    expect(books.answers['4xx']).toBeGreaterThan(0);
    expect(Object.keys(books.answers)).not.toContain('5xx');
    expect(books.recovered).toBeLessThan(Number.POSITIVE_INFINITY);
  },
  late,
);
