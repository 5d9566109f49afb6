/**
 * THE WAY back of a bounce: mail with a null reverse-path to the return-path of a message that we relayed (RFC 5321 section 4.5.5, RFC 3464).
 * It goes no further: every word in it may name the recipient. The author is told once, in a report of our own, that the message came back
 * for good, and the mailbox that does not exist is marked. A delay is noted and not told: most end well, there is nothing to do about one,
 * and it shows how the far side's servers work. A success nobody asked for, and an answer that nobody wrote, end here.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Meaning, meaningOf } from './bounce/classify.ts';
import { faceIn } from './directory/face.ts';
import { mailboxToTell, receivingMailboxes } from './directory/receiving.ts';
import type { AliasSetup } from './directory/resolve.ts';
import { type Sent as SentMessage, sentMessage } from './directory/sent.ts';
import { describe } from './journal/log.ts';
import type { BounceOutcome } from './journal/metrics.ts';
import { type Recorder, record } from './journal/record.ts';
import { readReport, type Report } from './mime/report.ts';
import type { Mailbox } from './model/address.ts';
import type { Received } from './model/message.ts';
import { type Reply, replies, replyTo, wire } from './model/reply.ts';
import { languageOf, type Party } from './model/route.ts';
import { type Stopwatch, stopwatch } from './model/stopwatch.ts';
import { type Bounced, bouncedItem } from './notice/bounced.ts';
import type { Office } from './notice/item.ts';
import type { Store } from './store/store.ts';

export interface BouncePorts {
  readonly store: Pick<Store, 'directory' | 'journal' | 'threads' | 'outbox'>;
  readonly recorder: Recorder;
  readonly aliases: AliasSetup;
  readonly office: Office;
  /** The outbox got something to send. */
  readonly wake: () => void;
}

interface Found {
  readonly outcome: BounceOutcome;
  /** In words of ours. */
  readonly reason: string;
  readonly conversation?: string;
}

/** An address of the form of our return-paths; with a wrong check it was made up, or belongs to a secret that is no more. */
export const looksLikeReturnPath = (forwardPath: string): boolean => /^b-[a-z0-9]{1,53}-[a-z2-7]{8}@/i.test(forwardPath);

/** `of`: the trace id that the return-path carries. Never throws: a store that is away defers the bounce. */
export async function takeBounce(received: Received, of: string, ports: BouncePorts): Promise<Reply> {
  const { recorder } = ports;
  const { trace, at } = received;
  const watch = stopwatch();
  let reply: Reply = replies.taken;
  let found: Found;
  try {
    found = await way(received, of, ports, watch);
  } catch (error) {
    reply = replyTo(error);
    found = { outcome: 'late', reason: 'an error of ours' };
    recorder.note('unexpected', { trace, of, error: describe(error) });
  }
  const { outcome, conversation } = found;
  const reason = `bounce of ${of}: ${found.reason}`;
  recorder.note('bounced', { trace, of, reason: found.reason, ...(conversation !== undefined && { conversation }) });
  recorder.metrics.bounce(outcome);
  const disposition = reply.code < 400 ? 'drop' : 'defer';
  const bytes = received.raw.length;
  await record({ trace, at, disposition, reply: wire(reply, trace), findings: [], bytes, steps: watch.steps, reason }, {}, recorder);
  return reply;
}

/** A message that we relayed, between two who are still known. */
type Sent = Required<SentMessage>;

const stray: Found = { outcome: 'stray', reason: 'no such message in the journal' };

async function way(received: Received, of: string, ports: BouncePorts, watch: Stopwatch): Promise<Found> {
  const sent = await relayedMessage(of, ports.store);
  watch.lap('look up');
  if (!sent) return stray;
  const report = await readReport(received.raw);
  const meaning = meaningOf(report, (mailbox) => sent.recipient.mailboxes.some(({ address }) => address === mailbox));
  watch.lap('read');
  const conversation = sent.conversation.id;
  if (meaning.kind !== 'failed') return { outcome: meaning.kind, reason: reasons[meaning.kind], conversation };
  const found = await cameBack(sent, { received, report, meaning }, ports);
  watch.lap('tell');
  return { ...found, conversation };
}

const reasons: Readonly<Record<Exclude<Meaning['kind'], 'failed'>, string>> = {
  delayed: 'still on its way, nobody is told',
  delivered: 'it arrived, nobody is told',
  answer: 'an automatic answer, not a bounce; dropped',
};

