/** What is kept of messages in Redis: claims, Message-IDs, held messages, the journal. */
import {
  fingerprintHashes,
  keep,
  leaseOf,
  MAX_HELD,
  MAX_IDS,
  otherRole,
  pageSize,
  placeOf,
  readCursor,
  readEntry,
  readHeld,
  readThread,
  type StoreSetup,
  sealEntry,
  sealHeld,
  sealThread,
  TIME_WIDTH,
  threadHashes,
  writeCursor,
} from '../codec.ts';
import type { Claim, Held, HoldCase, Holds, Journal, Once, Threads } from '../store.ts';
import { bytes, type Commands, type KeepingCommands, key, list, orTakenBack, text, texts } from './commands.ts';
import { THREAD_PERIODS } from './scripts.ts';

type Setup = Required<StoreSetup>;

/** A claim holds `c<trace>` while it is under way and `d<trace>` when done. */
export function createOnce(redis: KeepingCommands, { vault }: Setup): Once {
  const read = (value: string): Claim => (value[0] === 'd' ? { kind: 'done', trace: value.slice(1) } : { kind: 'busy' });
  const giveBack = (hash: string, trace: string): Promise<unknown> => redis.run('removeIfSame', [key.once(hash)], `c${trace}`);

  /**
   * While secrets rotate, another process may claim under another hash. So ours is set first and the others are looked at after it:
   * of two at the same time, at least one sees the other, and gives back.
   */
  const claim = async (hashes: readonly string[], trace: string, lease: number): Promise<Claim> => {
    const [own = '', ...others] = hashes;
    const there = text(await redis.call('set', key.once(own), `c${trace}`, 'PX', lease, 'NX', 'GET'));
    const values = (await Promise.all(others.map((hash) => redis.call('get', key.once(hash))))).map(text);
    const standing = [there, ...values].filter((value) => value !== undefined);
    const [one] = standing.sort((a, b) => Number(b[0] === 'd') - Number(a[0] === 'd'));
    if (one === undefined) return { kind: 'claimed' };
    if (there === undefined) await giveBack(own, trace);
    return read(one);
  };
  const settle = async ([own = '', ...others]: readonly string[], trace: string): Promise<void> => {
    await redis.kept.run('settle', [key.once(own)], trace, keep.settled);
    await Promise.all(others.map((hash) => giveBack(hash, trace)));
  };
  return {
    claim: (fingerprint, trace, leaseSeconds) => claim(fingerprintHashes(vault, fingerprint), trace, leaseOf(leaseSeconds)),
    settle: (fingerprint, trace) => settle(fingerprintHashes(vault, fingerprint), trace),
    release: async (fingerprint, trace) => {
      await Promise.all(fingerprintHashes(vault, fingerprint).map((hash) => giveBack(hash, trace)));
    },
  };
}

/** Fields of a hash have no time to live: so the pairs lie in hashes of 50 days each, and a hash ends when its last pair may. */
const PERIOD = keep.threads / (THREAD_PERIODS - 1);

/** The hashes that may hold pairs of a conversation, the newest first. */
export const threadKeys = (conversation: string, now: number): readonly string[] =>
  Array.from({ length: THREAD_PERIODS }, (_, at) => key.threads(conversation, Math.floor(now / PERIOD) - at));

export function createThreads(redis: Commands, { vault, now }: Setup): Threads {
  return {
    translate: async (conversation, side, ids) => {
      const ends = ids.slice(0, MAX_IDS).map((id) => ({ conversation, side, id }));
      if (ends.length === 0) return [];
      const hashes = ends.map((end) => threadHashes(vault, end));
      const found = list(await redis.run('readThreads', threadKeys(conversation, now()), ...hashes.flat()));
      const each = found.length / ends.length;
      const known = ends.map((end, at) => {
        const sealed = found.slice(at * each, (at + 1) * each).find((value) => value !== undefined);
        return sealed && readThread(vault, end, sealed);
      });
      return ids.map((_, at) => known[at]);
    },
    pair: async (conversation, author, theirs, ours) => {
      const [there = ''] = threadKeys(conversation, now());
      const one = sealThread(vault, { conversation, side: author, id: theirs }, ours);
      const two = sealThread(vault, { conversation, side: otherRole(author), id: ours }, theirs);
      await redis.run('pairThreads', [there], keep.threads + PERIOD, one.hash, one.sealed, two.hash, two.sealed);
    },
  };
}

