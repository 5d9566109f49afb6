/**
 * The bytes of message that one machine holds at once. Room is reserved before a message is read, whole or not at all, first come first
 * served: an unread socket stops its sender, a full memory would stop everybody. Small messages draw on an eighth of their own, so that
 * large ones do not stop them.
 */

/** Announced below this, a message counts as small. */
const SMALL_BYTES = 64 * 1024;

interface Waiter {
  readonly bytes: number;
  readonly grant: () => void;
}

/** A number of bytes, and a queue for them. */
class Pool {
  readonly size: number;
  #taken = 0;
  readonly #queue: Waiter[] = [];

  constructor(size: number) {
    this.size = size;
  }

  get taken(): number {
    return this.#taken;
  }

  get contended(): boolean {
    return this.#queue.length > 0;
  }

  /** Takes the bytes if they are free and nobody came before. */
  tryTake(bytes: number): boolean {
    if (this.contended || this.#taken + bytes > this.size) return false;
    this.#taken += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#taken -= bytes;
    while (this.#queue[0] !== undefined && this.#taken + this.#queue[0].bytes <= this.size) {
      const waiter = this.#queue.shift();
      this.#taken += waiter?.bytes ?? 0;
      waiter?.grant();
    }
  }

  /** Waits in the queue. False: not within the time, or given up. */
  wait(bytes: number, ms: number, givenUp: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const leave = () => {
        clearTimeout(timer);
        this.#queue.splice(this.#queue.indexOf(waiter), 1);
        resolve(false);
        this.give(0);
      };
      const waiter: Waiter = {
        bytes,
        grant: () => {
          clearTimeout(timer);
          givenUp.removeEventListener('abort', leave);
          resolve(true);
        },
      };
      const timer = setTimeout(() => {
        givenUp.removeEventListener('abort', leave);
        leave();
      }, ms);
      givenUp.addEventListener('abort', leave, { once: true });
      this.#queue.push(waiter);
    });
  }
}

/** Room that one message holds. */
export class Reservation {
  readonly #held: { readonly pool: Pool; bytes: number }[];
  readonly #large: Pool;

  constructor(pool: Pool, bytes: number, large: Pool) {
    this.#held = [{ pool, bytes }];
    this.#large = large;
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#held.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Others wait for what this one holds. */
  get contended(): boolean {
    return this.#held.some(({ pool }) => pool.contended);
  }

  /** Makes it that many bytes in all. False: they are not free now; it never waits, or two could wait for one another. */
  extend(bytes: number): boolean {
    const more = bytes - this.bytes;
    if (more <= 0) return true;
    if (!this.#large.tryTake(more)) return false;
    this.#held.push({ pool: this.#large, bytes: more });
    return true;
  }

  /** Gives back what is above that many bytes. */
  shrink(bytes: number): void {
    for (const part of [...this.#held].reverse()) {
      const back = Math.max(0, Math.min(part.bytes, this.bytes - bytes));
      part.bytes -= back;
      if (back > 0) part.pool.give(back);
    }
  }

  /** Gives all back; a second call does nothing. */
  release(): void {
    this.shrink(0);
  }
}

export class Budget {
  readonly #small: Pool;
  readonly #large: Pool;

  /** `total`: bytes for all messages together. */
  constructor(total: number) {
    this.#small = new Pool(Math.floor(total / 8));
    this.#large = new Pool(total - Math.floor(total / 8));
  }

  /** Bytes reserved now. */
  get reserved(): number {
    return this.#small.taken + this.#large.taken;
  }

  /**
   * Room for a message of that many bytes, waiting for it at most `ms`. Undefined: there was none in time, or `givenUp` came first.
   * A message larger than the whole budget waits until it is alone.
   */
  async reserve(bytes: number, ms: number, givenUp: AbortSignal): Promise<Reservation | undefined> {
    const pool = bytes < SMALL_BYTES ? this.#small : this.#large;
    const wanted = Math.min(bytes, pool.size);
    if (givenUp.aborted) return undefined;
    if (!pool.tryTake(wanted) && !(await pool.wait(wanted, ms, givenUp))) return undefined;
    return new Reservation(pool, wanted, this.#large);
  }
}
