/**
 * The log: JSON lines on standard output, a closed list of events and of fields, made with pino. Allow-list, never a deny-list:
 * a field that is not named here cannot be written. No mailbox, name, subject or content, at any level.
 */
import pino, { type DestinationStream } from 'pino';
import type { Direction } from '../model/route.ts';
import type { Outcome } from '../model/entry.ts';

/** What may be said of an event. Names of rules, ids of ours, numbers; never a text from outside. */
export interface Fields {
  readonly trace?: string;
  readonly conversation?: string;
  readonly direction?: Direction;
  readonly disposition?: Outcome;
  readonly rules?: readonly string[];
  readonly reply?: string;
  readonly bytes?: number;
  /** Milliseconds, by step of the way. */
  readonly steps?: Readonly<Record<string, number>>;
  /** Milliseconds in all. */
  readonly ms?: number;
  /** In words of ours. */
  readonly reason?: string;
  /** Class and code of an error, and where in our code it came from; not its text. */
  readonly error?: string;
  /** What the next hop said, addresses and hosts masked. */
  readonly nextHop?: string;
  readonly auth?: string;
  readonly spf?: string;
  readonly dkim?: string;
  readonly arc?: string;
  readonly aligned?: boolean;
  /** Places in the outgoing message where the gate found a secret: `part 1.2 text/html`. */
  readonly where?: readonly string[];
  readonly of?: string;
  readonly address?: string;
  readonly messages?: number;
  readonly errors?: number;
  readonly milliseconds?: number;
  readonly connections?: number;
  readonly tls?: boolean;
}

const levels = {
  /** A listener is open; `of` says which, `address` is our own. */
  listening: 'info',
  started: 'info',
  warning: 'warn',
  draining: 'info',
  stopped: 'info',
  /** One for each message that reached the end of DATA, whatever came of it. */
  message: 'info',
  /** A bounce for a message that we relayed. */
  bounced: 'info',
  /** A notice left the house, was put off, or was given up. */
  notice: 'info',
  /** An author answered a notice: with SEND, or with an objection that lies in the review list. */
  released: 'info',
  objected: 'info',
  /** A recipient reported a message; it lies in the review list. */
  reported: 'info',
  /** A party climbed the ladder, or came down; `of` is its last message with a strike, `reason` the levels before and after. */
  standing: 'info',
  /** A person found something of an objection or a report; `reason` says what. */
  'review-found': 'info',
  /** A party said whether a mailbox is its own; `reason` is `approved` or `blocked`. */
  admitted: 'info',
  /** A buyer said which messages of sellers are not wanted; `reason` is `seller`, `all` or `none`. */
  'opted-out': 'info',
  /** A seller said that what the buyer wrote needs no answer. */
  'needs-no-answer': 'info',
  /** A party takes no messages from the other one, or takes them again. */
  blocked: 'info',
  /** A webhook's request was not taken and comes again; was given up; or an event reaches no subscriber. `of` is the message. */
  'webhook-put-off': 'info',
  'webhook-dead': 'warn',
  'webhook-lost': 'error',
  'connection-refused': 'info',
  /** A socket, a PROXY header or a TLS handshake failed. */
  'connection-failed': 'debug',
  'sender-refused': 'info',
  'recipient-refused': 'info',
  'message-refused': 'info',
  'login-refused': 'info',
  /** A client had too many misses, failed proofs or wrong tokens; `of` is `smtp` or `http`. It is put off for a while. */
  'shut-out': 'warn',
  'session-ended': 'debug',
  /** Hand-overs in a row failed: until the next hop is there again, mail is put off at once and one message at a time tries. */
  'next-hop-down': 'error',
  'next-hop-up': 'info',
  /** Nearly all connections are taken: clients get less time and fewer errors, until it is over. */
  stress: 'warn',
  'stress-over': 'info',
  /** The scanner found something in a file; `reason` is the name of the signature. The message is refused. */
  malware: 'warn',
  /** The malware scanner cannot look: messages with files are put off, or pass unscanned, until it is back. */
  'scanner-away': 'error',
  'scanner-back': 'info',
  /** A message passed without a look at its files, as the settings have it. */
  'not-scanned': 'warn',
  /** The gate found a secret of a party in what was about to leave: the message is held. */
  'gate-alarm': 'error',
  /** An alias with a right check has no row: the store has lost data. */
  'alias-lost': 'error',
  /** An error nobody foresaw; the sender's server keeps the mail. */
  unexpected: 'error',
  /** Something beside the message's way failed; the message itself is well. */
  'not-recorded': 'error',
  /** No copy of a message is in the archive, or what was decided alone. */
  'not-archived': 'error',
  /** The archive's place did not take a copy: it waits in the store. */
  'archive-queued': 'warn',
  /** Copies have waited for ten minutes and more; `messages` says how many. */
  'archive-behind': 'error',
  'archive-caught-up': 'info',
  'archive-failed': 'error',
  /** All that older secrets sealed was looked at; `reason` says how much was sealed anew, and how much stands under them. */
  resealed: 'info',
  'users-reloaded': 'info',
  'users-not-reloaded': 'error',
  'tls-reloaded': 'info',
  'tls-not-reloaded': 'error',
  'dkim-reloaded': 'info',
  'dkim-not-reloaded': 'error',
} as const satisfies Record<string, pino.Level>;

export type Event = keyof typeof levels;
export type Note = (event: Event, fields?: Fields) => void;

/** Standard output, and `also`: whatever is written there, line by line. */
export function teeing(also: (line: string) => void): DestinationStream {
  const out = pino.destination(1);
  return {
    write(line: string) {
      out.write(line);
      also(line);
    },
  };
}

/** Opens the log; `level` is one of pino's. Lines go to standard output, or where `destination` says. */
export function openLog(level: string, destination?: DestinationStream): Note {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    destination,
  );
  return (event, fields = {}) => logger[levels[event]]({ event, ...fields });
}

/** Class, code and the nearest places in our code: enough to find a bug by, and nothing of what the message was. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const places = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const ours = places.slice(0, 4).map((line) => line.slice(7).replace(/\(?file:\/\/\S*\/(src|node_modules)\//, '($1/'));
  return `${error.name}${code} ${ours.join(' < ')}`.slice(0, 600);
}
