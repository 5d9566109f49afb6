/** The review list in Redis. */
import {
  keep,
  pageSize,
  placeOf,
  placeOfObjection,
  readCursor,
  readObjection,
  type StoreSetup,
  sealObjection,
  writeCursor,
} from '../codec.ts';
import type { Objection, Objections } from '../store.ts';
import { type Commands, key, list, texts } from './commands.ts';

export function createObjections(redis: Commands, { vault, now }: Required<StoreSetup>): Objections {
  const read = async (place: string): Promise<Objection | undefined> => {
    const { trace, party } = readObjection(vault, { place, conversation: '' });
    const [conversation, sealed] = list(await redis.call('hmget', key.objection(trace, party), 'c', 'v'));
    return conversation && readObjection(vault, { place, conversation: conversation.toString(), sealed });
  };
  return {
    // The list by which a party's objections are forgotten comes first: none can be overlooked then.
    add: async (objection) => {
      const { trace, party, conversation } = objection;
      await redis.run('noteTrace', [key.partyObjections(party)], now(), keep.objections, trace);
      const oldest = placeOf(now() - keep.objections, '');
      const keys = [key.objections, key.objection(trace, party)];
      const sealed = sealObjection(vault, objection);
      await redis.run('putObjection', keys, keep.objections, placeOfObjection(objection), conversation, sealed, oldest);
    },
    page: async (limit, before) => {
      const place = before === undefined ? undefined : readCursor(before);
      if (before !== undefined && place === undefined) return { objections: [] };
      const size = pageSize(limit);
      const from = place === undefined ? '+' : `(${place}`;
      const places = texts(await redis.call('zrevrangebylex', key.objections, from, '-', 'LIMIT', 0, size + 1));
      const objections = (await Promise.all(places.slice(0, size).map(read))).filter((it) => it !== undefined);
      const last = places[size - 1];
      return places.length > size && last ? { objections, next: writeCursor(last) } : { objections };
    },
  };
}

/** Of a party that is being forgotten: that it objected stays, what it said goes. */
export async function silenceObjections(redis: Commands, party: string): Promise<void> {
  const traces = texts(await redis.call('zrange', key.partyObjections(party), 0, -1));
  await Promise.all(traces.map((trace) => redis.call('hdel', key.objection(trace, party), 'v')));
  await redis.call('unlink', key.partyObjections(party));
}
