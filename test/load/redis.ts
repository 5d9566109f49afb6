/** What a message takes of Redis: commands, round trips and CPU of the server; all that the relay does for it, also after its reply. */
import { setTimeout as sleep } from 'node:timers/promises';
import { durable, type RedisServer, startRedis } from '../support/redis.ts';
import { columns } from './goals.ts';
import { measure, warmUp } from './measure.ts';
import { startOurs, startSink } from './programs.ts';
import { type Bench, loadOf, type Report } from './section.ts';

interface Figures {
  /** How often the server read from a connection: the commands of one reading were sent together. */
  readonly reads: number;
  /** Milliseconds. */
  readonly cpu: number;
  /** By name; those that a script called are among them. */
  readonly calls: ReadonlyMap<string, number>;
}

async function figuresOf(redis: RedisServer): Promise<Figures> {
  const text = await redis.command('INFO', 'everything');
  const number = (name: string): number => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(text)?.[1]);
  const calls = [...text.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)].map(([, name = '', count]): [string, number] => [name, Number(count)]);
  const cpu = (number('used_cpu_sys') + number('used_cpu_user')) * 1_000;
  return { reads: number('total_reads_processed'), cpu, calls: new Map(calls) };
}

/** Each for one of what was counted. */
interface Taken {
  readonly reads: number;
  readonly cpu: number;
  readonly calls: ReadonlyMap<string, number>;
  readonly seconds: number;
}

async function taken(redis: RedisServer, count: number, work: () => Promise<unknown>): Promise<Taken> {
  const before = await figuresOf(redis);
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1_000;
  const after = await figuresOf(redis);
  const calls = [...after.calls].map(([name, all]): [string, number] => [name, (all - (before.calls.get(name) ?? 0)) / count]);
  return { reads: (after.reads - before.reads) / count, cpu: (after.cpu - before.cpu) / count, calls: new Map(calls), seconds };
}

/** What a message left to be done is done after so long; and what a relay does of itself is counted for so long, seconds. */
const [rest, idleSeconds] = [6, 10];

export async function redisShare(bench: Bench): Promise<Report> {
  const server = await startRedis(durable);
  await using stack = new AsyncDisposableStack();
  stack.defer(server.stop);
  const sink = stack.use(await startSink());
  const ours = stack.use(await startOurs(sink.port, { name: 'Postern, Redis', storeUrl: server.url }));
  await warmUp(ours, bench.mail);
  await sleep(rest * 1_000);
  const idle = await taken(server, idleSeconds, () => sleep(idleSeconds * 1_000));
  // One after the other: what several messages send together is no part of it.
  const [single, many] = [{ ...loadOf('a', bench), messages: bench.quick ? 100 : 300, connections: 1 }, loadOf('a', bench)];
  const alone = await taken(server, single.messages, () => measure(ours, single));
  const together = await taken(server, many.messages, () => measure(ours, many));
  /** Less what it would have done without the messages. */
  const own = (all: number, ofIdle = 0): number => all - (ofIdle * alone.seconds) / single.messages;
  const trips = own(alone.reads, idle.reads);
  const calls = [...alone.calls]
    .map(([name, all]) => [name, own(all, idle.calls.get(name))] as const)
    .filter(([, count]) => count >= 0.05)
    .toSorted(([, one], [, other]) => other - one);
  const lines = [
    ['one after the other', trips.toFixed(1), alone.cpu.toFixed(3)],
    ['50 at once', together.reads.toFixed(1), together.cpu.toFixed(3)],
  ];
  const named = calls.map(([name, count]) => `${count.toFixed(1)} ${name}`).join(', ');
  return {
    title: 'Redis, a message of mix a, archive included',
    text: `${columns(['', 'round trips', 'CPU ms of redis-server'], lines, [''])}commands: ${named}\n`,
    goals: [
      { what: 'round trips to Redis', limit: '<=', goal: 1, unit: 'a message', measured: trips },
      { what: 'CPU of redis-server, 50 at once', limit: '<=', goal: 0.05, stretch: 0.015, unit: 'ms', measured: together.cpu },
    ],
    data: { trips, idle: idle.reads, alone: alone.cpu, together: together.cpu, commands: Object.fromEntries(calls) },
  };
}
