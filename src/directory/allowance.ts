/**
 * How much may be sent (requirement H3): by one mailbox, one party, in one conversation, and of what a seller starts. What is above it is put
 * off, never refused: the sender's server keeps the mail. Answers are never capped by what a seller may start.
 */
import type { Header } from '../model/message.ts';
import { Refusal, replies } from '../model/reply.ts';
import type { Role, Route, Situation } from '../model/route.ts';
import type { Quota, Use } from '../store/store.ts';

const hour = 3_600;
const day = 24 * hour;

/** Of one side in one conversation, an hour: people type slower. */
const perConversation = 60;
/** Of one mailbox, and of a party with all of its mailboxes, an hour. */
const perParty: Readonly<Record<Role, number>> = { buyer: 120, seller: 3_600 };
/** What a seller starts a day: five times the orders of an average day, and this. */
const startsWithoutOrders = 600;
const startsPerOrder = 5;
const averagedDays = 30;

/** Where new orders of a seller are counted. */
export const ordersOf = (seller: string): Use => ({
  key: `orders:${seller}`,
  limit: Number.MAX_SAFE_INTEGER,
  seconds: averagedDays * day,
});

/** Whose message it is, and where. */
interface Spender extends Pick<Route, 'conversation'> {
  readonly author: Pick<Route['author'], 'party' | 'role'>;
}

/** Counts the message, be it to the other side or to the relay itself. @throws Refusal 451 4.7.0 where one of the limits is reached */
export async function spendOn({ author }: Header, { author: side, conversation }: Spender, quota: Quota): Promise<void> {
  const limit = perParty[side.role];
  const over = await quota.spend([
    { key: `mailbox:${author}`, limit, seconds: hour },
    { key: `party:${side.party}`, limit, seconds: hour },
    { key: `conversation:${conversation}:${side.role}`, limit: perConversation, seconds: hour },
  ]);
  if (over) throw new Refusal(replies.tooMany, { cause: `limit of the ${over.key.slice(0, over.key.indexOf(':'))}` });
}

/** Counts a message that a seller starts; any other is none of its business. @throws Refusal 451 4.7.0 above the day's cap */
export async function spendOnStart({ initiates, direction }: Situation, { author }: Route, quota: Quota): Promise<void> {
  if (!initiates || direction !== 'seller_to_buyer') return;
  const over = await quota.spend([await startsOf(author.party, quota)]);
  if (over) throw new Refusal(replies.tooMany, { cause: 'limit of what a seller starts' });
}

/** What a seller starts in a day: where it is counted, and how much that may be. */
export async function startsOf(seller: string, quota: Pick<Quota, 'used'>): Promise<Use> {
  const orders = await quota.used(ordersOf(seller));
  return { key: `starts:${seller}`, limit: startsWithoutOrders + Math.round((startsPerOrder * orders) / averagedDays), seconds: day };
}
