/**
 * The books of the archive: which copies must be there, which are, and why one is not. A mail that was answered 250 has its decision, its copy as
 * received and, where it was relayed, as delivered, byte for byte; else the log said that it is not archived, or a kill came between. Knows
 * nothing of sockets.
 */
import { createHash } from 'node:crypto';

export const digestOf = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** A 250 that a client heard. All times are milliseconds of one monotonic clock. */
export interface Promised {
  readonly token: string;
  readonly trace: string;
  readonly at: number;
}

/** What the archive has of one message. Contents by their digests; `unreadable`: it has a copy that does not open. */
export interface Found {
  readonly trace: string;
  /** The last one. */
  readonly disposition: string;
  /** Trace id of the message that this one repeats. */
  readonly repeats?: string;
  readonly received?: string;
  readonly delivered?: string;
  /** Both lie in one file, as it left when it came. */
  readonly together?: boolean;
}

export interface Gaps {
  /** The log said `not-archived`. */
  readonly said: number;
  /** The relay was killed before the copy was written; an export names it. */
  readonly killed: number;
  /** The most between such an answer and the kill, milliseconds. */
  readonly longest: number;
}

/** All that can be seen of it from outside. */
export interface Seen {
  readonly found: readonly Found[];
  /** Traces of copies that are there and do not open. */
  readonly unreadable: readonly string[];
  /** Of all that lies at the archive's place. */
  readonly names: readonly string[];
  /** Traces that the journal knows, of those that have no record. */
  readonly journal: ReadonlySet<string>;
}

export interface ArchiveAudit {
  /** 250 answers looked at, and copies. */
  readonly messages: number;
  readonly copies: number;
  readonly gaps: Gaps;
  /** By token: not there, without a reason. */
  readonly missing: readonly string[];
  /** By trace: what opens is not what was sent, or left, or belongs to another message. */
  readonly foreign: readonly string[];
  /** More at their place than the records name. */
  readonly uncounted: readonly string[];
  /** Files that are in the store still, on their way to their place. */
  readonly waiting: number;
  /** Files that a relay was writing when it was killed. */
  readonly drafts: number;
}

export interface ArchiveBooks {
  /** `message`: the very bytes of a mail; `at`: when it was offered first. */
  offered(token: string, message: string, at: number): void;
  promised(promise: Promised): void;
  /** The next hop took these bytes. */
  took(token: string, trace: string, bytes: Uint8Array): void;
  notArchived(trace: string): void;
  /** The journal has no entry of it, said the log. */
  notRecorded(trace: string): void;
  killed(at: number): void;
  /** Traces that were answered 250 and are not among these. */
  unknown(found: readonly Found[]): readonly string[];
  audit(seen: Seen): ArchiveAudit;
}

/**
 * A copy is written so long after its reply at most: a place that hangs keeps it for 20 s, and a store that is away for 21 s more, while others
 * wait before it.
 */
const longestWriting = 90_000;
/** A client may hear the answer of a relay so long after it was killed. */
const underWay = 1_000;

