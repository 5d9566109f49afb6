/**
 * DISPOSE: what becomes of a message that was judged. It is handed over, refused, held or put off; its author is told; and what the next
 * message needs to know of it is remembered.
 */
import { describe, type Fields } from './journal/log.ts';
import type { Recorder } from './journal/record.ts';
import type { Findable } from './directory/findable.ts';
import type { Resolved } from './directory/resolve.ts';
import { deadlines, mailboxesInTurn } from './model/deadlines.ts';
import type { Entry, Outcome } from './model/entry.ts';
import type { Header, Received } from './model/message.ts';
import { Refusal, type Reply, replies, replyTo } from './model/reply.ts';
import type { NoticeChoice } from './model/route.ts';
import type { TagAway } from './model/standing.ts';
import type { Disposition } from './model/verdict.ts';
import { copiedItem } from './notice/copied.ts';
import { leaseSeconds } from './once.ts';
import type { NoticeKind } from './notice/notice.ts';
import { type TellPorts, tell } from './notice/tell.ts';
import type { Outbound, Outgoing } from './outbound/outbound.ts';
import { canRedact, type Policy } from './policy/policy.ts';
import type { Store } from './store/store.ts';
import type { Transformed } from './transform.ts';

export interface DisposePorts extends TellPorts {
  readonly store: Store;
  readonly outbound: Outbound;
  readonly recorder: Recorder;
  readonly policy: Policy;
  readonly returnPathFor: (trace: string) => string;
}

/** What the way has found out so far; for the record alone. */
export interface Found {
  readonly reply: Reply;
  readonly outcome: Outcome;
  readonly more?: Partial<Pick<Entry, 'conversation' | 'direction' | 'findings' | 'reason' | 'repeats' | 'tag' | 'authentication'>>;
  readonly log?: Fields;
  /** By what an operator finds the message. */
  readonly noted?: Findable;
  /** What the policy said, the order that stood between the two, and the bytes that left; for the archive. */
  readonly judged?: { readonly verdicts: Disposition['verdicts']; readonly order?: string; readonly delivered?: Uint8Array };
  /** What is still being written; the answer waits for it. Never reject. */
  readonly writing?: readonly Promise<void>[];
}

/** A message whose author and recipient are known. */
export interface Letter {
  readonly received: Received;
  readonly header: Header;
  readonly resolved: Resolved;
  readonly fingerprint: string;
  readonly robot: boolean;
  /** How the author is told of what was refused, changed or held; `off` where the author wants it so, and where nobody can be told. */
  readonly told: NoticeChoice;
  /** Of a seller whose tag in the subject does not count now. */
  readonly tagAway?: TagAway;
}

export type Judged = Extract<Transformed, { kind: 'judged' }>;

/** What the next message needs to know of one that was relayed. */
export interface Memory {
  /** The Message-ID under which it left. */
  readonly ours: string;
  /** The order that stands between the two. */
  readonly order?: string;
}

type Findings = Entry['findings'];

/**
 * Milliseconds. A relay that dies in the middle leaves copies that go on their way when the hand-over has surely ended: while it tries one mailbox
 * after the other, the outbox may not send to them.
 */
const copyDelay = mailboxesInTurn + deadlines.store;

export async function dispose(letter: Letter, done: Judged, memory: Memory, ports: DisposePorts): Promise<Found> {
  const { disposition, bytes, leaks } = done;
  const findings = disposition.verdicts.flatMap(({ rule, action, findings }) =>
    findings.map(({ part, region }) => ({ rule, action, part, region })),
  );
  if (disposition.kind === 'late') return putOff(letter, done, ports, findings);
  if (disposition.kind === 'reject' || !bytes) return refuse(letter, done, ports, findings);
  if (disposition.kind === 'hold' || leaks.length > 0) return hold(letter, done, ports, findings);
  await handOverToAll(letter, bytes, ports);
  const changed = disposition.verdicts.some(({ action }) => action === 'redact');
  const writing = [
    remember(letter, done, memory, ports),
    ...(changed ? [tellAuthor('redacted', letter, done, ports)] : []),
    ...(letter.resolved.namesOthers ? [tellOfOthers(letter, ports)] : []),
  ].map((one) => one.catch(lost(ports, letter.received.trace)));
  const { tag } = disposition;
  return { reply: replies.relayed, outcome: 'relay', more: { findings, ...(tag && { tag }) }, writing };
}

