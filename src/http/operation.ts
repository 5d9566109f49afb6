/**
 * What the API is made of: operations as plain values (the word of OpenAPI). Each noun's file makes its own; `server.ts` alone knows
 * the library that serves them.
 */
import type { Readable } from 'node:stream';
import type { Alias, Mailbox } from '../model/address.ts';
import type { Permissions } from '../model/permission.ts';
import type { Admission, Language, OptOutChoice, Situation } from '../model/route.ts';
import type { Level, Measure, ReviewFinding, Strike, TagAway } from '../model/standing.ts';
import type { Scope } from '../model/token.ts';
import type { Action, Disposition, Finding } from '../model/verdict.ts';
import type { Archived, ArchivePage, ArchiveQuestion, CopyOf } from '../store/archive.ts';
import type { ReviewName, Store } from '../store/store.ts';

/** What is remembered of wrong tokens, by the address that they came from. */
export interface TokenAttempts {
  /** Seconds until calls from there are listened to again; 0: they are. */
  wait(address: string): number;
  failed(address: string): void;
  passed(address: string): void;
}

/** Counts the forms of pages, by the address that they came from. */
export interface FormRate {
  /** False: it was one too many. */
  hit(address: string): boolean;
}

/** Counts calls, by token. */
export interface CallRate {
  readonly perMinute: number;
  /** Not allowed: it was one too many. `seconds`: until there is room again. */
  hit(caller: string): { readonly allowed: boolean; readonly left: number; readonly seconds: number };
}

export interface HttpSettings {
  /** Where to listen; several are served alike. */
  readonly listen: readonly { readonly host: string; readonly port: number }[];
  /** The bearer token of the API. */
  readonly token: string;
  /** Not set: wrong tokens are not counted. */
  readonly attempts?: TokenAttempts;
  /** Not set: forms are not counted. */
  readonly forms?: FormRate;
  /** Not set: calls are not counted. */
  readonly rate?: CallRate;
  /** IP addresses of the balancers: they may ask for health, and are believed for whom they call (`X-Forwarded-For`). */
  readonly balancers?: readonly string[];
  /** The first is the one new aliases are shown at; no party's mailbox may be at any of them. */
  readonly relayDomains: readonly [string, ...string[]];
  /** Larger messages are refused by the dry run, as they are by SMTP. */
  readonly maxMessageBytes: number;
  /** Webhooks may lead to private addresses. */
  readonly privateWebhooks?: boolean;
  /** Several processes may listen on the same port (SO_REUSEPORT). */
  readonly reusePort?: boolean;
}

export interface HttpPorts {
  readonly store: Store;
  /** Runs the code of the relay over a message and sends nothing. A `Refusal` it throws becomes the answer. */
  check(input: CheckInput): Promise<CheckAnswer>;
  /** What the relay needs, and whether it is there; `ok` or a few words of ours. */
  ready(): Promise<Readiness>;
  /** What stands behind the report link of a message; `token` is the last part of the link. Undefined: no such message (any more). */
  readonly report: {
    languageFor(token: string): Promise<Language | undefined>;
    /** Durable when it resolves. */
    file(token: string, said: { readonly text: string; readonly block: boolean }): Promise<Language | undefined>;
  };
  /** Whether the recipient of a message takes messages from the one who wrote it; `token` is that of the report link. Undefined: no such message (any more). */
  readonly block: {
    read(token: string): Promise<Blocked | undefined>;
    /** Durable when it resolves. */
    set(token: string, blocked: boolean): Promise<Blocked | undefined>;
  };
  /** What stands behind the link by which a seller says that a message needs no answer. Undefined: no such message (any more). */
  readonly done: {
    languageFor(token: string): Promise<Language | undefined>;
    /** Durable when it resolves. */
    settle(token: string): Promise<Language | undefined>;
  };
  /** What stands behind the unsubscribe link of a message that a seller started. Undefined: no such message (any more). */
  readonly optOut: {
    read(token: string): Promise<OptedOut | undefined>;
    /** Durable when it resolves; answers what holds now. Without a choice: the one click of a mail client. */
    choose(token: string, choice: OptOutChoice | undefined): Promise<OptedOut | undefined>;
  };
  /** What stands behind the link of a question whether a mailbox is a party's own. Undefined: no mail waits for an answer (any more). */
  readonly approval: {
    read(token: string): Promise<{ readonly language: Language; readonly address: Mailbox } | undefined>;
    /** `done`: what was chosen has happened; else it is to be tried again. */
    answer(token: string, verdict: Admission): Promise<{ readonly language: Language; readonly done: boolean } | undefined>;
  };
  /** How parties keep the rules. Undefined: no such party, or no such review. */
  readonly standing: {
    read(party: string): Promise<Standing | undefined>;
    /** Durable when it resolves; the party is told what changes for it. */
    set(party: string, word: { readonly level: Level; readonly until?: number; readonly reason?: string }): Promise<Standing | undefined>;
    unset(party: string): Promise<Standing | undefined>;
    find(review: ReviewName, finding: Omit<ReviewFinding, 'at'>): Promise<ReviewFinding | undefined>;
  };
  /** What the seller of an order may send now. Undefined: no such order, or its parties are not known any more. */
  permissions(order: string): Promise<Permissions | undefined>;
  /** The kept copies; not set where none are kept. */
  readonly archive?: {
    page(question: ArchiveQuestion & { readonly text?: string }, limit: number, before?: string): Promise<ArchivePage>;
    record(trace: string): Promise<Archived | undefined>;
    read(record: Archived, of: CopyOf): Promise<Uint8Array | undefined>;
  };
  readonly metrics: HttpMetrics;
  /** The log as it is written. */
  readonly events: {
    /** Undefined: as many as may be read it already. */
    open(last: number): Readable | undefined;
    /** Ends all that are open. */
    close(): void;
  };
  /** Something that nobody foresaw; the client got 503. */
  failed(cause: unknown, trace?: string): void;
  /** Further operations, served like all others. */
  readonly operations?: readonly Operation[];
  /** Milliseconds since 1970. */
  now(): number;
}

