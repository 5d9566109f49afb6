/**
 * THE WAY of one message, top to bottom: the only file that knows the order of the steps. A step returns its product or throws a
 * `Refusal`; any other error defers the message. 250 only after the next hop's 250, or when the message lies in the store.
 */
import type { Archive } from './archive/archive.ts';
import { authenticate, type ProofSetup } from './auth/authenticate.ts';
import { stopLoop, type Writer, writerOf } from './auth/automatic.ts';
import { tagAwayFor, transformTagged } from './critical.ts';
import { type Spending, spendOnStart, startSpending, unlimited } from './directory/allowance.ts';
import { noteFindable } from './directory/findable.ts';
import { blockAt } from './directory/ladder.ts';
import { type Addressed, type ResolveSetup, resolve } from './directory/resolve.ts';
import { type Standing, standingOf } from './directory/situation.ts';
import { type MessageIdFor, type Thread, threadOf } from './directory/thread.ts';
import { type DisposePorts, dispose, type Found, type Letter, lost } from './dispose.ts';
import { record, releasing } from './journal/record.ts';
import type { Scan } from './malware.ts';
import { because, dropped, failed, isTaken, withProof } from './found.ts';
import { fingerprintOf } from './mime/fingerprint.ts';
import { readHeader } from './mime/header.ts';
import type { Authentication } from './model/authentication.ts';
import type { Entry } from './model/entry.ts';
import type { Header, Received } from './model/message.ts';
import { Refusal, type Reply, replies, wire } from './model/reply.ts';
import { type Route, sellerOf } from './model/route.ts';
import type { TagAway } from './model/standing.ts';
import { type Stopwatch, stopwatch } from './model/stopwatch.ts';
import { type OncePorts, once, onceEnding } from './once.ts';
import { type Policy, policyFor, softened } from './policy/policy.ts';
import { refuseBlocked, strike } from './standing.ts';
import { askParty, type StrangerPorts } from './stranger.ts';
import type { Transformed, Unsubscribe, Work } from './transform.ts';
import { passageOf } from './turned-away.ts';

export interface Ports extends DisposePorts, StrangerPorts {
  readonly proof: ProofSetup;
  readonly aliases: ResolveSetup;
  /** The heavy part; here or in a worker thread. */
  readonly transform: (work: Work) => Promise<Transformed>;
  /** Looks for malware; not set: nobody does. */
  readonly scan?: Scan;
  readonly rateLimits: boolean;
  readonly messageIdFor: MessageIdFor;
  /** Where a click reports the message with this trace id. */
  readonly reportLinkFor: (trace: string) => string;
  /** Where a click of its seller says that the message with this trace id needs no answer. */
  readonly doneLinkFor: (trace: string) => string;
  /** Where a buyer says that messages like the one with this trace id are not wanted: a page, if there is one, and a mail. */
  readonly unsubscribeFor: (trace: string) => Unsubscribe;
  /** Not set: no copies are kept. */
  readonly archive?: Pick<Archive, 'keep'>;
}

/** Answers every message, whatever happens on its way, and records what it answered. Never throws. */
export const createRelay =
  (ports: Ports) =>
  (received: Received): Promise<Reply> =>
    recorded(received, ports, (watch) => way(received, ports, watch));

/** `softened` where its author wrote SEND: the offending spots go, whatever the policy would do with the whole; `as it is` where its party approved. */
export type Release = 'softened' | 'as it is';

/** The way of a message that was held: its author was proven, or not, when it came. Never throws. */
export const createRelease = (all: Ports, how: Release): ((received: Received) => Promise<Reply>) => {
  const ports = { ...all, recorder: releasing(all.recorder) };
  const softly = { ...ports, policy: softened(ports.policy) };
  return (received) =>
    recorded(received, ports, async (watch) => {
      // For the record alone: what is known of it stays known, whatever fails now.
      const before = await ports.store.journal.entry(received.trace).catch(() => undefined);
      const released =
        how === 'softened'
          ? release({ received, reason: 'sent by the word of its author', told: 'off' }, softly, watch)
          : release({ received, reason: 'its party approved of its author' }, ports, watch);
      const found = await released.catch(failed);
      return withProof({ ...found, more: { ...placeOf(before), ...found.more } }, before?.authentication);
    });
};

