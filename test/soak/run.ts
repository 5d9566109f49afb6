/** One soak: relay, store, next hop, clients and faults put together, until every mail has its answer and every author was told. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFrom } from '../support/random.ts';
import { freePort } from '../support/redis.ts';
import { type Clients, type Parcel, startClients } from './clients.ts';
import { type Clock, type Fault, type Faults, openClock, startFaults } from './faults.ts';
import { type Audit, type Attempt, type Ledger, openLedger } from './ledger.ts';
import { goneSeller, isUnwanted, letterOf, tokenPattern } from './mail.ts';
import { type AliasFor, registerAll } from './marketplace.ts';
import { type NextHop, openNextHop } from './next-hop.ts';
import { type Progress, type Sample, startProgress } from './progress.ts';
import { type Life, SupervisedRelay } from './relay.ts';
import { ownRedis, sqliteIn } from './store.ts';
import { secretIn, secretInMail, takeOf } from './witness.ts';

export interface SoakOptions {
  readonly mails: number;
  readonly seed: number;
  readonly store: 'sqlite' | 'redis';
  readonly faults: ReadonlySet<Fault>;
  /** Nothing new is offered after that; not set: until all mails were offered. */
  readonly minutes?: number;
  readonly workers: number;
  readonly clients: number;
  /** Aborted: nothing new is offered, and nobody waits for the last notices. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

export interface SoakResult {
  readonly audit: Audit;
  readonly lives: readonly Life[];
  readonly leftBehind: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  readonly samples: readonly Sample[];
  /** Lines of the relay's log at level error, by event, and one of each. */
  readonly errors: ReadonlyMap<string, { readonly count: number; readonly first: string }>;
  readonly seconds: number;
  readonly withoutClock: boolean;
}

const token = 'a-token-for-the-soak-only';
const policy = 'languages: [en, de]\nladder: { automatic: off }\nactions:\n  seller_to_buyer: { contact-phone: hold }\n';
/** For the last answers when nothing goes wrong any more; a claim of a relay that was killed lasts 65 s. */
const lastAnswers = 240_000;
/** For the last notices: what the next hop put off comes after 1, then 5, then 15 minutes, an hour later where the clock was ahead. */
const lastNotices = 1_320_000;
/** Seconds that a clock which can jump need not wait for that. */
const untilAllIsDue = 5 * 3_600;

export async function soak(options: SoakOptions): Promise<SoakResult> {
  const began = performance.now();
  const ledger = openLedger();
  const log = readLog(ledger);
  await using stack = new AsyncDisposableStack();
  const { clock, relay, smtp, aliasFor, ...around } = await openWorld(options, { ledger, line: log.line }, stack);
  const progress = startProgress(relay);
  const chosen = new Set([...options.faults].filter((fault) => fault !== 'clock' || clock));
  const faults = startFaults({ ...around, chosen, random: randomFrom(options.seed + 1), relay, ledger, clock, answered: progress.count });
  const offered = offers(options, ledger, aliasFor);
  const clients = startClients({
    port: smtp,
    random: randomFrom(options.seed + 2),
    count: options.clients,
    hasty: faults.hasty,
    next: offered.next,
    told: ({ mail }, attempt) => heard({ ledger, relay, progress }, mail.token, attempt),
  });
  const state = (): string => `${offered.count()}/${options.mails} offered, ${clients.waiting()} waiting, ${progress.line()}`;
  const ticker = setInterval(() => options.say(state()), 15_000);
  await settle({ clients, faults, ledger, clock, options, isOver: offered.isOver });
  clearInterval(ticker);
  progress.sample();
  await relay.close();
  const { lives, leftBehind } = relay;
  return {
    audit: ledger.audit(),
    lives,
    leftBehind,
    counts: faults.counts,
    samples: progress.samples,
    errors: log.errors,
    seconds: (performance.now() - began) / 1_000,
    withoutClock: options.faults.has('clock') && clock === undefined,
  };
}

interface Witnesses {
  readonly ledger: Ledger;
  readonly line: (line: string) => void;
}

/** The relay, up and knowing everybody, and all that is around it. */
async function openWorld(options: SoakOptions, { ledger, line }: Witnesses, stack: AsyncDisposableStack) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-soak-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const clock = options.faults.size > 0 ? openClock(join(folder, 'clock')) : undefined;
  const store = stack.use(options.store === 'redis' ? await ownRedis() : sqliteIn(folder));
  const hop = stack.use(await hopFor(ledger, options.seed));
  const [smtp, http] = [await freePort(), await freePort()];
  const env = { ...envFor({ folder, smtp, http, hop: hop.port, ...options }), STORE_URL: store.url, ...clock?.env };
  const relay = stack.use(new SupervisedRelay({ env, folder, line }));
  await relay.up();
  const aliasFor = await registerAll({ url: `http://127.0.0.1:${http}`, token });
  return { clock, store, hop, relay, smtp, aliasFor };
}

interface Place {
  readonly folder: string;
  readonly smtp: number;
  readonly http: number;
  readonly hop: number;
  readonly workers: number;
}

