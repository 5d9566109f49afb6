/** What `growth.ts` puts into a store: conversations, each with two aliases; or messages of the one conversation that is measured. */
import { randomBytes } from 'node:crypto';
import { parseMailbox } from '../../src/model/address.ts';
import type { Archived } from '../../src/store/archive.ts';
import type { Store } from '../../src/store/store.ts';
import { entry as entryOf } from '../store/fixtures.ts';
import { author } from './mixes.ts';

export interface Filling {
  readonly what: string;
  readonly sizes: readonly number[];
  /** From so many that it holds to so many. */
  fill(store: Store, held: number, wanted: number): Promise<void>;
}

/** So many at once. */
const batch = 500;

async function inBatches(from: number, to: number, work: (at: number) => Promise<unknown>): Promise<void> {
  for (let start = from; start < to; start += batch)
    await Promise.all(Array.from({ length: Math.min(batch, to - start) }, (_, at) => work(start + at)));
}

async function register(store: Store, id: string, role: 'buyer' | 'seller'): Promise<void> {
  const address = parseMailbox(role === 'buyer' ? author : 'bo@shop.example');
  if (!address) throw new Error('no mailbox');
  const mailboxes = [{ address, receives: true, sends: true }];
  await store.directory.putParty({ id, role, name: 'Bo', mailboxes, locale: 'en', messaging: 'enabled', notices: 'each' });
}

/** One conversation is opened for the measuring itself. */
const aliases: Filling = {
  what: 'aliases',
  sizes: [2, 1_000, 100_000, 1_000_000],
  async fill(store, held, wanted) {
    await register(store, 's-0', 'seller');
    await inBatches(Math.max(0, held / 2 - 1), wanted / 2 - 1, (at) => store.directory.open(`b-${at}`, 's-0'));
  },
};

const messages: Filling = {
  what: 'messages in one conversation',
  sizes: [10, 100, 1_000, 10_000, 100_000],
  async fill(store, held, wanted) {
    // The parties that are measured, by their ids in `programs.ts`.
    await register(store, 'b', 'buyer');
    await register(store, 's', 'seller');
    const { id } = await store.directory.open('b', 's');
    await inBatches(held, wanted, (at) => note(store, id, at));
  },
};

export const fillings: readonly Filling[] = [aliases, messages];

/** All that the relay writes of a message that it relayed, one every five minutes until now; where its copies lie is no matter. */
async function note(store: Store, conversation: string, index: number): Promise<void> {
  const trace = randomBytes(8).toString('hex');
  const at = Date.now() - (100_000 - index) * 300_000;
  const [theirs, ours] = [`${trace}@mailer.example`, `${trace}@relay.example`];
  const steps = { header: 0.1, resolve: 0.3, 'look up': 0.4, transform: 1.2, 'hand over': 1.5 };
  const entry = { ...entryOf(conversation, at, trace), findings: [], steps };
  const copy = { address: randomBytes(16).toString('hex'), sha256: randomBytes(32).toString('hex'), bytes: 2_000 };
  const archived: Archived = {
    trace,
    at,
    conversation,
    direction: 'buyer_to_seller',
    buyer: 'b',
    seller: 's',
    decisions: [{ at, disposition: 'relay', reply: entry.reply, findings: [], steps, more: {} }],
    copies: { received: copy, delivered: { ...copy, address: randomBytes(16).toString('hex') } },
  };
  await Promise.all([
    store.once.settle(`fingerprint ${trace}`, trace),
    store.threads.pair(conversation, 'buyer', theirs, ours),
    store.journal.add(entry),
    store.lookups.note({ trace, at, messageIds: [theirs, ours], conversation, parties: ['b', 's'] }),
    store.archive.put(archived),
  ]);
}