/** Times are milliseconds since 1970. */
export interface Standing {
  readonly measure: Measure;
  readonly points: number;
  /** Newest first. */
  readonly strikes: readonly Strike[];
  /** Of a seller. */
  readonly critical?: { readonly budget: number; readonly left: number; readonly away?: TagAway };
}

export interface OptedOut {
  readonly language: Language;
  readonly choice: OptOutChoice;
}

export interface Blocked {
  readonly language: Language;
  readonly blocked: boolean;
}

export interface HttpMetrics {
  /** One request was answered; `route` is its pattern, never its URL. */
  request(request: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }): void;
  render(): Promise<string>;
  readonly contentType: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

export interface CheckInput extends Situation {
  /** As it would come over SMTP. */
  readonly message: Uint8Array;
}

export interface CheckAnswer {
  readonly disposition: Exclude<Disposition['kind'], 'late'>;
  readonly findings: readonly ({ readonly rule: string; readonly action: Action } & Pick<Finding, 'part' | 'region' | 'span'>)[];
  /** The message that the recipient would get; null where none would. */
  readonly delivered: Uint8Array | null;
  /** Why a message that breaks no rule is not relayed; in the words of the reply. */
  readonly reason?: string;
}

/** JSON Schema, as OpenAPI 3.1 takes it. */
export type Schema = Readonly<Record<string, unknown>>;

/** A request, read. The body is what the schema says only when `run` gets it. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  /** An object is sent as JSON, a string and bytes as they are. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the body: sent as it comes. */
  readonly stream?: Readable;
}

/** What is wrong with one field: a JSON pointer (RFC 6901) into the body, `{name}` in the path, `?name` in the query. Never a value. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** With `:name` for what varies. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** Not set: `read` where it asks for something, else `write`. */
  readonly scope?: Scope;
  /** A POST that only asks. */
  readonly changesNothing?: true;
  /** Who may call it: who has the token; who has it or calls from this machine; so may a balancer, for itself; anybody. */
  readonly access: 'token' | 'local' | 'health' | 'open';
  /** Most bytes of the body; 256 KiB where it is not given. */
  readonly bodyLimit?: number;
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  /** The body comes from a form of a page, not as JSON. */
  readonly form?: true;
  /** By status; the problems are added for all alike. `alsoAs`: a media type in which the same may be asked for as text. */
  readonly answers: Readonly<
    Record<number, { readonly description: string; readonly schema?: Schema; readonly type?: string; readonly alsoAs?: string }>
  >;
  /** What the schema cannot say. It is asked also when the schema was broken, so it must bear any value. */
  check?(call: Call): Promise<readonly FieldError[]> | readonly FieldError[];
  run(call: Call): Promise<Answer>;
}

/** An alias as it is shown: full address at the current domain. */
export type ShowAlias = (localPart: string) => Alias;

/** The members of whatever came as JSON; none, where it is no object. */
export const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const mostValues = 1000;

/** No call of ours has many values; the validator lists every error, and a body made of errors would be a heavy answer. */
export function tooWide(body: unknown): boolean {
  const rest = [body];
  for (let count = 0; rest.length > 0; ) {
    const value = rest.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const key in value) {
      if (++count > mostValues) return true;
      rest.push((value as Record<string, unknown>)[key]);
    }
  }
  return false;
}
