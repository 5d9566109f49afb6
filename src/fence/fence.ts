/**
 * FENCE: the heavy part of the way where no message can keep others waiting. Short messages are worked on at once, by the thread that moves all
 * bytes; what is larger, or unpacks to more, goes to a worker thread with limits of CPU, memory and time. A bomb ends its own message alone.
 *
 * Measured with `test/load/block.ts`, CPU of the thread that moves the bytes between two turns of its loop, without and with the fence: 9.6 MB with a
 * picture 161 and 90 ms, 1 MB of addresses 1,134 and 43, a PDF that unpacks to 29 MB 714 and 3, 20 of them 9,902 and 10 (and their message 554).
 *
 * One thread for each process is enough: the other one has half as much to do with a large message as this one, each further thread would have some
 * 50 MB in use, and for further cores there are further processes (`WORKERS`). It also keeps what large messages take while they are worked on to
 * that of one. It starts with the first message that needs it, and ends when it has been idle for a while.
 */
import { fingerprintOf } from '../mime/fingerprint.ts';
import { wordsOf } from '../mime/words.ts';
import { deadlines } from '../model/deadlines.ts';
import { Refusal, replies } from '../model/reply.ts';
import type { Phrases } from '../policy/reading/phrases.ts';
import { type Judge, judgeInTime, type Transformed, transform, type Work } from '../transform.ts';
import { type Cause, Ended, Thread, type ThreadLimits } from './thread.ts';
import { isHeavy, lightBytes } from './weight.ts';

/** A message had its turn in the thread, or none in time; or the thread ended under it. */
export type FenceEvent = 'turn' | 'no turn' | Cause;

export interface FenceLimits extends ThreadLimits {
  /** Milliseconds that a message waits for its turn at most. */
  readonly patienceMs: number;
  /** Milliseconds without work after which the thread ends. */
  readonly idleMs: number;
}

/** By the clock, a machine that has other things to do may take four times as long. With the hand-over the answer comes in 90 s. */
const usual: FenceLimits = { cpuMs: 5_000, wallMs: deadlines.thread, heapMb: 256, patienceMs: deadlines.turn, idleMs: 60_000 };

/** Messages that took too much memory are known again, so many of them. */
const remembered = 200;

/** Whose turns are those of searches; no party has this id. */
const searching = '';

interface Waiter {
  readonly party: string;
  readonly go: () => void;
  readonly refuse: (refusal: Refusal) => void;
}

/** What a message that is read on the spot throws when it shows itself to be heavy. */
class TooMuchHere extends Error {
  override readonly name = 'TooMuchHere';
}

const judgeLight: Judge = (message, situation, policy) => {
  if (isHeavy(message)) throw new TooMuchHere();
  return judgeInTime(message, situation, policy);
};

export class Fence implements AsyncDisposable {
  readonly #limits: FenceLimits;
  readonly #phrases: Phrases;
  readonly #told: (event: FenceEvent) => void;
  #thread: Thread | undefined;
  #busy = false;
  #closed = false;
  #queue: Waiter[] = [];
  /** Milliseconds that the thread worked for each party since nobody waited. */
  readonly #spent = new Map<string, number>();
  readonly #greedy = new Set<string>();
  #idle: NodeJS.Timeout | undefined;

  /** `phrases`: those of the policy in every `Work`. `told`: must not throw. */
  constructor(phrases: Phrases, limits: Partial<FenceLimits> = {}, told: (event: FenceEvent) => void = () => undefined) {
    this.#phrases = phrases;
    this.#limits = { ...usual, ...limits };
    this.#told = told;
  }

  /** Messages that wait for their turn. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * The work, wherever it is done; its result is the same.
   * @throws Refusal 451 4.3.2 where its turn did not come in time, 451 4.3.0 where the thread ended under it. What takes too much CPU, or twice too
   *   much memory, is `unreadable` with 554 5.6.0.
   */
  async transform(work: Work): Promise<Transformed> {
    if (work.raw.length > lightBytes) return this.#transformBehind(work);
    try {
      return await transform(work, judgeLight);
    } catch (error) {
      if (error instanceof TooMuchHere) return this.#transformBehind(work);
      throw error;
    }
  }

