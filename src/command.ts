/**
 * THE WAY of a mail to the relay itself. The answer to a notice: SEND delivers the held message without the offending parts; anything else
 * is an objection, and a person looks at it; only the author of the message that the notice was about is heard. A report, which only
 * the recipient of a message may send. A buyer's word that a seller's messages are not wanted.
 * And a party's whether a mailbox is its own.
 */
import { authenticate, type ProofSetup } from './auth/authenticate.ts';
import { stopLoop, writerOf } from './auth/automatic.ts';
import type { Own } from './directory/own-address.ts';
import { maySend } from './directory/resolve.ts';
import { sentMessage } from './directory/sent.ts';
import { describe, type Note } from './journal/log.ts';
import { readHeader } from './mime/header.ts';
import { parse } from './mime/parse.ts';
import type { Header, Message, Received } from './model/message.ts';
import { Refusal, type Reply, replies, replyTo } from './model/reply.ts';
import type { Party } from './model/route.ts';
import { once } from './once.ts';
import { askedBy, optOut } from './optout.ts';
import { regionsOf } from './policy/reading/regions.ts';
import { fileReport, reportable } from './report.ts';
import type { Store } from './store/store.ts';
import { answer, waitingFor } from './stranger.ts';

export interface CommandPorts {
  readonly store: Store;
  readonly proof: ProofSetup;
  readonly note: Note;
  /** The way of a held message that its author wants sent. */
  readonly release: (received: Received) => Promise<Reply>;
  /** The way of one that waited for its party's word. */
  readonly pass: (received: Received) => Promise<Reply>;
}

/** Of an objection; a person has to read it. */
const longestObjection = 5_000;
/** What looks like a reference in it; so many are looked up. */
const maxNamed = 5;

/** `own`: the address that it was sent to. Never throws. */
export async function takeCommand(received: Received, own: Own, ports: CommandPorts): Promise<Reply> {
  try {
    if (own.kind === 'report') return await hear(received, own.trace, ports);
    if (own.kind === 'approve') return await judgeMailbox(received, own.trace, ports);
    if (own.kind === 'unsubscribe') return await unsubscribe(received, own.trace, ports);
    return await obey(received, own.trace, ports);
  } catch (error) {
    if (!(error instanceof Refusal)) ports.note('unexpected', { trace: received.trace, of: own.trace, error: describe(error) });
    return replyTo(error);
  }
}

