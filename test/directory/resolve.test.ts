/** Whose colleague a stranger may be: the question goes to the party of the same organisation, never to a neighbour's. */
import { randomBytes } from 'node:crypto';
import { organisationOf } from '../../src/auth/organisation.ts';
import { RecentAliases } from '../../src/directory/recent.ts';
import { resolve } from '../../src/directory/resolve.ts';
import { readHeader } from '../../src/mime/header.ts';
import { type Mailbox, parseMailbox } from '../../src/model/address.ts';
import type { Party } from '../../src/model/route.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { openVault } from '../../src/store/vault.ts';

const domain = 'relay.test';
const setup = {
  domains: [domain],
  displayNames: 'initial',
  checks: (text: string) => [text],
  organisationOf,
  recent: new RecentAliases(),
} as const;

/** A stranger writes as the seller with this mailbox would. */
async function isColleague(own: string, author: string): Promise<boolean> {
  await using store = await openSqlite(':memory:', {
    vault: openVault([randomBytes(32)]),
    mint: () => `x${randomBytes(10).toString('hex')}`,
  });
  const party = (id: string, role: Party['role'], address: Mailbox) =>
    store.directory.putParty({
      id,
      role,
      name: 'Jo Doe',
      mailboxes: [{ address, receives: true, sends: true }],
      locale: 'en',
      messaging: 'enabled',
      notices: 'each',
    });
  await party('b-1', 'buyer', parseMailbox('lara@buyer.example') as Mailbox);
  await party('s-1', 'seller', parseMailbox(own) as Mailbox);
  const { buyerLocal } = await store.directory.open('b-1', 's-1');
  const header = readHeader(Buffer.from(`From: ${author}\r\n\r\n`));
  const resolution = await resolve({ forwardPath: `${buyerLocal}@${domain}`, header, at: 0 }, store, setup);
  if (resolution === 'own' || resolution.kind !== 'stranger') throw new Error('no stranger');
  return resolution.atOwnDomain;
}

test.each([
  ['bo@shop.example', 'joe@shop.example'],
  ['bo@shop.example', 'joe@mail.shop.example'],
  ['bo@mail.shop.co.uk', 'joe@shop.co.uk'],
  ['bo@mail.shop.co.uk', 'joe@desk.shop.co.uk'],
  ['bo@shop.github.io', 'joe@shop.github.io'],
])('for %s, %s may be one', async (own, author) => {
  expect(await isColleague(own, author)).toBe(true);
});

test.each([
  ['bo@shop.co.uk', 'joe@co.uk'],
  ['bo@shop.co.uk', 'joe@other.co.uk'],
  ['bo@shop.github.io', 'joe@github.io'],
  ['bo@shop.github.io', 'joe@other.github.io'],
  ['bo@github.io', 'joe@github.io'],
  ['bo@shop.onmicrosoft.com', 'joe@onmicrosoft.com'],
  ['bo@shop.example', 'joe@ashop.example'],
  ['bo@gmail.com', 'joe@gmail.com'],
  ['bo@gmail.com', 'joe@mail.gmail.com'],
])('for %s, %s is a stranger', async (own, author) => {
  expect(await isColleague(own, author)).toBe(false);
});