/** The policy took too long over the message: the first time it may have been the machine, the second time it is the message. */
async function putOff(letter: Letter, done: Judged, ports: DisposePorts, findings: Findings): Promise<Found> {
  const { trace } = letter.received;
  const mark = `late:${letter.fingerprint}`;
  const before = await ports.store.once.claim(mark, trace, leaseSeconds);
  if (before.kind === 'done') return hold(letter, done, ports, findings);
  await ports.store.once.settle(mark, trace);
  throw new Refusal(replies.tryLater, { cause: 'the policy took too long over it' });
}

/** An author who is told gets a notice, or a line in a digest, and 250: the matter is not that of the mail servers between us. Others get 550. */
async function refuse(letter: Letter, done: Judged, ports: DisposePorts, findings: Findings): Promise<Found> {
  const broken = brokenRules(done.disposition);
  if (letter.told === 'off') {
    // What is no rule of the policy says so itself.
    const reply = broken.includes('malware')
      ? replies.malware
      : { ...replies.againstPolicy, text: `${replies.againstPolicy.text}: ${broken.join(', ')}` };
    return { reply, outcome: 'reject', more: { findings } };
  }
  if (letter.told === 'each' && canRedact(broken)) await keep(letter, 'policy', ports);
  await tellAuthor('refused', letter, done, ports);
  return { reply: replies.noticed, outcome: 'reject', more: { findings } };
}

async function hold(letter: Letter, done: Judged, ports: DisposePorts, findings: Findings): Promise<Found> {
  const where = [...new Set(done.leaks.map(({ what, whose, where }) => `${whose}'s ${what} in ${where}`))];
  if (where.length > 0) alarm(ports.recorder, letter.received.trace, where);
  const late = done.disposition.kind === 'late' ? 'the policy took too long over it' : 'policy';
  const reason = where.length > 0 ? `gate: ${where.join('; ')}` : late;
  await keep(letter, reason, ports);
  await tellAuthor('held', letter, done, ports);
  return { reply: replies.held, outcome: 'hold', more: { findings, reason } };
}

/** The rules for which a message was stopped. */
const brokenRules = ({ kind, verdicts }: Disposition): readonly string[] =>
  verdicts.filter(({ action }) => action === kind).map(({ rule }) => rule);

const keep = ({ received, resolved }: Letter, reason: string, { store }: DisposePorts): Promise<void> =>
  store.holds.keep(received, { conversation: resolved.route.conversation, party: resolved.route.author.party, reason });

/** Tells the author; SEND is offered where what stopped the message can be taken out. */
function tellAuthor(kind: NoticeKind, letter: Letter, { disposition, subject, leaks }: Judged, ports: DisposePorts): Promise<void> {
  const { tagAway } = letter;
  const broken = brokenRules(disposition);
  const canSend = kind !== 'redacted' && leaks.length === 0 && broken.length > 0 && canRedact(broken);
  const about = { ...letter, route: letter.resolved.route };
  const judged = { subject, verdicts: disposition.verdicts, canSend, limits: ports.policy.limits };
  return tell(kind, about, { ...judged, ...(tagAway && { tagAway }) }, ports);
}

/** Once in a while for each side of a conversation: who always copies a colleague knows it after the first time. */
async function tellOfOthers(letter: Letter, { store, office, wake }: DisposePorts): Promise<void> {
  const { received, resolved, told } = letter;
  if (told === 'off') return;
  const { conversation, author } = resolved.route;
  const mark = `copied:${conversation}:${author.role}`;
  const claim = await store.once.claim(mark, received.trace, leaseSeconds);
  if (claim.kind !== 'claimed') return;
  await store.outbox.put(copiedItem({ ...letter, route: resolved.route }, office), received.at);
  await store.once.settle(mark, received.trace);
  wake();
}

export const lost =
  ({ recorder }: Pick<DisposePorts, 'recorder'>, trace: string) =>
  (error: unknown): void =>
    recorder.note('not-recorded', { trace, error: describe(error) });

