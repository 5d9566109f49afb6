/** How long the event loop of a relay stood still at most: `lag.ts`, loaded into the relay, writes it down whenever it is asked. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** One turn of the loop, milliseconds. */
export interface Block {
  /** By the clock. */
  readonly wall: number;
  /** Of the main thread: what others do on the machine is no part of it. */
  readonly cpu: number;
}

export interface EventLoop {
  /** Of the relay that is to be watched. */
  readonly env: Readonly<Record<string, string>>;
  /** Since it was asked before. */
  longest(pid: number): Promise<Block>;
}

/** `folder`: where the two write to each other. */
export function watchEventLoop(folder: string): EventLoop {
  const file = join(folder, 'lag.json');
  return {
    env: { NODE_OPTIONS: `--import=${join(import.meta.dirname, 'lag.ts')}`, LAG_FILE: file },
    async longest(pid) {
      rmSync(file, { force: true });
      process.kill(pid, 'SIGUSR2');
      while (!existsSync(file)) await sleep(5);
      return JSON.parse(readFileSync(file, 'utf8'));
    },
  };
}
