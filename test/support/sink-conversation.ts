/** One connection of the next hop for tests, `sink.ts`: the server's side of SMTP, and the answers that the test wants instead. */
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Session, SinkAnswer, SinkSetup, SinkStage, Taken } from './sink.ts';

const usualExtensions = ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'ENHANCEDSTATUSCODES', 'SIZE 0'];

export interface Stageplay {
  readonly setup: SinkSetup;
  readonly next: (stage: SinkStage) => SinkAnswer | undefined;
  readonly session: Session;
  readonly messages: Taken[];
}

/** The server's side of one connection. */
export class Conversation {
  readonly #play: Stageplay;
  readonly #plain: Socket;
  #socket: Socket;
  #input = Buffer.alloc(0);
  /** A line of the login is expected, or a message. */
  #expects: 'command' | 'user' | 'pass' | 'message' = 'command';
  #bodySeen = false;
  #user = '';
  #loggedIn = false;
  #mail: { reversePath: string; parameters: string; recipients: string[] } | undefined;
  /** Answers keep their order, also where one waits; once it is false nothing is said any more. */
  #talking = Promise.resolve(true);

  constructor(socket: Socket, play: Stageplay) {
    this.#plain = socket;
    this.#socket = socket;
    this.#play = play;
  }

  begin(): void {
    this.#plain.setNoDelay(true);
    this.#plain.on('error', () => {});
    if (this.#play.setup.tls?.implicit) this.#talking = this.#encrypt();
    else this.#listen();
    this.#at('connect', '220 sink.test ESMTP');
  }

  /** Answers as the test says, or as usual; true where the answer has the class of the usual one. */
  #at(stage: SinkStage, usual: string): boolean {
    const given = this.#play.next(stage);
    this.#answer(given ?? usual);
    const said = typeof given === 'object' ? (given.say ?? '') : (given ?? usual);
    return said.startsWith(usual.slice(0, 1));
  }

