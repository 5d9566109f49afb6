/**
 * Parties, orders, conversations and aliases in Redis. Keys of different slots cannot change in one step; so each step may be
 * repeated, the record that decides comes first (or, when forgetting, last), and a call that comes again mends what a crash left undone.
 */
import type { Mailbox } from '../../model/address.ts';
import type { Party } from '../../model/route.ts';
import { MAX_SHARERS, mailboxHashes, type StoreSetup } from '../codec.ts';
import { readParty, sealAdmitted, sealParty, withMark, writesFrom } from '../party.ts';
import type { Directory } from '../store.ts';
import { bytes, type Commands, type KeepingCommands, key, list, text, texts } from './commands.ts';
import { createEraser } from './eraser.ts';
import { createOrders } from './orders.ts';
import { createPairs } from './pairs.ts';
import { createStates } from './states.ts';

export function createDirectory({ kept: redis, ...passing }: KeepingCommands, setup: Required<StoreSetup>): Directory {
  const pairs = createPairs(redis, setup);
  const orders = createOrders(redis, setup);
  const party = createPartyReader(redis, setup);
  const index = createMailboxIndex(redis, setup);
  return {
    putParty: createPartyWriter(redis, setup),
    party,
    markMailbox: createMarker(redis, setup),
    forget: createEraser(redis, setup),
    putOrder: orders.put,
    orderBetween: orders.between,
    countReviewRequest: orders.countReviewRequest,
    order: orders.read,
    conversationBetween: pairs.between,
    open: pairs.open,
    conversation: pairs.read,
    admit: createAdmitter(redis, setup),
    optOutOfAll: async (id, optedOut) => void (await redis.run('optOutOfAll', [key.party(id)], optedOutMark(optedOut))),
    ...createStates(redis),
    // Noted of every message, after the next hop has it: not worth a wait.
    heard: createStates(passing).heard,
    find: pairs.find,
    buyerAt: async (mailbox) => {
      for (const id of await index.sharers(mailbox)) {
        const found = await party(id);
        if (found && writesFrom(found).includes(mailbox)) return found;
      }
      return undefined;
    },
  };
}

const createPartyReader =
  (redis: Commands, { vault }: StoreSetup) =>
  async (id: string): Promise<Party | undefined> => {
    const [sealed, local, out, admitted] = list(await redis.call('hmget', key.party(id), 'v', 'l', 'o', 'a'));
    return sealed && readParty(vault, id, { sealed, publicLocal: local?.toString(), optedOut: optedOutOf(out), admitted });
  };

function createPartyWriter(redis: Commands, setup: StoreSetup): Directory['putParty'] {
  const { vault, mint } = setup;
  const index = createMailboxIndex(redis, setup);
  return async (party) => {
    const { id } = party;
    const sealed = sealParty(vault, party);
    const hashes = writesFrom(party).map((mailbox) => mailboxHashes(vault, mailbox));
    const current = hashes.map(([hash = '']) => hash);
    const minted = party.role === 'seller' ? mint() : '';
    const out = party.optedOut === undefined ? '' : optedOutMark(party.optedOut);
    const reply = await redis.run('putParty', [key.party(id), key.partyMailboxes(id)], sealed, minted, out, ...current);
    const [stored, indexed, said, admitted]: readonly unknown[] = Array.isArray(reply) ? reply : [];
    const local = text(stored);
    const gone = texts(indexed).filter((hash) => !current.includes(hash));
    if (local) await redis.call('set', key.alias(local), `p/${encodeURIComponent(id)}`, 'NX');
    await Promise.all(hashes.map((all) => index.add(id, all)));
    await Promise.all(gone.map((hash) => redis.call('zrem', key.mailbox(hash), id)));
    if (gone.length > 0) await redis.call('srem', key.partyMailboxes(id), ...gone);
    return readParty(vault, id, { sealed, publicLocal: local, optedOut: optedOutOf(bytes(said)), admitted: bytes(admitted) });
  };
}

/** In its own field, so that buyer and marketplace cannot undo what the other changes at the same time. */
const optedOutMark = (optedOut: boolean): string => (optedOut ? '1' : '0');
const optedOutOf = (field: Buffer | undefined): boolean | undefined => (field === undefined ? undefined : field.toString() === '1');

/** Somebody else changes the party at the same time: so often it is tried again. */
const MAX_TRIES = 20;

const createMarker =
  (redis: Commands, { vault }: StoreSetup): Directory['markMailbox'] =>
  async (id, address, mark) => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const sealed = bytes(await redis.call('hget', key.party(id), 'v'));
      const changed = sealed && withMark(readParty(vault, id, { sealed }), address, mark);
      if (!changed || (await redis.run('reseal', [key.party(id)], sealed, sealParty(vault, changed))) === 1) return;
    }
    throw new Error('a party changes too often to be marked');
  };

const createAdmitter =
  (redis: Commands, { vault }: StoreSetup): Directory['admit'] =>
  async (id, address, word) => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const [party, before] = list(await redis.call('hmget', key.party(id), 'v', 'a'));
      if (party === undefined) return;
      const after = sealAdmitted(vault, id, before, { address, word });
      if ((await redis.run('resealAdmitted', [key.party(id)], before ?? '', after)) === 1) return;
    }
    throw new Error('a party changes too often to be changed');
  };

/** Which buyers write from a mailbox: its keyed hash leads to a sorted set of parties, the last registered on top. */
export function createMailboxIndex(redis: Commands, { vault }: StoreSetup) {
  /** A party that was found under an older secret's hash keeps its place under the new one. */
  const add = async (id: string, [hash = '', ...older]: readonly string[]): Promise<void> => {
    const places = await Promise.all(older.map((old) => redis.run('placeOfSharer', [key.mailbox(old)], id)));
    const place = places.map(text).find((it) => it !== undefined) ?? '';
    await redis.run('addSharer', [key.mailbox(hash)], id, place);
  };
  const sharers = async (mailbox: Mailbox): Promise<readonly string[]> => {
    const hashes = mailboxHashes(vault, mailbox);
    const replies = await Promise.all(hashes.map((hash) => redis.run('sharers', [key.mailbox(hash)], MAX_SHARERS)));
    const found = replies.flatMap((reply) => placesOf(texts(reply)));
    return found.sort((a, b) => b.place - a.place).map(({ id }) => id);
  };
  return { add, sharers };
}

/** Party, place, party, place ... */
const placesOf = (flat: readonly string[]): readonly { readonly id: string; readonly place: number }[] =>
  flat.flatMap((id, at) => (at % 2 === 0 ? [{ id, place: Number(flat[at + 1]) }] : []));
