/**
 * THE WAY of a mail from a mailbox that a party did not register (requirement A8): somebody of its people writes from another one, or somebody
 * would like to be taken for them. The mail waits, and the party says which; nobody else is asked, and nobody is answered who is not proven.
 */
import { type Found, lost } from './dispose.ts';
import type { AliasSetup, Stranger } from './directory/resolve.ts';
import { mailboxToTell } from './directory/receiving.ts';
import { faceIn } from './directory/face.ts';
import type { Note } from './journal/log.ts';
import type { Recorder } from './journal/record.ts';
import { fingerprintOf } from './mime/fingerprint.ts';
import { readHeader } from './mime/header.ts';
import type { Mailbox } from './model/address.ts';
import type { Header, Received } from './model/message.ts';
import { Refusal, type Reply, replies } from './model/reply.ts';
import { type Admission, languageOf, type Party } from './model/route.ts';
import type { TellPorts } from './notice/tell.ts';
import { once } from './once.ts';
import { questionItem } from './notice/stranger.ts';
import type { Store } from './store/store.ts';

export interface StrangerPorts extends TellPorts {
  readonly store: Store;
  readonly recorder: Recorder;
  readonly aliases: AliasSetup;
  /** Where a party answers for the mail with this trace id: a page, if there is one, and a mail. */
  readonly answerFor: (trace: string) => { readonly page?: string | undefined; readonly mail: string };
}

/** By this a mail that waits for its party's word is told from one that waits for something else. */
const waits = 'from a mailbox that the party has not approved';

/** Of each party, a day: more would be a way to bother it. */
const questionsADay = 3;
const day = 86_400;

interface Unknown {
  readonly received: Received;
  readonly header: Header;
  readonly stranger: Stranger;
}

/**
 * @throws Refusal 550 5.7.1 where nothing says that it may be one of the party's people, or the party was asked often enough today; 451 4.4.5
 *   where it is being asked right now
 */
export async function askParty(mail: Unknown, ports: StrangerPorts): Promise<Found> {
  const { received, header, stranger } = mail;
  const { party, conversation } = stranger;
  const mailbox = mailboxToTell(party, received.at);
  if (mailbox === undefined || !(await isLikely(header, stranger, ports.store))) throw new Refusal(replies.notAParty);
  const mark = `stranger:${fingerprintOf(received.raw, header, conversation.id)}`;
  const { trace } = received;
  const oncePorts = { store: ports.store, note: ports.recorder.note };
  const inTurn = { go: () => holdAndAsk(mail, mailbox, ports), isDone: () => false };
  const go = () => once({ mark: `asking:${party.id}`, trace }, inTurn, oncePorts);
  const ran = await once({ mark, trace }, { go }, oncePorts);
  const about = { conversation: conversation.id };
  if (ran.kind === 'done') return { reply: replies.held, outcome: 'repeat', more: { ...about, repeats: ran.trace } };
  return { reply: replies.held, outcome: 'hold', more: { ...about, reason: waits } };
}

/**
 * Counted last, when all is kept: what failed before that has asked nobody, and the mail comes again. So one mail at a time asks a party, or
 * many at once would all be the third.
 */
async function holdAndAsk(mail: Unknown, mailbox: Mailbox, ports: StrangerPorts): Promise<void> {
  const { received, header, stranger } = mail;
  const { holds, outbox, quota } = ports.store;
  const { party, conversation } = stranger;
  const question = { key: `questions:${party.id}`, limit: questionsADay, seconds: day };
  if ((await quota.used(question)) >= questionsADay)
    throw new Refusal(replies.notAParty, { cause: 'the party was asked often enough today' });
  await holds.keep(received, { conversation: conversation.id, party: party.id, reason: waits });
  await outbox.put(questionItem(questionOf(received, header, stranger, ports), mailbox), received.at);
  ports.wake();
  // The party is asked: what fails now is no reason to ask it once more.
  await quota.spend([question]).catch(lost(ports, received.trace));
}

/** The author is at the party's own domain, or answers a mail that only the party got. */
async function isLikely(header: Header, { atOwnDomain, conversation, party }: Stranger, { threads }: Store): Promise<boolean> {
  if (atOwnDomain) return true;
  const known = await threads.translate(conversation.id, party.role, [...header.inReplyTo, ...header.references]);
  return known.some((id) => id !== undefined);
}

