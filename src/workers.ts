/**
 * The start of several relay processes on one listener (`WORKERS`, SO_REUSEPORT): this process starts, watches and drains them and relays
 * nothing itself. The kernel spreads the connections; all that the processes share is the store.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { gatherAmong } from './gather.ts';

/** A worker that ends sooner than this after its start would end again: then all stop, and the supervisor above decides. */
const shortestLife = 5_000;
/** In a worker's environment: its name, which the one that follows it takes over. */
export const workerMark = 'POSTERN_WORKER';

/** Runs `count` processes of `script` until a signal ends them; resolves with the exit code. */
export async function runWorkers(count: number, script: string): Promise<number> {
  const workers = new Map<string, ChildProcess>();
  const listen = gatherAmong(workers);
  let stopping: NodeJS.Signals | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    stopping = signal;
    for (const worker of workers.values()) worker.kill(signal);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => {
    for (const worker of workers.values()) worker.kill('SIGHUP');
  });
  const keepOne = async (name: string): Promise<number> => {
    for (;;) {
      const began = performance.now();
      const worker = fork(script, { env: { ...process.env, [workerMark]: name } });
      workers.set(name, worker);
      listen(worker);
      const [code, signal] = (await once(worker, 'exit')) as [number | null, NodeJS.Signals | null];
      workers.delete(name);
      // One that was not yet up has nothing to finish, and no ear for the signal that ends it.
      if (stopping) return code ?? Number(signal !== stopping);
      // Asked to read its files again before it had an ear for that: it reads them as it starts anew.
      if (signal !== 'SIGHUP' && performance.now() - began < shortestLife) {
        stop('SIGTERM');
        return code ?? 1;
      }
    }
  };
  const codes = await Promise.all(Array.from({ length: count }, (_, at) => keepOne(`${at + 1}`)));
  return codes.find((code) => code !== 0) ?? 0;
}
