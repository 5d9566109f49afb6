/**
 * The SMTP server (RFC 5321 with SIZE 1870, 8BITMIME 6152, PIPELINING 2920, ENHANCEDSTATUSCODES 2034, SMTPUTF8 6531, STARTTLS 3207;
 * AUTH 4954 for submission): listeners, TLS, PROXY protocol, drain. The door of `smtp-server`, which speaks the protocol; what is said stands in session.ts.
 *
 * QUIRK: smtp-server 3.21.6 is built to be used by callbacks, and these lose too much: a plain error becomes a permanent 550 with its text
 * on the wire, a second enhanced code is put before ours (`550 5.1.1 5.7.1 …`), oversized data is passed on whole. So its connection is
 * extended here, at the points that its own types name. An update of it must pass `test/inbound/`. Its reader of command lines takes a bare
 * LF for a line end; that is let be: no command can hide in another by it, and in a message it is refused (data.ts).
 */
import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerAuthentication, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import type { SMTPStream } from 'smtp-server/lib/smtp-stream.js';
import { type Reply, replies, wire } from '../model/reply.ts';
import { codeOf, inOurWords, libraryOptions, type Place, placesOf } from './library.ts';
import { drain, listenAll } from './listen.ts';
import type { Inbound, InboundOptions, InboundPorts } from './ports.ts';
import { Session } from './session.ts';
import { type Shared, share } from './shared.ts';
import { secureOptions } from './tls.ts';

export type { Address, Inbound, InboundEvent, InboundFields, InboundOptions, InboundPorts, SubmissionAddress, Submitter } from './ports.ts';

/** How long a client may take to close its side once we closed ours, while we are shutting down. */
const LINGER_MS = 1000;
/** How long the last reply may take to be read by a client that is cut off. */
const CUT_MS = 200;

class Connection extends SMTPConnection {
  readonly #shared: Shared;
  readonly #session: Session;
  readonly #open: Set<Connection>;
  readonly #submission: boolean;

  constructor(server: Listener, socket: Socket, options: SMTPConnectionOptions | null | undefined) {
    super(server, socket, options);
    this.#shared = server.shared;
    this.#session = new Session(server.shared, this.remoteAddress, (reply) => this.hangUp(reply));
    this.#open = server.open;
    this.#submission = server.place.door !== 'relay';
  }

  /** QUIRK: the library waits 100 ms here for clients that talk too soon; they do no harm, and every client would wait. */
  override init(): void {
    this._setListeners(() => {
      const refusal = this.#session.enter();
      if (refusal === undefined) this.connectionReady();
      else this.hangUp(refusal);
    });
  }

  /** QUIRK: an idle time only, which ends sessions that wait for us as well; deadlines.ts has the totals. */
  override _armTimeout(): void {}

  override _onClose(): void {
    super._onClose();
    this.#session.end(this.secure);
    this.#open.delete(this);
  }

  override _resetSession(): void {
    super._resetSession();
    this.#session.reset();
  }

