/**
 * THE WAY of a message that its recipient does not take now: the seller is away or takes none, one side has blocked the other, or the aliases come
 * to their end (requirements A13, A14, G7). Its author is told, where somebody can be told; and whoever gets through, how long yet.
 */
import type { Grace } from './directory/life.ts';
import { type Asked, isCurrent, type Obstacle, reachOf } from './directory/reach.ts';
import type { AliasSetup, Resolved } from './directory/resolve.ts';
import type { Standing } from './directory/situation.ts';
import type { Found, Letter } from './dispose.ts';
import type { Recorder } from './journal/record.ts';
import { compose } from './mime/compose.ts';
import { subjectOf } from './mime/subject.ts';
import { Refusal, type Reply, replies } from './model/reply.ts';
import type { Party, Role, Route } from './model/route.ts';
import { type ClosedFor, closedItem, linesOf } from './notice/closed.ts';
import { endingItem } from './notice/ending.ts';
import type { NoticeItem } from './notice/item.ts';
import { type TellPorts, tellOnce } from './notice/tell.ts';
import { once } from './once.ts';
import { isCritical } from './policy/reading/critical.ts';
import { leaks } from './rewrite/gate.ts';
import type { Store, Use } from './store/store.ts';

export interface TurnPorts extends TellPorts {
  readonly store: Store;
  readonly recorder: Recorder;
  readonly aliases: AliasSetup;
}

/** `relayed`: to be called once the message was; it may throw, and the message is relayed all the same. */
export type Passage =
  | { readonly kind: 'turned away'; readonly found: Found }
  | { readonly kind: 'through'; readonly relayed: () => Promise<void> };

/** How the author learns of each obstacle, and what the journal says of it. */
const told: Readonly<Record<Obstacle, { readonly why: ClosedFor; readonly reply: Reply; readonly reason: string }>> = {
  away: { why: 'away', reply: replies.recipientAway, reason: 'the seller is away, and the contact is new' },
  disabled: { why: 'disabled', reply: replies.messagingOff, reason: 'the seller takes no messages' },
  'answers-only': { why: 'answers-only', reply: replies.answersOnly, reason: 'the seller takes no messages, and so starts none' },
  blocked: { why: 'undeliverable', reply: replies.undeliverable, reason: 'the recipient has blocked the author' },
};

/** Through a block, of one side in a conversation: what a person wants to hear no more is not to come in by a word in the subject. */
export const passThrough = (conversation: string, author: Role): Use => ({
  key: `through-block:${conversation}:${author}`,
  limit: 5,
  seconds: 7 * 86_400,
});

/** How long it is known that somebody was told of an end: longer than the days of grace. */
const toldSeconds = 30 * 86_400;

interface Turned extends Asked {
  readonly letter: Letter;
  readonly resolved: Resolved;
}

/** @throws Refusal 550 5.1.1 where the aliases have ended, as RCPT answers it */
export async function passageOf(letter: Letter, standing: Standing, ports: TurnPorts): Promise<Passage> {
  const { received, resolved, header } = letter;
  const { conversation, author } = resolved.route;
  const { order, tagCounts } = standing.situation;
  const turned: Turned = {
    letter,
    resolved,
    standing,
    at: received.at,
    isCritical: () => isCritical(subjectOf(header), order, tagCounts),
    days: ports.aliases.days,
  };
  const reach = reachOf(turned);
  if (reach.kind === 'ended') throw new Refusal(replies.unknownAlias, { cause: 'the aliases have ended' });
  if (reach.kind === 'closed') return { kind: 'turned away', found: await turnAway(turned, reach.obstacle, ports) };
  const { grace } = reach;
  const { quota, directory } = ports.store;
  const pass = passThrough(conversation, author.role);
  if (reach.throughBlock && (await quota.used(pass)) >= pass.limit)
    return { kind: 'turned away', found: await turnAway(turned, 'blocked', ports) };
  // Messages in the days of grace do not move the end any more.
  if (grace && standing.state.expiresAt === undefined) await directory.expire(conversation, grace.ended);
  const relayed = async (): Promise<void> => {
    if (reach.throughBlock) await quota.spend([pass]);
    if (grace) await tellOfEnding(letter, grace, ports);
  };
  return { kind: 'through', relayed };
}

/** A notice, one a day for each conversation, side and obstacle; who cannot be told, or was told today, is refused in words. */
async function turnAway(turned: Turned, obstacle: Obstacle, ports: TurnPorts): Promise<Found> {
  const { letter, at } = turned;
  const { trace } = letter.received;
  const { conversation, author } = letter.resolved.route;
  const { reply, reason } = told[obstacle];
  const refused: Found = { reply, outcome: 'reject', more: { reason } };
  if (letter.told === 'off') return refused;
  const mark = `turned-away:${obstacle}:${conversation}:${author.role}:${new Date(at).toISOString().slice(0, 10)}`;
  const go = async (): Promise<void> => {
    await ports.store.outbox.put(itemOf(turned, obstacle, ports), at);
    ports.wake();
  };
  const { store, recorder } = ports;
  const ran = await once({ mark, trace }, { go }, { store, note: recorder.note });
  return ran.kind === 'done' ? refused : { ...refused, reply: replies.noticed };
}

function itemOf({ letter, resolved, standing, at, isCritical: isNeeded }: Turned, obstacle: Obstacle, { office }: TurnPorts): NoticeItem {
  // One that is critical and is stopped all the same was one too many.
  const criticalPasses = (obstacle === 'blocked' || obstacle === 'answers-only') && !isNeeded() && isCurrent(standing.order, at);
  const absence = obstacle === 'away' && { absence: absenceOf(resolved.seller, resolved.route) };
  const closed = { why: told[obstacle].why, subject: subjectOf(letter.header), criticalPasses, ...absence };
  return closedItem(closed, { ...letter, route: resolved.route }, office);
}

/** The marketplace's text may be in the seller's own words: where it names the seller, it stays out. */
function absenceOf({ away = '', awayUntil }: Party, { author, recipient }: Route): Pick<Party, 'away' | 'awayUntil'> {
  const bytes = compose([], { kind: 'text', type: 'text/plain', text: linesOf(away).join('\n') }, 'away');
  const names = leaks(bytes, { author: recipient, recipient: author }).some(({ whose }) => whose === 'author');
  return { ...(!names && { away }), ...(awayUntil !== undefined && { awayUntil }) };
}

/** Each side once for each end. */
async function tellOfEnding(letter: Letter, grace: Grace, ports: TurnPorts): Promise<void> {
  if (letter.told === 'off') return;
  const { received, header, resolved } = letter;
  const { conversation, author, recipient } = resolved.route;
  const id = `notice:ending:${conversation}:${author.role}:${grace.ended}`;
  await tellOnce({ id, seconds: toldSeconds }, ports, () => {
    const { trace, at } = received;
    const { language, face: own } = author;
    const ending = { until: grace.until, language, trace, at, answers: header.messageId, own, other: recipient.face };
    return endingItem(ending, id, header.author, ports.office);
  });
}
