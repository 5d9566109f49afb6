/** The archive's index in Redis. A place in a list whose record is gone is passed over by those who read. */
import type { Archived, ArchiveIndex, ArchiveQuestion, ArchiveQueue } from '../archive.ts';
import {
  MAX_LENT_COPIES,
  MAX_QUEUED_BYTES,
  pageOfThose,
  placeOfRecord,
  type Range,
  readRecord,
  recordIfReadable,
  type Seen,
  sealRecord,
} from '../archive-codec.ts';
import { leaseOf, pageSize, placeOf, type StoreSetup, TIME_WIDTH } from '../codec.ts';
import { queueKeys } from './archive-scripts.ts';
import { bytes, type Commands, key, text, texts } from './commands.ts';

const part = encodeURIComponent;

const at = {
  record: (trace: string) => `postern:archived:${part(trace)}`,
  all: 'postern:{archive}:all',
  order: (id: string) => `postern:archived-of:${part(id)}`,
  conversation: (id: string) => `${key.conversation(id)}:archive`,
  party: (id: string) => `${key.party(id)}:archive`,
  copy: (name: string) => `postern:{archive}:copy:${name}`,
} as const;

export function createArchive(redis: Commands, setup: Required<StoreSetup>): ArchiveIndex {
  const { vault } = setup;
  const record = async (trace: string): Promise<Archived | undefined> => {
    const sealed = bytes(await redis.call('get', at.record(trace)));
    return sealed && readRecord(vault, trace, sealed);
  };
  const seen = (places: readonly string[]): Promise<readonly Seen[]> =>
    Promise.all(places.map(async (place) => ({ place, record: await record(place.slice(TIME_WIDTH)) })));
  const places = async (list: string, { from, before, limit }: Range): Promise<readonly string[]> =>
    texts(await redis.call('zrevrangebylex', list, `(${before}`, `[${from}`, 'LIMIT', 0, limit));
  return {
    // The lists come first: by them it is found when it is to go.
    put: async (it) => {
      const place = placeOfRecord(it);
      await Promise.all(listsOf(it).map((list) => redis.run('notePlace', [list], place)));
      await redis.call('set', at.record(it.trace), sealRecord(vault, it));
    },
    record,
    page: (question, limit, before) =>
      pageOfThose(question, { limit, before }, async (range) => seen(await places(listFor(question), range))),
    oldest: async (before, limit, after) => {
      for (let from = after ? `(${placeOfRecord(after)}` : '-'; ; ) {
        const some = texts(await redis.call('zrange', at.all, from, `(${placeOf(before, '')}`, 'BYLEX', 'LIMIT', 0, pageSize(limit)));
        const found = await Promise.all(some.map(async (place) => bytes(await redis.call('get', at.record(place.slice(TIME_WIDTH))))));
        // Places whose record is gone must not stand in the way of those behind them.
        const empty = some.filter((_, index) => found[index] === undefined);
        if (empty.length > 0) await redis.call('zrem', at.all, ...empty);
        const records = some.flatMap((place, index) => {
          const sealed = found[index];
          return (sealed && recordIfReadable(vault, place.slice(TIME_WIDTH), sealed)) ?? [];
        });
        const last = some.at(-1);
        if (records.length > 0 || last === undefined) return records;
        from = `(${last}`;
      }
    },
    drop: async (it) => {
      await redis.call('unlink', at.record(it.trace));
      await Promise.all(listsOf(it).map((list) => redis.call('zrem', list, placeOfRecord(it))));
    },
    queue: createQueue(redis, setup),
  };
}

const listsOf = ({ conversation, buyer, seller, order }: Archived): readonly string[] => [
  at.all,
  at.conversation(conversation),
  at.party(buyer),
  at.party(seller),
  ...(order === undefined ? [] : [at.order(order)]),
];

/** The shortest list that holds all that is asked for. */
function listFor({ conversation, order, party }: ArchiveQuestion): string {
  if (conversation !== undefined) return at.conversation(conversation);
  if (order !== undefined) return at.order(order);
  return party === undefined ? at.all : at.party(party);
}

function createQueue(redis: Commands, { now }: Required<StoreSetup>): ArchiveQueue {
  const nameOf = (address: string, trace: string): string => `${part(trace)}/${address}`;
  const keysFor = (name: string): readonly string[] => [...queueKeys, at.copy(name)];
  const read = async (name: string): Promise<Uint8Array | undefined> => bytes(await redis.call('get', at.copy(name)));
  return {
    put: async ({ address, trace, bytes: sealed }) => {
      // Looked at before it is sent: others may put at the same time, and a little more than that does no harm.
      const waiting = Number(text(await redis.call('get', queueKeys[3])) ?? 0);
      if (waiting + sealed.length > MAX_QUEUED_BYTES) return false;
      const name = nameOf(address, trace);
      await redis.run('queueCopy', keysFor(name), name, Buffer.from(sealed), now());
      return true;
    },
    read: (address, trace) => read(nameOf(address, trace)),
    lend: async (limit, leaseSeconds) => {
      const flat = texts(await redis.run('lendCopies', queueKeys, Math.min(limit, MAX_LENT_COPIES), leaseOf(leaseSeconds)));
      const lent = flat.flatMap((name, index) => (index % 3 === 0 ? [{ name, at: flat[index + 1], attempts: flat[index + 2] }] : []));
      const copies = lent.map(async ({ name, at: came, attempts }) => {
        const [trace = '', address = ''] = name.split('/');
        return {
          address,
          trace: decodeURIComponent(trace),
          bytes: (await read(name)) ?? Buffer.alloc(0),
          at: Number(came),
          attempts: Number(attempts),
        };
      });
      return (await Promise.all(copies)).filter((copy) => copy.bytes.length > 0);
    },
    drop: async (address, trace) => {
      const name = nameOf(address, trace);
      await redis.run('dropCopy', keysFor(name), name);
    },
    // As long as it was: what it holds is the same.
    replace: async ({ address, trace, bytes: sealed }) =>
      void (await redis.call('set', at.copy(nameOf(address, trace)), Buffer.from(sealed), 'XX')),
    later: async (address, trace, due) => void (await redis.run('putCopyOff', queueKeys, nameOf(address, trace), due - now())),
    depth: async () => {
      const [count, size, oldest] = texts(await redis.run('countCopies', queueKeys));
      return { count: Number(count), bytes: Number(size), ...(oldest !== undefined && { oldest: Number(oldest) }) };
    },
  };
}
