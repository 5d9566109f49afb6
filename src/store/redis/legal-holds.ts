/**
 * Legal holds in Redis: what belongs to such a conversation loses its time to live, and gets it back when the hold is lifted. All of it is
 * found by the journal of the conversation, which is not shortened meanwhile.
 */
import { keep, type StoreSetup, TIME_WIDTH } from '../codec.ts';
import { readLegalHold, sealLegalHold } from '../legal-hold.ts';
import type { ReviewKind } from '../store.ts';
import { type LegalHolds, OnLegalHold } from '../upkeep.ts';
import { type Commands, key, list, texts } from './commands.ts';
import { readConversation } from './pairs.ts';

const AT_ONCE = 50;
const kinds: readonly ReviewKind[] = ['objection', 'report'];

export function createLegalHolds(redis: Commands, setup: Required<StoreSetup>): LegalHolds {
  const { vault } = setup;
  const preserve = createPreserver(redis);
  const release = createRelease(redis, setup);
  const read: LegalHolds['read'] = async (conversation) => {
    const [since, sealed] = list(await redis.call('hmget', key.legalHold(conversation), 's', 'v'));
    return since && sealed && readLegalHold(vault, { conversation, since: Number(since), sealed });
  };
  return {
    read,
    // The lists by which its parties are refused to be forgotten come first.
    async put(hold) {
      const conversation = await readConversation(redis, hold.conversation);
      if (!conversation) return;
      const { id, buyer, seller } = conversation;
      await Promise.all([buyer, seller].map((party) => redis.call('sadd', key.partyLegalHolds(party), id)));
      await redis.call('sadd', key.legalHolds, id);
      await redis.run('putLegalHold', [key.legalHold(id), key.conversation(id)], hold.since, sealLegalHold(vault, hold));
      await preserve(id);
    },
    async lift(id) {
      const there = (await redis.call('unlink', key.legalHold(id))) === 1;
      if (there) await release(id);
      const conversation = await readConversation(redis, id);
      if (conversation) {
        const { buyer, seller } = conversation;
        await Promise.all([buyer, seller].map((party) => redis.call('srem', key.partyLegalHolds(party), id)));
      }
      await redis.call('srem', key.legalHolds, id);
      return there;
    },
    conversations: async () => texts(await redis.call('smembers', key.legalHolds)),
    async preserve(conversation) {
      if (await read(conversation)) await preserve(conversation);
    },
  };
}

/** Every trace of the journal, with the time of its message. */
export async function* journalOf(
  redis: Commands,
  conversation: string,
): AsyncGenerator<readonly { readonly trace: string; readonly at: number }[]> {
  for (let from = '+'; ; ) {
    const places = texts(await redis.call('zrevrangebylex', key.journalOf(conversation), from, '-', 'LIMIT', 0, AT_ONCE));
    yield places.map((place) => ({ trace: place.slice(TIME_WIDTH), at: Number(place.slice(0, TIME_WIDTH)) }));
    const last = places.at(-1);
    if (places.length < AT_ONCE || last === undefined) return;
    from = `(${last}`;
  }
}

/** Keys of the reviews that either party can have written of a message. */
const reviewsOf = (trace: string, parties: readonly string[]) =>
  kinds.flatMap((kind) => parties.map((party) => ({ kind, name: key.review(kind, trace, party) })));

function createPreserver(redis: Commands): (conversation: string) => Promise<void> {
  return async (id) => {
    const conversation = await readConversation(redis, id);
    const parties = conversation ? [conversation.buyer, conversation.seller] : [];
    await redis.run('preserve', [key.journalOf(id)]);
    for await (const page of journalOf(redis, id)) {
      const names = page.flatMap(({ trace }) => [key.entry(trace), key.hold(trace)]);
      const reviews = page.flatMap(({ trace }) => reviewsOf(trace, parties));
      await Promise.all([
        ...names.map((name) => redis.run('preserve', [name])),
        ...reviews.map(({ kind, name }) => redis.run('preserveReview', [name, key.reviews(kind)])),
      ]);
    }
  };
}

/** What is over already stays for as long as a held message does. */
function createRelease(redis: Commands, { now, retention }: Required<StoreSetup>): (conversation: string) => Promise<void> {
  return async (id) => {
    const conversation = await readConversation(redis, id);
    const parties = conversation ? [conversation.buyer, conversation.seller] : [];
    const left = (at: number, kept: number): number => Math.max(at + kept - now(), keep.holds);
    for await (const page of journalOf(redis, id)) {
      await Promise.all(
        page.flatMap(({ trace, at }) => [
          redis.run('end', [key.entry(trace)], left(at, retention.journal)),
          redis.run('end', [key.hold(trace)], keep.holds),
          ...reviewsOf(trace, parties).map(({ name }) => redis.run('end', [name], left(at, retention.reviews))),
        ]),
      );
    }
    await redis.run('end', [key.journalOf(id)], retention.journal);
  };
}

/** Throws `OnLegalHold` where a conversation of the party is. */
export async function refuseOnHold(redis: Commands, party: string): Promise<void> {
  for (const id of texts(await redis.call('smembers', key.partyLegalHolds(party)))) {
    const [since] = list(await redis.call('hmget', key.legalHold(id), 's'));
    if (since) throw new OnLegalHold();
  }
}