function questionOf({ trace, at }: Received, { author }: Header, { party, other, conversation }: Stranger, ports: StrangerPorts) {
  const language = languageOf(party.locale);
  const { page, mail: answerTo } = ports.answerFor(trace);
  const { domain, helpPageFor } = ports.office;
  const helpPage = helpPageFor?.(language);
  const own = faceIn(conversation, party, languageOf(other.locale), ports.aliases);
  const face = faceIn(conversation, other, language, ports.aliases);
  return { language, trace, at, address: author, own, other: face, answerTo, page, helpPage, domain };
}

/** A mail that waits for its party's word. */
export interface Waiting {
  readonly kind: 'waiting';
  readonly received: Received;
  readonly header: Header;
  readonly party: Party;
  /** Its id. */
  readonly conversation: string;
}

/** The mail with this trace id, if it waits for such a word and not for another. */
export async function waitingFor(trace: string, { holds, directory }: Pick<Store, 'holds' | 'directory'>): Promise<Waiting | undefined> {
  const held = await holds.read(trace);
  const party = held?.reason === waits ? await directory.party(held.party) : undefined;
  if (!held || !party) return undefined;
  const { received, conversation } = held;
  return { kind: 'waiting', received, header: readHeader(received.raw), party, conversation };
}

/** A mail for which its party gave its word before: it may give another one for what that mailbox writes next. */
export interface Answered {
  readonly kind: 'answered';
  /** When it came; milliseconds since 1970. */
  readonly at: number;
  /** Who wrote it. */
  readonly address: Mailbox;
  readonly party: Party;
  /** Its id. */
  readonly conversation: string;
}

/** The mail with this trace id, as long as the journal has it and its party's answer is the last that was said of the mailbox. */
export async function answeredBefore(
  trace: string,
  { journal, directory }: Pick<Store, 'journal' | 'directory'>,
): Promise<Answered | undefined> {
  const entry = await journal.entry(trace);
  const conversation = entry?.conversation === undefined ? undefined : await directory.conversation(entry.conversation);
  if (!entry || !conversation) return undefined;
  const parties = await Promise.all([conversation.buyer, conversation.seller].map((id) => directory.party(id)));
  const found = parties.flatMap((party) => {
    const said = party?.admitted?.find(({ traces }) => traces?.includes(trace));
    return party && said ? [{ party, address: said.address }] : [];
  });
  return found[0] && { kind: 'answered', at: entry.at, conversation: conversation.id, ...found[0] };
}

export interface AnswerPorts {
  readonly store: Pick<Store, 'directory' | 'holds' | 'once'>;
  readonly note: Note;
  /** The way of a held message as its author wrote it. */
  readonly pass: (received: Received) => Promise<Reply>;
}

/**
 * The party's word is kept, then the mail goes on its way, once however often the party says so, or goes for good. Answers what became of it:
 * above 400 it waits on, and the word may be said again.
 */
export async function answer(waiting: Waiting, verdict: Admission, ports: AnswerPorts): Promise<Reply> {
  const { received, header, party } = waiting;
  const { store, note, pass } = ports;
  const { trace } = received;
  await store.directory.admit(party.id, header.author, { verdict, trace });
  note('admitted', { of: trace, reason: verdict });
  const go = async () => (verdict === 'approved' ? pass(received) : replies.taken);
  const ran = await once({ mark: `approved:${trace}`, trace }, { go, isDone: ({ code }) => code < 400 }, ports);
  if (ran.kind === 'done') return replies.taken;
  // The policy may have kept it for a reason of its own: then it waits for another word.
  if (ran.result.code < 400 && (await store.holds.read(trace))?.reason === waits) await store.holds.take(trace);
  return ran.result;
}

/** The party's other word is kept; the mail itself was passed on or deleted when it gave the first one. */
export async function answerAnew(
  trace: string,
  { verdict, answered: { party, address } }: { readonly verdict: Admission; readonly answered: Answered },
  { store, note }: Pick<AnswerPorts, 'store' | 'note'>,
): Promise<void> {
  await store.directory.admit(party.id, address, { verdict, trace });
  note('admitted', { of: trace, reason: verdict });
}