/** A next hop that bounces at once may be faster than our own journal. */
const patience = 500;

async function relayedMessage(of: string, store: BouncePorts['store']): Promise<Sent | undefined> {
  const sent = (await sentMessage(of, store)) ?? (await wait(patience).then(() => sentMessage(of, store)));
  if (!sent?.author || !sent.recipient) return undefined;
  return { ...sent, author: sent.author, recipient: sent.recipient };
}

interface Bounce {
  readonly received: Received;
  readonly report: Report;
  readonly meaning: Extract<Meaning, { kind: 'failed' }>;
}

async function cameBack(sent: Sent, bounce: Bounce, ports: BouncePorts): Promise<Omit<Found, 'conversation'>> {
  const { store } = ports;
  const { at } = bounce.received;
  const { reason } = bounce.meaning;
  const { entry } = sent;
  const concerned = mailboxesOf(sent, bounce.meaning);
  if (reason === 'unknown' && concerned.failed) await mark(sent, concerned.failed, at, store);
  if (concerned.others) return { outcome: reason, reason: `${reason}, at a further mailbox of the party: nobody is told` };
  if (entry.bouncedAt !== undefined) return { outcome: 'again', reason: `${reason}, as was told before` };
  const told = await tell(sent, bounce, ports);
  // Last: a bounce that comes again mends what a crash left undone.
  await store.journal.bounced(entry.trace, at, reason);
  const { trace, direction } = entry;
  ports.recorder.tell({ type: 'bounced', at, trace, conversation: sent.conversation.id, reason, ...(direction && { direction }) });
  return { outcome: reason, reason: told ? reason : `${reason}, nobody can be told` };
}

/** Which of the recipient's mailboxes it is about, where that can be said; `others`: another one has the message, as far as we know. */
function mailboxesOf({ entry, recipient }: Sent, { names }: Bounce['meaning']): { readonly failed?: Mailbox; readonly others: boolean } {
  const went = receivingMailboxes(asOf(recipient, entry.at), entry.at);
  const targets: readonly Mailbox[] = typeof went === 'string' ? [] : went;
  const named = [...targets, ...recipient.mailboxes.map(({ address }) => address)].find(names);
  const failed = named ?? (targets.length === 1 ? targets[0] : undefined);
  const [first] = targets;
  // What the first one did not take is the author's business, whoever else has a copy.
  const others = named !== undefined && named !== first && first !== undefined && markOf(recipient, first) === undefined;
  return { others, ...(failed !== undefined && { failed }) };
}

const markOf = ({ mailboxes }: Party, mailbox: Mailbox) => mailboxes.find(({ address }) => address === mailbox)?.unreachable;

/** As the party was then: marks that were made later say nothing of where a message went. */
const asOf = (party: Party, at: number): Party => ({
  ...party,
  mailboxes: party.mailboxes.map(({ unreachable, ...mailbox }) =>
    unreachable !== undefined && unreachable.at <= at ? { ...mailbox, unreachable } : mailbox,
  ),
});

/** Nothing new where an earlier bounce marked it after this message was sent. */
async function mark({ entry, recipient }: Sent, failed: Mailbox, at: number, { directory }: BouncePorts['store']): Promise<void> {
  const marked = markOf(recipient, failed);
  if (marked !== undefined && marked.at > entry.at) return;
  await directory.markMailbox(recipient.id, failed, { at, reason: 'unknown' });
}

/** In the author's language, whatever the author said of notices: mail that is lost must be known. False where no mailbox takes it. */
async function tell(sent: Sent, { received, report, meaning }: Bounce, ports: BouncePorts): Promise<boolean> {
  const { entry, conversation, author, recipient } = sent;
  const { store, office, wake } = ports;
  const mailbox = mailboxToTell(author, received.at);
  if (mailbox === undefined) return false;
  const known = await store.threads.translate(conversation.id, recipient.role, report.messageIds);
  const messageId = known.find((id) => id?.includes('@'));
  const bounced: Bounced = {
    reason: meaning.reason,
    language: languageOf(author.locale),
    trace: entry.trace,
    sent: entry.at,
    at: received.at,
    own: faceIn(conversation, author, languageOf(recipient.locale), ports.aliases),
    other: faceIn(conversation, recipient, languageOf(author.locale), ports.aliases),
    ...(messageId !== undefined && { messageId }),
  };
  await store.outbox.put(bouncedItem(bounced, mailbox, office), received.at);
  wake();
  return true;
}