const placeOf = ({ conversation, direction }: Partial<Entry> = {}): Partial<Entry> => ({
  ...(conversation !== undefined && { conversation }),
  ...(direction && { direction }),
});

interface Released {
  readonly received: Received;
  readonly reason: string;
  /** Otherwise as the author wants it. */
  readonly told?: 'off';
}

async function release({ received, reason, told }: Released, ports: Ports, watch: Stopwatch): Promise<Found> {
  watch.begin('resolve');
  const header = readHeader(received.raw);
  const resolved = await resolve(addressed(received, header), ports.store, ports.aliases);
  if (resolved === 'own' || resolved.kind === 'stranger') throw new Refusal(replies.nothingHeld);
  watch.lap('resolve');
  const { conversation, direction, author, recipient } = resolved.route;
  const fingerprint = fingerprintOf(received.raw, header, conversation);
  const { spent } = counting({ header, resolved }, ports);
  const letter = { received, header, resolved, fingerprint, robot: false, told: told ?? resolved.notices, spent };
  const found = await relayOnce(letter, ports, watch).catch(failed);
  // Should the sender's server send it once more, it was relayed.
  const settled = isTaken(found) && ports.store.once.settle(fingerprint, received.trace).catch(lost(ports, received.trace));
  const theirs = header.messageId !== undefined && { theirs: header.messageId };
  const noted = { ...theirs, ours: ports.messageIdFor(conversation, direction, fingerprint), parties: [author.party, recipient.party] };
  const writing = [...(found.writing ?? []), ...(settled ? [settled] : [])];
  return { ...found, more: { conversation, direction, reason, ...found.more }, noted, writing };
}

async function recorded(received: Received, ports: Ports, go: (watch: Stopwatch) => Promise<Found>): Promise<Reply> {
  const watch = stopwatch();
  const found = await go(watch).catch(failed);
  if (found.log?.error) ports.recorder.note('unexpected', { trace: received.trace, error: found.log.error });
  if (found.outcome === 'defer') ports.recorder.metrics.failed(watch.current, found.reply);
  const entry: Entry = {
    trace: received.trace,
    at: received.at,
    disposition: found.outcome,
    reply: wire(found.reply, received.trace),
    findings: [],
    bytes: received.raw.length,
    steps: watch.steps,
    ...found.more,
  };
  const note = noteFindable({ ...found.noted, entry, forwardPath: received.envelope.forwardPath }, ports.store);
  await Promise.all([...(found.writing ?? []), record(entry, found.log ?? {}, ports.recorder), note.catch(lost(ports, received.trace))]);
  const { judged, noted: { parties } = {} } = found;
  ports.archive?.keep({ received, entry, ...(parties && { parties }), ...(judged && { judged }) });
  return found.reply;
}

async function way(received: Received, ports: Ports, watch: Stopwatch): Promise<Found> {
  watch.begin('header');
  const header = readHeader(received.raw);
  const found = await wayOfRead(received, header, { ports, watch }).catch(failed);
  return { ...found, noted: { ...found.noted, ...(header.messageId !== undefined && { theirs: header.messageId }) } };
}

/** The way from where its header is read. */
async function wayOfRead(
  received: Received,
  header: Header,
  { ports, watch }: { readonly ports: Ports; readonly watch: Stopwatch },
): Promise<Found> {
  stopLoop(header);
  const writer = writerOf(header, received.envelope.reversePath);
  if (writer.kind === 'nobody') return dropped(`${writer.why}: never passed on`);
  watch.lap('header');
  watch.begin('authenticate');
  const authentication = await authenticate(received, header, ports.proof).finally(() => watch.lap('authenticate'));
  const found = await wayOfProven({ received, header, writer, authentication }, ports, watch).catch(failed);
  return withProof(found, authentication);
}

