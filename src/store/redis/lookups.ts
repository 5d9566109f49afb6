/** How messages are found in Redis, and what waits or was said because of them. */
import type { Entry } from '../../model/entry.ts';
import { pageSize, placeOf, readCursor, readReview, type StoreSetup, writeCursor } from '../codec.ts';
import type { Lookups, Noted, Subject } from '../lookups.ts';
import { MAX_MESSAGE_IDS, MAX_TRACES, mergePlaces, placeOfNoted, traceAt } from '../places.ts';
import { type Commands, key, list, text, texts } from './commands.ts';

type Setup = Required<StoreSetup>;

/** `entry`: one entry of the journal. */
export function createLookups(redis: Commands, setup: Setup, entry: (trace: string) => Promise<Entry | undefined>): Lookups {
  const { vault } = setup;
  const below = async (list: string, from: string, size: number): Promise<readonly string[]> =>
    texts(await redis.call('zrevrangebylex', list, from, '-', 'LIMIT', 0, size));
  return {
    note: createNoter(redis, setup),
    withMessageId: async (id) => {
      const keys = vault.hashes('message-id', id).map(key.messageId);
      const lists = await Promise.all(keys.map((one) => below(one, '+', MAX_TRACES)));
      return mergePlaces(lists, MAX_TRACES).map(traceAt);
    },
    page: async (subject, limit, before) => {
      const place = before === undefined ? undefined : readCursor(before);
      if (before !== undefined && place === undefined) return { entries: [] };
      const size = pageSize(limit);
      const from = place === undefined ? '+' : `(${place}`;
      const lists = await Promise.all(listsOf(subject).map((one) => below(one, from, size + 1)));
      const places = mergePlaces(lists, size + 1);
      const entries = await Promise.all(places.slice(0, size).map((it) => entry(traceAt(it))));
      const last = places[size - 1];
      const there = entries.filter((it) => it !== undefined);
      return places.length > size && last !== undefined ? { entries: there, next: writeCursor(last) } : { entries: there };
    },
    ...createCaseReader(redis, setup),
  };
}

const listsOf = ({ kind, id }: Subject): readonly string[] =>
  kind === 'party' ? [key.partyJournal(id)] : [key.notedOf(id), key.journalOf(id)];

/**
 * The list by which Message-IDs are forgotten is asked for first, and a server keeps to that order; in a Cluster each goes its own way, so
 * where anything fails what the list may lack is taken back: none can be overlooked then.
 */
const createNoter =
  (redis: Commands, { vault, retention }: Setup): Lookups['note'] =>
  async (message: Noted) => {
    const { at, messageIds, conversation, stray, parties } = message;
    const place = placeOfNoted(message);
    const oldest = placeOf(at - retention.journal, '');
    const hashes = messageIds.slice(0, MAX_MESSAGE_IDS).map((id) => vault.hash('message-id', id));
    const addTo = (list: string, ...members: string[]): Promise<unknown> =>
      redis.run('noteFindable', [list], retention.journal, oldest, ...members);
    const ofConversation = conversation === undefined || hashes.length === 0 ? [] : [key.messageIdsOf(conversation)];
    const listed = ofConversation.map((list) => addTo(list, ...hashes.map((hash) => `${place}/${hash}`)));
    const lists = [...parties.map(key.partyJournal), ...(conversation !== undefined && stray ? [key.notedOf(conversation)] : [])];
    const noted = await Promise.allSettled([...listed, ...[...hashes.map(key.messageId), ...lists].map((one) => addTo(one, place))]);
    const failed = noted.find((one) => one.status === 'rejected');
    if (!failed) return;
    await Promise.allSettled(hashes.map((hash) => redis.call('zrem', key.messageId(hash), place)));
    throw failed.reason;
  };

function createCaseReader(redis: Commands, setup: Setup): Pick<Lookups, 'mail' | 'said'> {
  return {
    mail: async (id) => {
      const [due, at, attempts] = list(await redis.run('itemState', [key.outbox('due'), key.outbox('put'), key.outbox('tries')], id));
      if (due) return { kind: 'waiting', at: Number(at ?? 0), due: Number(due), attempts: Number(attempts ?? 0) };
      return text(await redis.call('get', key.sent(id))) === undefined ? undefined : { kind: 'sent' };
    },
    said: async ({ kind, trace, party }) => {
      const [conversation, at, outcome, foundAt, note] = list(
        await redis.call('hmget', key.review(kind, trace, party), 'c', 'p', 'o', 't', 'n'),
      );
      if (conversation === undefined || at === undefined) return undefined;
      const found = outcome && { outcome: outcome.toString(), at: Number(foundAt), note };
      const read = readReview(setup.vault, { kind, place: at.toString(), conversation: conversation.toString(), found });
      return { at: read.at, ...(read.found && { found: read.found }) };
    },
  };
}

const AT_ONCE = 500;

/** Of a conversation that is being forgotten: by which Message-IDs its messages are found, and which ones were noted. The list goes last. */
export async function forgetNoted(redis: Commands, conversation: string): Promise<void> {
  const list = key.messageIdsOf(conversation);
  for (;;) {
    const members = texts(await redis.call('zrange', list, 0, AT_ONCE - 1));
    if (members.length === 0) break;
    await Promise.all(
      members.map((member) => {
        const slash = member.lastIndexOf('/');
        return redis.call('zrem', key.messageId(member.slice(slash + 1)), member.slice(0, slash));
      }),
    );
    await redis.call('zrem', list, ...members);
  }
  await redis.call('unlink', key.notedOf(conversation));
}
