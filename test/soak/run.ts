/** One soak: relay, store, archive, next hop, clients and faults put together, until every mail has its answer and every author was told. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leaseSeconds } from '../../src/once.ts';
import { randomFrom } from '../support/random.ts';
import { freePort } from '../support/redis.ts';
import { type ArchiveUnderTest, type archives, directoryIn, ownBucket } from './archive.ts';
import { type ArchiveAudit, type ArchiveBooks, openArchiveBooks } from './archive-books.ts';
import { allBrought, lookThrough } from './archive-look.ts';
import { type Clients, type Parcel, startClients } from './clients.ts';
import { type Clock, type Fault, type Faults, openClock, startFaults } from './faults.ts';
import { type Audit, type Attempt, type Ledger, openLedger } from './ledger.ts';
import { goneSeller, isUnwanted, letterOf, tokenPattern } from './mail.ts';
import { type AliasFor, type Api, registerAll } from './marketplace.ts';
import { type NextHop, openNextHop } from './next-hop.ts';
import { type Progress, type Sample, startProgress } from './progress.ts';
import { type Life, SupervisedRelay } from './relay.ts';
import { ownRedis, sqliteIn } from './store.ts';
import type { Happening } from './story.ts';
import { secretIn, secretInMail, takeOf } from './witness.ts';

export interface SoakOptions {
  readonly mails: number;
  readonly seed: number;
  readonly store: 'sqlite' | 'redis';
  readonly archive: (typeof archives)[number];
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
  /** Not set: none was kept. */
  readonly archive: ArchiveAudit | undefined;
  readonly lives: readonly Life[];
  readonly leftBehind: readonly string[];
  readonly happenings: readonly Happening[];
  /** What became of the mail with this token, among what went wrong; empty where there is none. */
  readonly story: (token: string) => readonly string[];
  readonly samples: readonly Sample[];
  /** Lines of the relay's log at level error, by event, and one of each. */
  readonly errors: ReadonlyMap<string, { readonly count: number; readonly first: string }>;
  readonly seconds: number;
  /** What could not happen here, and why. */
  readonly missing: readonly string[];
}

const token = 'a-token-for-the-soak-only';
const policy = 'languages: [en, de]\nladder: { automatic: off }\nactions:\n  seller_to_buyer: { contact-phone: hold }\n';
/** For the last answers when nothing goes wrong any more; a claim of a relay that was killed lasts `leaseSeconds`. */
const lastAnswers = leaseSeconds * 1000 + 180_000;
/** For the last notices: what the next hop put off comes after 1, then 5, then 15 minutes, an hour later where the clock was ahead. */
const lastNotices = 1_320_000;
/** Seconds that a clock which can jump need not wait for that. */
const untilAllIsDue = 5 * 3_600;

export async function soak(options: SoakOptions): Promise<SoakResult> {
  const began = performance.now();
  const books: Books = { ledger: openLedger(), archived: openArchiveBooks() };
  const { ledger, archived } = books;
  const log = readLog(books);
  await using stack = new AsyncDisposableStack();
  const { clock, relay, smtp, api, aliasFor, ...around } = await openWorld(options, { ...books, line: log.line }, stack);
  const progress = startProgress(relay);
  const chosen = new Set([...options.faults].filter((fault) => fault !== 'clock' || clock));
  const killed = (at: number): void => {
    ledger.killed(at);
    archived.killed(at);
  };
  const told = { ...ledger, killed };
  const random = randomFrom(options.seed + 1);
  const faults = startFaults({ ...around, chosen, random, relay, ledger: told, clock, answered: progress.count });
  const offered = offers(options, books, aliasFor);
  const clients = startClients({
    port: smtp,
    random: randomFrom(options.seed + 2),
    count: options.clients,
    hasty: faults.hasty,
    next: offered.next,
    told: ({ mail }, attempt) => heard({ ...books, relay, progress }, mail.token, attempt),
  });
  const state = (): string => `${offered.count()}/${options.mails} offered, ${clients.waiting()} waiting, ${progress.line()}`;
  const ticker = setInterval(() => options.say(state()), 15_000);
  await settle({ clients, faults, ledger, clock, options, isOver: offered.isOver });
  clearInterval(ticker);
  progress.sample();
  const archive = around.archive && (await inspect(around.archive, { archived, relay, api, say: options.say }));
  await relay.close();
  const { lives, leftBehind } = relay;
  return {
    audit: ledger.audit(),
    archive,
    lives,
    leftBehind,
    happenings: faults.happenings,
    story: (token) => ledger.story(token, faults.happenings),
    samples: progress.samples,
    errors: log.errors,
    seconds: (performance.now() - began) / 1_000,
    missing: [
      ...(options.faults.has('clock') && !clock
        ? ['no clock jumped: the package faketime is not installed (apt-get install faketime)']
        : []),
      ...(options.faults.has('archive') && around.archive?.missing ? [around.archive.missing] : []),
    ],
  };
}

