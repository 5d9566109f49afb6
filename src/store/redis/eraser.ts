/** Forgets a party in Redis: conversation by conversation, the party's own row last, so that a forgetting that was cut off can be asked for again. */
import type { Conversation } from '../../model/route.ts';
import type { StoreSetup } from '../codec.ts';
import { mailboxesOf } from '../party.ts';
import { type Commands, key, list, pairOf, texts } from './commands.ts';
import { forgetNoted } from './lookups.ts';
import { dropDigested, forgetDigests } from './digests.ts';
import { journalOf, refuseOnHold } from './legal-holds.ts';
import { dropHold, threadKeys } from './messages.ts';
import { dropItemsTo } from './outbox.ts';
import { forgetOrdered } from './orders.ts';
import { FORGOTTEN, pairRecord, readConversation } from './pairs.ts';
import { forgetQuestion, forgetResponses } from './responses.ts';
import { silenceReviews } from './reviews.ts';
import { forgetState } from './states.ts';
import { forgetLane, forgetPartyLane } from './webhooks.ts';

const AT_ONCE = 50;

export const createEraser =
  (redis: Commands, setup: Required<StoreSetup>) =>
  async (id: string): Promise<boolean> => {
    const { vault, now } = setup;
    await refuseOnHold(redis, id);
    await eraseConversations(redis, id, now());
    const [sealed, local] = list(await redis.call('hmget', key.party(id), 'v', 'l'));
    if (local) await redis.call('set', key.alias(local.toString()), FORGOTTEN);
    await dropItemsTo(redis, setup, sealed ? mailboxesOf(vault, id, sealed) : []);
    await eraseHolds(redis, key.partyHolds(id));
    await forgetDigests(redis, id);
    await silenceReviews(redis, id);
    await forgetOrdered(redis, id);
    await forgetPartyLane(redis, id);
    await forgetResponses(redis, id);
    const hashes = texts(await redis.call('smembers', key.partyMailboxes(id)));
    await Promise.all(hashes.map((hash) => redis.call('zrem', key.mailbox(hash), id)));
    const known = await redis.call('unlink', key.party(id));
    await redis.call('unlink', key.partyMailboxes(id));
    await redis.call('unlink', key.partyLedger(id));
    await redis.call('unlink', key.partyJournal(id));
    await redis.call('unlink', key.partyLegalHolds(id));
    // One that was opened in the meantime.
    await eraseConversations(redis, id, now());
    return known === 1;
  };

async function eraseConversations(redis: Commands, party: string, now: number): Promise<void> {
  const list = key.partyConversations(party);
  for (;;) {
    const ids = texts(await redis.call('srandmember', list, AT_ONCE));
    if (ids.length === 0) return;
    await Promise.all(ids.map((id) => eraseConversation(redis, id, now)));
    await redis.call('srem', list, ...ids);
  }
}

async function eraseConversation(redis: Commands, id: string, now: number): Promise<void> {
  const conversation = await readConversation(redis, id);
  if (!conversation) return;
  await eraseWays(redis, conversation);
  await eraseHolds(redis, key.holdsOf(id));
  // In the other side's day too: it tells who wrote, and about what.
  const { buyer, seller } = conversation;
  for await (const page of journalOf(redis, id))
    for (const party of [buyer, seller])
      await dropDigested(
        redis,
        party,
        page.map(({ trace }) => trace),
      );
  await redis.call('unlink', ...threadKeys(id, now));
  await forgetNoted(redis, id);
  await forgetState(redis, id);
  await forgetLane(redis, id);
  await forgetQuestion(redis, conversation.seller, id);
}

/** The list goes last: it is how they are found. */
async function eraseHolds(redis: Commands, list: string): Promise<void> {
  const traces = texts(await redis.call('zrange', list, 0, -1));
  await Promise.all(traces.map((trace) => dropHold(redis, trace)));
  await redis.call('unlink', list);
}

/** The aliases stay and lead nowhere; the pair may open another conversation, should the party ever be registered anew. */
async function eraseWays(redis: Commands, conversation: Conversation): Promise<void> {
  const { id, buyer, seller, buyerLocal, sellerLocal } = conversation;
  await Promise.all([redis.call('set', key.alias(buyerLocal), FORGOTTEN), redis.call('set', key.alias(sellerLocal), FORGOTTEN)]);
  await redis.run('removeIfSame', [key.pair(pairOf(buyer, seller))], pairRecord(conversation));
  await Promise.all([buyer, seller].map((party) => redis.call('srem', key.partyConversations(party), id)));
}
