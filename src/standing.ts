/**
 * THE WAY of a party that breaks rules again and again (requirements G4, G5): each message that was refused or held is a strike, strikes
 * lead up the ladder, and the party gets a statement of reasons for each step. A block stops its messages; a person or an operator takes
 * it back.
 */
import { climb, latestAt, measureAt, rank, withStrike } from './directory/ladder.ts';
import { faceIn, faceName } from './directory/face.ts';
import { mailboxToTell } from './directory/receiving.ts';
import type { AliasSetup } from './directory/resolve.ts';
import { type DisposePorts, type Found, type Judged, type Letter, lost } from './dispose.ts';
import { subjectOf } from './mime/subject.ts';
import { aliasAt, localPart } from './model/address.ts';
import { replies } from './model/reply.ts';
import { type Conversation, type Face, languageOf, type Party } from './model/route.ts';
import type { Ledger, Measure, Owed, Strike } from './model/standing.ts';
import { type Verdict, wholeMessage } from './model/verdict.ts';
import { type Fact, type Statement, statementItem } from './notice/standing.ts';
import { timeOf } from './notice/text.ts';
import { tell } from './notice/tell.ts';

export interface StandingPorts extends DisposePorts {
  readonly aliases: AliasSetup;
}

/** What is blocked is neither read nor judged. Its author is told as of any message that was refused. */
export async function refuseBlocked(letter: Letter, { level, until }: Measure, ports: StandingPorts): Promise<Found> {
  const verdict: Verdict = { rule: level, action: 'reject', findings: [wholeMessage] };
  const ends = until === undefined ? 'until further notice' : `until ${timeOf(until)}`;
  const findings = [{ rule: level, action: 'reject', part: wholeMessage.part, region: wholeMessage.region }] as const;
  const more = { findings, reason: `its author is ${level}, ${ends}` };
  if (letter.told === 'off') {
    const reply = level === 'all-blocked' ? replies.allBlocked : replies.startingBlocked;
    return { reply: { ...reply, text: `${reply.text} (${ends})` }, outcome: 'reject', more };
  }
  const judged = { subject: subjectOf(letter.header), verdicts: [verdict], canSend: false, limits: ports.policy.limits };
  const about = { ...letter, route: letter.resolved.route };
  await tell('refused', about, { ...judged, ...(until !== undefined && { blockedUntil: until }) }, ports);
  return { reply: replies.noticed, outcome: 'reject', more };
}

/** Of the message's broken rules the heaviest counts; what was only taken out is none. Never throws: the message has its answer. */
export async function strike(letter: Letter, { disposition }: Judged, ports: StandingPorts): Promise<void> {
  const { ladder } = ports.policy;
  const weightOf = (rule: string): number => ladder.weights[rule] ?? 0;
  const { kind, verdicts } = disposition;
  const broken = verdicts.filter(({ action, findings }) => action === kind && findings.some(({ region }) => region === 'new'));
  const [heaviest] = broken.map(({ rule }) => rule).toSorted((a, b) => weightOf(b) - weightOf(a));
  if (heaviest === undefined || weightOf(heaviest) === 0) return;
  const { received, resolved, fingerprint } = letter;
  const { trace, at } = received;
  const { conversation, author } = resolved.route;
  const one: Strike = { trace, mark: markOf(fingerprint), at, conversation, rule: heaviest, weight: weightOf(heaviest) };
  await addStrike(author.party, one, ports).catch(lost(ports, trace));
}

/** 96 bits of a fingerprint tell a party's messages apart. */
export const markOf = (fingerprint: string): string => fingerprint.slice(0, 24);

/** The strike, and the step up that it leads to: one, however many relays add strikes at once. */
async function addStrike(id: string, one: Strike, ports: StandingPorts): Promise<void> {
  const party = await ports.store.directory.party(id);
  if (!party) return;
  const { role } = party;
  await changeStanding(
    party,
    { at: one.at, change: (ledger) => climbed(ledger, one, { role, ladder: ports.policy.ladder, at: one.at }) },
    ports,
  );
}

const climbed = (ledger: Ledger, one: Strike, about: Parameters<typeof climb>[1]): Ledger => {
  const struck = withStrike(ledger, one);
  return struck === ledger ? ledger : climb(struck, about);
};

export interface Change {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly change: (ledger: Ledger) => Ledger;
}

/**
 * Changes a ledger in one step, and states the reasons where that changes what holds for the party. Durable when it resolves. The ledger knows
 * which statement is owed: where the store fails in between, the next call for the party, or the same one again, makes up for it.
 */
export async function changeStanding(party: Party, { at, change }: Change, ports: StandingPorts): Promise<Ledger> {
  const { ledger, news } = await ports.store.standings.change(party.id, (known) => {
    const next = change(known);
    const found = newsIn(known, next, at);
    const changed = found ? { ...next, owed: found } : next;
    return { ledger: changed, result: { ledger: changed, news: found } };
  });
  if (news) tellOfBlock(party, ledger, { news, ports });
  if (ledger.owed) await stateReasons(party, { ledger, owed: ledger.owed }, ports);
  return ledger;
}