function alarm({ note, metrics }: Recorder, trace: string, where: readonly string[]): void {
  note('gate-alarm', { trace, where });
  metrics.gateAlarm();
}

/** Resolves after the next hop's 250; how long that took is counted by what came of it. */
async function handOver(outgoing: Outgoing, { outbound, recorder }: DisposePorts): Promise<void> {
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

/**
 * The author's server waits until one mailbox of the recipient's has the message. Copies for the others lie in the outbox before, so that
 * none is lost, and are taken back where nobody took the message: then it comes again, or its author is told.
 */
async function handOverToAll(letter: Letter, bytes: Uint8Array, ports: DisposePorts): Promise<void> {
  const { outbox } = ports.store;
  const { trace, at } = letter.received;
  const { recipients } = letter.resolved;
  const outgoing = { reversePath: letter.robot ? '' : ports.returnPathFor(trace), bytes, trace };
  const idOf = (index: number) => `copy:${trace}:${index}`;
  const takeBack = (index: number) => outbox.withdraw(idOf(index)).catch(lost(ports, trace));
  const others = recipients.map((_, index) => index).slice(1);
  const putCopy = async (index: number) => {
    const recipient = recipients[index];
    // Not from when it came: a message that was held came long ago.
    if (recipient !== undefined) await outbox.put({ ...outgoing, recipient, id: idOf(index), at }, Date.now() + copyDelay);
  };
  try {
    await Promise.all(others.map((index) => putCopy(index)));
    const lastBegin = performance.now() + deadlines.handOver;
    for (const [index, recipient] of recipients.entries()) {
      if (performance.now() > lastBegin)
        throw new Refusal(replies.tryLater, { cause: 'the next hop took too long to refuse its mailboxes' });
      const taken = await isTaken({ ...outgoing, recipient }, index < recipients.length - 1, ports);
      if (index > 0) await (taken ? outbox.done(idOf(index)).catch(lost(ports, trace)) : takeBack(index));
      if (!taken) continue;
      const copies = others.filter((other) => other > index);
      await Promise.all(copies.map((copy) => outbox.later(idOf(copy), at).catch(lost(ports, trace))));
      if (copies.length > 0) ports.wake();
      return;
    }
  } catch (error) {
    await Promise.all(others.map(takeBack));
    throw error;
  }
}

/** A mailbox that is gone is no reason to bother the author while there are others. */
async function isTaken(outgoing: Outgoing, hasOthers: boolean, ports: DisposePorts): Promise<boolean> {
  try {
    await handOver(outgoing, ports);
    return true;
  } catch (error) {
    if (hasOthers && error instanceof Refusal && error.reply === replies.recipientUnknown) return false;
    throw error;
  }
}

/** After the next hop's 250 nothing may turn the answer into an error: the sender's server would send a twin. */
async function remember(
  letter: Letter,
  { disposition }: Judged,
  { ours, order }: Memory,
  { store, recorder }: DisposePorts,
): Promise<void> {
  const { received, header, resolved, fingerprint } = letter;
  const { conversation, author } = resolved.route;
  const done = await Promise.allSettled([
    store.threads.pair(conversation, author.role, header.messageId ?? fingerprint, ours),
    store.directory.heard(conversation, author.role, received.at),
    noteResponse(letter, store),
    ...(disposition.asksForReview && order !== undefined ? [store.directory.countReviewRequest(order)] : []),
    ...(resolved.revived ? [store.directory.markMailbox(author.party, header.author, undefined)] : []),
  ]);
  for (const { reason } of done.filter((one) => one.status === 'rejected')) {
    recorder.note('not-recorded', { trace: received.trace, error: describe(reason) });
  }
}

/** The clock of an answer (requirement G6); what a machine writes is neither a question nor an answer. */
async function noteResponse({ received, resolved, robot }: Letter, { responses }: Store): Promise<void> {
  if (robot) return;
  const { conversation, direction } = resolved.route;
  const asked = { seller: resolved.seller.id, conversation };
  await (direction === 'buyer_to_seller' ? responses.asked(asked, received.at) : responses.answered(asked));
}
