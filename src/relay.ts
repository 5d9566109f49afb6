/**
 * THE WAY of one message, top to bottom: the only file that knows the order of the steps. A step returns its product or throws a
 * `Refusal`; any other error defers the message. 250 only after the next hop's 250, or when the message lies in the store.
 */
import { authenticate, type ProofSetup } from './auth/authenticate.ts';
import { stopLoop, writerOf } from './auth/automatic.ts';
import { type AliasSetup, type Resolved, resolve } from './directory/resolve.ts';
import { situationOf } from './directory/situation.ts';
import { type MessageIdFor, threadOf } from './directory/thread.ts';
import { describe, type Fields } from './journal/log.ts';
import { type Recorder, record } from './journal/record.ts';
import { fingerprintOf } from './mime/fingerprint.ts';
import { readHeader } from './mime/header.ts';
import type { Entry, Outcome } from './model/entry.ts';
import type { Header, Received } from './model/message.ts';
import { Refusal, type Reply, replies, replyTo, wire } from './model/reply.ts';
import { type NoticeChoice, sellerOf } from './model/route.ts';
import { type Stopwatch, stopwatch } from './model/stopwatch.ts';
import type { Disposition } from './model/verdict.ts';
import { digestEntry, noticeItem, type Office } from './notice/item.ts';
import type { NoticeKind } from './notice/notice.ts';
import type { Outbound, Outgoing } from './outbound/outbound.ts';
import { canRedact, type Policy, policyFor, softened } from './policy/policy.ts';
import type { Store } from './store/store.ts';
import type { Transformed, Work } from './transform.ts';

export interface Ports {
  readonly store: Store;
  readonly outbound: Outbound;
  readonly recorder: Recorder;
  readonly policy: Policy;
  readonly proof: ProofSetup;
  readonly aliases: AliasSetup;
  /** The heavy part; here or in a worker thread. */
  readonly transform: (work: Work) => Promise<Transformed>;
  readonly messageIdFor: MessageIdFor;
  readonly returnPathFor: (trace: string) => string;
  readonly office: Office;
  /** The outbox got something to send. */
  readonly wake: () => void;
}

/** What the way has found out so far; for the record alone. */
interface Found {
  readonly reply: Reply;
  readonly outcome: Outcome;
  readonly more?: Partial<Pick<Entry, 'conversation' | 'direction' | 'findings' | 'reason' | 'repeats'>>;
  readonly log?: Fields;
}

/** How long a claim outlives a relay that died with it: the hand-over's own deadline (60 s) and a little. */
const leaseSeconds = 65;

/** Answers every message, whatever happens on its way, and records what it answered. Never throws. */
export const createRelay =
  (ports: Ports) =>
  (received: Received): Promise<Reply> =>
    recorded(received, ports, (watch) => way(received, ports, watch));

/** The way of a held message whose author wrote SEND: the offending spots go, whatever the policy would do with the whole. Never throws. */
export const createRelease =
  (ports: Ports) =>
  (received: Received): Promise<Reply> =>
    recorded(received, ports, async (watch) => {
      const header = readHeader(received.raw);
      const resolved = await resolve(received.envelope.forwardPath, header, ports.store.directory, ports.aliases);
      if (resolved === 'own') throw new Refusal(replies.nothingHeld);
      watch.lap('resolve');
      const { conversation, direction } = resolved.route;
      const fingerprint = fingerprintOf(received.raw, header, conversation);
      const letter = { received, header, resolved, fingerprint, robot: false, told: 'off' } as const;
      const found = await relayOnce(letter, { ...ports, policy: softened(ports.policy) }, watch);
      return { ...found, more: { conversation, direction, reason: 'sent by the word of its author', ...found.more } };
    });

async function recorded(received: Received, ports: Ports, go: (watch: Stopwatch) => Promise<Found>): Promise<Reply> {
  const watch = stopwatch();
  const found = await go(watch).catch(failed);
  if (found.log?.error) ports.recorder.note('unexpected', { trace: received.trace, error: found.log.error });
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
  await record(entry, found.log ?? {}, ports.recorder);
  return found.reply;
}

