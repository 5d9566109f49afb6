/**
 * THE WAY of a mail from a mailbox that a party did not register (requirement A8): somebody of its people writes from another one, or somebody
 * would like to be taken for them. The mail waits, and the party says which; nobody else is asked, and nobody is answered who is not proven.
 */
import type { Found } from './dispose.ts';
import type { AliasSetup, Stranger } from './directory/resolve.ts';
import { mailboxToTell } from './directory/receiving.ts';
import { faceIn } from './directory/face.ts';
import type { Note } from './journal/log.ts';
import { readHeader } from './mime/header.ts';
import type { Header, Received } from './model/message.ts';
import { Refusal, type Reply, replies } from './model/reply.ts';
import { type Admission, languageOf, type Party } from './model/route.ts';
import type { TellPorts } from './notice/tell.ts';
import { questionItem } from './notice/stranger.ts';
import type { Store } from './store/store.ts';

export interface StrangerPorts extends TellPorts {
  readonly store: Store;
  readonly aliases: AliasSetup;
  /** Where a party answers for the mail with this trace id: a page, if there is one, and a mail. */
  readonly answerFor: (trace: string) => { readonly page?: string | undefined; readonly mail: string };
}

/** By this a mail that waits for its party's word is told from one that waits for something else. */
const waits = 'from a mailbox that the party has not approved';

/** Of each party, a day: more would be a way to bother it. */
const questionsADay = 3;
const day = 86_400;
const leaseSeconds = 65;

/** @throws Refusal 550 5.7.1 where nothing says that it may be one of the party's people, or the party was asked often enough today */
export async function askParty(received: Received, header: Header, stranger: Stranger, ports: StrangerPorts): Promise<Found> {
  const { store } = ports;
  const { trace, at } = received;
  const { party, conversation } = stranger;
  const mailbox = mailboxToTell(party, at);
  if (mailbox === undefined || !(await isLikely(header, stranger, store))) throw new Refusal(replies.notAParty);
  const mark = `stranger:${conversation.id}:${header.messageId ?? trace}:${header.author}`;
  const claim = await store.once.claim(mark, trace, leaseSeconds);
  if (claim.kind === 'busy') throw new Refusal(replies.inProgress);
  if (claim.kind === 'done') return { reply: replies.held, outcome: 'repeat', more: { repeats: claim.trace } };
  const over = await store.quota.spend([{ key: `questions:${party.id}`, limit: questionsADay, seconds: day }]);
  if (over) throw new Refusal(replies.notAParty, { cause: 'the party was asked often enough today' });
  await store.holds.keep(received, { conversation: conversation.id, party: party.id, reason: waits });
  await store.outbox.put(questionItem(questionOf(received, header, stranger, ports), mailbox), at);
  await store.once.settle(mark, trace);
  ports.wake();
  return { reply: replies.held, outcome: 'hold', more: { conversation: conversation.id, reason: waits } };
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
  const own = faceIn(conversation, party, languageOf(other.locale), ports.aliases);
  const face = faceIn(conversation, other, language, ports.aliases);
  return { language, trace, at, address: author, own, other: face, answerTo, page, domain: ports.office.domain };
}

/** A mail that waits for its party's word. */
export interface Waiting {
  readonly received: Received;
  readonly header: Header;
  readonly party: Party;
}

/** The mail with this trace id, if it waits for such a word and not for another. */
export async function waitingFor(trace: string, { holds, directory }: Pick<Store, 'holds' | 'directory'>): Promise<Waiting | undefined> {
  const held = await holds.read(trace);
  const party = held?.reason === waits ? await directory.party(held.party) : undefined;
  return held && party && { received: held.received, header: readHeader(held.received.raw), party };
}

export interface AnswerPorts {
  readonly store: Pick<Store, 'directory' | 'holds'>;
  readonly note: Note;
  /** The way of a held message as its author wrote it. */
  readonly pass: (received: Received) => Promise<Reply>;
}

/** Durable when it resolves: an approved mail went on its way, or waits on for the relay to try again; a blocked one is gone. */
export async function answer({ received, header, party }: Waiting, verdict: Admission, { store, note, pass }: AnswerPorts): Promise<Reply> {
  await store.directory.admit(party.id, header.author, verdict);
  note('admitted', { of: received.trace, reason: verdict });
  const reply = verdict === 'approved' ? await pass(received) : replies.taken;
  if (reply.code < 400 || reply.code >= 500) await store.holds.take(received.trace);
  return reply;
}
