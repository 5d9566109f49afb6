/**
 * `npm run fuzz`: mails of the leak corpus, changed at random, through everything that reads them, judges them and writes them anew.
 *
 *   npm run fuzz                              100,000 mails from seed 1, in as many threads as there are processors
 *   npm run fuzz -- --count 1000000 --seed 7 --threads 2
 *   npm run fuzz -- --seed 4711 --count 1     one mail again, by the seed that was told
 *
 * None may throw, take longer than 10 s, or let a mailbox of its author out. One that does lies in var/fuzz, and the run ends with 1.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '../support/command-line.ts';
import { Worker } from 'node:worker_threads';
import type { Task, Told } from './run.ts';

const { values } = commandLine(import.meta.filename, {
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});
const [count, seed, threads] = [Number(values.count), Number(values.seed), Number(values.threads)];
const longest = 10_000;
const folder = join(import.meta.dirname, '../../var/fuzz');
const began = Date.now();
const sum = { mails: 0, relayed: 0, slowest: 0, faults: 0 };
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function fault(what: string, at: number, mail?: Uint8Array): void {
  sum.faults += 1;
  mkdirSync(folder, { recursive: true });
  if (mail) writeFileSync(join(folder, `${at}.eml`), mail);
  say(`seed ${at}: ${what}${mail ? `\n  var/fuzz/${at}.eml` : ''}`);
}

/** Resolves when the thread has done its part; one that hangs is ended, and goes on behind the mail that it hung on. */
async function runThread(task: Task): Promise<void> {
  let current = task.seed;
  const left = await new Promise<number>((resolve) => {
    const worker = new Worker(new URL('./run.ts', import.meta.url), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
    let patience = setTimeout(() => {}, 0);
    const end = (): void => {
      clearTimeout(patience);
      void worker.terminate().then(() => resolve(task.seed + task.count - current - 1));
    };
    worker.on('message', (told: Told) => {
      if (told.kind === 'begun') {
        current = told.seed;
        clearTimeout(patience);
        // The first mail of a thread waits until all phrases are read.
        patience = setTimeout(
          () => {
            fault(`took more than ${longest / 1_000} s`, current);
            end();
          },
          current === task.seed ? 6 * longest : longest,
        );
      } else if (told.kind === 'fault') fault(told.what, told.seed, told.mail);
      else {
        sum.mails += told.count;
        sum.relayed += told.relayed;
        sum.slowest = Math.max(sum.slowest, told.slowest);
      }
    });
    worker.once('error', (error) => {
      fault(`the thread died: ${error.message}`, current);
      end();
    });
    worker.once('exit', () => {
      clearTimeout(patience);
      resolve(task.seed + task.count - current - 1);
    });
  });
  if (left > 0) await runThread({ seed: current + 1, count: left });
}

const report = (): void =>
  say(
    `${sum.mails} mails, ${sum.relayed} relayed, slowest ${sum.slowest.toFixed(0)} ms of CPU, ${sum.faults} faults, ` +
      `${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MB, ${((Date.now() - began) / 1_000).toFixed(0)} s`,
  );
const ticker = setInterval(report, 30_000);
const part = Math.ceil(count / threads);
const tasks = Array.from({ length: threads }, (_, at) => ({ seed: seed + at * part, count: Math.min(part, count - at * part) }));
await Promise.all(tasks.filter((task) => task.count > 0).map(runThread));
clearInterval(ticker);
report();
process.exitCode = sum.faults > 0 ? 1 : 0;