interface Proven {
  readonly received: Received;
  readonly header: Header;
  readonly writer: Writer;
  readonly authentication: Authentication | undefined;
}

/** The way from where its author is proven, or need not be. */
async function wayOfProven({ received, header, writer, authentication }: Proven, ports: Ports, watch: Stopwatch): Promise<Found> {
  watch.begin('resolve');
  const resolved = await resolve(addressed(received, header), ports.store, ports.aliases);
  if (resolved === 'own') return dropped('written to the own alias beside the other one');
  watch.lap('resolve');
  // A notice to an author who is not proven would be backscatter, and one to a robot the beginning of a loop (RFC 3834).
  const canBeTold = writer.kind === 'person' && (ports.proof.proof === 'off' || authentication?.aligned === true);
  if (resolved.kind === 'stranger') {
    if (!canBeTold) throw new Refusal(replies.notAParty);
    return askParty({ received, header, stranger: resolved }, ports);
  }
  const fingerprint = fingerprintOf(received.raw, header, resolved.route.conversation);
  const robot = writer.kind !== 'person';
  const letter = { received, header, resolved, fingerprint, robot, told: canBeTold ? resolved.notices : 'off' } as const;
  return relayFirst(letter, ports, (counted) =>
    writer.kind === 'responder' ? relayDaily(counted, ports, watch) : relayOnce(counted, ports, watch),
  );
}

/** The same message again, however it comes, is answered as the first time (requirement B6). */
async function relayFirst(letter: Letter, ports: Ports, go: (counted: Counted) => Promise<Found>): Promise<Found> {
  const { trace } = letter.received;
  // Beside the claim, in one trip.
  const spending = counting(letter, ports);
  const going = { go: () => go({ ...letter, spent: spending.spent }).catch(failed), isDone: isTaken };
  const giveBack = () => spending.giveBack().catch(lost(ports, trace));
  const ran = await onceEnding({ mark: letter.fingerprint, trace }, going, oncePorts(ports)).catch(async (error: unknown) => {
    await giveBack();
    throw error;
  });
  const found: Found = ran.kind === 'done' ? { reply: replies.taken, outcome: 'repeat', more: { repeats: ran.trace } } : ran.result;
  const { conversation, direction, author, recipient } = letter.resolved.route;
  const counts = found.outcome !== 'repeat' && found.outcome !== 'drop';
  const writing = [...(found.writing ?? []), ...(ran.kind === 'ran' ? [ran.written] : []), ...(counts ? [] : [giveBack()])];
  const parties = [author.party, recipient.party];
  const noted = { parties, ...(found.outcome === 'relay' && { ours: ports.messageIdFor(conversation, direction, letter.fingerprint) }) };
  return { ...found, more: { conversation, direction, ...found.more }, noted, writing };
}

/** A message that counts against the limits of its author. */
interface Counted extends Letter {
  /** Rejects with a `Refusal` where one of them is reached. */
  readonly spent: Promise<void>;
}

const counting = ({ header, resolved }: Pick<Letter, 'header' | 'resolved'>, { rateLimits, store }: Ports): Spending =>
  rateLimits ? startSpending(header, resolved.route, store.quota) : unlimited;

const oncePorts = ({ store, recorder }: Ports): OncePorts => ({ store, note: recorder.note });

const addressed = ({ envelope, at }: Received, header: Header): Addressed => ({ forwardPath: envelope.forwardPath, header, at });

/** Of what a responder sends, one message a day (UTC) is passed on in a conversation (RFC 3834 section 2). */
async function relayDaily(letter: Counted, ports: Ports, watch: Stopwatch): Promise<Found> {
  const { trace, at } = letter.received;
  const { conversation, direction } = letter.resolved.route;
  const mark = `answered:${conversation}:${direction}:${new Date(at).toISOString().slice(0, 10)}`;
  const go = () => relayOnce(letter, ports, watch);
  const ran = await once({ mark, trace }, { go, isDone: isTaken }, oncePorts(ports));
  return ran.kind === 'done' ? dropped('an automatic answer of today was passed on before') : ran.result;
}

