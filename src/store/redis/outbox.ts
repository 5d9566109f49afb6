/** What nobody waits for, in Redis; several relays share it, and each item is lent to one of them at a time. */
import type { Mailbox } from '../../model/address.ts';
import { keep, leaseOf, lendSize, MAX_LENT_BYTES, mintId, readItems, recipientHashes, type StoreSetup, sealItem } from '../codec.ts';
import type { Outbox } from '../store.ts';
import { type Commands, type KeepingCommands, key, list, orTakenBack, texts } from './commands.ts';
import { outboxKeys } from './outbox-scripts.ts';

type Setup = Required<StoreSetup>;

const AT_ONCE = 100;
/** The least that Redis takes. */
const forgottenAtOnce = 1;

export function createOutbox(redis: KeepingCommands, { vault, now }: Setup): Outbox {
  const holder = mintId();
  return {
    put: async (item, due) => {
      const hash = recipientHashes(vault, item.recipient)[0] ?? '';
      const keys = [...outboxKeys, key.sent(item.id)];
      const put = redis.kept.run('putItem', keys, item.id, sealItem(vault, item), item.at, due - now(), hash);
      // One that was there before is another call's.
      await orTakenBack(put, async (isNew) => isNew === 1 && (await dropItem(redis, item.id, forgottenAtOnce)));
    },
    lend: async (limit, leaseSeconds) => {
      const size = lendSize(limit);
      if (size === 0) return [];
      const flat = list(await redis.run('lendItems', outboxKeys, size, leaseOf(leaseSeconds), holder, MAX_LENT_BYTES));
      const rows = flat.flatMap((id, at) => {
        const [attempts, sealed] = [flat[at + 1], flat[at + 2]];
        return at % 3 === 0 && id && sealed ? [{ id: id.toString(), attempts: Number(attempts), sealed }] : [];
      });
      return readItems(vault, rows);
    },
    done: (id) => dropItem(redis, id, keep.sent),
    withdraw: (id) => dropItem(redis, id, forgottenAtOnce),
    later: async (id, due) => void (await redis.run('giveItemBack', outboxKeys, id, holder, due - now())),
    depth: async () => {
      const [count, oldest] = texts(await redis.run('countItems', outboxKeys));
      return { count: Number(count), ...(oldest !== undefined && { oldest: Number(oldest) }) };
    },
  };
}

/** That it was here is remembered for so many milliseconds. */
const dropItem = async (redis: Commands, id: string, remembered: number): Promise<void> =>
  void (await redis.run('dropItem', [...outboxKeys, key.sent(id)], id, remembered));

/** What waits for the mailboxes of a party that is being forgotten goes, and does not come back. */
export async function dropItemsTo(redis: Commands, { vault }: Setup, mailboxes: readonly Mailbox[]): Promise<void> {
  for (const hash of mailboxes.flatMap((mailbox) => recipientHashes(vault, mailbox))) {
    for (;;) {
      const found = texts(await redis.run('itemsTo', outboxKeys, hash, AT_ONCE));
      if (found.length === 0) break;
      await Promise.all(found.map((it) => dropItem(redis, it.slice(hash.length), keep.sent)));
    }
  }
}
