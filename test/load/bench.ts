/**
 * `npm run bench`: the relay beside the null proxy and Haraka, in one run, in front of one sink (README, *Speed*).
 *
 *   npm run bench                        all programs, mixes a to d, medians of 3 rounds, as a table
 *   npm run bench -- --rounds 5 --mixes a,b --json bench.json
 *   npm run bench -- --connections 1     one after the other: what a message takes by the clock
 *   npm run bench -- --without-haraka    nothing is installed for it
 *   npm run bench -- --profile b         a CPU profile of the relay over mix b, in var/bench
 *   npm run bench -- --memory            the most that it has in memory with 200 messages of mix d at once
 *   npm run bench -- --growth            CPU a message with 1 to 1,000,000 aliases, on SQLite and Redis, and what an alias takes there
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { durable, startRedis } from '../support/redis.ts';
import { growth } from './growth.ts';
import { type Load, type Measured, measure } from './measure.ts';
import { type Mix, mixes, writeMixes } from './mixes.ts';
import { type Program, startHaraka, startNullProxy, startOurs, startSink } from './programs.ts';
import { table } from './table.ts';

const folder = join(import.meta.dirname, '../../var/bench');

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    mixes: { type: 'string', default: mixes.join(',') },
    json: { type: 'string' },
    connections: { type: 'string' },
    'without-haraka': { type: 'boolean', default: false },
    profile: { type: 'string' },
    memory: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
  },
});

/** So many messages that the clock of /proc (10 ms) is no matter, over as many connections as a busy relay has. */
const loads: Readonly<Record<Mix, Omit<Load, 'folder'>>> = {
  a: { messages: 1_500, connections: 50 },
  b: { messages: 500, connections: 50 },
  c: { messages: 60, connections: 20 },
  d: { messages: 16, connections: 8 },
};

const mail = writeMixes(join(folder, 'mail'));
const loadOf = (mix: Mix): Load => ({
  folder: mail[mix],
  ...loads[mix],
  ...(given.connections !== undefined && { connections: Number(given.connections) }),
});
const isMix = (text: string): text is Mix => mixes.some((mix) => mix === text);
const say = (line: string): void => void process.stderr.write(`${line}\n`);

mkdirSync(folder, { recursive: true });
if (given.profile !== undefined) await profile(given.profile);
else if (given.memory) await memory();
else if (given.growth) await growth(loadOf('a'), say);
else await sideBySide();

async function sideBySide(): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const sink = stack.use(await startSink());
  const redis = await startRedis(durable);
  stack.defer(redis.stop);
  const starts: readonly (() => Promise<Program>)[] = [
    () => startNullProxy(sink.port),
    () => startOurs(sink.port, { name: 'Postern, SQLite', storeUrl: 'sqlite:var/postern.db' }),
    () => startOurs(sink.port, { name: 'Postern, Redis', storeUrl: redis.url }),
    ...(given['without-haraka'] ? [] : [false, true].map((parses) => () => startHaraka(sink.port, join(folder, 'haraka'), parses))),
  ];
  const programs: Program[] = [];
  for (const start of starts) programs.push(stack.use(await start()));
  const wanted = given.mixes.split(',').filter(isMix);
  const results = programs.map(({ name }) => ({ name, mixes: {} as Record<Mix, Measured[]> }));
  for (const mix of wanted) for (const program of programs) await measure(program, { ...loadOf(mix), messages: loads[mix].connections });
  for (let round = 1; round <= Number(given.rounds); round += 1) {
    for (const mix of wanted) {
      for (const [at, program] of programs.entries()) {
        const measured = await measure(program, loadOf(mix));
        const kept = results[at];
        if (kept) kept.mixes[mix] = [...(kept.mixes[mix] ?? []), measured];
        say(`round ${round}, ${mix}, ${program.name}: ${measured.cpu.toFixed(2)} ms CPU, ${measured.perSecond.toFixed(0)} a second`);
      }
    }
  }
  const medians = results.map(({ name, mixes: all }) => ({
    name,
    mixes: Object.fromEntries(wanted.map((mix) => [mix, medianOf(all[mix])])),
  }));
  process.stdout.write(table(medians, wanted));
  if (given.json !== undefined)
    writeFileSync(given.json, `${JSON.stringify({ rounds: Number(given.rounds), programs: medians }, null, 2)}\n`);
}

/** Of each figure by itself. */
function medianOf(all: readonly Measured[]): Measured {
  const of = (name: keyof Measured): number => {
    const values = all.map((one) => one[name]).sort((one, other) => one - other);
    return values[Math.floor(values.length / 2)] ?? Number.NaN;
  };
  return { cpu: of('cpu'), perSecond: of('perSecond'), p50: of('p50'), p99: of('p99'), failed: of('failed'), peak: of('peak') };
}

async function profile(name: string): Promise<void> {
  if (!isMix(name)) throw new Error(`there is no mix ${name}: ${mixes.join(', ')}`);
  await using sink = await startSink();
  await using ours = await startOurs(sink.port, {
    name: 'Postern, SQLite',
    storeUrl: 'sqlite:var/postern.db',
    env: { NODE_OPTIONS: `--cpu-prof --cpu-prof-interval=500 --cpu-prof-dir=${folder}` },
  });
  const { cpu } = await measure(ours, loadOf(name));
  process.kill(ours.pid, 'SIGTERM');
  while (isAlive(ours.pid)) await new Promise((resolve) => setTimeout(resolve, 50));
  say(`${cpu.toFixed(2)} ms CPU a message; the profile is the newest .cpuprofile in ${folder}`);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function memory(): Promise<void> {
  await using sink = await startSink();
  await using ours = await startOurs(sink.port, { name: 'Postern, SQLite', storeUrl: 'sqlite:var/postern.db' });
  const { peak, perSecond, failed } = await measure(ours, { folder: mail.d, messages: 200, connections: 200 });
  say(
    `200 messages of 7 MB over 200 connections: at most ${peak.toFixed(0)} MB, ${(200 / perSecond).toFixed(0)} s, ${failed} not answered 250`,
  );
}
