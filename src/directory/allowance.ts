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
export async function spendOn(header: Header, spender: Spender, quota: Pick<Quota, 'spend'>): Promise<void> {
  const over = await quota.spend(usesOf(header, spender));
  if (over) throw new Refusal(replies.tooMany, { cause: `limit of the ${over.key.slice(0, over.key.indexOf(':'))}` });
}

function usesOf({ author }: Header, { author: side, conversation }: Spender): readonly Use[] {
  const limit = perParty[side.role];
  return [
    { key: `mailbox:${author}`, limit, seconds: hour },
    { key: `party:${side.party}`, limit, seconds: hour },
    { key: `conversation:${conversation}:${side.role}`, limit: perConversation, seconds: hour },
  ];
}

/** A message that is counted while it is still found out whether it is one to be counted. */
export interface Spending {
  /** Rejects as `spendOn` does. */
  readonly spent: Promise<void>;
  /** It was none. Rejects with what the store throws. */
  giveBack(): Promise<void>;
}

/** Where nothing is limited. */
export const unlimited: Spending = { spent: Promise.resolve(), giveBack: async () => undefined };

export function startSpending(header: Header, spender: Spender, quota: Pick<Quota, 'spend' | 'giveBack'>): Spending {
  const spent = spendOn(header, spender, quota);
  const counted = spent.then(
    () => true,
    () => false,
  );
  return {
    spent,
    async giveBack() {
      if (await counted) await quota.giveBack(usesOf(header, spender));
    },
  };
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
