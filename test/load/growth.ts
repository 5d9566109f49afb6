/** CPU a message as what the store holds grows: aliases, or messages of one conversation, put straight into the store that a relay then reads. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintLocal } from '../../src/directory/alias.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { openVault, type Vault } from '../../src/store/vault.ts';
import { durable, startRedis } from '../support/redis.ts';
import { type Filling, fillings } from './fillings.ts';
import { columns, type Goal } from './goals.ts';
import { measure, warmUp } from './measure.ts';
import { startOurs, startSink } from './programs.ts';
import { type Bench, loadOf, type Report } from './section.ts';

interface Point {
  readonly store: string;
  readonly filling: string;
  readonly size: number;
  /** The least of some runs, milliseconds a message: what a busy machine adds is no part of it. */
  readonly cpu: number;
  readonly p50: number;
}

/** Flat: with the most it takes no more than so many times what it takes with the least. */
const flat = 1.25;

export async function growth(bench: Bench): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-growth-'));
  const redis = await startRedis([...durable.filter((line) => !line.startsWith('appendfsync')), 'appendfsync everysec']);
  const points: Point[] = [];
  let bytes = Number.NaN;
  try {
    await using sink = await startSink();
    const used = async (): Promise<number> => Number(/used_memory:(\d+)/.exec(await redis.command('INFO', 'memory'))?.[1]);
    for (const filling of fillings) {
      await redis.command('FLUSHALL');
      const before = await used();
      for (const storeUrl of [`sqlite:${join(folder, `${filling.what.replaceAll(' ', '-')}.db`)}`, redis.url])
        points.push(...(await grow(storeUrl, filling, { bench, next: sink.port })));
      if (filling.what === 'aliases') bytes = ((await used()) - before) / (sizesOf(filling, bench).at(-1) ?? Number.NaN);
    }
  } finally {
    await redis.stop();
    rmSync(folder, { recursive: true });
  }
  const lines = points.map(({ store, filling, size, cpu, p50 }) => [store, filling, String(size), cpu.toFixed(2), p50.toFixed(0)]);
  const text = columns(['store', 'of what', 'how many', 'CPU ms', 'p50 ms'], lines, ['store', 'of what']);
  return { title: 'Growth, mix a', text, goals: goalsOf(points, bytes), data: { points, bytesAnAlias: bytes } };
}

const sizesOf = ({ sizes }: Filling, { quick }: Bench): readonly number[] => (quick ? sizes.filter((size) => size <= 1_000) : sizes);

interface Ground {
  readonly bench: Bench;
  /** Port of the next hop. */
  readonly next: number;
}

async function grow(storeUrl: string, filling: Filling, { bench, next }: Ground): Promise<readonly Point[]> {
  const secret = randomBytes(32);
  const vault = openVault([secret]);
  const points: Point[] = [];
  let held = 0;
  for (const size of sizesOf(filling, bench)) {
    {
      await using store = await openFor(storeUrl, vault);
      await filling.fill(store, held, size);
      held = size;
    }
    await using ours = await startOurs(next, {
      name: 'Postern',
      storeUrl,
      env: { RELAY_SECRET: secret.toString('base64'), ALLOW_VOLATILE_REDIS: 'on' },
    });
    await warmUp(ours, bench.mail);
    const runs = [];
    for (let run = 0; run < (bench.quick ? 1 : 3); run += 1) runs.push(await measure(ours, loadOf('a', bench)));
    const [cpu, p50] = [Math.min(...runs.map((run) => run.cpu)), Math.min(...runs.map((run) => run.p50))];
    const [store = ''] = storeUrl.split(':');
    points.push({ store, filling: filling.what, size, cpu, p50 });
    bench.say(`${store}, ${size} ${filling.what}: ${cpu.toFixed(2)} ms CPU a message, p50 ${p50.toFixed(0)} ms`);
  }
  return points;
}

const openFor = (storeUrl: string, vault: Vault): Promise<Store> =>
  openStore(storeUrl, { vault, mint: () => mintLocal((text) => vault.hash('alias', text)), allowVolatile: true });

function goalsOf(points: readonly Point[], bytes: number): readonly Goal[] {
  const rows = Object.entries(Object.groupBy(points, ({ store, filling }) => `${filling}, ${store}`));
  return [
    ...rows.map(([name, some = []]): Goal => {
      const [first, last] = [some[0], some.at(-1)];
      const what = `CPU a message, ${first?.size} to ${last?.size} ${name}: flat`;
      return { what, limit: '<=', goal: flat, unit: 'times', measured: first && last && last.cpu / first.cpu };
    }),
    { what: 'memory of Redis for an alias', limit: '<=', goal: 160, stretch: 110, unit: 'bytes', measured: bytes },
  ];
}
