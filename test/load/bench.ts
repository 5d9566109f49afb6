/**
 * `npm run bench`: the relay beside the null proxy, Postfix and Haraka, in one run, in front of one sink; a usual load for a minute; what it takes of
 * Redis, for the sender's proof, of memory, and as its store grows; each figure beside its goal, with `met` or by how much it is missed (README, *Speed and limits*).
 *
 *   npm run bench                        all of it, medians of 3 rounds: half an hour and more on an idle machine
 *   npm run bench -- --quick             a short look: one round, less of everything, mixes a and b, no Haraka; five minutes
 *
 * One or more of its parts alone:
 *   npm run bench -- --sides             the programs side by side, over mixes a to d, and b over one connection
 *   npm run bench -- --steady            a minute of 150 messages a second of 5 KB, each proven
 *   npm run bench -- --proof             CPU of the sender's proof (DKIM, keys from a local name server), a and b
 *   npm run bench -- --redis             round trips to Redis, and CPU of redis-server, a message
 *   npm run bench -- --growth            CPU a message with 2 to 1,000,000 aliases and with 10 to 100,000 messages in one conversation, on SQLite and Redis
 *   npm run bench -- --memory            the most that it has in memory with 200 messages of mix d at once
 *   npm run bench -- --block             the longest that one message, however dear, keeps the others waiting
 *   npm run bench -- --bombs             what small messages feel where one of twenty is as dear as the limits allow
 *
 * More:
 *   --rounds 5            medians of so many; the proof has five at least
 *   --mixes a,b           of the programs side by side
 *   --connections 1       in place of as many as each mix has
 *   --without-haraka      nothing is installed for it
 *   --json bench.json     all figures and goals, for programs
 *   --profile b           nothing else: a CPU profile of the relay over mix b, in var/bench
 *
 * Each program takes 300 messages of mix a and 150 of mix b before anything is measured. Postfix wants its Debian package and root, Redis and the
 * proof want redis-server and dnsmasq; what is missing is said. CPU is that of all processes of a program, those that ended included.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../support/command-line.ts';
import { longestBlock } from './block.ts';
import { bombs } from './bombs.ts';
import { goalTable, verdictOf } from './goals.ts';
import { growth } from './growth.ts';
import { measure } from './measure.ts';
import { memory } from './memory.ts';
import { type Mix, mixes, writeMixes } from './mixes.ts';
import { startOurs, startSink } from './programs.ts';
import { proof } from './proof.ts';
import { redisShare } from './redis.ts';
import { type Bench, loadOf, type Report } from './section.ts';
import { sides } from './sides.ts';
import { steady } from './steady.ts';

const sections = { sides, steady, proof, redis: redisShare, growth, memory, block: longestBlock, bombs } as const;
type Section = keyof typeof sections;
const sectionNames = Object.keys(sections) as Section[];

const flag = { type: 'boolean', default: false } as const;
const { values: given } = commandLine(import.meta.filename, {
  options: {
    quick: flag,
    sides: flag,
    steady: flag,
    proof: flag,
    redis: flag,
    growth: flag,
    memory: flag,
    block: flag,
    bombs: flag,
    rounds: { type: 'string' },
    mixes: { type: 'string' },
    connections: { type: 'string' },
    'without-haraka': flag,
    json: { type: 'string' },
    profile: { type: 'string' },
  },
});

const folder = join(import.meta.dirname, '../../var/bench');
mkdirSync(folder, { recursive: true });
const isMix = (text: string): text is Mix => mixes.some((mix) => mix === text);
const { quick } = given;

const bench: Bench = {
  rounds: Number(given.rounds ?? (quick ? 1 : 3)),
  quick,
  mixes: (given.mixes ?? (quick ? 'a,b' : mixes.join(','))).split(',').filter(isMix),
  haraka: !quick && !given['without-haraka'],
  folder,
  mail: writeMixes(join(folder, 'mail')),
  say: (line) => void process.stderr.write(`${line}\n`),
  ...(given.connections !== undefined && { connections: Number(given.connections) }),
};

if (given.profile !== undefined) await profile(given.profile);
else await run(sectionNames.some((name) => given[name]) ? sectionNames.filter((name) => given[name]) : sectionNames);

/** Each part's table as soon as it is there, the goals behind them all. */
async function run(chosen: readonly Section[]): Promise<void> {
  const reports: Partial<Record<Section, Report>> = {};
  for (const name of chosen) {
    try {
      const report = await sections[name](bench);
      reports[name] = report;
      process.stdout.write(`\n${report.title}\n\n${report.text}`);
    } catch (error) {
      // What took half an hour is not thrown away.
      process.exitCode = 1;
      bench.say(`${name} failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  const goals = Object.values(reports).flatMap((report) => report.goals);
  process.stdout.write(`\nGoals\n\n${goalTable(goals)}`);
  if (given.json === undefined) return;
  const figures = Object.fromEntries(Object.entries(reports).map(([name, { data }]) => [name, data]));
  const judged = goals.map((goal) => ({ ...goal, verdict: verdictOf(goal) }));
  writeFileSync(given.json, `${JSON.stringify({ rounds: bench.rounds, quick, goals: judged, ...figures }, null, 2)}\n`);
}

async function profile(name: string): Promise<void> {
  if (!isMix(name)) throw new Error(`there is no mix ${name}: ${mixes.join(', ')}`);
  await using sink = await startSink();
  await using ours = await startOurs(sink.port, {
    name: 'Postern, SQLite',
    storeUrl: 'sqlite:var/postern.db',
    env: { NODE_OPTIONS: `--cpu-prof --cpu-prof-interval=500 --cpu-prof-dir=${folder}` },
  });
  const { cpu } = await measure(ours, loadOf(name, bench));
  process.kill(ours.pid, 'SIGTERM');
  while (isAlive(ours.pid)) await new Promise((resolve) => setTimeout(resolve, 50));
  bench.say(`${cpu.toFixed(2)} ms CPU a message; the profile is the newest .cpuprofile in ${folder}`);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
