/**
 * How much one client, and all together, may ask of us. The figures are those of Postfix where it has one (`smtpd_*_limit`);
 * all counts are of this process.
 */
import { isIPv6 } from 'node:net';
import { type Reply, replies } from '../model/reply.ts';
import { Standing, type StandingLimits } from './standing.ts';

/** Times in milliseconds. */
export interface Limits extends StandingLimits {
  /** Connections at once, in all and of one client. */
  readonly connections: number;
  readonly connectionsPerClient: number;
  readonly messagesPerMinute: number;
  /** 5xx replies in a session without a message taken, then 421. */
  readonly errors: number;
  /** Commands that bring no message nearer (NOOP, RSET, VRFY, EHLO …), then 421. */
  readonly junk: number;
  /** Further recipients of one message, each sent away with 452 or 451, then 421. */
  readonly deferrals: number;
  /** No answer that there is no such address comes sooner after its question: all of them take the same time. */
  readonly missMs: number;
  /** From the connection to EHLO. */
  readonly helloMs: number;
  /** From the first byte of a command line to its end. */
  readonly lineMs: number;
  /** Without a message. */
  readonly quietMs: number;
  /** For one message, in all; and the rate that its octets must keep over each window. */
  readonly dataMs: number;
  readonly dataWindowMs: number;
  readonly dataBytesPerSecond: number;
  /** The same while others wait for the memory that this one holds. */
  readonly contendedBytesPerSecond: number;
  /** How long we think about a recipient, about a message, and wait for memory. */
  readonly recipientMs: number;
  readonly relayMs: number;
  readonly memoryMs: number;
}

export const defaultLimits: Limits = {
  connections: 200,
  connectionsPerClient: 20,
  messagesPerMinute: 120,
  errors: 10,
  junk: 50,
  deferrals: 1000,
  slowFrom: 3,
  delayMs: 500,
  mostDelayMs: 5_000,
  shutOutAt: 30,
  shutOutMs: 900_000,
  halfLifeMs: 600_000,
  credit: 30,
  missMs: 20,
  helloMs: 60_000,
  lineMs: 30_000,
  quietMs: 300_000,
  dataMs: 600_000,
  dataWindowMs: 60_000,
  dataBytesPerSecond: 500,
  contendedBytesPerSecond: 8_192,
  recipientMs: 10_000,
  relayMs: 90_000,
  memoryMs: 30_000,
};

/** A provider gives each customer at least a /64 (RFC 6177): its addresses are one client. */
export function clientOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = ip.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...last];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

interface Count {
  /** Start of the window that is counted now, and what was counted in it and in the one before. */
  at: number;
  now: number;
  before: number;
}

/** Hits of a key within a sliding minute, by two counters for each key (the one before fades out), and at most so many keys. */
export class Rate {
  readonly #most: number;
  readonly #keys: number;
  readonly #windowMs: number;
  readonly #counts = new Map<string, Count>();

  constructor(most: number, keys = 10_000, windowMs = 60_000) {
    this.#most = most;
    this.#keys = keys;
    this.#windowMs = windowMs;
  }

  /** Counts a hit at that time (ms, monotonic). False: it was one too many, and does not count. */
  hit(key: string, at: number): boolean {
    const known = this.#counts.get(key);
    const windows = known === undefined ? 2 : Math.floor((at - known.at) / this.#windowMs);
    const count = windows === 0 && known !== undefined ? known : { at, now: 0, before: windows === 1 ? (known?.now ?? 0) : 0 };
    if (known !== undefined && windows === 1) count.at = known.at + this.#windowMs;
    const faded = count.before * (1 - (at - count.at) / this.#windowMs);
    const allowed = faded + count.now + 1 <= this.#most;
    if (allowed) count.now++;
    this.#counts.delete(key);
    this.#counts.set(key, count);
    if (this.#counts.size > this.#keys) this.#counts.delete(this.#counts.keys().next().value ?? key);
    return allowed;
  }
}

/** Who is connected, who wrote how much, and what each has earned. */
export class Clients {
  readonly #limits: Limits;
  readonly #perClient: boolean;
  readonly #unlimited: ReadonlySet<string>;
  readonly #connections = new Map<string, number>();
  readonly #rate: Rate;
  readonly #standing: Standing;
  #all = 0;

  /**
   * `perClient`: false switches off what counts by client (RATE_LIMITS=off); the total stays.
   * `unlimited`: IP addresses to which it does not apply: the operator's own servers, which speak for everybody.
   */
  constructor(limits: Limits, perClient: boolean, unlimited: readonly string[] = []) {
    this.#limits = limits;
    this.#perClient = perClient;
    this.#unlimited = new Set(unlimited);
    this.#rate = new Rate(limits.messagesPerMinute);
    this.#standing = new Standing(limits);
  }

  get connections(): number {
    return this.#all;
  }

  #counts(ip: string): boolean {
    return this.#perClient && !this.#unlimited.has(ip);
  }

  /** Counts a connection in; a reply where there is no room for it. Each one let in must `leave`. */
  enter(ip: string): Reply | undefined {
    const client = clientOf(ip);
    const own = this.#connections.get(client) ?? 0;
    if (this.#all >= this.#limits.connections) return replies.tooManyConnections;
    if (this.shutOut(ip)) return replies.shutOut;
    if (this.#counts(ip) && own >= this.#limits.connectionsPerClient) return replies.tooManyConnections;
    this.#all++;
    this.#connections.set(client, own + 1);
    return undefined;
  }

  leave(ip: string): void {
    const client = clientOf(ip);
    const own = this.#connections.get(client) ?? 0;
    this.#all--;
    if (own > 1) this.#connections.set(client, own - 1);
    else this.#connections.delete(client);
  }

  /** Counts a message; a reply where the client sent too many within the last minute. */
  message(ip: string): Reply | undefined {
    if (!this.#counts(ip) || this.#rate.hit(clientOf(ip), performance.now())) return undefined;
    return replies.tooMany;
  }

  /** Counts what a client did; negative points are for it. True: it is shut out from now on. */
  did(ip: string, points: number): boolean {
    return this.#counts(ip) && this.#standing.count(clientOf(ip), points, performance.now());
  }

  /** Milliseconds that an answer to the client waits. */
  delay(ip: string): number {
    return this.#counts(ip) ? this.#standing.delay(clientOf(ip), performance.now()) : 0;
  }

  shutOut(ip: string): boolean {
    return this.#counts(ip) && this.#standing.shutOut(clientOf(ip), performance.now()) > 0;
  }
}