  /**
   * QUIRK: puts its own enhanced code before a text, whatever stands there; `context` false keeps it out. And offers AUTH in the clear,
   * where it would refuse it (RFC 4954 section 4): that line of its answer to EHLO is left out.
   */
  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    const ours = typeof data === 'string' ? inOurWords.get(code) : undefined;
    const shown = Array.isArray(data) && !this.secure ? data.filter((line) => !line.startsWith('AUTH ')) : data;
    if (ours === undefined) super.send(code, shown, context);
    else this.#answer(ours);
    this.#count(code);
  }

  #answer(reply: Reply): void {
    super.send(reply.code, wire(reply, this.#session.trace).slice(4), false);
  }

  #refuse(reply: Reply): void {
    this.#answer(reply);
    this.#count(reply.code);
  }

  #count(code: number): void {
    const last = code === 421 || this._closing ? undefined : this.#session.answered(code);
    if (last !== undefined) this.hangUp(last);
  }

  /** Says a last word and closes. */
  hangUp(reply: Reply): void {
    if (this._closing || this._closed) return;
    this.#answer(reply);
    this.close();
    if (this.#shared.closing) setTimeout(() => this._socket.destroy(), LINGER_MS).unref();
  }

  /** The server is shutting down. */
  drain(): void {
    const reply = this.#session.drain();
    if (reply !== undefined) this.hangUp(reply);
  }

  /** The server's time is up. */
  cut(): void {
    this.hangUp(replies.shuttingDown);
    this._socket.destroySoon();
    setTimeout(() => this._socket.destroy(), CUT_MS).unref();
  }

  override _onCommand(command: Buffer, callback?: () => void): void {
    const verb = command.subarray(0, 16).toString('latin1').split(' ', 1)[0]?.trim().toUpperCase() ?? '';
    const last = this._upgrading ? undefined : this.#session.command(verb);
    const done = (): void => {
      this.#session.answeredAll();
      callback?.();
    };
    if (last === undefined) super._onCommand(command, done);
    else this.hangUp(last);
  }

  /** Called by the base's constructor, and again behind STARTTLS: what it sets up runs later. */
  override _createParser(): SMTPStream {
    const parser = super._createParser();
    const write = parser._write.bind(parser);
    parser._feedDataStream = (chunk, done) => this.#feed(parser, chunk, done);
    parser._write = (chunk, encoding, next) =>
      write(chunk, encoding, (error) => {
        if (parser._remainder !== '') this.#session.lineBegun();
        next(error);
      });
    return parser;
  }

  override handler_EHLO(command: Buffer, callback: () => void): void {
    super.handler_EHLO(command, callback);
    if (this.hostNameAppearsAs) this.#session.greeted();
  }

  override handler_HELO(command: Buffer, callback: () => void): void {
    super.handler_HELO(command, callback);
    if (this.hostNameAppearsAs) this.#session.greeted();
  }

  override handler_STARTTLS(command: Buffer, callback: () => void): void {
    super.handler_STARTTLS(command, callback);
    if (this._upgrading) this.#session.securing();
  }

  /**
   * What came of AUTH; undefined: it is logged in. The base refuses it in the clear, twice, and by other methods. QUIRK: it takes the name
   * to act for as the user's where PLAIN has no other; nobody acts for others here.
   */
  async login({ username = '', password, authzid = '' }: SMTPServerAuthentication): Promise<Reply | undefined> {
    const failure = await this.#session.login(authzid === '' || authzid === username ? username : '', password ?? '');
    if (failure?.code === 421) this.hangUp(failure);
    return failure;
  }

  /** The base answers where the order is wrong: `session.envelope` is left for that. */
  override handler_MAIL(command: Buffer, callback: () => void): void {
    if (this.#session.inTransaction) super.handler_MAIL(command, callback);
    else if (this.#submission && !this.session.user) {
      this.#refuse(this.secure ? replies.loginNeeded : replies.startTlsNeeded);
      callback();
    } else
      this.#perform(this.#session.mail(command.toString()), callback, () => {
        this.session.envelope.mailFrom = { address: '', args: false };
        super.send(250, 'Accepted', 'MAIL_FROM_OK');
      });
  }

  override handler_RCPT(command: Buffer, callback: () => void): void {
    if (!this.#session.inTransaction) super.handler_RCPT(command, callback);
    else this.#perform(this.#session.rcpt(command.toString()), callback, () => super.send(250, 'Accepted', 'RCPT_TO_OK'));
  }

  override handler_DATA(command: Buffer, callback: () => void): void {
    const parser = this._parser;
    if (!this.#session.hasRecipient || !parser) super.handler_DATA(command, callback);
    else
      this.#perform(this.#session.data(), callback, () => {
        parser._dataMode = true;
        super.send(354, 'End data with <CR><LF>.<CR><LF>', false);
      });
  }

  /** One reply, then the next command, whatever happens. */
  #perform(work: Promise<Reply | undefined>, callback: () => void, taken: () => void): void {
    const answered = work.then((reply) => {
      if (this._closing || this._closed) return;
      if (reply === undefined) taken();
      else this.#refuse(reply);
    });
    this.#always(answered, callback);
  }

  #feed(parser: SMTPStream, chunk: Buffer, done: (error?: Error | null) => void): void {
    const end = this.#session.read(chunk);
    if (end === undefined) done();
    else {
      parser._dataMode = false;
      parser._remainder = '';
      this.#finish(() => parser._write(chunk.subarray(end), 'buffer', done));
    }
  }

  #finish(next: () => void): void {
    const answered = this.#session.finish({ helo: this.hostNameAppearsAs || '', tls: this.secure }).then((reply) => {
      this.#answer(reply);
      this._transactionCounter++;
      this._unrecognizedCommands = 0;
      this._resetSession();
      if (this.#shared.closing) this.drain();
    });
    this.#always(answered, next);
  }

  /** No promise here can end unseen: what nobody thought of is told to the log, and the client comes again. */
  #always(work: Promise<void>, next: () => void): void {
    work
      .catch((error: unknown) => {
        this.#shared.note('unexpected', { error });
        this.hangUp(replies.tryLater);
      })
      .then(next)
      .catch(() => this._socket.destroy());
  }
}

