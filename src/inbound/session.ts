/**
 * One SMTP session (RFC 5321): MAIL, RCPT (is there such an alias?), DATA -> Received -> relay. Knows the rules of the dialogue and
 * nothing of the library that speaks it.
 */
import type { Received } from '../model/message.ts';
import { Refusal, type Reply, replies, replyTo } from '../model/reply.ts';
import type { Reservation } from './budget.ts';
import { Conduct } from './conduct.ts';
import { DataReader, type Fault } from './data.ts';
import { Deadlines, within } from './deadlines.ts';
import { MISS, pointsOf } from './deeds.ts';
import { nextFull } from './pace.ts';
import { type MailCommand, readMail, readRcpt } from './path.ts';
import type { InboundEvent, InboundFields } from './ports.ts';
import { askFor } from './recipient.ts';
import type { Shared } from './shared.ts';
import { Visitor } from './visitor.ts';

/** What the client said of itself, and how it came. */
export interface Greeted {
  readonly helo: string;
  readonly tls: boolean;
}

interface Transaction extends MailCommand {
  readonly trace: string;
  forwardPath?: string;
  /** Recipients sent away. */
  refused: number;
  reservation?: Reservation;
  reader?: DataReader;
  /** Given to the relay, which settles it. */
  relayed: boolean;
}

/** Beside the octets of a message. */
const OVERHEAD_BYTES = 4 * 1024;

const faults: Readonly<Record<Fault, Reply>> = {
  'too large': replies.tooLarge,
  'bare line end': replies.bareLineEnd,
  'no memory': replies.busy,
};

export class Session {
  readonly #shared: Shared;
  readonly #visitor: Visitor;
  readonly #hangUp: (reply: Reply) => void;
  readonly #deadlines: Deadlines;
  readonly #conduct: Conduct;
  readonly #ended = new AbortController();
  readonly #began = performance.now();
  #entered = false;
  #greeted = false;
  #transaction: Transaction | undefined;
  #trace: string | undefined;
  #reason = 'closed by the client';
  #messages = 0;

  /** `hangUp`: gives the reply and closes the connection. */
  constructor(shared: Shared, ip: string, hangUp: (reply: Reply) => void) {
    this.#shared = shared;
    this.#visitor = new Visitor(ip, shared, { ended: this.#ended.signal, note: (event, fields) => this.#note(event, fields) });
    this.#hangUp = hangUp;
    this.#conduct = new Conduct(shared.stress);
    this.#deadlines = new Deadlines(shared.stress, (what) => hangUp(this.#because(what, replies.timeout)));
  }

  /** The trace id of the transaction, for each reply within it. */
  get trace(): string | undefined {
    return this.#trace;
  }

  get inTransaction(): boolean {
    return this.#transaction !== undefined;
  }

  get hasRecipient(): boolean {
    return this.#transaction?.forwardPath !== undefined;
  }

  /** A client has come. A reply: it cannot stay. */
  enter(): Reply | undefined {
    const refusal = this.#shared.closing ? replies.shuttingDown : this.#visitor.enter();
    this.#entered = refusal === undefined;
    if (refusal === undefined) this.#deadlines.greeting();
    else this.#note('connection-refused', { reply: `${refusal.code} ${refusal.enhanced}` });
    return refusal;
  }

