/** Parties, entries and messages for the tests of the store; ids are new each time, so that tests can share one engine. */
import { randomBytes } from 'node:crypto';
import { mintLocal } from '../../src/directory/alias.ts';
import { type Mailbox, parseMailbox } from '../../src/model/address.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Received } from '../../src/model/message.ts';
import type { Party } from '../../src/model/route.ts';
import type { StoreSetup } from '../../src/store/codec.ts';
import type { HoldCase, OutboxItem, Store } from '../../src/store/store.ts';
import { openVault } from '../../src/store/vault.ts';

/** One engine under test. Every store that it opens works on the same data. */
export interface Engine {
  open(setup?: Partial<StoreSetup>): Promise<Store>;
  /** All bytes that the engine has on its disk. */
  dump(): Promise<Buffer>;
}

export const secrets = { a: Buffer.alloc(32, 1), b: Buffer.alloc(32, 2) } as const;

export function setupWith(given: Partial<StoreSetup> = {}): StoreSetup {
  const vault = given.vault ?? openVault([secrets.a]);
  return { vault, mint: () => mintLocal((text) => vault.hash('alias', text)), ...given };
}

export const newId = (kind: string): string => `${kind}-${randomBytes(6).toString('hex')}`;

export function mailbox(address: string): Mailbox {
  const parsed = parseMailbox(address);
  if (!parsed) throw new Error(`no mailbox: ${address}`);
  return parsed;
}

export const newMailbox = (): Mailbox => mailbox(`${newId('m')}@mail.example`);

export function buyer(...addresses: readonly Mailbox[]): Omit<Party, 'publicLocal'> {
  const mailboxes = (addresses.length > 0 ? addresses : [newMailbox()]).map((address) => ({ address, receives: true, sends: true }));
  return {
    id: newId('b'),
    role: 'buyer',
    name: 'Ada Lovelace',
    mailboxes,
    locale: 'en',
    optedOut: false,
    messaging: 'enabled',
    notices: 'each',
  };
}

export const seller = (...addresses: readonly Mailbox[]): Omit<Party, 'publicLocal'> => ({
  ...buyer(...addresses),
  id: newId('s'),
  role: 'seller',
});

export const message = (trace: string, raw: string | Uint8Array = 'Subject: hi\r\n\r\nhello\r\n'): Received => ({
  trace,
  envelope: { reversePath: 'ada@mail.example', forwardPath: 'x@relay.example', client: { ip: '192.0.2.1', helo: 'mx.example', tls: true } },
  raw: typeof raw === 'string' ? Buffer.from(raw) : raw,
  at: 1_700_000_000_000,
});

/** Why a message is held; for `keep`. */
export const holdCase = (conversation: string, party = newId('b'), reason = 'contact-email'): HoldCase => ({ conversation, party, reason });

/** An item of the outbox. */
export const item = (recipient: Mailbox = newMailbox(), id = newId('i')): Omit<OutboxItem, 'attempts'> => ({
  id,
  trace: newId('t'),
  reversePath: 'bounce@relay.example',
  recipient,
  bytes: Buffer.from('Subject: notice\r\n\r\nhello\r\n'),
  at: 1_700_000_000_000,
});

/** All that is due, lent for a minute. */
export async function lendAll(store: Store): Promise<readonly OutboxItem[]> {
  const lent: OutboxItem[] = [];
  for (let rounds = 0; rounds < 50; rounds += 1) {
    const some = await store.outbox.lend(100, 60);
    if (some.length === 0) return lent;
    lent.push(...some);
  }
  throw new Error('the outbox lends what is lent');
}

export const entry = (conversation: string | undefined, at: number, trace: string = newId('t')): Entry => ({
  trace,
  at,
  ...(conversation === undefined ? {} : { conversation }),
  direction: 'buyer_to_seller',
  disposition: 'relay',
  reply: `250 2.0.0 ${trace}`,
  findings: [{ rule: 'contact-email', action: 'redact', part: 'text', region: 'new' }],
  bytes: 2048,
  steps: { parse: 1.5, judge: 0.25 },
});
