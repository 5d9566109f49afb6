/**
 * An SMTP next hop for tests, on a real socket, that takes every message or misbehaves exactly as it is told to. Nothing in it is shared
 * with the relay's own SMTP code: it is a witness. Use:
 *
 *   await using hop = await openSink({ at: { rcpt: '550 5.1.1 No such user' } });
 *   ... hand over to 127.0.0.1:hop.port ...
 *   hop.messages, hop.sessions
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Conversation } from './sink-conversation.ts';

/** Where an answer of the test's own can stand in for the usual one. `body`: as soon as the first byte of a message came. */
export type SinkStage = 'connect' | 'ehlo' | 'helo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot' | 'rset';

/**
 * What to do instead of answering as usual. A string is a reply, lines joined by LF; `bytes` are sent as they are, one character a byte;
 * `forever` is sent again and again until the client goes; `every` sends `bytes` one at a time, so many milliseconds apart.
 * `and` follows: `go on` as usual (default), be silent for ever, close, or reset the connection.
 */
export type SinkAnswer =
  | string
  | {
      readonly say?: string;
      readonly bytes?: string;
      readonly every?: number;
      readonly forever?: string;
      /** Milliseconds to wait before. */
      readonly after?: number;
      readonly and?: 'go on' | 'hang' | 'close' | 'reset';
    };

export interface SinkSetup {
  /** One answer for always, or a list: the first time the first, and so on; after the last one as usual. */
  readonly at?: Readonly<Partial<Record<SinkStage, SinkAnswer | readonly SinkAnswer[]>>>;
  /** Answers for single recipients, by address as it stands in RCPT TO. */
  readonly recipients?: Readonly<Record<string, SinkAnswer>>;
  /** Lines after the first one of EHLO; STARTTLS and AUTH are added where they are set up. */
  readonly extensions?: readonly string[];
  /** PEM. STARTTLS is offered, or TLS spoken from the first byte where `implicit` is set. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly implicit?: boolean };
  /** AUTH PLAIN and LOGIN are offered and wanted before MAIL. */
  readonly login?: { readonly user: string; readonly pass: string };
}

/** A message that got its 250, or would have got it but for an answer at `dot`. */
export interface Taken {
  readonly reversePath: string;
  readonly recipients: readonly string[];
  /** What stands behind the address in MAIL FROM. */
  readonly parameters: string;
  /** As the next hop would store it: dots unstuffed, without the final dot. */
  readonly bytes: Buffer;
  /** As it came over the wire, the final dot included. */
  readonly wire: Buffer;
  readonly session: Session;
}

/** One connection. */
export interface Session {
  /** Every command line as it came; credentials too. */
  readonly commands: string[];
  tls: boolean;
}

export interface Sink extends AsyncDisposable {
  readonly port: number;
  /** In the order in which they ended. */
  readonly messages: readonly Taken[];
  readonly sessions: readonly Session[];
}

/** Listens on a free port of 127.0.0.1. Disposing cuts all connections. */
export async function openSink(setup: SinkSetup = {}): Promise<Sink> {
  const messages: Taken[] = [];
  const sessions: Session[] = [];
  const sockets = new Set<Socket>();
  const times = new Map<SinkStage, number>();
  const next = (stage: SinkStage): SinkAnswer | undefined => {
    const answers = setup.at?.[stage];
    const time = times.get(stage) ?? 0;
    times.set(stage, time + 1);
    return Array.isArray(answers) ? answers[time] : (answers as SinkAnswer | undefined);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const session: Session = { commands: [], tls: false };
    sessions.push(session);
    new Conversation(socket, { setup, next, session, messages }).begin();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    messages,
    sessions,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
