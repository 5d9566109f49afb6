/**
 * THE WAY of a mail to the relay itself: prove who wrote, see whose the address is, read what was said, do it, say what was done. Each address
 * belongs to one message and obeys one party alone; which commands there are stands in `command/`, what each does in the way of that name.
 */
import { authenticate, type ProofSetup } from './auth/authenticate.ts';
import { stopLoop, writerOf } from './auth/automatic.ts';
import { readCommand, type Said } from './command/read.ts';
import { type CommandKind, commandsFor, type Deed, deedsFor, table } from './command/table.ts';
import { spendOn } from './directory/allowance.ts';
import { faceIn } from './directory/face.ts';
import type { Own, OwnAddresses } from './directory/own-address.ts';
import { type AliasSetup, maySend } from './directory/resolve.ts';
import { sentMessage } from './directory/sent.ts';
import { answerable, needsNoAnswer } from './done.ts';
import { describe, type Note } from './journal/log.ts';
import { fingerprintOf } from './mime/fingerprint.ts';
import { readHeader } from './mime/header.ts';
import { parse } from './mime/parse.ts';
import { subjectOf } from './mime/subject.ts';
import type { Tell } from './model/event.ts';
import type { Header, Message, Received } from './model/message.ts';
import { Refusal, type Reply, replies, replyTo } from './model/reply.ts';
import { type Admission, type Conversation, languageOf, type OptOutChoice, type Party } from './model/route.ts';
import { answerItem } from './notice/answer.ts';
import type { AnswerKind } from './notice/answer-words.ts';
import { object } from './objection.ts';
import { once } from './once.ts';
import { askedBy, optOut, stopped } from './optout.ts';
import { regionsOf } from './policy/reading/regions.ts';
import { fileReport, keepOut, type Reported, reportable } from './report.ts';
import { type SendPorts, send } from './send.ts';
import type { Store } from './store/store.ts';
import { type Answered, type AnswerPorts, answer, answerAnew, answeredBefore, type Waiting, waitingFor } from './stranger.ts';

export interface CommandPorts extends SendPorts, AnswerPorts {
  readonly store: Store;
  readonly proof: ProofSetup;
  readonly rateLimits: boolean;
  readonly note: Note;
  readonly tell: Tell;
  readonly aliases: AliasSetup;
  readonly own: Pick<OwnAddresses, 'addressFor' | 'helpPageFor'>;
  /** The outbox got something to send. */
  readonly wake: () => void;
}

/** To one party; whoever says more is obeyed without an answer. */
const answersADay = 20;
const day = 86_400;

/** `own`: the address that it was sent to. Never throws. */
export async function takeCommand(received: Received, own: Own, ports: CommandPorts): Promise<Reply> {
  try {
    const { kind, trace } = own;
    return kind === 'bounce' ? replies.unknownAlias : await hear(received, { kind, trace }, ports);
  } catch (error) {
    if (!(error instanceof Refusal)) ports.note('unexpected', { trace: received.trace, of: own.trace, error: describe(error) });
    return replyTo(error);
  }
}

interface Address {
  readonly kind: CommandKind;
  readonly trace: string;
}

/** What was said, to which address, and what it is about. */
interface Word extends Matter {
  readonly received: Received;
  readonly header: Header;
  readonly address: Address;
  readonly text: string;
  /** The author is proven: an answer is no backscatter. */
  readonly canBeTold: boolean;
}

