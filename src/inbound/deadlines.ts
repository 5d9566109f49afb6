/**
 * The times a session has. An idle time alone would let a client that sends a byte now and then stay for ever: all of these are totals
 * (RFC 5321 section 4.5.3.2 says how long a server should wait at least; EHLO and the rest of a command line are at no human's pace).
 *
 * QUIRK: smtp-server 3.21.6 knows an idle time only, and none while a handler is at work.
 */
import { Refusal, replies } from '../model/reply.ts';
import type { Limits } from './limits.ts';

/** What ran out; for the log. */
export type Late = 'no greeting' | 'unfinished line' | 'no message' | 'slow data' | 'long data';

type Timer = NodeJS.Timeout | undefined;

/** Ends with the result of the work, or throws a 451 `Refusal` when its time is up; what comes of it later is nobody's. */
export async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: Timer;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refusal(replies.tryLater, { cause: 'deadline' })), ms).unref();
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

export class Deadlines {
  readonly #limits: Limits;
  readonly #late: (what: Late) => void;
  #waiting: Timer;
  #line: Timer;
  #window: Timer;
  #data: Timer;

  /** `late`: called when one of them is over; the session is to end then. */
  constructor(limits: Limits, late: (what: Late) => void) {
    this.#limits = limits;
    this.#late = late;
  }

  #after(ms: number, what: Late): NodeJS.Timeout {
    return setTimeout(() => this.#late(what), ms).unref();
  }

  /** EHLO is to come now: at the start, and again behind STARTTLS. */
  greeting(): void {
    clearTimeout(this.#waiting);
    this.#waiting = this.#after(this.#limits.helloMs, 'no greeting');
  }

  /** A message is to come: from EHLO, or from the message before, on. */
  message(): void {
    clearTimeout(this.#waiting);
    this.#waiting = this.#after(this.#limits.quietMs, 'no message');
  }

  /** It is our turn, however long it takes. */
  ours(): void {
    clearTimeout(this.#waiting);
    clearTimeout(this.#window);
    clearTimeout(this.#data);
  }

  /** A command line has begun and is not at its end; each further piece of it changes nothing. */
  lineBegun(): void {
    this.#line ??= this.#after(this.#limits.lineMs, 'unfinished line');
  }

  lineEnded(): void {
    clearTimeout(this.#line);
    this.#line = undefined;
  }

  /** The message itself comes: in all, and over each window, it must keep its pace. */
  data(reader: { readonly bytes: number }, reservation: { readonly contended: boolean }): void {
    const { dataMs, dataWindowMs, dataBytesPerSecond, contendedBytesPerSecond } = this.#limits;
    let before = 0;
    const look = () => {
      const perSecond = reservation.contended ? contendedBytesPerSecond : dataBytesPerSecond;
      if (reader.bytes - before < (perSecond * dataWindowMs) / 1000) return this.#late('slow data');
      before = reader.bytes;
      this.#window = setTimeout(look, dataWindowMs).unref();
    };
    this.ours();
    this.#window = setTimeout(look, dataWindowMs).unref();
    this.#data = this.#after(dataMs, 'long data');
  }

  /** The session is over. */
  end(): void {
    this.ours();
    this.lineEnded();
  }
}
