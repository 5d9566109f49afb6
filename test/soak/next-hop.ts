/**
 * The next hop of the soak: an SMTP server that tells of everything it took, and misbehaves as its mood is. A witness: nothing in it is shared
 * with the relay's own SMTP code.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Random } from '../support/random.ts';

/**
 * `slow`: answers the dot up to 3 s later; `defers`: 451 for half of all; `cuts before` and `cuts after`: at the dot the connection ends, before or
 * after the message was taken; `silent`: one in twenty is taken and never answered; `turns away`: 421 as greeting; `away`: nobody listens.
 */
export const moods = ['slow', 'defers', 'cuts before', 'cuts after', 'silent', 'turns away', 'away'] as const;
export type Mood = 'well' | (typeof moods)[number];

/** A message as it was taken. */
export interface Arrival {
  readonly recipient: string;
  /** Dots unstuffed, one character an octet. */
  readonly raw: string;
}

/** `Receipt`: what the owner makes of an arrival; given back where its 250 cannot have arrived. */
export interface HopPorts<Receipt> {
  readonly random: Random;
  readonly took: (arrival: Arrival) => Receipt;
  /** Its 250 goes out now. */
  readonly answered: (receipt: Receipt) => void;
  readonly unheard: (receipt: Receipt) => void;
  readonly isGone: (recipient: string) => boolean;
  readonly isUnwanted: (raw: string) => boolean;
}

export interface NextHop extends AsyncDisposable {
  readonly port: number;
  /** Connections that are open now end where the new mood is `away`. */
  turn(mood: Mood): Promise<void>;
}

/** A 250 that was written so short a time ago may be lost with its connection, milliseconds. */
const onItsWay = 1_000;

export async function openNextHop<Receipt>(ports: HopPorts<Receipt>): Promise<NextHop> {
  const sockets = new Map<Socket, Visit<Receipt>>();
  let mood: Mood = 'well';
  const visited = (socket: Socket): void => {
    socket.setNoDelay(true).on('error', () => {});
    const visit = new Visit(socket, ports, () => mood);
    sockets.set(socket, visit);
    socket.on('close', () => {
      visit.ended();
      sockets.delete(socket);
    });
  };
  let server = await listening(visited, 0);
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const visit of sockets.values()) visit.cut();
    await closed;
  };
  return {
    port,
    async turn(next) {
      mood = next;
      if (next === 'away') await close();
      else if (!server.listening) server = await listening(visited, port);
    },
    [Symbol.asyncDispose]: close,
  };
}

async function listening(visited: (socket: Socket) => void, port: number): Promise<Server> {
  const server = createServer(visited).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const extensions = '250-next.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES';

/** One connection. */
class Visit<Receipt> {
  readonly #socket: Socket;
  readonly #ports: HopPorts<Receipt>;
  readonly #mood: () => Mood;
  #text = '';
  #recipient = '';
  #inData = false;
  /** Taken, and not answered. */
  #owing: Receipt | undefined;
  #answered: { readonly receipt: Receipt; readonly at: number } | undefined;

  constructor(socket: Socket, ports: HopPorts<Receipt>, mood: () => Mood) {
    this.#socket = socket;
    this.#ports = ports;
    this.#mood = mood;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    if (mood() === 'turns away') socket.end('421 4.3.2 Not now\r\n');
    else this.#say('220 next.example ESMTP\r\n');
  }

  #say(line: string): void {
    if (this.#socket.writable) this.#socket.write(line);
  }

  /** We end it. */
  cut(): void {
    const last = this.#answered;
    if (last && performance.now() - last.at < onItsWay) this.#ports.unheard(last.receipt);
    if (this.#ports.random() < 0.5) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  ended(): void {
    if (this.#owing !== undefined) this.#ports.unheard(this.#owing);
    this.#owing = undefined;
  }

  #read(chunk: Buffer): void {
    this.#text += chunk.toString('latin1');
    for (;;) {
      const mark = this.#inData ? '\r\n.\r\n' : '\r\n';
      const end = this.#text.indexOf(mark);
      if (end < 0) return;
      const piece = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + mark.length);
      const answer = this.#inData ? this.#message(piece) : this.#command(piece);
      if (answer !== undefined) this.#say(`${answer}\r\n`);
      if (answer?.startsWith('221')) this.#socket.end();
    }
  }

  #command(line: string): string {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT') {
      const recipient = /<([^>]*)>/.exec(line)?.[1] ?? '';
      const isGone = this.#ports.isGone(recipient);
      this.#recipient = isGone ? '' : recipient;
      return isGone ? `550 5.1.1 <${recipient}>: user unknown` : '250 2.1.5 Ok';
    }
    if (verb === 'DATA') {
      if (this.#recipient === '') return '503 5.5.1 No valid recipients';
      this.#inData = true;
      // An empty message is a dot alone: the line end before it is that of DATA.
      this.#text = `\r\n${this.#text}`;
      return '354 Go on';
    }
    if (verb === 'QUIT') return '221 2.0.0 Bye';
    return verb === 'EHLO' ? extensions : '250 2.0.0 Ok';
  }

  /** Undefined where no answer comes, or a later one. */
  #message(stuffed: string): string | undefined {
    this.#inData = false;
    const { random, isUnwanted } = this.#ports;
    const raw = stuffed.replaceAll('\r\n..', '\r\n.').slice(2);
    if (isUnwanted(raw)) return `554 5.7.1 <${this.#recipient}> wants no such mail`;
    const mood = this.#mood();
    if (mood === 'defers' && random() < 0.5) return `451 4.7.1 <${this.#recipient}> try again later`;
    if (mood !== 'cuts before') this.#take({ recipient: this.#recipient, raw }, mood);
    if (mood === 'cuts before' || mood === 'cuts after') this.cut();
    return undefined;
  }

  #take(arrival: Arrival, mood: Mood): void {
    const { took, random } = this.#ports;
    const receipt = took(arrival);
    this.#owing = receipt;
    if (mood === 'cuts after' || (mood === 'silent' && random() < 0.05)) return;
    if (mood === 'slow') setTimeout(() => this.#answer(receipt), random() * 3_000);
    else this.#answer(receipt);
  }

  #answer(receipt: Receipt): void {
    if (!this.#socket.writable) return;
    this.#owing = undefined;
    this.#answered = { receipt, at: performance.now() };
    this.#ports.answered(receipt);
    this.#say('250 2.0.0 Ok: queued\r\n');
  }
}
