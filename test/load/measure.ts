/** One run of the load generator against one program: what it took. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cpuOf, peakOf } from '../support/process.ts';
import { author } from './mixes.ts';
import type { Program } from './programs.ts';

const run = promisify(execFile);

export interface Load {
  readonly folder: string;
  readonly messages: number;
  readonly connections: number;
  /** Each is sent when it is due, and its time counts from then; not set: one after the other. */
  readonly perSecond?: number;
}

export interface Measured {
  /** CPU of the program alone, all its processes, milliseconds a message. */
  readonly cpu: number;
  readonly perSecond: number;
  /** MAIL to the last reply, milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Messages that were not answered 250. */
  readonly failed: number;
  /** The most that the program had in memory since it was started, all its processes, MB. */
  readonly peak: number;
}

let runs = 0;

export async function measure({ pid, port, to }: Program, { folder, messages, connections, perSecond: rate = 0 }: Load): Promise<Measured> {
  runs += 1;
  const before = cpuOf(pid);
  const options = {
    '--port': port,
    '--eml-dir': folder,
    '-s': connections,
    '-m': messages,
    '--from': author,
    '--to': to,
    '--header': `Message-ID: <{r}.{n}.${runs}.${process.pid}@mailer.example>`,
    '--timeout': 120,
    '--rate': rate,
  };
  const args = Object.entries(options).flatMap(([name, value]) => [name, String(value)]);
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'loadgen.mjs'), ...args, '--declare-size']).catch(
    (error) => error,
  );
  const { codes = {}, msg_per_s: perSecond, latency_ms: latency } = JSON.parse(stdout);
  const cpu = (cpuOf(pid) - before) / messages;
  return { cpu, perSecond, p50: latency.p50, p99: latency.p99, failed: messages - (codes['250'] ?? 0), peak: peakOf(pid) };
}

/** Of each figure by itself. */
export function medianOf(all: readonly Measured[]): Measured {
  const of = (name: keyof Measured): number => median(all.map((one) => one[name]));
  return { cpu: of('cpu'), perSecond: of('perSecond'), p50: of('p50'), p99: of('p99'), failed: of('failed'), peak: of('peak') };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Enough for the compiler: figures of a program that just started are those of its interpreter. */
export async function warmUp(program: Program, mail: Readonly<Record<'a' | 'b', string>>): Promise<void> {
  await measure(program, { folder: mail.a, messages: 300, connections: 50 });
  await measure(program, { folder: mail.b, messages: 150, connections: 50 });
}