/** Takes the message out of those that are counted as well. */
export async function dropHold(redis: Commands, trace: string): Promise<boolean> {
  const gone = await redis.call('unlink', key.hold(trace));
  await redis.call('zrem', key.holds, trace);
  return gone === 1;
}

export function createHolds(redis: KeepingCommands, { vault, now }: Setup): Holds {
  const drop = (trace: string): Promise<boolean> => dropHold(redis, trace);
  const read = async (trace: string): Promise<Held | undefined> => {
    const sealed = bytes(await redis.call('get', key.hold(trace)));
    return sealed && readHeld(vault, trace, sealed);
  };
  const unlist = ({ conversation, party }: HoldCase, trace: string): Promise<unknown> =>
    Promise.all([key.holdsOf(conversation), key.partyHolds(party)].map((list) => redis.call('zrem', list, trace)));
  return {
    read,
    // The lists by which messages are forgotten come first: none can be overlooked then. And last of all what they had too many of.
    keep: async (received, about) => {
      const { trace } = received;
      const ofParty = key.partyHolds(about.party);
      await redis.kept.run('noteTrace', [key.holdsOf(about.conversation)], now(), keep.holds, trace);
      await redis.run('noteTrace', [key.holds], now(), keep.holds, trace);
      const tooMany = texts(await redis.kept.run('noteHoldOfParty', [ofParty], now(), keep.holds, trace, MAX_HELD));
      const put = redis.kept.call('set', key.hold(trace), sealHeld(vault, { received, ...about }), 'PX', keep.holds);
      await orTakenBack(put, () => Promise.all([drop(trace), unlist(about, trace)]));
      await Promise.all(
        tooMany.map(async (it) => (await redis.run('dropHold', [key.hold(it)])) === 1 && redis.call('zrem', key.holds, it)),
      );
      if (tooMany.length > 0) await redis.call('zrem', ofParty, ...tooMany);
    },
    // Read first: what cannot be read is not taken away. Of several that read it, one deletes it.
    take: async (trace) => {
      const held = await read(trace);
      if (!held || !(await drop(trace))) return undefined;
      await unlist(held, trace);
      return held;
    },
    depth: async () => {
      const [count, end] = texts(await redis.run('countTraces', [key.holds], now()));
      return { count: Number(count), ...(end !== undefined && { oldest: Number(end) - keep.holds }) };
    },
  };
}

export function createJournal(redis: Commands, { vault, retention }: Setup): Journal {
  const entry: Journal['entry'] = async (trace) => {
    const [sealed, bouncedAt, bounceReason] = list(await redis.call('hmget', key.entry(trace), 'v', 'b', 'r'));
    const bounce = { bouncedAt: bouncedAt && Number(bouncedAt), bounceReason: bounceReason?.toString() };
    return sealed && readEntry(vault, { trace, sealed, ...bounce });
  };
  return {
    entry,
    add: async (added) => {
      const { trace, bouncedAt = '', bounceReason = '' } = added;
      const put = redis.run('putEntry', [key.entry(trace)], retention.journal, sealEntry(vault, added), bouncedAt, bounceReason);
      if (added.conversation === undefined) return void (await put);
      const oldest = placeOf(added.at - retention.journal, '');
      // A place without its entry is passed over by those who read.
      const note = redis.run(
        'noteEntry',
        [key.journalOf(added.conversation), key.legalHold(added.conversation)],
        retention.journal,
        placeOf(added.at, added.trace),
        oldest,
      );
      await Promise.all([put, note]);
    },
    page: async (conversation, limit, before) => {
      const place = before === undefined ? undefined : readCursor(before);
      if (before !== undefined && place === undefined) return { entries: [] };
      const size = pageSize(limit);
      const from = place === undefined ? '+' : `(${place}`;
      const places = texts(await redis.call('zrevrangebylex', key.journalOf(conversation), from, '-', 'LIMIT', 0, size + 1));
      const entries = await Promise.all(places.slice(0, size).map((it) => entry(it.slice(TIME_WIDTH))));
      const last = places[size - 1];
      const there = entries.filter((it) => it !== undefined);
      return places.length > size && last ? { entries: there, next: writeCursor(last) } : { entries: there };
    },
    bounced: async (trace, at, reason) => (await redis.run('bounced', [key.entry(trace)], at, reason)) === 1,
  };
}