async function way(received: Received, ports: Ports, watch: Stopwatch): Promise<Found> {
  const header = readHeader(received.raw);
  stopLoop(header);
  const writer = writerOf(header, received.envelope.reversePath);
  if (writer === 'report') return { reply: replies.taken, outcome: 'drop', more: { reason: 'a bounce or receipt is never passed on' } };
  watch.lap('header');
  const authentication = await authenticate(received, header, ports.proof);
  watch.lap('authenticate');
  const resolved = await resolve(received.envelope.forwardPath, header, ports.store.directory, ports.aliases);
  if (resolved === 'own')
    return { reply: replies.taken, outcome: 'drop', more: { reason: 'written to the own alias beside the other one' } };
  watch.lap('resolve');
  const { conversation, direction } = resolved.route;
  const about = { conversation, direction };
  const fingerprint = fingerprintOf(received.raw, header, conversation);
  const claim = await ports.store.once.claim(fingerprint, received.trace, leaseSeconds);
  if (claim.kind === 'busy') throw new Refusal(replies.inProgress);
  if (claim.kind === 'done') return { reply: replies.taken, outcome: 'repeat', more: { ...about, repeats: claim.trace } };
  try {
    // A notice to an author who is not proven would be backscatter, and one to a robot the beginning of a loop (RFC 3834).
    const robot = writer === 'robot';
    const canBeTold = !robot && (ports.proof.proof === 'off' || authentication?.aligned === true);
    const told = canBeTold ? resolved.notices : 'off';
    const found = await relayOnce({ received, header, resolved, fingerprint, robot, told }, ports, watch);
    if (found.reply.code >= 400) await free(ports, fingerprint, received.trace);
    else await settle(ports, fingerprint, received.trace);
    return { ...found, more: { ...about, ...found.more }, log: { ...found.log, ...authentication } };
  } catch (error) {
    await free(ports, fingerprint, received.trace);
    const found = failed(error);
    return { ...found, more: { ...about, ...found.more } };
  }
}

interface Letter {
  readonly received: Received;
  readonly header: Header;
  readonly resolved: Resolved;
  readonly fingerprint: string;
  readonly robot: boolean;
  /** How the author is told of what was refused, changed or held; `off` where the author wants it so, and where nobody can be told. */
  readonly told: NoticeChoice;
}

type Judged = Extract<Transformed, { kind: 'judged' }>;

/** The part of the way that only one relay at a time may take with the same message. */
async function relayOnce(letter: Letter, ports: Ports, watch: Stopwatch): Promise<Found> {
  const { received, header, resolved } = letter;
  const { route } = resolved;
  const [situation, thread] = await Promise.all([
    situationOf(received, resolved, ports.store.directory),
    threadOf(letter.fingerprint, header, route, { threads: ports.store.threads, messageIdFor: ports.messageIdFor }),
  ]);
  watch.lap('look up');
  const { raw, trace, at } = received;
  const stationery = { trace, at, autoSubmitted: letter.robot, ...thread };
  const done = await ports.transform({ raw, header, route, situation, policy: policyFor(ports.policy, sellerOf(route)), stationery });
  if (done.kind === 'unreadable') throw new Refusal(done.reply, { cause: done.reason });
  watch.add(done.steps);
  const { disposition, bytes } = done;
  const found = disposition.verdicts.flatMap(({ rule, action, findings }) =>
    findings.map(({ part, region }) => ({ rule, action, part, region })),
  );
  if (disposition.kind === 'late') return beLate(letter, done, ports, found);
  if (disposition.kind === 'reject' || !bytes) return refuse(letter, done, ports, found);
  if (disposition.kind === 'hold' || done.leaks.length > 0) return hold(letter, done, ports, found);
  const reversePath = letter.robot ? '' : ports.returnPathFor(trace);
  await handOver({ reversePath, recipient: resolved.recipient, bytes, trace }, ports);
  watch.lap('hand over');
  await remember(letter, thread.messageId, ports);
  if (disposition.verdicts.some(({ action }) => action === 'redact')) await tell('redacted', letter, done, ports).catch(lost(ports, trace));
  return { reply: replies.relayed, outcome: 'relay', more: { findings: found } };
}

type Findings = Entry['findings'];

/** The policy took too long over the message: the first time it may have been the machine, the second time it is the message. */
async function beLate(letter: Letter, done: Judged, ports: Ports, findings: Findings): Promise<Found> {
  const { trace } = letter.received;
  const mark = `late:${letter.fingerprint}`;
  const before = await ports.store.once.claim(mark, trace, leaseSeconds);
  if (before.kind === 'done') return hold(letter, done, ports, findings);
  await ports.store.once.settle(mark, trace);
  throw new Refusal(replies.tryLater, { cause: 'the policy took too long over it' });
}

/** An author who is told gets a notice, or a line in a digest, and 250: the matter is not that of the mail servers between us. Others get 550. */
async function refuse(letter: Letter, done: Judged, ports: Ports, findings: Findings): Promise<Found> {
  const broken = brokenRules(done.disposition);
  if (letter.told === 'off') {
    const reply = { ...replies.againstPolicy, text: `${replies.againstPolicy.text}: ${broken.join(', ')}` };
    return { reply, outcome: 'reject', more: { findings } };
  }
  if (letter.told === 'each' && canRedact(broken)) await keep(letter, 'policy', ports);
  await tell('refused', letter, done, ports);
  return { reply: replies.noticed, outcome: 'reject', more: { findings } };
}

