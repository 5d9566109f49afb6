/**
 * The books of the soak: what clients offered and heard, what the next hop took, when the relay was killed; and the audit of them. Knows
 * nothing of sockets. All times are milliseconds of one monotonic clock.
 */
import { type Happening, storyOf } from './story.ts';

/**
 * What should become of a mail. `delivered`; `told`: stopped by the policy, its author gets a notice; `refused`: stopped, 550; `held`: kept, and a
 * notice; `gone`: the next hop knows no such mailbox; `unwanted`: the next hop refuses it after the dot.
 */
export type Fate = 'delivered' | 'told' | 'refused' | 'held' | 'gone' | 'unwanted';

export interface Mail {
  readonly token: string;
  readonly fate: Fate;
  /** The mailbox that may get it. */
  readonly recipient: string;
}

/** One time that a client offered a mail, from MAIL on. */
export interface Attempt {
  readonly began: number;
  readonly ended: number;
  /** When the last byte of the mail was on its way. */
  readonly sent?: number;
  /** The reply that ended it; not set where none came. */
  readonly answer?: string;
  /** The client itself did not wait for the answer. */
  readonly hasty?: boolean;
}

/** A message that the next hop took, whether or not its 250 arrived. */
export interface Take {
  readonly token: string;
  readonly at: number;
  readonly recipient: string;
  readonly messageId: string;
  /** Trace id of the relay: of the message, or of the one that a notice is about. */
  readonly trace: string;
  /** `refused`, `held` …; empty where it is a message and no notice. */
  readonly notice: string;
  /** Beginning, end and file of it are there. */
  readonly whole: boolean;
}

export interface Term {
  readonly at: number;
  readonly exited: number;
}

/** Why a message was taken more than once. */
export type Excuse = 'answer lost' | 'killed' | 'store away';

export interface Doubled {
  readonly token: string;
  readonly notice: string;
  /** Not set where there is none. */
  readonly excuse?: Excuse;
}

/** Mails are told by their tokens. All lists but `doubled` are faults. */
export interface Audit {
  readonly offered: number;
  /** Answered 250, with whatever words. */
  readonly taken: number;
  readonly delivered: number;
  readonly refused: number;
  readonly notices: number;
  /** 250, but neither delivered, nor stopped with a notice or as one that is held. */
  readonly lost: readonly string[];
  /** 5xx, but delivered. */
  readonly ghosts: readonly string[];
  /** To be refused or held, but delivered. */
  readonly passed: readonly string[];
  readonly doubled: readonly Doubled[];
  readonly damaged: readonly string[];
  readonly misrouted: readonly string[];
  /** The last answer is none that this mail should get. */
  readonly unfit: readonly string[];
  /** Stopped, and its author was never told. */
  readonly untold: readonly string[];
  /** No final answer. */
  readonly open: readonly string[];
  /** Wholly sent before SIGTERM, and then not answered, or sent away. */
  readonly cutOff: readonly string[];
  readonly leaks: readonly string[];
  /** How often each answer was given, without its trace id. */
  readonly answers: ReadonlyMap<string, number>;
  /** Attempts without an answer, but for those of hasty clients. */
  readonly unanswered: number;
  /** Milliseconds of the attempts that were answered 250, ascending. */
  readonly latencies: readonly number[];
}

interface Account {
  readonly mail: Mail;
  readonly attempts: Attempt[];
  readonly takes: Take[];
}

export interface Ledger {
  offer(mail: Mail): void;
  attempt(token: string, attempt: Attempt): void;
  take(take: Take): void;
  /** The 250 for this one went out then. */
  nextHopSaid(take: Take, at: number): void;
  /** It cannot have arrived. */
  unheard(take: Take): void;
  killed(at: number): void;
  terminated(term: Term): void;
  /** The store was away from then to then. */
  storeAway(from: number, to: number): void;
  /** The relay's log has its line for this message: it is about to be answered. */
  logged(trace: string): void;
  /** The relay's log says that it could not note what became of this message. */
  unrecorded(trace: string): void;
  leaked(where: string): void;
  /** Mails without a final answer, and authors still to be told. */
  owed(): number;
  /** What became of a mail, among what went wrong; empty where none has that token. */
  story(token: string, happenings: readonly Happening[]): readonly string[];
  audit(): Audit;
}