/** What the change has decided; undefined where the same holds for the party as before. */
function newsIn(known: Ledger, next: Ledger, from: number): Owed | undefined {
  const at = latestAt(next, from);
  const [before, after] = [measureAt(known, at), measureAt(next, at)];
  const isNews = before.level !== after.level || (before.until !== after.until && after.level !== 'good');
  const of = reasonsIn(next, at)[0]?.trace;
  return isNews ? { before: before.level, after, at, ...(of !== undefined && { of }) } : undefined;
}

/** Newest first. */
const reasonsIn = ({ strikes }: Ledger, at: number): readonly Strike[] =>
  strikes.filter((one) => one.lifted !== true && one.at <= at).toReversed();

interface Telling {
  readonly news: Owed;
  readonly ports: StandingPorts;
}

/** A warning stops nothing, and what is lifted has no event of its own. An operator's word is about no message. */
function tellOfBlock({ id }: Party, { strikes }: Ledger, { news, ports: { recorder } }: Telling): void {
  const { before, at, of } = news;
  const { level, until, source } = news.after;
  const conversation = strikes.find(({ trace }) => trace === of)?.conversation;
  recorder.note('standing', { ...(of !== undefined && { of }), ...(conversation && { conversation }), reason: `${before} -> ${level}` });
  if (rank(level) <= rank('warned')) return;
  const trace = source === 'automatic' ? of : undefined;
  recorder.tell({ type: 'suspended', at, party: id, level, ...(until !== undefined && { until }), ...(trace !== undefined && { trace }) });
}

/** So many messages are named. */
const mostFacts = 10;

interface Decided {
  readonly ledger: Ledger;
  readonly owed: Owed;
}

/** Goes to a mailbox of the party's, whatever it wants to be told otherwise. The outbox takes the statement of one decision once. */
async function stateReasons(party: Party, decided: Decided, ports: StandingPorts): Promise<void> {
  const { at, after, before } = decided.owed;
  const { store, wake } = ports;
  const recipient = mailboxToTell(party, at) ?? party.mailboxes.find(({ receives }) => receives)?.address;
  if (recipient !== undefined) {
    await store.outbox.put(statementItem(await statementOf(party, decided, ports), recipient), at);
    wake();
  }
  const isStated = ({ owed }: Ledger): boolean => owed?.at === at && owed.before === before && owed.after.level === after.level;
  await store.standings.change(party.id, (known) => ({ ledger: isStated(known) ? withoutOwed(known) : known, result: undefined }));
}

const withoutOwed = ({ owed: _, ...ledger }: Ledger): Ledger => ledger;

async function statementOf(party: Party, { ledger, owed }: Decided, ports: StandingPorts): Promise<Statement> {
  const { before, after, at, of } = owed;
  const { office } = ports;
  const reasons = reasonsIn(ledger, at);
  const last = reasons.find(({ trace }) => trace === of);
  const milder = rank(after.level) < rank(before) && rank(after.level) <= rank('warned');
  const commandAddress = office.commandAddressFor(of ?? at.toString(36).padStart(16, '0'));
  return {
    language: languageOf(party.locale),
    decision: milder || after.level === 'good' ? 'lifted' : after.level,
    measure: after,
    at,
    trace: of,
    facts: await Promise.all(reasons.slice(0, mostFacts).map((one) => factOf(one, party, ports))),
    own: await ownFace(party, last, { commandAddress, ports }),
    commandAddress,
    domain: office.domain,
  };
}

async function factOf({ at, rule, conversation: id }: Strike, party: Party, { store, aliases }: StandingPorts): Promise<Fact> {
  const conversation = await store.directory.conversation(id);
  const other = conversation && (await store.directory.party(party.role === 'buyer' ? conversation.seller : conversation.buyer));
  return { at, rule, ...(other && { other: faceIn(conversation, other, languageOf(party.locale), aliases).name }) };
}

interface Facing {
  readonly commandAddress: string;
  readonly ports: StandingPorts;
}

/** As in the conversation of the last strike; else by the alias that everybody may know, or by the address that the mail comes from. */
async function ownFace(party: Party, last: Strike | undefined, { commandAddress, ports }: Facing): Promise<Face> {
  const { store, aliases, office } = ports;
  const conversation: Conversation | undefined = last && (await store.directory.conversation(last.conversation));
  const language = languageOf(party.locale);
  if (conversation) return faceIn(conversation, party, language, aliases);
  const local = party.publicLocal ?? localPart(commandAddress);
  return { name: faceName(party, aliases.displayNames, language), alias: aliasAt(local, office.domain) };
}