async function hear(received: Received, address: Address, ports: CommandPorts): Promise<Reply> {
  const header = readHeader(received.raw);
  stopLoop(header);
  // Nobody said anything: an answer of a machine is no command.
  if (writerOf(header, received.envelope.reversePath).kind !== 'person') return replies.taken;
  const authentication = await authenticate(received, header, ports.proof);
  const matter = await matterOf(address, ports.store);
  const { party, conversation } = matter;
  if (!maySend(party, header.author)) throw new Refusal(replies.notAParty);
  if (ports.rateLimits)
    await spendOn(header, { author: { party: party.id, role: party.role }, conversation: conversation.id }, ports.store.quota);
  const { text, said } = await read(received, header, address.kind);
  const canBeTold = ports.proof.proof === 'off' || authentication?.aligned === true;
  const word: Word = { ...matter, received, header, address, text, canBeTold };
  const deeds = deedsFor(address.kind, matter.party.role, said);
  const go = () => obey(word, deeds, ports);
  // What waits is claimed by its own way, and asked for twice it is answered twice.
  if (deeds.some((deed) => deed === 'send' || table[address.kind].holder === 'namesake')) return go();
  const mark = `command:${fingerprintOf(received.raw, header, `${address.kind}:${address.trace}`)}`;
  const ran = await once({ mark, trace: received.trace }, { go, isDone: ({ code }) => code < 400 }, ports);
  return ran.kind === 'done' ? replies.taken : ran.result;
}

/** What an address is about, and whom it obeys. */
interface Matter {
  /** When the message came; milliseconds since 1970. */
  readonly sent: number;
  readonly conversation: Conversation;
  readonly party: Party;
  /** Not set where it was forgotten. */
  readonly other?: Party | undefined;
  /** What the party is or was asked, where it was. */
  readonly question?: Waiting | Answered;
}

/** @throws Refusal 550 5.6.0 where the party's word is not asked for (any more), 550 5.7.1 where the message has nobody whom it could obey */
async function matterOf({ kind, trace }: Address, store: Store): Promise<Matter> {
  if (table[kind].holder === 'namesake') return matterOfQuestion(trace, store);
  const found = await sentMessage(trace, store);
  const [party, other] = table[kind].holder === 'author' ? [found?.author, found?.recipient] : [found?.recipient, found?.author];
  if (!found || !party) throw new Refusal(replies.notAParty);
  return { sent: found.entry.at, conversation: found.conversation, party, other };
}

async function matterOfQuestion(trace: string, store: Store): Promise<Matter> {
  const question = (await waitingFor(trace, store)) ?? (await answeredBefore(trace, store));
  const conversation = question && (await store.directory.conversation(question.conversation));
  if (!question || !conversation) throw new Refusal(replies.nothingHeld);
  const { party } = question;
  const other = await store.directory.party(party.role === 'buyer' ? conversation.seller : conversation.buyer);
  return { sent: question.kind === 'waiting' ? question.received.at : question.at, conversation, party, other, question };
}

/** A mail without a word is not unreadable here. @throws Refusal 550 5.7.5 for a sealed one where a person is to read it */
async function read({ raw }: Received, header: Header, kind: CommandKind): Promise<{ readonly text: string; readonly said: Said }> {
  try {
    const message = await parse(raw, header);
    const text = newWords(message);
    return { text, said: readCommand(text, message.subject) };
  } catch (error) {
    if (!(error instanceof Refusal) || (kind === 'command' && error.reply !== replies.unreadable)) throw error;
    return { text: '', said: readCommand('', subjectOf(header)) };
  }
}

/** What was written above, below or between the quoted lines. */
function newWords(message: Message): string {
  const part = message.text === undefined ? 'html' : 'text';
  const plain = message.text ?? message.html?.plain ?? '';
  const stretches = regionsOf(message)[part].filter(({ region }) => region === 'new');
  return stretches
    .map(({ from, to }) => plain.slice(from, to))
    .join('')
    .trim();
}

/** One deed after the other; what could not be done ends it, and is the reply. */
async function obey(word: Word, deeds: readonly Deed[], ports: CommandPorts): Promise<Reply> {
  const kinds: AnswerKind[] = [];
  for (const deed of deeds) {
    const done = await doing[deed](word, ports);
    if (typeof done !== 'string') return done;
    kinds.push(done);
  }
  const told = await tell(word, kinds, ports);
  if (told || !kinds.includes('help')) return replies.taken;
  const { holder } = table[word.address.kind];
  throw new Refusal({ author: replies.noCommand, namesake: replies.noAnswer, recipient: replies.notUnderstood }[holder]);
}

type Doing = (word: Word, ports: CommandPorts) => Promise<AnswerKind | Reply>;

