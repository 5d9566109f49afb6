/** The inbound side as the rest of the house sees it: what it is given, what it asks, and what it tells to the log. */
import type { Received } from '../model/message.ts';
import type { Reply } from '../model/reply.ts';
import type { Limits } from './limits.ts';
import type { Patience } from './stress.ts';
import type { TlsKeys } from './tls.ts';

/** What is told to the log; a closed list. */
export type InboundEvent =
  /** Too many connections. */
  | 'connection-refused'
  /** A socket, a PROXY header or a TLS handshake failed. */
  | 'connection-failed'
  /** MAIL was not taken: syntax, size, rate. */
  | 'sender-refused'
  | 'recipient-refused'
  /** Refused before the relay saw it: size, line ends, memory. */
  | 'message-refused'
  | 'session-ended'
  /** A password was wrong, or we could not tell. */
  | 'login-refused'
  /** A client had too many misses and failed proofs: for a while it gets 421. */
  | 'shut-out'
  /** Nearly all connections are taken: patience is short until it is over. */
  | 'stress'
  | 'stress-over'
  /** A handler threw, or took too long; the client got 451. */
  | 'unexpected';

/** No address, no name, no content, no host. */
export interface InboundFields {
  readonly trace?: string;
  /** `550 5.1.1` */
  readonly reply?: string;
  /** In words of ours, from closed lists; `lost` is an alarm. */
  readonly reason?: string;
  readonly messages?: number;
  readonly errors?: number;
  readonly milliseconds?: number;
  readonly connections?: number;
  readonly tls?: boolean;
  /** Of `unexpected` only: what was thrown, by the ports or by us. */
  readonly error?: unknown;
}

/** A client that logged in to hand in mail of its own (RFC 6409). */
export interface Submitter {
  /** Domains whose authors it may write for; `*`: any. */
  readonly writesFor: readonly string[];
}

export interface InboundPorts {
  /**
   * Is there such an address? `lost`: ours by its check digits, but not in the store: deferred, never bounced. `away`: there is, but what
   * lies behind it is known to be down: deferred before the message is sent. Throws where the store is away: deferred too.
   */
  knows(forwardPath: string, reversePath: string): Promise<'yes' | 'no' | 'lost' | 'away'>;
  /** Whose name and password are these? Undefined: nobody's, after the same time for every name. Throws where it cannot be told now. */
  login(name: string, password: string): Promise<Submitter | undefined>;
  /** Takes a whole message; always resolves with the reply to give. */
  relay(received: Received): Promise<Reply>;
  /** A new trace id, for one transaction. */
  mintTrace(): string;
  /** Must not throw; if it does, it changes nothing. */
  note(event: InboundEvent, fields: InboundFields): void;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Where mail is handed in by who has a password; with TLS from the first byte (RFC 8314), or by STARTTLS. */
export interface SubmissionAddress extends Address {
  readonly implicitTls: boolean;
}

export interface InboundOptions {
  readonly listen: readonly Address[];
  /** Needs `tls`. */
  readonly submission?: readonly SubmissionAddress[];
  /** The relay's own name, in the greeting and in the reply to EHLO. */
  readonly name: string;
  /** Announced by SIZE; a message of exactly so many octets is taken. */
  readonly maxMessageBytes: number;
  /** For all messages that are being received and relayed. */
  readonly maxBytesInMemory: number;
  /** Off: nothing is counted by client (tests, benchmarks); totals, sizes and deadlines stay. */
  readonly rateLimits: boolean;
  /** IP addresses of clients that are not counted. */
  readonly unlimited?: readonly string[];
  readonly tls?: TlsKeys;
  /** IP addresses of the balancers whose PROXY line (v1) is believed, and demanded. */
  readonly proxyFrom: readonly string[];
  /** Several processes may listen on the same port (SO_REUSEPORT). */
  readonly reusePort?: boolean;
  readonly limits?: Partial<Limits>;
  /** What is less than usual while nearly all connections are taken. */
  readonly stressed?: Partial<Patience>;
}

export interface Inbound {
  /** Where it listens, with the real ports. */
  readonly addresses: readonly Address[];
  readonly submission: readonly Address[];
  readonly closing: boolean;
  /** For new handshakes from now on. Throws where they are no key and certificate; the old ones stay then. */
  reloadTls(tls: TlsKeys): void;
  /** Stops listening; running transactions end with their reply, all else gets 421; after `ms` what is left is cut off. */
  drain(ms: number): Promise<void>;
  load(): { readonly connections: number; readonly transactions: number; readonly bytesReserved: number };
}
