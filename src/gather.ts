/**
 * GATHER: figures of several workers (`WORKERS`) behind one scrape. They share one listener, so that a scrape reaches whichever the system
 * gives it to: that one asks the process that watches them, which asks all and hands back what came in time. By the channel that fork opens;
 * nothing else is said on it.
 */
import type { ChildProcess } from 'node:child_process';

/** What one worker said, in its own words; undefined where it said nothing in time. */
export interface Gathered {
  readonly name: string;
  readonly figures?: unknown;
}

/** `gather`: a worker asks for all. `tell`: the watcher asks one worker. `told`, `gathered`: the answers. */
type Word =
  | { readonly kind: 'gather' | 'tell'; readonly id: number }
  | { readonly kind: 'told'; readonly id: number; readonly figures: unknown }
  | { readonly kind: 'gathered'; readonly id: number; readonly workers: readonly Gathered[] };

/** Milliseconds for a worker to answer; whoever asked for all waits twice as long. */
const patience = 2_000;

const wordIn = (message: unknown): Word | undefined =>
  typeof message === 'object' && message !== null && 'kind' in message && 'id' in message ? (message as Word) : undefined;

/** The watcher's side. `workers`: those that run now, by name. */
export function gatherAmong(workers: ReadonlyMap<string, ChildProcess>): (worker: ChildProcess) => void {
  let last = 0;
  const waiting = new Map<number, (figures: unknown) => void>();
  const ask = (name: string, worker: ChildProcess): Promise<Gathered> => {
    const { promise, resolve } = Promise.withResolvers<Gathered>();
    const id = ++last;
    const end = (answer: Gathered): void => {
      clearTimeout(timer);
      waiting.delete(id);
      resolve(answer);
    };
    const timer = setTimeout(() => end({ name }), patience);
    waiting.set(id, (figures) => end({ name, figures }));
    send(worker, { kind: 'tell', id });
    return promise;
  };
  return (worker) => {
    worker.on('message', async (message) => {
      const word = wordIn(message);
      if (word?.kind === 'told') waiting.get(word.id)?.(word.figures);
      if (word?.kind !== 'gather') return;
      const all = await Promise.all([...workers].map(([name, one]) => ask(name, one)));
      send(worker, { kind: 'gathered', id: word.id, workers: all });
    });
  };
}

/** A worker's side: tells its own figures when asked. Answers how to ask for those of all; undefined: the watcher did not say. */
export function gatherFrom(watcher: NodeJS.Process, figures: () => Promise<unknown>): () => Promise<readonly Gathered[] | undefined> {
  let last = 0;
  const waiting = new Map<number, (workers: readonly Gathered[] | undefined) => void>();
  watcher.on('message', async (message) => {
    const word = wordIn(message);
    if (word?.kind === 'gathered') waiting.get(word.id)?.(word.workers);
    if (word?.kind === 'tell') send(watcher, { kind: 'told', id: word.id, figures: await figures().catch(() => undefined) });
  });
  return () => {
    const { promise, resolve } = Promise.withResolvers<readonly Gathered[] | undefined>();
    const id = ++last;
    const end = (workers: readonly Gathered[] | undefined): void => {
      clearTimeout(timer);
      waiting.delete(id);
      resolve(workers);
    };
    const timer = setTimeout(() => end(undefined), 2 * patience);
    waiting.set(id, end);
    send(watcher, { kind: 'gather', id });
    return promise;
  };
}

/** Whoever is gone, or about to be, does not answer; that is all that is to be known of it. */
const send = (to: ChildProcess | NodeJS.Process, word: Word): void => {
  if (to.connected) to.send?.(word, undefined, undefined, () => undefined);
};