/** By the ways of those names. A reply tells that it was not done. */
const doing: Readonly<Record<Deed, Doing>> = {
  async send({ address, received }, ports) {
    const reply = await send(address.trace, received.trace, ports);
    return reply.code < 400 ? 'send' : reply;
  },
  approve: (word, ports) => admit(word, 'approved', ports),
  block: (word, ports) => (word.question ? admit(word, 'blocked', ports) : refuseAll(word, true, ports)),
  unblock: (word, ports) => refuseAll(word, false, ports),
  stop: (word, ports) => choose(word, 'seller', ports),
  all: (word, ports) => choose(word, 'all', ports),
  start: (word, ports) => choose(word, 'none', ports),
  async report({ address, received, text }, ports) {
    await fileReport(await reportedOr550(address, ports), { text, at: received.at }, ports);
    return 'report';
  },
  async done({ address }, ports) {
    const found = await answerable(address.trace, ports.store);
    if (!found) throw new Refusal(replies.notAParty);
    await needsNoAnswer(found, ports);
    return 'done';
  },
  async objection({ address, received, conversation, party, text }, ports) {
    await object({ of: address.trace, conversation: conversation.id, party: party.id, text, at: received.at }, ports);
    return 'objection';
  },
  help: async () => 'help',
};

async function admit({ question, address }: Word, verdict: Admission, ports: CommandPorts): Promise<AnswerKind | Reply> {
  if (!question) throw new Refusal(replies.nothingHeld);
  if (question.kind === 'answered') {
    await answerAnew(address.trace, { verdict, answered: question }, ports);
    return verdict === 'approved' ? 'readmit' : 'shut';
  }
  const reply = await answer(question, verdict, ports);
  if (reply.code >= 400) return reply;
  return verdict === 'approved' ? 'approve' : 'refuse';
}

async function refuseAll({ address }: Word, blocked: boolean, ports: CommandPorts): Promise<AnswerKind> {
  await keepOut(await reportedOr550(address, ports), blocked, ports);
  return blocked ? 'block' : 'unblock';
}

async function reportedOr550({ trace }: Address, { store }: CommandPorts): Promise<Reported> {
  const reported = await reportable(trace, store);
  if (!reported) throw new Refusal(replies.notAParty);
  return reported;
}

async function choose({ address, received }: Word, wanted: OptOutChoice, ports: CommandPorts): Promise<AnswerKind> {
  const asked = await askedBy(address.trace, ports.store);
  if (!asked) throw new Refusal(replies.notAParty);
  const choice = wanted === 'seller' ? stopped(asked) : wanted;
  await optOut(asked, { choice, at: received.at }, ports);
  return ({ seller: 'stop', all: 'all', none: 'start' } as const)[choice];
}

/** False: the author is not proven, or was told often enough today. Durable when it resolves. */
async function tell(word: Word, kinds: readonly AnswerKind[], ports: CommandPorts): Promise<boolean> {
  const { received, header, address, conversation, party, other } = word;
  const { store, aliases } = ports;
  if (!word.canBeTold) return false;
  if (await store.quota.spend([{ key: `answers:${party.id}`, limit: answersADay, seconds: day }])) return false;
  const language = languageOf(party.locale);
  const { holder } = table[address.kind];
  const opposite = other ?? { name: '', role: party.role === 'buyer' ? 'seller' : 'buyer', locale: 'en' };
  const item = answerItem(
    {
      kinds,
      language,
      trace: address.trace,
      sent: word.sent,
      command: { trace: received.trace, at: received.at, messageId: header.messageId },
      holder,
      understood: commandsFor(holder, party.role),
      own: faceIn(conversation, party, languageOf(opposite.locale), aliases),
      other: faceIn(conversation, opposite, language, aliases),
      answerTo: ports.own.addressFor(address),
      page: ports.own.helpPageFor(language),
      domain: aliases.domains[0] ?? '',
    },
    header.author,
  );
  await store.outbox.put(item, received.at);
  ports.wake();
  return true;
}
