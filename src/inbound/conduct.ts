/** How a client behaves in one session: what does not lead to a message is counted, and ends the session at last (421). */
import { type Reply, replies } from '../model/reply.ts';
import type { Stress } from './stress.ts';

/** Commands that bring a message nearer, or end the session. */
const useful = new Set(['MAIL', 'RCPT', 'DATA', 'QUIT', 'STARTTLS', 'AUTH']);

export class Conduct {
  readonly #stress: Stress;
  #errors = 0;
  #errorsNow = 0;
  #junk = 0;
  #deferrals = 0;

  constructor(stress: Stress) {
    this.#stress = stress;
  }

  /** 5xx replies to commands, in all. */
  get errors(): number {
    return this.#errors;
  }

  /** A command came. A reply: the session ends with it. */
  command(verb: string): Reply | undefined {
    if (!useful.has(verb)) this.#junk++;
    return this.#junk > this.#stress.limits.junk ? replies.tooManyErrors : undefined;
  }

  /** A command was answered with that code. A reply: it was the last one. */
  answered(code: number): Reply | undefined {
    if (code >= 500) {
      this.#errors++;
      this.#errorsNow++;
    } else if (code >= 400) this.#deferrals++;
    const { errors, deferrals } = this.#stress.limits;
    return this.#errorsNow >= errors || this.#deferrals >= deferrals ? replies.tooManyErrors : undefined;
  }

  /** A message came; `taken`: and was answered with 250. */
  message(taken: boolean): void {
    this.#junk = 0;
    this.#deferrals = 0;
    if (taken) this.#errorsNow = 0;
  }
}