/** The part of the way that only one relay at a time may take with the same message. */
async function relayOnce(letter: Counted, ports: Ports, watch: Stopwatch): Promise<Found> {
  watch.begin('look up');
  await letter.spent;
  const known = await lookUp(letter, ports);
  const { route, standing, thread } = known;
  const block = blockAt(letter.resolved.surroundings.ledger, standing.situation.initiates, letter.received.at);
  if (block) return refuseBlocked(letter, block, ports);
  const passage = await passageOf(letter, standing, ports);
  if (passage.kind === 'turned away') return passage.found;
  if (ports.rateLimits) await spendOnStart(standing.situation, route, ports.store.quota);
  watch.lap('look up');
  watch.begin('transform');
  const { done: read, away = known.tagAway } = await transformTagged(letter, workOn(letter, known, ports), ports);
  if (read.kind === 'unreadable') throw new Refusal(read.reply, { cause: read.reason });
  watch.add(read.steps);
  watch.begin('scan');
  const { done, reason } = ports.scan ? await ports.scan(letter.received.trace, read).finally(() => watch.lap('scan')) : { done: read };
  const order = standing.order && { order: standing.order.id };
  const memory = { ours: thread.messageId, ...order };
  watch.begin('hand over');
  const found = await dispose({ ...letter, ...(away && { tagAway: away }) }, done, memory, ports);
  if (found.outcome === 'relay') await passage.relayed().catch(lost(ports, letter.received.trace));
  watch.lap('hand over');
  if (found.outcome === 'reject' || found.outcome === 'hold') await strike(letter, done, ports);
  const delivered = found.outcome === 'relay' ? done.bytes : undefined;
  return { ...because(found, reason), judged: { verdicts: done.disposition.verdicts, ...order, ...(delivered && { delivered }) } };
}

/** All that must be known before the message is judged. */
interface Known {
  readonly policy: Policy;
  readonly route: Route;
  readonly standing: Standing;
  readonly thread: Thread;
  /** Of a seller whose tag in the subject does not count now. */
  readonly tagAway: TagAway | undefined;
}

async function lookUp(letter: Letter, ports: Ports): Promise<Known> {
  const { received, resolved } = letter;
  const { ledger } = resolved.surroundings;
  const policy = policyFor(ports.policy, sellerOf(resolved.route));
  const standing = standingOf(received, resolved);
  const tagAway = await tagAwayFor({ letter, situation: standing.situation, ledger }, ports);
  const situation = tagAway ? { ...standing.situation, tagCounts: false } : standing.situation;
  const thread = threadOf(letter, ports.messageIdFor);
  return { policy, route: withOpenHosts(resolved.route, policy), standing: { ...standing, situation }, thread, tagAway };
}

/** For the heavy part: the message, who writes to whom, and what we write into it ourselves: on top, where it is known what was ordered. */
function workOn({ received, header, robot }: Letter, { policy, route, standing, thread }: Known, ports: Ports): Work {
  const { raw, trace, at } = received;
  const { situation, order } = standing;
  const toSeller = route.direction === 'buyer_to_seller';
  const links = { report: ports.reportLinkFor(trace), ...(toSeller && { done: ports.doneLinkFor(trace) }) };
  const line = order?.item === undefined ? { foot: links } : { context: { order: order.id, item: order.item, ...links } };
  const stationery = {
    trace,
    at,
    autoSubmitted: robot,
    ...thread,
    ...line,
    ...(situation.initiates && !toSeller && { unsubscribe: ports.unsubscribeFor(trace) }),
  };
  return { raw, header, route, situation, policy, stationery, ...(ports.scan && { wantsFiles: true }) };
}

function withOpenHosts(route: Route, { allowed }: Policy): Route {
  const openHosts = [...allowed.marketplace, ...allowed.hosts];
  return { ...route, author: { ...route.author, openHosts }, recipient: { ...route.recipient, openHosts } };
}
