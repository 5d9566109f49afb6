/**
 * What small messages feel of dear ones: they come at a steady pace, first alone, then one in twenty is as dear as the limits allow
 * (`hostile.ts`), each of these on a connection of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { peakOf } from '../support/process.ts';
import { dial } from '../support/smtp.ts';
import { watchEventLoop } from './event-loop.ts';
import { columns } from './goals.ts';
import { hostile, messageOf } from './hostile.ts';
import { type Measured, measure, warmUp } from './measure.ts';
import { author } from './mixes.ts';
import { startNameServer } from './name-server.ts';
import { type Program, startOurs, startSink } from './programs.ts';
import type { Bench, Report } from './section.ts';

/** A second: so many small ones, and one that is dear. */
const small = 19;

export async function bombs({ quick, mail, folder, say }: Bench): Promise<Report> {
  const between = mkdtempSync(join(folder, 'bombs-'));
  try {
    const loop = watchEventLoop(between);
    using names = await startNameServer();
    await using sink = await startSink();
    const env = { ...loop.env, SENDER_PROOF: 'monitor', DNS_SERVERS: names.address };
    await using ours = await startOurs(sink.port, { name: 'Postern, SQLite', storeUrl: 'sqlite:var/postern.db', env });
    await warmUp(ours, mail);
    const seconds = quick ? 5 : hostile.length;
    const load = { folder: mail.a, messages: small * seconds, connections: 50, perSecond: small };
    say('bombs: small messages alone');
    const alone = await measure(ours, load);
    await loop.longest(ours.pid);
    say(`bombs: beside one that is dear, each second, for ${seconds} s`);
    const [beside, replies] = await Promise.all([measure(ours, load), throwAll(ours, seconds)]);
    return report({ alone, beside, replies, longest: (await loop.longest(ours.pid)).cpu, peak: peakOf(ours.pid) });
  } finally {
    rmSync(between, { recursive: true });
  }
}

/** Answers how often each reply came. */
async function throwAll(ours: Program, seconds: number): Promise<Readonly<Record<string, number>>> {
  const began = performance.now();
  const thrown = hostile.slice(0, seconds).map(async (make, at) => {
    await sleep(Math.max(0, began + at * 1_000 - performance.now()));
    return reply(ours, messageOf(make(), author));
  });
  const counts = Object.groupBy(await Promise.all(thrown), (text) => text);
  return Object.fromEntries(Object.entries(counts).map(([text, all = []]) => [text, all.length]));
}

/** Its codes. */
async function reply({ port, to }: Program, message: string): Promise<string> {
  try {
    using client = await dial(port, { patience: 120_000 });
    return (await client.message(author, to, message)).text.slice(0, 9);
  } catch {
    return 'none';
  }
}

interface Found {
  readonly alone: Measured;
  readonly beside: Measured;
  readonly replies: Readonly<Record<string, number>>;
  /** Milliseconds of CPU. */
  readonly longest: number;
  /** MB. */
  readonly peak: number;
}

function report({ alone, beside, replies, longest, peak }: Found): Report {
  const row = (name: string, { p50, p99, failed }: Measured) => [name, p50.toFixed(0), p99.toFixed(0), String(failed)];
  const table = columns(
    ['small messages', 'p50 ms', 'p99 ms', 'not 250'],
    [row('alone', alone), row('beside', beside)],
    ['small messages'],
  );
  const answers = Object.entries(replies).map(([text, count]) => `${count} x ${text}`);
  return {
    title: `Small messages, ${small} a second, beside one a second that is as dear as the limits allow`,
    text: `${table}\nthe dear ones: ${answers.join(', ')}; at most ${peak.toFixed(0)} MB\n`,
    goals: [
      { what: 'p99 of small ones beside dear ones', limit: '<=', goal: 2_000, unit: 'ms', measured: beside.p99 },
      { what: 'longest block of the event loop meanwhile, CPU', limit: '<=', goal: 100, unit: 'ms', measured: longest },
      { what: 'small ones not answered 250', limit: '<=', goal: 0, unit: 'messages', measured: beside.failed },
    ],
    data: { alone, beside, replies, longest, peak },
  };
}
