/** The review lists in Redis. */
import {
  pageSize,
  placeOf,
  placeOfReview,
  readCursor,
  readReview,
  reviewAt,
  type StoreSetup,
  sealFinding,
  sealReview,
  writeCursor,
} from '../codec.ts';
import type { Review, ReviewKind, ReviewPage, Reviews } from '../store.ts';
import { type Commands, key, list, texts } from './commands.ts';

/** So many places are looked at for one page of those that nobody found anything of. */
const LOOKED_AT = 500;

export function createReviews(redis: Commands, { vault, now, retention }: Required<StoreSetup>): Reviews {
  const read = async (kind: ReviewKind, place: string): Promise<Review | undefined> => {
    const { trace, party } = reviewAt(place);
    const [conversation, sealed, outcome, at, note] = list(
      await redis.call('hmget', key.review(kind, trace, party), 'c', 'v', 'o', 't', 'n'),
    );
    const found = outcome && { outcome: outcome.toString(), at: Number(at), note };
    return conversation && readReview(vault, { kind, place, conversation: conversation.toString(), sealed, found });
  };
  const pageOf = async (kind: ReviewKind, limit: number, before: string | undefined): Promise<ReviewPage> => {
    const place = before === undefined ? undefined : readCursor(before);
    if (before !== undefined && place === undefined) return { reviews: [] };
    const size = pageSize(limit);
    const from = place === undefined ? '+' : `(${place}`;
    const places = texts(await redis.call('zrevrangebylex', key.reviews(kind), from, '-', 'LIMIT', 0, size + 1));
    const reviews = (await Promise.all(places.slice(0, size).map((it) => read(kind, it)))).filter((it) => it !== undefined);
    const last = places[size - 1];
    return places.length > size && last ? { reviews, next: writeCursor(last) } : { reviews };
  };
  return {
    // The list by which a party's reviews are forgotten comes first: none can be overlooked then.
    add: async (review) => {
      const { kind, trace, party, conversation } = review;
      await redis.run('noteTrace', [key.partyReviews(kind, party)], now(), retention.reviews, trace);
      const oldest = placeOf(now() - retention.reviews, '');
      const keys = [key.reviews(kind), key.review(kind, trace, party)];
      await redis.run('putReview', keys, retention.reviews, placeOfReview(review), conversation, sealReview(vault, review), oldest);
    },
    find: async (review, finding) => {
      const { kind, trace, party } = review;
      const { outcome, at } = finding;
      const note = sealFinding(vault, review, finding) ?? '';
      return (await redis.run('putFinding', [key.review(kind, trace, party)], outcome, at, note)) === 1;
    },
    page: pageOf,
    openPage: async (kind, limit, before) => {
      const size = pageSize(limit);
      const { reviews, next } = await pageOf(kind, Math.max(size, LOOKED_AT), before);
      const open = reviews.filter(({ found }) => found === undefined);
      const last = open[size - 1];
      if (open.length > size && last) return { reviews: open.slice(0, size), next: writeCursor(placeOfReview(last)) };
      return { reviews: open, ...(next !== undefined && { next }) };
    },
  };
}

const kinds: readonly ReviewKind[] = ['objection', 'report'];

/** Of a party that is being forgotten: that it said something stays, what it said goes, and what was noted of it. */
export async function silenceReviews(redis: Commands, party: string): Promise<void> {
  for (const kind of kinds) {
    const traces = texts(await redis.call('zrange', key.partyReviews(kind, party), 0, -1));
    await Promise.all(traces.map((trace) => redis.call('hdel', key.review(kind, trace, party), 'v', 'n')));
    await redis.call('unlink', key.partyReviews(kind, party));
  }
}
