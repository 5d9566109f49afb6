/**
 * The relay of the soak and its supervisor: `src/main.ts` as a process group of its own, started again however it ends, its log read line by
 * line and kept nowhere.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childrenOf, memoryOf } from '../support/process.ts';

const main = join(import.meta.dirname, '../../src/main.ts');

export interface RelayPorts {
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Each line of its log and of its standard error. */
  readonly line: (line: string) => void;
}

/** One life of it; times as of `performance.now()`. */
export interface Life {
  readonly began: number;
  listening?: number;
  ended?: number;
  /** Exit code, or name of the signal. */
  exit?: number | string;
  /** Whether we ended it, or one of its workers a moment ago. */
  asked?: 'kill' | 'term' | 'worker';
  /** When we sent SIGTERM. */
  told?: number;
  /** The first 250 of it that a client heard. */
  first?: number;
}

/** A primary whose worker ends so soon after its start ends too, milliseconds. */
const workersInfancy = 8_000;
/** To its first word; a machine that is busy takes its time. */
const longestStart = 180_000;

/** It is told to listen on ports that are given, so that a life takes over where the last one ended. */
export class SupervisedRelay implements AsyncDisposable {
  readonly #ports: RelayPorts;
  readonly lives: Life[] = [];
  /** Process groups that went on for more than 80 s after the process that watched them. */
  readonly leftBehind: string[] = [];
  readonly #watching: Promise<void>[] = [];
  #closing = false;
  #life: Life;
  #child: ChildProcess;
  #gone: Promise<void>;

  constructor(ports: RelayPorts) {
    this.#ports = ports;
    [this.#life, this.#child, this.#gone] = this.#start();
  }

  #start(): [Life, ChildProcess, Promise<void>] {
    const { folder: cwd, env, line } = this.#ports;
    const life: Life = { began: performance.now() };
    this.lives.push(life);
    const child = spawn(process.execPath, [main], { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (text) => {
        if (text.includes('"of":"http"')) life.listening ??= performance.now();
        line(text);
      });
    }
    const gone = once(child, 'exit').then(([code, signal]) => {
      life.ended = performance.now();
      life.exit = code ?? signal;
      // A supervisor waits a little before it starts again what ended by itself.
      if (!this.#closing) setTimeout(() => this.#startAgain(), life.asked === undefined ? 500 : 0);
    });
    return [life, child, gone];
  }

  #startAgain(): void {
    if (!this.#closing) [this.#life, this.#child, this.#gone] = this.#start();
  }

  /** Of all its processes, MB; 0 while it is down. */
  memory(): number {
    return memoryOf(this.#child.pid ?? 0);
  }

  /** Resolves when it listens. */
  async up(): Promise<void> {
    for (const late = performance.now() + longestStart; this.#life.listening === undefined || this.#life.ended !== undefined; ) {
      if (performance.now() > late) throw new Error('the relay does not start');
      await sleep(10);
    }
  }

  /** kill -9 of all its processes; resolves when it is gone. */
  async kill(): Promise<void> {
    this.#life.asked = 'kill';
    signal(-(this.#child.pid ?? 0), 'SIGKILL');
    await this.#gone;
  }

  /** kill -9 of one worker; false where it has none. */
  killWorker(): boolean {
    const [worker] = childrenOf(this.#child.pid ?? 0);
    if (worker === undefined) return false;
    const life = this.#life;
    life.asked = 'worker';
    setTimeout(() => {
      if (life.asked === 'worker' && life.ended === undefined) delete life.asked;
    }, workersInfancy);
    signal(worker, 'SIGKILL');
    return true;
  }

  /** kill -9 of the process that watches the workers; false where it has none. They must end by themselves: see `leftBehind`. */
  async killPrimary(): Promise<boolean> {
    const { pid = 0 } = this.#child;
    if (childrenOf(pid).length === 0) return false;
    this.#life.asked = 'kill';
    signal(pid, 'SIGKILL');
    await this.#gone;
    const watched = endsBy(pid, performance.now() + longestDrain).then((ended) => {
      if (!ended) this.leftBehind.push(`group ${pid}`);
      signal(-pid, 'SIGKILL');
    });
    this.#watching.push(watched);
    return true;
  }

  /** SIGTERM; resolves with that life when it has ended. */
  async terminate(): Promise<Life> {
    const life = this.#life;
    life.asked = 'term';
    life.told = performance.now();
    this.#child.kill('SIGTERM');
    await this.#gone;
    return life;
  }

  /** Ends it with SIGTERM, for good, and whatever was left behind. */
  async close(): Promise<void> {
    await this.up();
    this.#closing = true;
    await this.terminate();
    await Promise.all(this.#watching);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true;
    await this.kill();
  }
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Of a process or, where it is negative, of a group; 0 is none. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    if (pid !== 0) process.kill(pid, name);
  } catch {
    // It is gone.
  }
}

/** A relay that drains may take so long, and a little more, milliseconds. */
const longestDrain = 80_000;

/** Whether no process of that group is left in time. */
async function endsBy(group: number, late: number): Promise<boolean> {
  while (performance.now() < late) {
    try {
      process.kill(-group, 0);
    } catch {
      return true;
    }
    await sleep(200);
  }
  return false;
}
