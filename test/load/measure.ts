/** One run of the load generator against one program: what it took. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { author } from './mixes.ts';
import type { Program } from './programs.ts';

const run = promisify(execFile);

export interface Load {
  readonly folder: string;
  readonly messages: number;
  readonly connections: number;
}

export interface Measured {
  /** CPU of the program alone, milliseconds a message. */
  readonly cpu: number;
  readonly perSecond: number;
  /** MAIL to the last reply, milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Messages that were not answered 250. */
  readonly failed: number;
  /** The most that the program had in memory since it was started, MB. */
  readonly peak: number;
}

let runs = 0;

export async function measure({ pid, port, to }: Program, { folder, messages, connections }: Load): Promise<Measured> {
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
  };
  const args = Object.entries(options).flatMap(([name, value]) => [name, String(value)]);
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'loadgen.mjs'), ...args, '--declare-size']).catch(
    (error) => error,
  );
  const { codes = {}, msg_per_s: perSecond, latency_ms: latency } = JSON.parse(stdout);
  const cpu = (cpuOf(pid) - before) / messages;
  return { cpu, perSecond, p50: latency.p50, p99: latency.p99, failed: messages - (codes['250'] ?? 0), peak: peakOf(pid) };
}

/** Of all its threads, milliseconds; in steps of 10 (proc(5), `stat`, 100 ticks a second). */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const peakOf = (pid: number): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
