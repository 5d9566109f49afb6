/**
 * The times a session has. An idle time alone would let a client that sends a byte now and then stay for ever: all of these are totals
 * (RFC 5321 section 4.5.3.2 says how long a server should wait at least; EHLO and the rest of a command line are at no human's pace).
 *
 * QUIRK: smtp-server 3.21.6 knows an idle time only, and none while a handler is at work.
 */
import { Refusal, replies } from '../model/reply.ts';
import type { Limits } from './limits.ts';
import type { Stress } from './stress.ts';

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

/** A deadline that may move while it runs. */
class Alarm {
  readonly #began = performance.now();
  #timer: Timer;

  /** `length` is asked again after `step` at the latest; both in milliseconds. `over` gets how long it has been. */
  constructor(length: () => number, step: number, over: (ms: number) => void) {
    const look = (): void => {
      const ms = performance.now() - this.#began;
      const left = length() - ms;
      if (left <= 0) over(ms);
      else this.#timer = setTimeout(look, Math.min(left, step)).unref();
    };
    this.#timer = setTimeout(look, Math.min(length(), step)).unref();
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}

export class Deadlines {
  readonly #stress: Stress;
  readonly #late: (what: Late) => void;
  #waiting: Alarm | undefined;
  #line: Alarm | undefined;
  #window: Alarm | undefined;
  #data: Alarm | undefined;
  /** Since when it is the client's turn; undefined while it is ours. */
  #waitingSince: number | undefined;

  /** `late`: called when one of them is over; the session is to end then. */
  constructor(stress: Stress, late: (what: Late) => void) {
    this.#stress = stress;
    this.#late = late;
  }

  #after(name: 'helloMs' | 'lineMs' | 'dataMs', what: Late): Alarm {
    return new Alarm(
      () => this.#stress.limits[name],
      this.#stress.short[name],
      () => this.#late(what),
    );
  }

  /** EHLO is to come now: at the start, and again behind STARTTLS. */
  greeting(): void {
    this.#waiting?.cancel();
    this.#waiting = this.#after('helloMs', 'no greeting');
  }

  /**
   * A message is to come: from EHLO, or from the message before, on. Under stress the time counts from our last reply, and while we are
   * at work not at all: it is short, and who waits for us does no wrong.
   */
  message(): void {
    this.#waiting?.cancel();
    const began = performance.now();
    const length = (): number => {
      const { on, limits } = this.#stress;
      return on ? (this.#waitingSince ?? Number.POSITIVE_INFINITY) - began + limits.quietMs : limits.quietMs;
    };
    this.#waiting = new Alarm(length, this.#stress.short.quietMs, () => this.#late('no message'));
    this.#waitingSince = began;
  }

  /** It is our turn, however long it takes. */
  ours(): void {
    this.#waiting?.cancel();
    this.#window?.cancel();
    this.#data?.cancel();
  }

  /** A command line has begun and is not at its end; each further piece of it changes nothing. */
  lineBegun(): void {
    this.#line ??= this.#after('lineMs', 'unfinished line');
  }

  /** A command line is here. */
  answering(): void {
    this.#lineEnded();
    this.#waitingSince = undefined;
  }

  /** It was answered. */
  answered(): void {
    this.#waitingSince = performance.now();
  }

  #lineEnded(): void {
    this.#line?.cancel();
    this.#line = undefined;
  }

  /** The message itself comes: in all, and over each window, it must keep its pace. */
  data(reader: { readonly bytes: number }, reservation: { readonly contended: boolean }): void {
    const { short } = this.#stress;
    const perSecond = ({ dataBytesPerSecond, contendedBytesPerSecond }: Limits): number =>
      reservation.contended ? contendedBytesPerSecond : dataBytesPerSecond;
    const window = (before: number): Alarm =>
      new Alarm(
        () => this.#stress.limits.dataWindowMs,
        short.dataWindowMs,
        (ms) => {
          if (reader.bytes - before < (perSecond(this.#stress.limits) * ms) / 1000) return this.#late('slow data');
          this.#window = window(reader.bytes);
        },
      );
    this.ours();
    this.#window = window(0);
    this.#data = this.#after('dataMs', 'long data');
  }

  /** The session is over. */
  end(): void {
    this.ours();
    this.#lineEnded();
  }
}