async function hold(letter: Letter, done: Judged, ports: Ports, findings: Findings): Promise<Found> {
  const where = [...new Set(done.leaks.map(({ what, whose, where }) => `${whose}'s ${what} in ${where}`))];
  if (where.length > 0) alarm(ports.recorder, letter.received.trace, where);
  const late = done.disposition.kind === 'late' ? 'the policy took too long over it' : 'policy';
  const reason = where.length > 0 ? `gate: ${where.join('; ')}` : late;
  await keep(letter, reason, ports);
  await tell('held', letter, done, ports);
  return { reply: replies.held, outcome: 'hold', more: { findings, reason } };
}

/** The rules for which a message was stopped. */
const brokenRules = ({ kind, verdicts }: Disposition): readonly string[] =>
  verdicts.filter(({ action }) => action === kind).map(({ rule }) => rule);

const keep = ({ received, resolved }: Letter, reason: string, { store }: Ports): Promise<void> =>
  store.holds.keep(received, { conversation: resolved.route.conversation, party: resolved.route.author.party, reason });

/** Durable when it resolves: the outbox sends it, or the digest says it when the day is over. A digest offers no SEND. */
async function tell(kind: NoticeKind, letter: Letter, { disposition, subject, leaks }: Judged, ports: Ports): Promise<void> {
  const { received, header, resolved, told } = letter;
  if (told === 'off') return;
  const { verdicts } = disposition;
  const about = { received, header, route: resolved.route };
  if (told === 'daily') {
    const entry = digestEntry(kind, about, { subject, verdicts });
    if (entry) await ports.store.digests.add(entry, dayOf(entry.at));
    return;
  }
  const broken = brokenRules(disposition);
  const canSend = kind !== 'redacted' && leaks.length === 0 && broken.length > 0 && canRedact(broken);
  const { limits } = ports.policy;
  const item = noticeItem(kind, about, { subject, verdicts, canSend, limits }, ports.office);
  if (!item) return;
  await ports.store.outbox.put(item, item.at);
  ports.wake();
}

/** `2026-03-09`, UTC. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const lost =
  ({ recorder }: Ports, trace: string) =>
  (error: unknown): void =>
    recorder.note('not-recorded', { trace, error: describe(error) });

function alarm({ note, metrics }: Recorder, trace: string, where: readonly string[]): void {
  note('gate-alarm', { trace, where });
  metrics.gateAlarm();
}

/** Resolves after the next hop's 250; how long that took is counted by what came of it. */
async function handOver(outgoing: Outgoing, { outbound, recorder }: Ports): Promise<void> {
  const began = performance.now();
  const count = (outcome: 'taken' | 'deferred' | 'refused') => recorder.metrics.nextHop((performance.now() - began) / 1000, outcome);
  try {
    await outbound.handOver(outgoing);
    count('taken');
  } catch (error) {
    count(replyTo(error).code < 500 ? 'deferred' : 'refused');
    throw error;
  }
}

/** After the next hop's 250 nothing may turn the answer into an error: the sender's server would send a twin. */
async function remember(letter: Letter, ours: string, { store, recorder }: Ports): Promise<void> {
  const { received, header, resolved, fingerprint } = letter;
  const { conversation, author } = resolved.route;
  const done = await Promise.allSettled([
    store.threads.pair(conversation, author.role, header.messageId ?? fingerprint, ours),
    store.directory.heard(conversation, author.role, received.at),
  ]);
  for (const { reason } of done.filter((one) => one.status === 'rejected')) {
    recorder.note('not-recorded', { trace: received.trace, error: describe(reason) });
  }
}

const settle = (ports: Ports, fingerprint: string, trace: string): Promise<void> =>
  ports.store.once.settle(fingerprint, trace).catch(lost(ports, trace));

const free = (ports: Ports, fingerprint: string, trace: string): Promise<void> =>
  ports.store.once.release(fingerprint, trace).catch(lost(ports, trace));

/** What an error means for the message: the catalogue's answer, or 451 where nobody foresaw it. */
function failed(error: unknown): Found {
  const reply = replyTo(error);
  const outcome = reply.code < 500 ? 'defer' : 'reject';
  if (!(error instanceof Refusal)) return { reply, outcome, log: { error: describe(error) }, more: { reason: 'an error of ours' } };
  if (error.cause instanceof Error) return { reply, outcome, log: { nextHop: error.cause.message } };
  return typeof error.cause === 'string' && error.cause !== '' ? { reply, outcome, more: { reason: error.cause } } : { reply, outcome };
}
