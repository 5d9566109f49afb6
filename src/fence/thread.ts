/** One worker thread, from its start to its end: gives it one message at a time, and ends it where that takes too much. */
import { Worker } from 'node:worker_threads';
import { noPhrases, type Phrases } from '../policy/reading/phrases.ts';
import { judgeInTime, type Transformed, type Work } from '../transform.ts';
import { type FromThread, type Judgeable, judgedMessage, type ToThread } from './talk.ts';

export interface ThreadLimits {
  /** Milliseconds of CPU for one message. */
  readonly cpuMs: number;
  /** Milliseconds by the clock for one message. */
  readonly wallMs: number;
  /** Megabytes of JavaScript's heap; bytes of files are outside of it, and bounded where they are unpacked. */
  readonly heapMb: number;
}

/** `cpu`, `memory`: one message took too much of it. `time`: it took too long, for whatever reason. `other`: something else ended the thread. */
export type Cause = 'cpu' | 'memory' | 'time' | 'other';

/** The thread has ended, and with it the work. */
export class Ended extends Error {
  override readonly name = 'Ended';
  readonly by: Cause;
  constructor(by: Cause, options?: ErrorOptions) {
    super(`the worker thread ended: ${by}`, options);
    this.by = by;
  }
}

/** So often in its time a message is asked for its CPU. */
const looks = 20;

/** What the thread makes of a message. */
type Made = Extract<FromThread, { readonly kind: 'done' | 'words' }>;

interface Job {
  /** Not set where nobody judges. */
  readonly work?: Work;
  readonly made: (made: Made) => void;
  readonly failed: (error: unknown) => void;
}

export class Thread {
  readonly #worker: Worker;
  readonly #limits: ThreadLimits;
  readonly #phrases: Phrases;
  readonly #ready = Promise.withResolvers<void>();
  readonly #exit = Promise.withResolvers<void>();
  #job: Job | undefined;
  #ended: Ended | undefined;

  constructor(limits: ThreadLimits, phrases: Phrases) {
    this.#limits = limits;
    this.#phrases = phrases;
    // What is in the environment of the relay is none of the thread's business.
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
    });
    this.#ready.promise.catch(() => {});
    this.#worker.on('message', (word: FromThread) => this.#hear(word));
    this.#worker.on('error', (error) => this.#over(new Ended(isOutOfMemory(error) ? 'memory' : 'other', { cause: error })));
    this.#worker.on('exit', () => {
      this.#over(new Ended('other'));
      this.#exit.resolve();
    });
  }

  /** Has ended, or is about to. */
  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** Not before the message before is done. @throws Ended; or what nobody foresaw. */
  async run(work: Work): Promise<Transformed> {
    // The phrases are not for every message; and what other sellers may is nothing to this one.
    const policy = { ...work.policy, phrases: noPhrases, sellers: {} };
    const made = await this.#take(work.raw, (raw) => ({ kind: 'work', work: { ...work, raw, policy } }), work);
    if (made.kind !== 'done') throw new Error(`no work done but ${made.kind}`);
    return made.done;
  }

  /** All that people read in a message, folded; as `run` otherwise. */
  async words(raw: Uint8Array): Promise<string> {
    const made = await this.#take(raw, (copy) => ({ kind: 'read', raw: copy }));
    if (made.kind !== 'words') throw new Error(`no words but ${made.kind}`);
    return made.words;
  }

  async #take(raw: Uint8Array, wordFor: (raw: Uint8Array) => ToThread, work?: Work): Promise<Made> {
    const { promise, resolve, reject } = Promise.withResolvers<Made>();
    this.#job = { ...(work && { work }), made: resolve, failed: reject };
    if (this.#ended) reject(this.#ended);
    const late = setTimeout(() => this.#end('time'), this.#limits.wallMs);
    const watch = new AbortController();
    // One copy, given away: the relay needs the message afterwards, whatever becomes of the thread.
    const begin = (): void => {
      const copy = new Uint8Array(raw);
      this.#say(wordFor(copy), [copy.buffer]);
    };
    this.#begin(begin, watch.signal).catch(reject);
    try {
      return await promise;
    } finally {
      clearTimeout(late);
      watch.abort();
      this.#job = undefined;
    }
  }

  async #begin(begin: () => void, over: AbortSignal): Promise<void> {
    await this.#ready.promise;
    const before = await this.#worker.cpuUsage();
    begin();
    const { cpuMs } = this.#limits;
    const watch = setInterval(async () => {
      const { user, system } = await this.#worker.cpuUsage(before).catch(() => ({ user: 0, system: 0 }));
      if (!over.aborted && user + system > cpuMs * 1000) this.#end('cpu');
    }, cpuMs / looks);
    over.addEventListener('abort', () => clearInterval(watch), { once: true });
  }

  #say(word: ToThread, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(word, [...transfer]);
  }

  #hear(word: FromThread): void {
    if (word.kind === 'ready') this.#ready.resolve();
    else if (word.kind === 'done' || word.kind === 'words') this.#job?.made(word);
    else if (word.kind === 'failed') this.#job?.failed(word.error);
    else if (word.kind === 'phrases') this.#say({ kind: 'phrases', phrases: this.#phrases });
    else this.#judge(word.message);
  }

  #judge(message: Judgeable): void {
    if (!this.#job?.work) return;
    const { situation, policy } = this.#job.work;
    try {
      this.#say({ kind: 'judged', disposition: judgeInTime(judgedMessage(message), situation, policy) });
    } catch (error) {
      // The thread waits for an answer that will not come.
      this.#job.failed(error);
      this.#end('other');
    }
  }

  #over(ended: Ended): void {
    this.#ended ??= ended;
    this.#ready.reject(this.#ended);
    this.#job?.failed(this.#ended);
  }

  #end(by: Cause): void {
    this.#over(new Ended(by));
    void this.#worker.terminate();
  }

  /** Resolves when it is gone; what it worked on fails. */
  end(): Promise<void> {
    this.#end('other');
    return this.#exit.promise;
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
