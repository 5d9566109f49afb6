/** What RCPT found is a hint and no more: the alias is asked for again, and its answer alone counts. */
import { randomBytes } from 'node:crypto';
import { RecentAliases } from '../../src/directory/recent.ts';
import { knowsAlias, resolve } from '../../src/directory/resolve.ts';
import { readHeader } from '../../src/mime/header.ts';
import { replies } from '../../src/model/reply.ts';
import type { Conversation } from '../../src/model/route.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { buyer, seller, setupWith } from '../store/fixtures.ts';

const domain = 'relay.test';
const [b, s] = [buyer(), seller()];
const setupOf = () => ({
  domains: [domain],
  displayNames: 'initial' as const,
  checks: (text: string) => [text],
  organisationOf: (name: string) => name,
  recent: new RecentAliases(),
});

let store: Store;
let conversation: Conversation;
beforeEach(async () => {
  store = await openSqlite(':memory:', setupWith());
  for (const party of [b, s]) await store.directory.putParty(party);
  conversation = await store.directory.open(b.id, s.id);
});
afterEach(() => store[Symbol.asyncDispose]());

const toSeller = () => ({
  forwardPath: `${conversation.sellerLocal.toUpperCase()}@${domain}`,
  header: readHeader(Buffer.from(`From: ${b.mailboxes[0]?.address}\r\n\r\n`)),
  at: 0,
});

test('with and without a hint, the same is found', async () => {
  const [asked, unasked] = [setupOf(), setupOf()];
  expect(await knowsAlias(toSeller(), store.directory, asked)).toBe('yes');
  expect(asked.recent.of(conversation.sellerLocal)).toMatchObject({ conversation, stands: 'seller' });
  const found = await resolve(toSeller(), store, asked);
  expect(found).toEqual(await resolve(toSeller(), store, unasked));
  expect(found).toMatchObject({ kind: 'party', route: { conversation: conversation.id, direction: 'buyer_to_seller' } });
});

test('an alias that was forgotten since RCPT leads nowhere, even where its party has come back', async () => {
  const setup = setupOf();
  await knowsAlias(toSeller(), store.directory, setup);
  await store.directory.forget(b.id);
  await store.directory.putParty(b);
  await expect(resolve(toSeller(), store, setup)).rejects.toMatchObject({ reply: replies.unknownAlias });
});

test('a hint that is wrong changes nothing', async () => {
  const other = await store.directory.open((await store.directory.putParty(buyer())).id, s.id);
  const setup = setupOf();
  setup.recent.note(conversation.sellerLocal, { kind: 'conversation', conversation: other, stands: 'seller' });
  expect(await resolve(toSeller(), store, setup)).toEqual(await resolve(toSeller(), store, setupOf()));
});

test('of aliases asked for long ago nothing is kept', () => {
  const recent = new RecentAliases();
  const local = () => randomBytes(8).toString('hex');
  const first = local();
  recent.note(first, { kind: 'conversation', conversation, stands: 'buyer' });
  for (let n = 0; n < 1_999; n++) recent.note(local(), { kind: 'conversation', conversation, stands: 'buyer' });
  expect(recent.of(first)).toBeDefined();
  recent.note(local(), { kind: 'conversation', conversation, stands: 'buyer' });
  expect(recent.of(first)).toBeUndefined();
  recent.note(first, { kind: 'forgotten' });
  expect(recent.of(first)).toBeUndefined();
});
