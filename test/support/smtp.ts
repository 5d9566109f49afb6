/** A raw SMTP client for tests: it sends what it is told, in the pieces it is told, and knows nothing of what is right (RFC 5321). */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as secure, type TLSSocket } from 'node:tls';

export interface SmtpReply {
  readonly code: number;
  /** All lines, without line ends. */
  readonly lines: readonly string[];
  /** The lines, joined by `\n`. */
  readonly text: string;
}

export interface DialOptions {
  readonly host?: string;
  /** Sent before anything is read, e.g. a PROXY line. */
  readonly first?: string;
  readonly localAddress?: string;
  /** Milliseconds to wait for a reply; 10,000 where nothing is said. */
  readonly patience?: number;
}

/** Lines to CRLF ends, dots stuffed, the end of data behind it: what follows 354 in a dialogue. */
export function dataOf(message: string): string {
  const lines = message.replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..');
  return `${lines}${lines === '' || lines.endsWith('\r\n') ? '' : '\r\n'}.\r\n`;
}

export class SmtpClient {
  #socket: Socket | TLSSocket;
  readonly #patience: number;
  #text = '';
  #wake: () => void = () => {};
  #over = false;
  /** Resolves when the connection is closed, by whomever. */
  readonly closed: Promise<void>;

  constructor(socket: Socket, patience: number) {
    this.#socket = socket;
    this.#patience = patience;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    this.#listen();
  }

  #listen(): void {
    this.#socket.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString();
      this.#wake();
    });
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => {
      this.#over = true;
      this.#wake();
    });
  }

  /** Bytes as they are. */
  write(data: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.write(data, () => resolve());
    });
  }

  /** One line; its CRLF is added. */
  send(line: string): Promise<void> {
    return this.write(`${line}\r\n`);
  }

  #take(): SmtpReply | undefined {
    const lines: string[] = [];
    let at = 0;
    for (let end = this.#text.indexOf('\r\n'); end >= 0; end = this.#text.indexOf('\r\n', at)) {
      const line = this.#text.slice(at, end);
      lines.push(line);
      at = end + 2;
      if (line[3] === '-') continue;
      this.#text = this.#text.slice(at);
      return { code: Number(line.slice(0, 3)), lines, text: lines.join('\n') };
    }
    return undefined;
  }

  /** The next reply, however many lines it has. Rejects when the connection ends first, or the time is over. */
  async reply(patience = this.#patience): Promise<SmtpReply> {
    const end = performance.now() + patience;
    for (;;) {
      const reply = this.#take();
      if (reply !== undefined) return reply;
      if (this.#over) throw new Error(`connection closed, unread: ${JSON.stringify(this.#text)}`);
      const left = end - performance.now();
      if (left <= 0) throw new Error(`no reply in ${patience} ms, unread: ${JSON.stringify(this.#text)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Sends a line and takes the reply to it, which must match. */
  async command(line: string, expected?: RegExp): Promise<SmtpReply> {
    await this.send(line);
    const reply = await this.reply();
    if (expected !== undefined && !expected.test(reply.text)) throw new Error(`${line}: expected ${expected}, got ${reply.text}`);
    return reply;
  }

  /** All further replies, until the connection is closed. */
  async rest(): Promise<string[]> {
    const texts: string[] = [];
    await this.closed;
    for (let reply = this.#take(); reply !== undefined; reply = this.#take()) texts.push(reply.text);
    return texts;
  }

  /** MAIL, RCPT, DATA and the message (dots are stuffed, line ends made CRLF): the first reply that is not as wished, or the last. */
  async message(reversePath: string, forwardPath: string, message: string, parameters = ''): Promise<SmtpReply> {
    for (const line of [`MAIL FROM:<${reversePath}>${parameters && ` ${parameters}`}`, `RCPT TO:<${forwardPath}>`, 'DATA']) {
      const reply = await this.command(line);
      if (reply.code >= 400) return reply;
    }
    await this.write(dataOf(message));
    return this.reply();
  }

  /** STARTTLS and the handshake; the certificate is not checked. Answers the TLS socket. */
  async startTls(options: { readonly maxVersion?: 'TLSv1.1' | 'TLSv1.2'; readonly behind?: string } = {}): Promise<TLSSocket> {
    await this.write(`STARTTLS\r\n${options.behind ?? ''}`);
    const reply = await this.reply();
    if (reply.code !== 220) throw new Error(`STARTTLS: ${reply.text}`);
    this.#socket.removeAllListeners('data');
    const { maxVersion } = options;
    const minVersion = maxVersion === undefined ? {} : { minVersion: 'TLSv1' as const, maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' };
    const upgraded = secure({ socket: this.#socket, rejectUnauthorized: false, ...minVersion });
    await once(upgraded, 'secureConnect');
    this.#socket = upgraded;
    this.#listen();
    return upgraded;
  }

  /** QUIT, and until the connection is closed. */
  async quit(): Promise<void> {
    await this.command('QUIT', /^221 /);
    this.#socket.end();
    await this.closed;
  }

  /** Closes the writing side (FIN). */
  end(): void {
    this.#socket.end();
  }

  /** Gone at once; `reset`: with a RST. */
  destroy(how: 'fin' | 'reset' = 'fin'): void {
    if (how === 'reset' && !('encrypted' in this.#socket)) this.#socket.resetAndDestroy();
    else this.#socket.destroy();
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}

/** Connects, and reads nothing yet. */
export async function connectSmtp(port: number, options: DialOptions = {}): Promise<SmtpClient> {
  const { host = '127.0.0.1', localAddress, first, patience = 10_000 } = options;
  const socket = connect({ host, port, ...(localAddress !== undefined && { localAddress }) });
  socket.setNoDelay(true);
  const client = new SmtpClient(socket, patience);
  await once(socket, 'connect');
  if (first !== undefined) await client.write(first);
  return client;
}

/** Connects, takes the greeting, says EHLO. */
export async function dial(port: number, options: DialOptions = {}): Promise<SmtpClient> {
  const client = await connectSmtp(port, options);
  const greeting = await client.reply();
  if (greeting.code !== 220) throw new Error(`greeting: ${greeting.text}`);
  await client.command('EHLO client.example', /^250[ -]/);
  return client;
}