const fitting: Readonly<Record<Fate, RegExp>> = {
  delivered: /^250 2\.0\.0 [a-z0-9]{16}$/,
  told: /^250 2\.0\.0 /,
  refused: /^550 5\.7\.1 Against the policy/,
  held: /^250 2\.[02]\.0 /,
  gone: /^550 5\.1\.1 The recipient/,
  unwanted: /^554 5\.4\.0 /,
};
const isHeld = (answer: string): boolean => answer.startsWith('250 2.2.0 ');
const isDelivered = ({ notice }: Take): boolean => notice === '';
const stops = new Set(['refused', 'held']);
/** A store that is away is waited for so long. */
const patience = 1_000;
/** After a store came back, what was put off is asked again. */
const afterStore = 10_000;
/** What a relay had on the wire when it was killed, the next hop may read so much later. */
const onTheWire = 1_000;

/** The books, empty. */
export function openLedger(): Ledger {
  const accounts = new Map<string, Account>();
  const notes: Notes = {
    said: new Map(),
    unheard: new Set(),
    logged: new Set(),
    unrecorded: new Set(),
    kills: [],
    terms: [],
    storeAway: [],
  };
  const leaks: string[] = [];
  const strays: Take[] = [];
  return {
    offer: (mail) => void accounts.set(mail.token, { mail, attempts: [], takes: [] }),
    attempt: (token, attempt) => void accounts.get(token)?.attempts.push(attempt),
    take: (take) => void (accounts.get(take.token)?.takes ?? strays).push(take),
    nextHopSaid: (take, at) => void notes.said.set(take, at),
    unheard: (take) => void notes.unheard.add(take),
    killed: (at) => void notes.kills.push(at),
    terminated: (term) => void notes.terms.push(term),
    storeAway: (from, to) => void notes.storeAway.push({ from, to }),
    logged: (trace) => void notes.logged.add(trace),
    unrecorded: (trace) => void notes.unrecorded.add(trace),
    leaked: (where) => void leaks.push(where),
    owed: () => [...accounts.values()].filter((account) => isOpen(account) || isUntold(account)).length,
    story(token, happenings) {
      const account = accounts.get(token);
      return account ? storyOf({ ...account, ...notes, happenings }) : [];
    },
    audit: () => auditOf([...accounts.values()], { notes, leaks, strays }),
  };
}

interface Notes {
  /** When the next hop said 250. */
  readonly said: Map<Take, number>;
  readonly unheard: Set<Take>;
  readonly logged: Set<string>;
  readonly unrecorded: Set<string>;
  readonly kills: number[];
  readonly terms: Term[];
  readonly storeAway: { readonly from: number; readonly to: number }[];
}

const finalOf = ({ attempts }: Account): string | undefined =>
  attempts.findLast(({ answer }) => answer !== undefined && /^[25]/.test(answer))?.answer;

const isOpen = (account: Account): boolean => finalOf(account) === undefined;
const isTaken = (account: Account): boolean => finalOf(account)?.startsWith('2') === true;
const isRefused = (account: Account): boolean => finalOf(account)?.startsWith('5') === true;
const wasDelivered = ({ takes }: Account): boolean => takes.some(isDelivered);
const wasTold = ({ takes }: Account): boolean => takes.some(({ notice }) => stops.has(notice));
const wasHeld = ({ attempts }: Account): boolean => attempts.some(({ answer = '' }) => isHeld(answer));
const isLost = (account: Account): boolean => isTaken(account) && !wasDelivered(account) && !wasTold(account) && !wasHeld(account);
const isUntold = (account: Account): boolean =>
  isTaken(account) && !wasTold(account) && (account.mail.fate === 'told' || account.mail.fate === 'held');
/** A machine that is held up judges late, and what is judged late twice is held. */
const isUnfit = (account: Account): boolean => {
  const answer = finalOf(account);
  return answer !== undefined && !isHeld(answer) && !fitting[account.mail.fate].test(answer);
};

interface Books {
  readonly notes: Notes;
  readonly leaks: readonly string[];
  readonly strays: readonly Take[];
}