/** The books, empty. */
export function openArchiveBooks(): ArchiveBooks {
  const notes: Notes = {
    tokens: new Map(),
    offered: new Map(),
    left: new Map(),
    notArchived: new Set(),
    notRecorded: new Set(),
    kills: [],
  };
  const promises: Promised[] = [];
  return {
    offered(token, message, at) {
      notes.tokens.set(digestOf(message), token);
      notes.offered.set(token, at);
    },
    promised: (promise) => void promises.push(promise),
    took: (token, trace, bytes) => void notes.left.set(`${trace} ${digestOf(bytes)}`, token),
    notArchived: (trace) => void notes.notArchived.add(trace),
    notRecorded: (trace) => void notes.notRecorded.add(trace),
    killed: (at) => void notes.kills.push(at),
    unknown(found) {
      const known = new Set(found.map(({ trace }) => trace));
      return promises.map(({ trace }) => trace).filter((trace) => !known.has(trace));
    },
    audit({ found, unreadable, names, journal }) {
      const records = new Map(found.map((one) => [one.trace, one]));
      const shown = new Set([...records.keys(), ...journal, ...notes.notRecorded]);
      const gaps = promises.map((promise) => gapOf(promise, { records, shown }, notes)).filter((gap) => gap !== undefined);
      const copies = found.flatMap(({ received, delivered }) => [received, delivered]).filter((copy) => copy !== undefined).length;
      const together = found.filter((one) => one.together).length;
      const files = names.filter((name) => /^[0-9a-f]{32}$/.test(name)).length;
      const waiting = copies - together + unreadable.length - files;
      const heard = new Map(promises.map(({ trace, token }) => [trace, token]));
      return {
        messages: promises.length,
        copies,
        gaps: {
          said: gaps.filter(({ why }) => why === 'said').length,
          killed: gaps.filter(({ why }) => why === 'killed').length,
          longest: Math.max(0, ...gaps.map(({ after = 0 }) => after)),
        },
        missing: gaps.flatMap(({ why, token }) => (why === 'none' ? [token] : [])),
        foreign: [...unreadable, ...found.filter((one) => isForeign(one, heard, notes)).map(({ trace }) => trace)],
        uncounted: waiting < 0 ? [`${-waiting} of ${files}`] : [],
        waiting: Math.max(0, waiting),
        drafts: names.length - files,
      };
    },
  };
}

interface Notes {
  /** By digest of what was offered. */
  readonly tokens: Map<string, string>;
  /** When it was offered first, by token. */
  readonly offered: Map<string, number>;
  /** By trace and digest of what left. */
  readonly left: Map<string, string>;
  readonly notArchived: Set<string>;
  readonly notRecorded: Set<string>;
  readonly kills: number[];
}

interface Gap {
  readonly token: string;
  readonly why: 'said' | 'killed' | 'none';
  /** So long after its answer the kill came, milliseconds; less than 0: before it, where the answer says that it was relayed the time before. */
  readonly after?: number;
}

interface Known {
  readonly records: ReadonlyMap<string, Found>;
  /** Traces that an export names. */
  readonly shown: ReadonlySet<string>;
}

/** Undefined where all is there. What was relayed before is archived under the trace of then. */
function gapOf({ token, trace, at }: Promised, { records, shown }: Known, notes: Notes): Gap | undefined {
  const own = records.get(trace);
  const relayed = own?.disposition === 'repeat' ? records.get(own.repeats ?? '') : own;
  const isWhole = own?.received !== undefined && relayed?.received !== undefined;
  if (isWhole && (relayed.disposition !== 'relay' || relayed.delivered !== undefined)) return undefined;
  if ([trace, own?.repeats ?? ''].some((one) => notes.notArchived.has(one))) return { token, why: 'said' };
  // Its own copy is written behind the answer; one that was relayed the time before may have been lost with any relay since it was offered first.
  const since = own?.disposition === 'repeat' && own.received !== undefined ? (notes.offered.get(token) ?? at) : at - underWay;
  const kill = notes.kills.find((one) => one >= since && one <= at + longestWriting);
  return kill === undefined || !shown.has(trace) ? { token, why: 'none' } : { token, why: 'killed', after: kill - at };
}

/** Nobody sent what it says it received, nobody took what it says it delivered, or they are not of one mail, the one that was answered so. */
function isForeign({ trace, received, delivered }: Found, heard: ReadonlyMap<string, string>, { tokens, left }: Notes): boolean {
  const mails = [
    ...(received === undefined ? [] : [tokens.get(received)]),
    ...(delivered === undefined ? [] : [left.get(`${trace} ${delivered}`)]),
    ...(heard.has(trace) ? [heard.get(trace)] : []),
  ];
  return mails.includes(undefined) || new Set(mails).size > 1;
}
