/** The daily mail, from the real store into the real outbox; only the clock is ours. */
import { randomBytes } from 'node:crypto';
import { aliasAt } from '../../src/model/address.ts';
import type { Party } from '../../src/model/route.ts';
import { digestItem } from '../../src/notice/item.ts';
import { sendFinished, startDigests } from '../../src/outbound/digests.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { DigestDay, DigestEntry, Store } from '../../src/store/store.ts';
import { openVault } from '../../src/store/vault.ts';
import { mailbox } from '../store/fixtures.ts';

const domain = 'relay.example';
const office = { domain, commandAddressFor: (trace: string) => `c-${trace}@${domain}` };
const day = '2026-03-09';
const noon = Date.parse(`${day}T12:00:00Z`);

const seller: Omit<Party, 'publicLocal'> = {
  id: 's-1',
  role: 'seller',
  name: 'Hanna Okafor',
  mailboxes: [
    { address: mailbox('robot@oakbench.example'), receives: false, sends: true },
    { address: mailbox('team@oakbench.example'), receives: true, sends: false },
    { address: mailbox('hanna@oakbench.example'), receives: true, sends: true },
  ],
  locale: 'de-AT',
  optedOut: false,
  messaging: 'enabled',
  notices: 'daily',
};
const entry = (trace: string, at = noon): DigestEntry => ({
  party: seller.id,
  trace,
  at,
  kind: 'refused',
  subject: 'A better way',
  rules: ['off-platform'],
  own: { name: 'Hanna O.', alias: aliasAt('h4nn', domain) },
  other: 'Lara W.',
});

let time = noon;
let store: Store;
let failures: unknown[] = [];
let woken = 0;

beforeEach(async () => {
  time = noon;
  failures = [];
  woken = 0;
  store = await openSqlite(':memory:', {
    vault: openVault([randomBytes(32)]),
    mint: () => `x${randomBytes(10).toString('hex')}`,
    now: () => time,
  });
  await store.directory.putParty(seller);
});
afterEach(() => store[Symbol.asyncDispose]());

const portsOf = () => ({
  digests: store.digests,
  outbox: store.outbox,
  async write(it: DigestDay) {
    const party = await store.directory.party(it.party);
    return party && digestItem(it, party, office, time);
  },
  wake: () => {
    woken += 1;
  },
  failed: (error: unknown) => failures.push(error),
  now: () => time,
});
const sent = async () => {
  const items = await store.outbox.lend(100, 3600);
  return items.map(({ bytes, ...it }) => ({ ...it, mail: Buffer.from(bytes).toString() }));
};

test('leaves when the day is over, once, and tells of all messages of the day', async () => {
  await store.digests.add(entry('aaaaaaaaaaaaaaaa'), day);
  await store.digests.add(entry('bbbbbbbbbbbbbbbb', noon + 1), day);
  time = Date.parse(`${day}T23:59:59Z`);
  await sendFinished(portsOf());
  expect(await sent()).toEqual([]);
  // A message of the last second may still be on its way through a relay.
  time = Date.parse('2026-03-10T00:01:00Z');
  await sendFinished(portsOf());
  expect([await sent(), woken]).toEqual([[], 0]);
  time = Date.parse('2026-03-10T00:03:00Z');
  await Promise.all([sendFinished(portsOf()), sendFinished(portsOf())]);
  await sendFinished(portsOf());
  const [one, ...more] = await sent();
  expect(more).toEqual([]);
  expect(one).toMatchObject({ reversePath: '', recipient: 'hanna@oakbench.example', trace: 'aaaaaaaaaaaaaaaa', at: time });
  expect(one?.id).toMatch(/^digest:s-1:2026-03-09:/);
  expect(one?.mail).toMatch(/^Postern-Notice: digest\r$/m);
  expect(one?.mail).toMatch(/^Date: Mon, 09 Mar 2026 23:59:59 \+0000\r$/m);
  expect(one?.mail).toMatch(/^From: .*<c-aaaaaaaaaaaaaaaa@relay\.example>\r$/m);
  for (const trace of ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb']) expect(one?.mail).toContain(trace);
  expect(one?.mail).toContain('Guten Tag');
  expect(one?.mail).not.toMatch(/@oakbench|Okafor/);
  expect([woken, failures]).toEqual([1, []]);
});

test('is put once where a relay died between the outbox and the end of the loan', async () => {
  await store.digests.add(entry('aaaaaaaaaaaaaaaa'), day);
  time += 86_400_000;
  const dying = { ...portsOf(), digests: { lend: store.digests.lend, done: () => Promise.reject(new Error('killed')) } };
  await sendFinished(dying);
  expect(failures).toHaveLength(1);
  time += 100_000;
  await sendFinished(portsOf());
  expect(await sent()).toHaveLength(1);
  expect(await store.digests.lend('2027-01-01', 60)).toBeUndefined();
});

test('a message that comes late for its day is told of in a mail of its own', async () => {
  await store.digests.add(entry('aaaaaaaaaaaaaaaa'), day);
  time += 86_400_000;
  await sendFinished(portsOf());
  await store.digests.add(entry('bbbbbbbbbbbbbbbb'), day);
  await sendFinished(portsOf());
  expect((await sent()).map(({ mail }) => /[ab]{16}(?=\r\n)/.exec(mail)?.[0])).toEqual(['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb']);
});

test('of a party that is gone is written to nobody, and goes', async () => {
  await store.digests.add({ ...entry('aaaaaaaaaaaaaaaa'), party: 'gone' }, day);
  time += 86_400_000;
  await sendFinished(portsOf());
  time += 100_000;
  expect(await sent()).toEqual([]);
  expect(await store.digests.lend('2027-01-01', 60)).toBeUndefined();
});

test('one that cannot be written keeps no other from leaving, and comes again', async () => {
  await store.digests.add({ ...entry('aaaaaaaaaaaaaaaa'), party: 'a-1' }, day);
  await store.digests.add(entry('bbbbbbbbbbbbbbbb'), day);
  time += 86_400_000;
  const ports = portsOf();
  const write = (it: DigestDay) => (it.party === 'a-1' ? Promise.reject(new Error('no')) : ports.write(it));
  await sendFinished({ ...ports, write });
  expect(failures).toHaveLength(1);
  expect(await sent()).toHaveLength(1);
  time += 100_000;
  expect(await store.digests.lend('2027-01-01', 60)).toMatchObject({ party: 'a-1' });
});

test('is looked for at the start; closing waits for what is under way; a store that is away is no end', async () => {
  await store.digests.add(entry('aaaaaaaaaaaaaaaa'), day);
  time += 86_400_000;
  const running = startDigests(portsOf());
  await running.close();
  expect(await sent()).toHaveLength(1);
  const ports = portsOf();
  const away = { ...ports, digests: { ...ports.digests, lend: () => Promise.reject(new Error('away')) } };
  await startDigests(away).close();
  expect(failures).toMatchObject([{ message: 'away' }]);
});
