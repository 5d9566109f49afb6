/** What processes use, as /proc tells it (proc(5)): a process and all below it, those that have ended and were waited for included. */
import { readFileSync } from 'node:fs';

/** Empty where the process is gone. */
const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Of its first thread: the one of Node that starts processes. */
export const childrenOf = (pid: number): readonly number[] =>
  read(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter((word) => word.trim() !== '')
    .map(Number);

const treeOf = (pid: number): readonly number[] => [pid, ...childrenOf(pid).flatMap(treeOf)];
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** CPU of all their threads, milliseconds; in steps of 10 (`stat`, 100 ticks a second). */
export const cpuOf = (pid: number): number => sum(treeOf(pid).map(ownCpuOf));

function ownCpuOf(pid: number): number {
  const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
  // utime, stime, and those of the children that it waited for.
  return sum(fields.slice(11, 15).map(Number)) * 10;
}

const statusOf = (pid: number, name: 'VmHWM' | 'VmRSS'): number =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;

/** The most that each had in memory, in all, MB. */
export const peakOf = (pid: number): number => sum(treeOf(pid).map((one) => statusOf(one, 'VmHWM')));

/** What they have in memory now, MB. */
export const memoryOf = (pid: number): number => sum(treeOf(pid).map((one) => statusOf(one, 'VmRSS')));