  /** All that people read in a message, folded. Undefined: it had no turn in time, or could not be read within the limits. Never rejects. */
  async words(raw: Uint8Array): Promise<string | undefined> {
    try {
      return await (raw.length > lightBytes ? this.#behind(searching, (thread) => thread.words(raw)) : wordsOf(raw));
    } catch (error) {
      if (error instanceof Ended && !this.#closed) this.#told(error.by);
      return undefined;
    }
  }

  async #transformBehind(work: Work): Promise<Transformed> {
    try {
      return await this.#behind(work.route.author.party, (thread) => thread.run(work));
    } catch (error) {
      if (error instanceof Ended) return this.#answer(work, error);
      throw error;
    }
  }

  async #behind<T>(party: string, take: (thread: Thread) => Promise<T>): Promise<T> {
    await this.#turn(party);
    this.#told('turn');
    const began = performance.now();
    try {
      return await take(this.#running());
    } finally {
      this.#spent.set(party, (this.#spent.get(party) ?? 0) + performance.now() - began);
      this.#next();
    }
  }

  /** Resolves when the thread is free for it. */
  #turn(party: string): Promise<void> {
    clearTimeout(this.#idle);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (!this.#busy) {
      this.#busy = true;
      resolve();
      return promise;
    }
    const timer = setTimeout(() => {
      this.#told('no turn');
      waiter.refuse(new Refusal(replies.noTurn, { cause: 'no free worker in time' }));
    }, this.#limits.patienceMs);
    const leave = (): void => {
      clearTimeout(timer);
      this.#queue = this.#queue.filter((it) => it !== waiter);
    };
    const waiter: Waiter = {
      party,
      go: () => {
        leave();
        resolve();
      },
      refuse: (refusal) => {
        leave();
        reject(refusal);
      },
    };
    this.#queue.push(waiter);
    return promise;
  }

  /** Whoever has kept the thread busy least comes first: who sends bombs waits behind all others. */
  #next(): void {
    const spentBy = ({ party }: Waiter): number => this.#spent.get(party) ?? 0;
    const least = Math.min(...this.#queue.map(spentBy));
    const next = this.#queue.find((waiter) => spentBy(waiter) === least);
    if (next) {
      next.go();
    } else {
      this.#busy = false;
      this.#spent.clear();
      this.#idle = setTimeout(() => void this.#thread?.end(), this.#limits.idleMs).unref();
    }
  }

  #running(): Thread {
    if (this.#closed) throw new Refusal(replies.shuttingDown);
    if (!this.#thread || this.#thread.ended) this.#thread = new Thread(this.#limits, this.#phrases);
    return this.#thread;
  }

  #answer(work: Work, { by, cause }: Ended): Transformed {
    if (!this.#closed) this.#told(by);
    const tooComplex = (reason: string): Transformed => ({ kind: 'unreadable', reply: replies.tooComplex, reason });
    if (by === 'cpu') return tooComplex(`over ${this.#limits.cpuMs} ms of CPU`);
    // Whoever comes again and again with the same message is told what is wrong with it; the first time it may have been what came before.
    if (by === 'memory' && this.#isGreedy(work)) return tooComplex(`over ${this.#limits.heapMb} MB of memory`);
    if (by === 'memory') throw new Refusal(replies.tryLater, { cause: `over ${this.#limits.heapMb} MB of memory for the first time` });
    if (by === 'time') throw new Refusal(replies.tryLater, { cause: 'the work on it took too long' });
    if (this.#closed) throw new Refusal(replies.shuttingDown);
    if (cause !== undefined) throw cause;
    throw new Refusal(replies.tryLater, { cause: 'the worker thread ended' });
  }

  #isGreedy({ raw, header, route }: Work): boolean {
    const fingerprint = fingerprintOf(raw, header, route.conversation);
    if (this.#greedy.has(fingerprint)) return true;
    if (this.#greedy.size >= remembered) this.#greedy.delete(this.#greedy.values().next().value ?? '');
    this.#greedy.add(fingerprint);
    return false;
  }

  /** Who waits, or is worked on, is answered 421. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    for (const waiter of this.#queue) waiter.refuse(new Refusal(replies.shuttingDown));
    await this.#thread?.end();
  }
}