async function obey(received: Received, of: string, ports: CommandPorts): Promise<Reply> {
  const { store, note } = ports;
  const header = await provenHeader(received, ports);
  if (!header) return replies.taken;
  const author = await authorOf(of, store);
  if (!author || !maySend(author.party, header.author)) throw new Refusal(replies.notAParty);
  const words = newWords(await parse(received.raw, header));
  if (/^["'\u201c\u00ab*]?send\b/i.test(words)) return send(received, of, ports);
  if (words === '') throw new Refusal(replies.noCommand);
  const text = words.slice(0, longestObjection);
  const { trace, conversation } = await meantBy(text, { trace: of, ...author }, store);
  await store.reviews.add({ kind: 'objection', trace, at: received.at, conversation, party: author.party.id, text });
  note('objected', { trace: received.trace, of: trace, conversation });
  return replies.taken;
}

/** A report needs no words: that it came says enough. */
async function hear(received: Received, of: string, ports: CommandPorts): Promise<Reply> {
  const header = await provenHeader(received, ports);
  if (!header) return replies.taken;
  const reported = await reportable(of, ports.store);
  if (!reported || !maySend(reported.recipient, header.author)) throw new Refusal(replies.notAParty);
  await fileReport(reported, { text: await wordsIfAny(received, header), at: received.at }, ports);
  return replies.taken;
}

/** APPROVE or BLOCK, and nothing else: a mailbox that may write in a party's name is no guess. */
async function judgeMailbox(received: Received, of: string, ports: CommandPorts): Promise<Reply> {
  const header = await provenHeader(received, ports);
  if (!header) return replies.taken;
  const waiting = await waitingFor(of, ports.store);
  if (!waiting) throw new Refusal(replies.nothingHeld);
  if (!maySend(waiting.party, header.author)) throw new Refusal(replies.notAParty);
  const word = /^["'\u201c\u00ab*]?(approve|block)\b/i.exec(await wordsIfAny(received, header))?.[1]?.toLowerCase();
  if (word === undefined) throw new Refusal(replies.noAnswer);
  const reply = await answer(waiting, word === 'approve' ? 'approved' : 'blocked', ports);
  return reply.code < 400 ? replies.taken : reply;
}

/** START and ALL say what they say; whatever else comes, or nothing, is STOP: so mail clients send it. */
async function unsubscribe(received: Received, of: string, ports: CommandPorts): Promise<Reply> {
  const header = await provenHeader(received, ports);
  if (!header) return replies.taken;
  const asked = await askedBy(of, ports.store);
  if (!asked || !maySend(asked.buyer, header.author)) throw new Refusal(replies.notAParty);
  const words = await wordsIfAny(received, header);
  const choice = /^start\b/i.test(words) ? 'none' : /^(?:stop\s+)?all\b/i.test(words) ? 'all' : 'seller';
  await optOut(asked, choice, ports);
  return replies.taken;
}

/** A mail without a word is not unreadable here. */
async function wordsIfAny({ raw }: Received, header: Header): Promise<string> {
  try {
    return newWords(await parse(raw, header));
  } catch (error) {
    if (error instanceof Refusal) return '';
    throw error;
  }
}

/** Undefined where no person wrote it. @throws Refusal for an author who is not proven */
async function provenHeader(received: Received, { proof }: CommandPorts): Promise<Header | undefined> {
  const header = readHeader(received.raw);
  stopLoop(header);
  if (writerOf(header, received.envelope.reversePath).kind !== 'person') return undefined;
  await authenticate(received, header, proof);
  return header;
}

/** Who wrote the message with this trace id, by the journal. */
async function authorOf(trace: string, store: Store) {
  const sent = await sentMessage(trace, store);
  return sent?.author && { party: sent.author, conversation: sent.conversation.id };
}

interface Meant {
  readonly trace: string;
  readonly conversation: string;
  readonly party: Party;
}

/** An answer to a digest names a message of its author's by the reference; any other answer means the one that the notice was about. */
async function meantBy(text: string, otherwise: Meant, store: Store): Promise<Meant> {
  const named = [...text.matchAll(/\b[a-z0-9]{16}\b/g)].slice(0, maxNamed);
  for (const [trace] of named) {
    const author = await authorOf(trace, store);
    if (author?.party.id === otherwise.party.id) return { trace, ...author };
  }
  return otherwise;
}

/** Sent under a claim and taken out of the store only then: a relay that dies in between loses nothing. */
async function send(received: Received, of: string, { store, release, note }: CommandPorts): Promise<Reply> {
  const held = await store.holds.read(of);
  if (!held) throw new Refusal(replies.nothingHeld);
  const go = () => release(held.received);
  const isDone = (reply: Reply) => reply === replies.relayed;
  const ran = await once({ mark: `send:${of}`, trace: received.trace }, { go, isDone }, { store, note });
  if (ran.kind === 'done') throw new Refusal(replies.nothingHeld);
  const { result } = ran;
  // Held once more: what stopped it cannot be taken out, and it stays where it is.
  if (!isDone(result)) return result.code < 400 ? replies.cannotSend : result;
  note('released', { trace: received.trace, of, conversation: held.conversation });
  await store.holds.take(of);
  return replies.taken;
}

/** What the author wrote above, below or between the quoted lines of the notice. */
function newWords(message: Message): string {
  const part = message.text === undefined ? 'html' : 'text';
  const plain = message.text ?? message.html?.plain ?? '';
  const stretches = regionsOf(message)[part].filter(({ region }) => region === 'new');
  return stretches
    .map(({ from, to }) => plain.slice(from, to))
    .join('')
    .trim();
}
