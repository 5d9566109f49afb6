/** The client of one session, as all its sessions together make it look: counted, slowed down, shut out; and perhaps logged in. */
import { Refusal, type Reply, replies } from '../model/reply.ts';
import { FAILED_LOGIN } from './deeds.ts';
import { pause } from './pace.ts';
import type { InboundEvent, InboundFields, Submitter } from './ports.ts';
import type { Shared } from './shared.ts';

/** What its session lends it. */
export interface Lent {
  readonly note: (event: InboundEvent, fields: InboundFields) => void;
  readonly ended: AbortSignal;
}

export class Visitor {
  readonly ip: string;
  readonly #shared: Shared;
  readonly #lent: Lent;
  #submitter: Submitter | undefined;

  constructor(ip: string, shared: Shared, lent: Lent) {
    this.ip = ip;
    this.#shared = shared;
    this.#lent = lent;
  }

  /** Who logged in. */
  get submitter(): Submitter | undefined {
    return this.#submitter;
  }

  /** A reply: it cannot stay. */
  enter(): Reply | undefined {
    const { clients, stress } = this.#shared;
    const refusal = clients.enter(this.ip);
    stress.see(clients.connections);
    return refusal;
  }

  leave(): void {
    const { clients, stress } = this.#shared;
    clients.leave(this.ip);
    stress.see(clients.connections);
  }

  /** A message is to come. Whoever logged in is held by the limits of parties and conversations alone. @throws Refusal: none now */
  message(): void {
    this.#stay();
    const refusal = this.#submitter ? undefined : this.#shared.clients.message(this.ip);
    if (refusal !== undefined) throw new Refusal(refusal);
  }

  /** Before each answer that tells something. @throws Refusal (421) where it is shut out */
  async wait(): Promise<void> {
    this.#stay();
    await pause(this.#shared.clients.delay(this.ip), this.#lent.ended);
  }

  #stay(): void {
    if (this.#shared.clients.shutOut(this.ip)) throw new Refusal(replies.shutOut);
  }

  /** Points against it, or for it where they are negative. Whoever logged in writes for many, and has a password to lose: none. */
  count(points: number): void {
    if (points !== 0 && !this.#submitter && this.#shared.clients.did(this.ip, points)) this.#lent.note('shut-out', {});
  }

  /** @throws Refusal: 535 for a wrong name or password, 454 where we cannot tell: that is no failed login */
  async login(name: string, password: string): Promise<void> {
    await this.wait();
    this.#submitter = await this.#ask(name, password);
    if (this.#submitter !== undefined) return;
    this.count(FAILED_LOGIN);
    throw new Refusal(replies.loginFailed);
  }

  async #ask(name: string, password: string): Promise<Submitter | undefined> {
    try {
      return await this.#shared.ports.login(name, password);
    } catch (error) {
      if (!(error instanceof Refusal)) this.#lent.note('unexpected', { error });
      throw new Refusal(replies.loginAway);
    }
  }
}
