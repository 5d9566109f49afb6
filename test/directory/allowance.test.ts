/** How much may be sent, and that answers are not what a seller starts. */
import { randomBytes } from 'node:crypto';
import { ordersOf, spendOn, spendOnStart, startSpending } from '../../src/directory/allowance.ts';
import { readHeader } from '../../src/mime/header.ts';
import type { Situation } from '../../src/model/route.ts';
import type { Store } from '../../src/store/store.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { openVault } from '../../src/store/vault.ts';
import { toBuyer, toSeller } from '../rewrite/parties.ts';

let store: Store;
beforeEach(async () => {
  store = await openSqlite(':memory:', { vault: openVault([randomBytes(32)]), mint: () => `x${randomBytes(10).toString('hex')}` });
});
afterEach(() => store[Symbol.asyncDispose]());

const from = (mailbox: string) => readHeader(Buffer.from(`From: ${mailbox}\r\n\r\n`));
const putOff = expect.objectContaining({ reply: expect.objectContaining({ code: 451, enhanced: '4.7.0' }) });
const started: Situation = { direction: 'seller_to_buyer', initiates: true, order: null, buyerOptedOut: false };

async function times(count: number, work: () => Promise<void>): Promise<void> {
  for (let done = 0; done < count; done++) await work();
}

test('sixty messages an hour in a conversation from one side; the other side and other conversations are not touched', async () => {
  const write = (route = toBuyer, mailbox = 'anton@becker-lamps.example') => spendOn(from(mailbox), route, store.quota);
  await times(60, () => write());
  await expect(write()).rejects.toEqual(putOff);
  await write(toSeller, 'hanna.lindqvist@mailer.example');
  await write({ ...toBuyer, conversation: 'c2' });
});

test('a message that is given back counts for nothing; one that was over the limit takes nobody’s count away', async () => {
  const start = () => startSpending(from('anton@becker-lamps.example'), toBuyer, store.quota);
  await times(59, () => start().spent);
  await times(5, () => start().giveBack());
  await start().spent;
  const over = start();
  await expect(over.spent).rejects.toEqual(putOff);
  await over.giveBack();
  await expect(start().spent).rejects.toEqual(putOff);
});

test('a buyer writes 120 messages an hour, whatever the mailbox; a seller many more', async () => {
  let n = 0;
  const write = (route = toSeller) => spendOn(from(`m${++n % 2}@mailer.example`), { ...route, conversation: `c${n}` }, store.quota);
  await times(120, () => write());
  await expect(write()).rejects.toEqual(putOff);
  await times(200, () => write(toBuyer));
});

test('what a seller starts is capped by the day, and the cap grows with the orders; answers are free', async () => {
  const start = () => spendOnStart(started, toBuyer, store.quota);
  await times(600, start);
  await expect(start()).rejects.toEqual(putOff);
  await times(5, () => spendOnStart({ ...started, initiates: false }, toBuyer, store.quota));
  await times(5, () => spendOnStart({ ...started, direction: 'buyer_to_seller' }, toSeller, store.quota));
  for (let order = 0; order < 30; order++) await store.quota.spend([ordersOf(toBuyer.author.party)]);
  await times(5, start);
  await expect(start()).rejects.toEqual(putOff);
});