function envFor({ folder, smtp, http, hop, workers }: Place): Record<string, string> {
  mkdirSync(join(folder, 'policy'));
  writeFileSync(join(folder, 'policy/policy.yaml'), policy);
  symlinkSync(join(import.meta.dirname, '../../config/phrases'), join(folder, 'policy/phrases'));
  return {
    PATH: process.env.PATH ?? '',
    SMTP_LISTEN: `127.0.0.1:${smtp}`,
    HTTP_LISTEN: `127.0.0.1:${http}`,
    OUTBOUND_URL: `smtp://127.0.0.1:${hop}?tls=never`,
    API_TOKEN: token,
    RELAY_SECRET: Buffer.alloc(32, 7).toString('base64'),
    SENDER_PROOF: 'off',
    RATE_LIMITS: 'off',
    POLICY_FILE: join(folder, 'policy/policy.yaml'),
    WORKERS: String(workers),
  };
}

const hopFor = (ledger: Ledger, seed: number): Promise<NextHop> =>
  openNextHop({
    random: randomFrom(seed + 3),
    isGone: (recipient) => recipient === goneSeller.mailbox,
    isUnwanted: (raw) => isUnwanted(tokenPattern.exec(raw)?.[0] ?? '') && !/^Postern-Notice:/m.test(raw),
    took(arrival) {
      const take = takeOf(arrival);
      const secret = secretInMail(arrival);
      if (secret !== '') ledger.leaked(`${secret} in ${take.notice || 'a message'}, trace ${take.trace}`);
      ledger.take(take);
      return take;
    },
    unheard: (take) => ledger.unheard(take),
  });

/** Reads the relay's log: what is for the books, what must not be there, and its errors. */
function readLog(ledger: Ledger): {
  readonly line: (line: string) => void;
  readonly errors: Map<string, { count: number; first: string }>;
} {
  const errors = new Map<string, { count: number; first: string }>();
  return {
    errors,
    line(line) {
      const secret = secretIn(line);
      if (secret !== '') ledger.leaked(`${secret} in the log: ${line.slice(0, 300)}`);
      const [, event = '', trace = ''] = /"event":"([a-z-]+)"(?:,"trace":"([a-z0-9]+)")?/.exec(line) ?? [];
      if (event === 'message') ledger.logged(trace);
      if (event === 'not-recorded') ledger.unrecorded(trace);
      if (event !== '' && !line.includes('"level":"error"')) return;
      const name = event || 'no line of the log';
      const known = errors.get(name);
      if (known) known.count += 1;
      else errors.set(name, { count: 1, first: line.slice(0, 500) });
    },
  };
}

interface Offers {
  readonly next: () => Parcel | undefined;
  readonly count: () => number;
  readonly isOver: () => boolean;
}

function offers({ mails, seed, minutes, signal }: SoakOptions, ledger: Ledger, aliasFor: AliasFor): Offers {
  const until = minutes === undefined ? Number.POSITIVE_INFINITY : performance.now() + minutes * 60_000;
  let index = 0;
  const isOver = (): boolean => index >= mails || performance.now() > until || signal.aborted;
  return {
    isOver,
    count: () => index,
    next() {
      if (isOver()) return undefined;
      const { token: word, fate, recipient, author, reader, compose } = letterOf(seed, index);
      index += 1;
      const mail = { token: word, fate, recipient };
      const forwardPath = aliasFor(author, reader);
      ledger.offer(mail);
      return { mail, reversePath: author.mailbox, forwardPath, compose: () => compose(forwardPath) };
    },
  };
}

interface Hearing {
  readonly ledger: Ledger;
  readonly relay: SupervisedRelay;
  readonly progress: Progress;
}

function heard({ ledger, relay, progress }: Hearing, word: string, attempt: Attempt): void {
  ledger.attempt(word, attempt);
  const { answer = '' } = attempt;
  const secret = secretIn(answer);
  if (secret !== '') ledger.leaked(`${secret} in a reply: ${answer}`);
  if (!/^[25]/.test(answer)) return;
  const life = relay.lives.at(-1);
  if (life?.listening !== undefined && attempt.began > life.began) life.first ??= attempt.ended;
  progress.answered();
}

interface Ending {
  readonly clients: Clients;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly clock: Clock | undefined;
  readonly options: SoakOptions;
  readonly isOver: () => boolean;
}

/** Until all mails are offered; then without faults until each has its answer, and each author a notice. Gives up by the limits above. */
async function settle({ clients, faults, ledger, clock, options, isOver }: Ending): Promise<void> {
  while (!isOver()) await sleep(200);
  await faults.end();
  options.say('all are offered, nothing goes wrong from now on');
  await Promise.race([clients.done, sleep(lastAnswers)]);
  clients.stop();
  clock?.jump(untilAllIsDue);
  options.say('all are answered, the last notices');
  const late = performance.now() + lastNotices;
  while (ledger.owed() > 0 && performance.now() < late && !options.signal.aborted) await sleep(1_000);
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