/** One address that is listened on. */
class Listener extends SMTPServer {
  readonly shared: Shared;
  readonly place: Place;
  readonly open = new Set<Connection>();

  constructor(place: Place, options: SMTPServerOptions, shared: Shared) {
    super(options);
    this.shared = shared;
    this.place = place;
    this.server.maxConnections = 2 * shared.limits.connections;
    this.on('error', (error) => shared.note('connection-failed', { reason: codeOf(error) }));
  }

  /** QUIRK: waits a turn of the event loop here, and ends the session where the client spoke within it. */
  override onConnect(_session: SMTPServerSession, callback: () => void): void {
    callback();
  }

  override onAuth(auth: SMTPServerAuthentication, session: SMTPServerSession, callback: Parameters<SMTPServer['onAuth']>[2]): void {
    const connection = [...this.open].find((one) => one.session === session);
    const work = connection?.login(auth) ?? Promise.resolve(replies.loginAway);
    work
      .catch(() => replies.loginAway)
      .then((failure) => callback(null, failure ? { responseCode: failure.code, message: failure.text } : { user: 'submitter' }))
      .catch((error: unknown) => this.shared.note('unexpected', { error }));
  }

  override connect(socket: Socket, options?: SMTPConnectionOptions | null): void {
    const connection = new Connection(this, socket, options);
    this.connections.add(connection);
    this.open.add(connection);
    connection.on('error', (error: Error) => this._onError(error));
    connection.init();
  }
}

/** Opens the listeners. Rejects where an address is taken, or a key, certificate or balancer's address is none. */
export async function openInbound(options: InboundOptions, ports: InboundPorts): Promise<Inbound> {
  const shared = share(options, ports);
  const listeners = placesOf(options).map((place) => new Listener(place, libraryOptions(options, shared.limits, place.door), shared));
  const addresses = await listenAll(listeners, options.reusePort ?? false).catch(async (error: unknown) => {
    await drain(listeners, shared, 0);
    throw error;
  });
  let drained: Promise<void> | undefined;
  return {
    addresses: addresses.slice(0, options.listen.length),
    submission: addresses.slice(options.listen.length),
    get closing() {
      return shared.closing;
    },
    reloadTls(tls) {
      const secure = secureOptions(tls);
      for (const listener of listeners) listener.updateSecureContext(secure);
    },
    drain(ms) {
      drained ??= drain(listeners, shared, ms);
      return drained;
    },
    load: () => ({ connections: shared.clients.connections, transactions: shared.transactions, bytesReserved: shared.budget.reserved }),
  };
}
