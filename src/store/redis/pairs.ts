/** Conversations and the aliases that lead to them. The pair's own record decides which conversation it is; all else is made from it. */
import type { Conversation, Role } from '../../model/route.ts';
import { mintId, type StoreSetup } from '../codec.ts';
import type { Binding } from '../store.ts';
import { type Commands, key, list, pairOf, text } from './commands.ts';

const fields = ['b', 's', 'bl', 'sl'] as const;

/** What an alias row holds once its party is forgotten. */
export const FORGOTTEN = 'x';

/** What stands in the pair's own record. */
export const pairRecord = ({ id, buyerLocal, sellerLocal }: Conversation): string => [id, buyerLocal, sellerLocal].join('/');

/** The id of the conversation that such a record leads to. */
export const conversationIn = (record: string): string => record.slice(0, record.indexOf('/'));

export function createPairs(redis: Commands, { mint }: StoreSetup) {
  const read = (id: string): Promise<Conversation | undefined> => readConversation(redis, id);
  const find = async (local: string): Promise<Binding | undefined> => {
    if (local === '' || local.length > 64) return undefined;
    const row = text(await redis.call('get', key.alias(local)));
    return row === undefined ? undefined : bindingOf(local, row);
  };
  const open = async (buyer: string, seller: string): Promise<Conversation> => {
    const fresh: Conversation = { id: mintId(), buyer, seller, buyerLocal: mint(), sellerLocal: mint() };
    const there = text(await redis.call('set', key.pair(pairOf(buyer, seller)), pairRecord(fresh), 'NX', 'GET'));
    const [id = '', buyerLocal = '', sellerLocal = ''] = (there ?? pairRecord(fresh)).split('/');
    const conversation: Conversation = { id, buyer, seller, buyerLocal, sellerLocal };
    await ensure(redis, conversation);
    return conversation;
  };
  const between = async (buyer: string, seller: string): Promise<Conversation | undefined> => {
    const record = text(await redis.call('get', key.pair(pairOf(buyer, seller))));
    return record === undefined ? undefined : read(conversationIn(record));
  };
  return { read, find, open, between };
}

export async function readConversation(redis: Commands, id: string): Promise<Conversation | undefined> {
  const [buyer, seller, buyerLocal, sellerLocal] = list(await redis.call('hmget', key.conversation(id), ...fields)).map(text);
  return buyer && seller && buyerLocal && sellerLocal ? { id, buyer, seller, buyerLocal, sellerLocal } : undefined;
}

/** The lists by which a party is forgotten come before the aliases: no alias can be overlooked then. */
async function ensure(redis: Commands, conversation: Conversation): Promise<void> {
  const { id, buyer, seller, buyerLocal, sellerLocal } = conversation;
  await Promise.all([
    redis.call('sadd', key.partyConversations(buyer), id),
    redis.call('sadd', key.partyConversations(seller), id),
    redis.call('hset', key.conversation(id), 'b', buyer, 's', seller, 'bl', buyerLocal, 'sl', sellerLocal),
  ]);
  await Promise.all([ensureAlias(redis, conversation, 'buyer'), ensureAlias(redis, conversation, 'seller')]);
}

async function ensureAlias(redis: Commands, conversation: Conversation, stands: Role): Promise<void> {
  const { id, buyer, seller, buyerLocal, sellerLocal } = conversation;
  const [local, other] = stands === 'buyer' ? [buyerLocal, sellerLocal] : [sellerLocal, buyerLocal];
  const row = [stands === 'buyer' ? 'b' : 's', id, other, pairOf(buyer, seller)].join('/');
  const there = text(await redis.call('set', key.alias(local), row, 'NX', 'GET'));
  if (there !== undefined && there !== row && there !== FORGOTTEN) throw new Error('an alias was minted twice');
}

/** Packed, all in one value: the look-up of an alias is one round trip. */
function bindingOf(local: string, row: string): Binding {
  const [kind, id = '', other = '', buyerPart = '', sellerPart = ''] = row.split('/');
  if (kind === FORGOTTEN) return { kind: 'forgotten' };
  if (kind === 'p') return { kind: 'seller', seller: decodeURIComponent(id) };
  const stands: Role = kind === 'b' ? 'buyer' : 'seller';
  const [buyerLocal, sellerLocal] = stands === 'buyer' ? [local, other] : [other, local];
  const [buyer, seller] = [decodeURIComponent(buyerPart), decodeURIComponent(sellerPart)];
  return { kind: 'conversation', conversation: { id, buyer, seller, buyerLocal, sellerLocal }, stands };
}