  /** EHLO or HELO was taken. */
  greeted(): void {
    if (!this.#greeted) this.#deadlines.message();
    this.#greeted = true;
  }

  /** STARTTLS was taken: EHLO is to come once more. */
  securing(): void {
    this.#greeted = false;
    this.#deadlines.greeting();
  }

  /** Part of a command line is here. */
  lineBegun(): void {
    this.#deadlines.lineBegun();
  }

  /** All was said that is to be said to the last command: it is the client's turn. */
  answeredAll(): void {
    this.#deadlines.answered();
  }

  /** A whole command line is here. A reply: the session ends with it. */
  command(verb: string): Reply | undefined {
    this.#deadlines.answering();
    if (this.#shared.closing && !this.inTransaction) return this.#because('shutting down', replies.shuttingDown);
    const last = this.#conduct.command(verb);
    return last && this.#because('too much junk', last);
  }

  /** A command was answered with that code. A reply: it was the last one. DATA after a refused RCPT is no second error. */
  answered(code: number): Reply | undefined {
    if (code === 503 && (this.#transaction?.refused ?? 0) > 0) return undefined;
    const last = this.#conduct.answered(code);
    return last && this.#because('too many errors', last);
  }

  /** MAIL. Undefined: taken. */
  mail(line: string): Promise<Reply | undefined> {
    return this.#handle('sender-refused', async () => {
      this.#trace = undefined; // that of the transaction before, should there be no new one
      this.#trace = this.#shared.ports.mintTrace();
      const command = readMail(line);
      if ((command.size ?? 0) > this.#shared.maxMessageBytes) throw new Refusal(replies.tooLarge);
      this.#visitor.message();
      this.#transaction = { ...command, trace: this.#trace, refused: 0, relayed: false };
      this.#shared.transactions++;
    });
  }

  /** RCPT. Undefined: taken. However it is missed, that an address is none of ours is answered after the same time. */
  rcpt(line: string): Promise<Reply | undefined> {
    return this.#handle('recipient-refused', async () => {
      const transaction = this.#transaction;
      if (transaction === undefined) throw new Refusal(replies.tryLater);
      if (transaction.forwardPath !== undefined) throw new Refusal(replies.oneRecipient);
      await this.#visitor.wait();
      const asked = nextFull(this.#shared.limits.missMs);
      try {
        transaction.forwardPath = await askFor(readRcpt(line, transaction.utf8), transaction.reversePath, this.#shared);
      } catch (error) {
        transaction.refused++;
        if (replyTo(error) === replies.unknownAlias) {
          this.#visitor.count(MISS);
          await asked.end();
        }
        throw error;
      } finally {
        asked.cancel();
      }
    });
  }

  /** AUTH, with what the client says of itself. Undefined: it is logged in. */
  login(name: string, password: string): Promise<Reply | undefined> {
    return this.#handle('login-refused', () => this.#visitor.login(name, password));
  }

  /** DATA: makes room for the message before its first octet is read. Undefined: it may come. */
  data(): Promise<Reply | undefined> {
    return this.#handle('message-refused', async () => {
      const { budget, limits, maxMessageBytes } = this.#shared;
      const transaction = this.#transaction;
      this.#deadlines.ours();
      const wanted = (transaction?.size ?? maxMessageBytes) + OVERHEAD_BYTES;
      const reservation = await budget.reserve(wanted, limits.memoryMs, this.#ended.signal);
      if (this.#ended.signal.aborted) return reservation?.release();
      if (transaction === undefined || reservation === undefined) {
        this.#deadlines.message();
        throw new Refusal(replies.busy);
      }
      const reader = new DataReader(maxMessageBytes, transaction.size && wanted, (bytes) => reservation.extend(bytes));
      Object.assign(transaction, { reservation, reader });
      this.#deadlines.data(reader, reservation);
    });
  }

  /** The next octets of the message. Answers the index behind its end, undefined where it is not among them. */
  read(chunk: Uint8Array): number | undefined {
    const reader = this.#transaction?.reader;
    const end = reader?.push(chunk);
    if (end === undefined && (reader?.bytes ?? 0) > 2 * this.#shared.maxMessageBytes) {
      this.#hangUp(this.#because('far too large', replies.tooLarge));
    }
    return end;
  }

  /** The message is whole: the reply to it. */
  async finish(greeted: Greeted): Promise<Reply> {
    this.#deadlines.ours();
    const transaction = this.#transaction;
    const fault = transaction?.reader?.fault;
    let reply: Reply = replies.tryLater;
    const failure = await this.#handle(fault === undefined ? 'unexpected' : 'message-refused', async () => {
      if (fault !== undefined) throw new Refusal(faults[fault], { cause: fault });
      if (transaction !== undefined) reply = await this.#relay(transaction, greeted);
    });
    this.#messages++;
    this.#visitor.count(pointsOf(failure ?? reply));
    this.#conduct.message((failure ?? reply).code < 400);
    return failure ?? reply;
  }

  /** The memory is held until the relay has settled, even where its time was up before. */
  async #relay(transaction: Transaction, { helo, tls }: Greeted): Promise<Reply> {
    const { ports, limits, starts } = this.#shared;
    const { trace, reversePath, forwardPath = '', reader, reservation } = transaction;
    if (reader === undefined) throw new Refusal(replies.tryLater);
    const received: Received = {
      trace,
      envelope: { reversePath, forwardPath, client: { ip: this.#visitor.ip, helo, tls, ...this.#visitor.submitter } },
      raw: reader.message(),
      at: Date.now(),
    };
    reservation?.shrink(reader.bytes + OVERHEAD_BYTES);
    transaction.relayed = true;
    return within(limits.relayMs, async () => {
      try {
        await starts.next();
        return await ports.relay(received);
      } finally {
        this.#settled(transaction);
      }
    });
  }

  #settled({ reservation }: Transaction): void {
    reservation?.release();
    this.#shared.transactions--;
  }

  /** The transaction is over: RSET, EHLO, STARTTLS, or the reply to DATA was given. */
  reset(): void {
    const transaction = this.#transaction;
    this.#transaction = undefined;
    this.#trace = undefined;
    if (transaction === undefined) return;
    if (transaction.reader !== undefined && !this.#ended.signal.aborted) this.#deadlines.message();
    if (!transaction.relayed) this.#settled(transaction);
  }

  /** Nothing is to begin any more. A reply: the session ends with it; none: its transaction is to end first. */
  drain(): Reply | undefined {
    return this.inTransaction ? undefined : this.#because('shutting down', replies.shuttingDown);
  }

  /** The connection is gone. */
  end(tls: boolean): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    this.#deadlines.end();
    this.reset();
    if (!this.#entered) return;
    this.#visitor.leave();
    const milliseconds = Math.round(performance.now() - this.#began);
    this.#note('session-ended', { reason: this.#reason, messages: this.#messages, errors: this.#conduct.errors, milliseconds, tls });
  }

  #because(reason: string, reply: Reply): Reply {
    this.#reason = reason;
    return reply;
  }

  /** The one end of every handler: nothing, or the reply to whatever went wrong. Never rejects. */
  async #handle(event: InboundEvent, work: () => Promise<void>): Promise<Reply | undefined> {
    try {
      await work();
      return undefined;
    } catch (error) {
      const reply = replyTo(error);
      const cause = error instanceof Refusal ? error.cause : error;
      const expected = error instanceof Refusal && cause !== 'deadline';
      const reason = typeof cause === 'string' ? { reason: cause } : {};
      if (reply === replies.shutOut) this.#because('shut out', reply);
      this.#note(expected ? event : 'unexpected', {
        reply: `${reply.code} ${reply.enhanced}`,
        ...reason,
        ...(expected ? {} : { error }),
      });
      return reply;
    }
  }

  #note(event: InboundEvent, fields: InboundFields): void {
    this.#shared.note(event, { ...(this.#trace !== undefined && { trace: this.#trace }), ...fields });
  }
}
