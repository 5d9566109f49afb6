/** All programs side by side, round by round: what a message takes of each, beside what it takes of the null proxy, Postfix and Haraka. */
import { join } from 'node:path';
import { durable, startRedis } from '../support/redis.ts';
import { columns, type Goal } from './goals.ts';
import { startHaraka } from './haraka.ts';
import { type Load, type Measured, measure, medianOf, warmUp } from './measure.ts';
import type { Mix } from './mixes.ts';
import { postfixIsMissing, startPostfixProxy } from './postfix-proxy.ts';
import { type Program, startNullProxy, startOurs, startSink } from './programs.ts';
import { type Bench, loadOf, type Report } from './section.ts';

const names = {
  floor: 'null proxy',
  sqlite: 'Postern, SQLite',
  redis: 'Postern, Redis',
  two: 'Postern, Redis, two workers',
  postfix: 'Postfix, before-queue proxy',
  rival: 'Haraka, parsing',
} as const;

interface Row {
  readonly name: string;
  /** Medians, by load: a mix, or `single`. */
  readonly loads: Readonly<Record<string, Measured>>;
}

/** b, one message after the other: what it takes by the clock. */
const single = 'b, one connection';

export async function sides(bench: Bench): Promise<Report> {
  await using stack = new AsyncDisposableStack();
  const programs = await startAll(bench, stack);
  const loads = new Map<string, Load>(bench.mixes.map((mix) => [mix, loadOf(mix, bench)]));
  if (bench.mixes.includes('b')) loads.set(single, { folder: bench.mail.b, messages: bench.quick ? 30 : 100, connections: 1 });
  for (const program of programs) await warmUp(program, bench.mail);
  for (const load of loads.values()) for (const program of programs) await measure(program, { ...load, messages: load.connections });
  const all = new Map<string, Measured[]>();
  for (let round = 1; round <= bench.rounds; round += 1) {
    for (const [load, what] of loads) {
      for (const program of programs) {
        const measured = await measure(program, what);
        const key = `${program.name} ${load}`;
        all.set(key, [...(all.get(key) ?? []), measured]);
        bench.say(
          `round ${round}, ${load}, ${program.name}: ${measured.cpu.toFixed(2)} ms CPU, ${measured.perSecond.toFixed(0)} a second, ${measured.failed} not 250`,
        );
      }
    }
  }
  const rows = programs.map(({ name }): Row => {
    const medians = [...loads.keys()].map((load) => [load, medianOf(all.get(`${name} ${load}`) ?? [])]);
    return { name, loads: Object.fromEntries(medians) };
  });
  return { title: 'Side by side', text: table(rows, [...loads.keys()]), goals: goalsOf(rows, bench.mixes), data: rows };
}

async function startAll({ folder, haraka, say }: Bench, stack: AsyncDisposableStack): Promise<readonly Program[]> {
  const sink = stack.use(await startSink());
  const ownRedis = async (): Promise<string> => {
    const { url, stop } = await startRedis(durable);
    stack.defer(stop);
    return url;
  };
  const [first, second] = [await ownRedis(), await ownRedis()];
  const missing = postfixIsMissing();
  if (missing) say(missing);
  const starts: readonly (() => Promise<Program>)[] = [
    () => startNullProxy(sink.port),
    () => startOurs(sink.port, { name: names.sqlite, storeUrl: 'sqlite:var/postern.db' }),
    () => startOurs(sink.port, { name: names.redis, storeUrl: first }),
    () => startOurs(sink.port, { name: names.two, storeUrl: second, env: { WORKERS: '2' } }),
    ...(missing ? [] : [() => startPostfixProxy(names.postfix, sink.port)]),
    ...(haraka ? [false, true].map((parses) => () => startHaraka(sink.port, join(folder, 'haraka'), parses)) : []),
  ];
  const programs: Program[] = [];
  for (const start of starts) programs.push(stack.use(await start()));
  return programs;
}

/** Of N, and of Haraka (performance.md). */
const cpuGoals: Readonly<Record<Mix, readonly [number, number]>> = { a: [1.5, 0.75], b: [2.5, 1.5], c: [0.9, 0.65], d: [0.9, 0.55] };
const speedGoals: Readonly<Record<Mix, readonly [number, number]>> = { a: [2, 4], b: [2, 3], c: [5, 10], d: [5, 10] };

function goalsOf(rows: readonly Row[], mixes: readonly Mix[]): readonly Goal[] {
  const figure = (name: string, load: string, of: keyof Measured): number =>
    rows.find((row) => row.name === name)?.loads[load]?.[of] ?? Number.NaN;
  const ratio = (load: string, of: keyof Measured, [name, other]: readonly [string, string]): number =>
    figure(name, load, of) / figure(other, load, of);
  const ours = [names.sqlite, names.redis];
  const beside = (what: string, limit: Goal['limit'], goals: typeof cpuGoals, [of, other]: readonly [keyof Measured, string]): Goal[] =>
    mixes.flatMap((mix) =>
      ours.map((name): Goal => {
        const [goal, stretch] = goals[mix];
        const measured = ratio(mix, of, [name, other]);
        return { what: `${what}: ${mix}, ${name}`, limit, goal, stretch, unit: 'times', measured, note: `${other} was left out` };
      }),
    );
  return [
    ...beside('CPU beside the null proxy', '<=', cpuGoals, ['cpu', names.floor]),
    ...beside('messages a second beside Haraka, parsing', '>=', speedGoals, ['perSecond', names.rival]),
    {
      what: 'messages a second beside Postfix, two processes: b',
      limit: '>=',
      goal: 0.7,
      stretch: 1,
      unit: 'times',
      measured: ratio('b', 'perSecond', [names.two, names.postfix]),
      note: postfixIsMissing() || 'mix b was left out',
    },
    ...ours.map((name): Goal => {
      const measured = ratio(single, 'p50', [name, names.floor]);
      return {
        what: `p50 over one connection beside the null proxy: b, ${name}`,
        limit: '<=',
        goal: 3,
        stretch: 2,
        unit: 'times',
        measured,
      };
    }),
  ];
}

function table(rows: readonly Row[], loads: readonly string[]): string {
  const named = (name: string, load: string): Measured | undefined => rows.find((row) => row.name === name)?.loads[load];
  const ratio = (one: number, other: number | undefined): string => (other === undefined ? '' : (one / other).toFixed(2));
  const lines = loads.flatMap((load) =>
    rows.flatMap(({ name, loads: { [load]: it } }) => {
      if (!it) return [];
      const floor = named(names.floor, load);
      const speed = [it.perSecond.toFixed(0), ratio(it.perSecond, named(names.rival, load)?.perSecond)];
      const latency = [it.p50.toFixed(1), ratio(it.p50, floor?.p50), it.p99.toFixed(0)];
      return [[load, name, it.cpu.toFixed(2), ratio(it.cpu, floor?.cpu), ...speed, ...latency, it.peak.toFixed(0), String(it.failed)]];
    }),
  );
  const head = ['mix', 'program', 'CPU ms', 'x null', 'msg/s', 'x Haraka', 'p50 ms', 'x null', 'p99 ms', 'peak MB', 'not 250'];
  return columns(head, lines, ['mix', 'program']);
}
