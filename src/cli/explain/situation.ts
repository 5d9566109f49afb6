/** What holds now between a buyer and a seller: whether mail between them can arrive at all, and what would stop it. No mailbox, no name. */
import { measureAt } from '../../directory/ladder.ts';
import { endOf, graceOf, hasEnded, lifeOf } from '../../directory/life.ts';
import { receivingMailboxes } from '../../directory/receiving.ts';
import type { Conversation, Party, Role } from '../../model/route.ts';
import type { ConversationState, Store } from '../../store/store.ts';
import { bounceWords, timeWords } from './words.ts';

export interface SituationSetup {
  /** After so many days without use an alias ends; undefined: never. */
  readonly days: number | undefined;
  /** An alias as people write it. */
  readonly show: (local: string) => string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Lines, ready to print. */
export async function situationOf(conversation: Conversation, store: Store, setup: SituationSetup): Promise<readonly string[]> {
  const { id, buyer, seller, buyerLocal, sellerLocal } = conversation;
  const life = await lifeOf(conversation, store.directory);
  const parties = await Promise.all([partyLines('buyer', buyer, store, setup.at), partyLines('seller', seller, store, setup.at)]);
  const obstacles = [...endLines(life, setup), ...stateLines(life.state), ...parties.flat()];
  const heard = (role: Role): string => (life.state.heard[role] === undefined ? 'never' : timeWords(life.state.heard[role]));
  return [
    `Conversation ${id}: buyer ${buyer}, seller ${seller}`,
    `  the buyer writes to  ${setup.show(sellerLocal)}  (last relayed: ${heard('buyer')})`,
    `  the seller writes to ${setup.show(buyerLocal)}  (last relayed: ${heard('seller')})`,
    ...(obstacles.length === 0
      ? ['  Nothing that the store knows of would stop a mail between them now.']
      : ['  What stands in the way of mail between them now:', ...obstacles.map((line) => `    - ${line}`)]),
  ];
}

function endLines(life: Awaited<ReturnType<typeof lifeOf>>, { at, days }: SituationSetup): readonly string[] {
  const ended = endOf(life, days);
  if (ended === undefined || ended > at) return [];
  if (hasEnded(life, { at, days }))
    return [
      `both aliases ended on ${timeWords(ended)}: RCPT answers 550 5.1.1 as for unknown ones; a new order or PUT /v1/conversations opens them`,
    ];
  const until = graceOf(life, { at, days })?.until ?? ended;
  return [`both aliases ended on ${timeWords(ended)} and go on serving until ${timeWords(until)}`];
}

function stateLines({ blockedBy = [], optedOut }: ConversationState): readonly string[] {
  return [
    ...blockedBy.map((role) => `the ${role} has blocked the other one: 550 5.7.1 "cannot be delivered to this recipient"`),
    ...(optedOut ? ['the buyer wants no messages that this seller starts; answers and critical ones pass'] : []),
  ];
}

/** What is to be said of one of the two. */
export async function partyLines(role: Role, id: string, store: Store, at: number): Promise<readonly string[]> {
  const [party, ledger] = await Promise.all([store.directory.party(id), store.standings.ledger(id)]);
  if (!party) return [`the ${role} ${id} is not registered (never, or forgotten): aliases answer 550 5.1.1 as unknown ones`];
  const { level, until } = measureAt(ledger, at);
  const ends = until === undefined ? 'until an operator says otherwise' : `until ${timeWords(until)}`;
  return [
    ...(party.optedOut ? ['the buyer wants no messages that sellers start; answers and critical ones pass'] : []),
    ...(party.messaging === 'disabled' ? [`the ${role} takes no messages but answers (messaging: disabled)`] : []),
    ...awayLine(party, at),
    ...(level === 'starting-blocked' ? [`the ${role} may not start contacts ${ends} (ladder), answers pass`] : []),
    ...(level === 'all-blocked' ? [`none of the ${role}’s messages passes ${ends} (ladder)`] : []),
    ...mailboxLines(party, role, at),
  ];
}

function awayLine({ away, awayUntil }: Party, at: number): readonly string[] {
  if (away === undefined || (awayUntil !== undefined && awayUntil <= at)) return [];
  return [`the seller is away${awayUntil === undefined ? '' : ` until ${timeWords(awayUntil)}`}: new buyers are told so, others pass`];
}

function mailboxLines(party: Party, role: Role, at: number): readonly string[] {
  const receiving = party.mailboxes.filter(({ receives }) => receives);
  const marked = receiving.flatMap(({ unreachable }) => (unreachable ? [unreachable] : []));
  const open = receivingMailboxes(party, at);
  if (open === 'none')
    return [`none of the ${role}’s mailboxes receives: mail is put off (451); PUT /v1/parties/${party.id} with one that does`];
  if (marked.length === 0) return [];
  const [last] = marked.toSorted((a, b) => b.at - a.at);
  const why = last ? `${bounceWords[last.reason]}, since ${timeWords(last.at)}` : '';
  if (open === 'unreachable')
    return [`mail to every mailbox of the ${role} came back (${why}): 550 5.1.1 for 7 days, or until PUT /v1/parties/${party.id}`];
  return [`${marked.length} of ${receiving.length} mailboxes of the ${role} came back (${why}); the others get the mail`];
}