function auditOf(accounts: readonly Account[], { notes, leaks, strays }: Books): Audit {
  const tokensOf = (is: (account: Account) => boolean): string[] => accounts.filter(is).map(({ mail }) => mail.token);
  const takes = accounts.flatMap((account) => account.takes);
  const attempts = accounts.flatMap((account) => account.attempts);
  const isPassed = (account: Account): boolean => account.mail.fate !== 'delivered' && !isRefused(account) && wasDelivered(account);
  return {
    offered: accounts.length,
    taken: accounts.filter(isTaken).length,
    delivered: accounts.filter(wasDelivered).length,
    refused: accounts.filter(isRefused).length,
    notices: takes.filter((take) => !isDelivered(take)).length,
    lost: tokensOf(isLost),
    ghosts: tokensOf((account) => isRefused(account) && wasDelivered(account)),
    passed: tokensOf(isPassed),
    doubled: accounts.flatMap((account) => doublesOf(account, notes)),
    damaged: [...takes.filter(({ whole }) => !whole), ...strays].map(({ token, trace }) => token || `unknown, trace ${trace}`),
    misrouted: tokensOf(({ mail, takes }) => takes.some((take) => isDelivered(take) && take.recipient !== mail.recipient)),
    unfit: tokensOf(isUnfit),
    untold: tokensOf(isUntold),
    open: tokensOf(isOpen),
    cutOff: tokensOf((account) => account.attempts.some((attempt) => isCutOff(attempt, notes.terms))),
    leaks,
    answers: counted(attempts),
    unanswered: attempts.filter(({ answer, hasty }) => answer === undefined && hasty !== true).length,
    latencies: attempts
      .filter(({ answer }) => answer?.startsWith('250'))
      .map(({ began, ended }) => ended - began)
      .sort((a, b) => a - b),
  };
}

/** Each matter (the message, each notice) that was taken more than once; excused where every take but the last one is, by one id. */
function doublesOf({ mail, takes, attempts }: Account, notes: Notes): Doubled[] {
  const matters = Map.groupBy(takes, ({ notice, trace }) => (notice === '' ? '' : `${notice} ${trace}`));
  return [...matters].flatMap(([, same]) => {
    if (same.length < 2) return [];
    const sorted = same.toSorted((a, b) => a.at - b.at);
    const excuses = sorted.slice(0, -1).map((take, index) => excuseOf({ take, attempts, next: sorted[index + 1]?.at ?? take.at }, notes));
    const sameId = new Set(same.map(({ messageId }) => messageId)).size === 1;
    const excuse = sameId && excuses.every((one) => one !== undefined) ? excuses[0] : undefined;
    return [{ token: mail.token, notice: same[0]?.notice ?? '', ...(excuse && { excuse }) }];
  });
}

interface Repeated {
  readonly take: Take;
  /** When it was taken again. */
  readonly next: number;
  readonly attempts: readonly Attempt[];
}

/** Why this one could come a second time: nobody heard that it was taken, or the one who heard it died or could not note it. */
function excuseOf({ take, next, attempts }: Repeated, notes: Notes): Excuse | undefined {
  if (notes.unheard.has(take)) return 'answer lost';
  // The outbox logs nothing of a notice that the message's own line would not: there any kill must do. Of a message the line is written beside
  // what keeps it from being handed over again, and its answer after both.
  const isNoted = isDelivered(take) && notes.logged.has(take.trace);
  const last = isNoted ? answeredAt(take, attempts) : next;
  if (notes.kills.some((at) => at >= take.at - onTheWire && at <= Math.min(last, next))) return 'killed';
  if (notes.unrecorded.has(take.trace)) return 'store away';
  const said = notes.said.get(take) ?? take.at;
  const away = !isDelivered(take) && notes.storeAway.some(({ from, to }) => said >= from - patience && said <= to + afterStore);
  return away ? 'store away' : undefined;
}

/** Until when the relay was at it, at the longest: to its answer, or about as long as its client waited for one. */
function answeredAt(take: Take, attempts: readonly Attempt[]): number {
  const { answer, ended = take.at } = attempts.findLast(({ began }) => began <= take.at) ?? {};
  return answer === undefined ? Math.max(ended, take.at) + onTheWire : ended;
}

function isCutOff({ sent, ended, answer, hasty }: Attempt, terms: readonly Term[]): boolean {
  if (sent === undefined || hasty) return false;
  const sentAway = answer === undefined || answer.startsWith('421') || answer.startsWith('451 4.3.0');
  return sentAway && terms.some(({ at, exited }) => sent <= at && ended >= at && ended <= exited + 1_000);
}

function counted(attempts: readonly Attempt[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { answer } of attempts) {
    if (answer === undefined) continue;
    const words = answer.replace(/ \(trace [a-z0-9]{16}\)$| [a-z0-9]{16}$/, '');
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return counts;
}