interface Books {
  readonly ledger: Ledger;
  readonly archived: ArchiveBooks;
}

interface Inspecting extends Pick<Books, 'archived'> {
  readonly relay: SupervisedRelay;
  readonly api: Api;
  readonly say: SoakOptions['say'];
}

/** Once more a stop: what waits in memory is to be written then. */
async function inspect(archive: ArchiveUnderTest, { archived, relay, api, say }: Inspecting): Promise<ArchiveAudit> {
  await relay.up();
  await relay.terminate();
  await relay.up();
  say('the archive: until all is at its place, then all of it is read');
  await allBrought(archive);
  return archived.audit({ ...(await lookThrough(api, archived)), names: archive.names() });
}

interface Witnesses extends Books {
  readonly line: (line: string) => void;
}

/** The relay, up and knowing everybody, and all that is around it. */
async function openWorld(options: SoakOptions, { line, ...books }: Witnesses, stack: AsyncDisposableStack) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-soak-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const clock = options.faults.size > 0 ? openClock(join(folder, 'clock')) : undefined;
  const store = stack.use(options.store === 'redis' ? await ownRedis() : sqliteIn(folder));
  const archive = options.archive === 'off' ? undefined : stack.use(await (options.archive === 's3' ? ownBucket() : directoryIn(folder)));
  const hop = stack.use(await hopFor(books, options.seed));
  const [smtp, http] = [await freePort(), await freePort()];
  const place = archive?.env ?? { ARCHIVE_URL: 'off' };
  const env = { ...envFor({ folder, smtp, http, hop: hop.port, ...options }), STORE_URL: store.url, ...place, ...clock?.env };
  const relay = stack.use(new SupervisedRelay({ env, folder, line }));
  await relay.up();
  const api = { url: `http://127.0.0.1:${http}`, token };
  const aliasFor = await registerAll(api);
  return { clock, store, archive, hop, relay, smtp, api, aliasFor };
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

const hopFor = ({ ledger, archived }: Books, seed: number): Promise<NextHop> =>
  openNextHop({
    random: randomFrom(seed + 3),
    isGone: (recipient) => recipient === goneSeller.mailbox,
    isUnwanted: (raw) => isUnwanted(tokenPattern.exec(raw)?.[0] ?? '') && !/^Postern-Notice:/m.test(raw),
    took(arrival) {
      const take = takeOf(arrival);
      const secret = secretInMail(arrival);
      if (secret !== '') ledger.leaked(`${secret} in ${take.notice || 'a message'}, trace ${take.trace}`);
      ledger.take(take);
      if (take.notice === '') archived.took(take.token, take.trace, Buffer.from(`${arrival.raw}\r\n`, 'latin1'));
      return take;
    },
    answered: (take) => ledger.nextHopSaid(take, performance.now()),
    unheard: (take) => ledger.unheard(take),
  });

/** Reads the relay's log: what is for the books, what must not be there, and its errors. */
function readLog({ ledger, archived }: Books): {
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
      if (event === 'not-recorded') {
        ledger.unrecorded(trace);
        archived.notRecorded(trace);
      }
      if (event === 'not-archived') archived.notArchived(trace);
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

function offers({ mails, seed, minutes, signal }: SoakOptions, { ledger, archived }: Books, aliasFor: AliasFor): Offers {
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
      archived.offered(word, compose(forwardPath), performance.now());
      return { mail, reversePath: author.mailbox, forwardPath, compose: () => compose(forwardPath) };
    },
  };
}

interface Hearing extends Books {
  readonly relay: SupervisedRelay;
  readonly progress: Progress;
}

function heard({ ledger, archived, relay, progress }: Hearing, word: string, attempt: Attempt): void {
  ledger.attempt(word, attempt);
  const { answer = '', ended } = attempt;
  if (answer.startsWith('250')) archived.promised({ token: word, trace: /\b[a-z0-9]{16}\b/.exec(answer)?.[0] ?? '', at: ended });
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