  #answer(answer: SinkAnswer): void {
    this.#talking = this.#talking.then((talking) => talking && perform(this.#socket, answer));
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('end', () => socket.end());
    socket.on('error', () => {});
  }

  async #encrypt(): Promise<boolean> {
    this.#plain.removeAllListeners('data');
    const socket = new TLSSocket(this.#plain, { isServer: true, secureContext: createSecureContext(this.#play.setup.tls) });
    this.#socket = socket;
    this.#play.session.tls = true;
    this.#listen();
    return true;
  }

  #read(chunk: Buffer): void {
    this.#input = Buffer.concat([this.#input, chunk]);
    for (;;) {
      const message = this.#expects === 'message';
      if (message) this.#lookAtBody();
      const end = message ? endOfData(this.#input) : this.#input.indexOf('\n') + 1;
      if (end <= 0) return;
      const unit = this.#input.subarray(0, end);
      this.#input = this.#input.subarray(end);
      if (message) this.#take(unit);
      else this.#line(unit.toString('utf8').replace(/\r?\n$/, ''));
    }
  }

  #lookAtBody(): void {
    if (this.#bodySeen || this.#input.length === 0) return;
    this.#bodySeen = true;
    const given = this.#play.next('body');
    if (given !== undefined) this.#answer(given);
  }

  #take(wire: Buffer): void {
    const stored = wire.toString('latin1').slice(0, -3).replace(/^\./gm, '');
    const { reversePath = '', parameters = '', recipients = [] } = this.#mail ?? {};
    this.#play.messages.push({
      reversePath,
      parameters,
      recipients,
      bytes: Buffer.from(stored, 'latin1'),
      wire,
      session: this.#play.session,
    });
    this.#expects = 'command';
    this.#mail = undefined;
    this.#at('dot', '250 2.0.0 Ok: queued');
  }

  #line(line: string): void {
    this.#play.session.commands.push(line);
    if (this.#expects !== 'command') this.#credential(Buffer.from(line, 'base64').toString());
    else this.#command(line);
  }

  #command(line: string): void {
    switch (line.split(/[ :]/, 1)[0]?.toUpperCase()) {
      case 'EHLO':
        this.#at('ehlo', this.#greeting());
        break;
      case 'HELO':
        this.#at('helo', '250 sink.test');
        break;
      case 'STARTTLS':
        this.#startTls();
        break;
      case 'AUTH':
        this.#login(line);
        break;
      case 'MAIL':
        this.#reversePath(line);
        break;
      case 'RCPT':
        this.#recipient(line);
        break;
      case 'DATA':
        this.#data();
        break;
      case 'RSET':
        this.#mail = undefined;
        this.#at('rset', '250 2.0.0 Ok');
        break;
      case 'NOOP':
        this.#answer('250 2.0.0 Ok');
        break;
      case 'QUIT':
        this.#answer({ say: '221 2.0.0 Bye', and: 'close' });
        break;
      default:
        this.#answer('502 5.5.2 No such command');
    }
  }

  #greeting(): string {
    const { extensions = usualExtensions, tls, login } = this.#play.setup;
    const lines = ['sink.test', ...extensions];
    if (tls && !this.#play.session.tls) lines.push('STARTTLS');
    if (login) lines.push('AUTH PLAIN LOGIN');
    return lines.map((one, index) => `250${index < lines.length - 1 ? '-' : ' '}${one}`).join('\n');
  }

  #startTls(): void {
    if (!this.#play.setup.tls) this.#answer('502 5.5.2 No such command');
    else if (this.#at('starttls', '220 2.0.0 Go')) this.#talking = this.#talking.then((talking) => talking && this.#encrypt());
  }

  #login(line: string): void {
    const [, method = '', initial] = line.split(' ');
    const given = this.#play.next('auth');
    if (given !== undefined) this.#answer(given);
    else if (method.toUpperCase() === 'PLAIN' && initial) {
      const [, user = '', pass = ''] = Buffer.from(initial, 'base64').toString().split('\0');
      this.#check(user, pass);
    } else {
      this.#expects = 'user';
      this.#answer('334 VXNlcm5hbWU6');
    }
  }

  #credential(text: string): void {
    if (this.#expects === 'pass') {
      this.#check(this.#user, text);
      return;
    }
    this.#user = text;
    this.#expects = 'pass';
    this.#answer('334 UGFzc3dvcmQ6');
  }

  #check(user: string, pass: string): void {
    const { login } = this.#play.setup;
    this.#expects = 'command';
    this.#loggedIn = user === login?.user && pass === login?.pass;
    this.#answer(this.#loggedIn ? '235 2.7.0 Ok' : '535 5.7.8 Authentication credentials invalid');
  }

  #reversePath(line: string): void {
    const [, reversePath = '', parameters = ''] = /^MAIL FROM:<([^>]*)> ?(.*)$/i.exec(line) ?? [];
    if (this.#play.setup.login && !this.#loggedIn) this.#answer('530 5.7.0 Authentication required');
    else if (this.#at('mail', '250 2.1.0 Ok')) this.#mail = { reversePath, parameters, recipients: [] };
  }

  #recipient(line: string): void {
    const [, address = ''] = /^RCPT TO:<([^>]*)>/i.exec(line) ?? [];
    const own = this.#play.setup.recipients?.[address];
    if (!this.#mail) this.#answer('503 5.5.1 MAIL first');
    else if (own !== undefined) this.#answer(own);
    else if (this.#at('rcpt', '250 2.1.5 Ok')) this.#mail.recipients.push(address);
  }

  #data(): void {
    if (!this.#mail?.recipients.length && this.#play.setup.at?.data === undefined) this.#answer('503 5.5.1 RCPT first');
    else if (this.#at('data', '354 Go')) {
      this.#expects = 'message';
      this.#bodySeen = false;
    }
  }
}

/** Where the message ends, its final dot included; 0 where it has not ended yet. */
function endOfData(input: Buffer): number {
  if (input.subarray(0, 3).toString('latin1') === '.\r\n') return 3;
  const found = input.indexOf('\r\n.\r\n');
  return found < 0 ? 0 : found + 5;
}

/** Whether the talk goes on after it. */
async function perform(socket: Socket, answer: SinkAnswer): Promise<boolean> {
  const { say, bytes = '', every, forever, after, and = 'go on' } = typeof answer === 'string' ? { say: answer } : answer;
  if (after) await pause(after);
  if (say) socket.write(say.replace(/\n|$/g, '\r\n'), 'utf8');
  if (every) await trickle(socket, bytes, every);
  else socket.write(bytes, 'latin1');
  if (forever) await flood(socket, forever);
  if (and === 'close') socket.end();
  if (and === 'reset') socket.resetAndDestroy();
  return and === 'go on' && !forever;
}

async function trickle(socket: Socket, bytes: string, every: number): Promise<void> {
  for (const byte of bytes) {
    await pause(every);
    if (socket.destroyed) return;
    socket.write(byte, 'latin1');
  }
}

async function flood(socket: Socket, bytes: string): Promise<void> {
  while (!socket.destroyed) {
    if (!socket.write(bytes, 'latin1')) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
  }
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
