/** What a seller may send for an order now, asked over the API: each thing that stops a message stands in the answer, by the relay's own code. */
import { createPermissions } from '../src/permissions.ts';
import { readPolicy } from '../src/policy/policy.ts';
import { type Api, jane, serveApi, shop } from './http/serve.ts';

const day = 86_400_000;
const at = Date.now();
const daysAgo = (days: number): string => new Date(at - days * day).toISOString();

let api: Api;
let number = 0;
let rateLimits = false;
const policy = readPolicy({ kinds: { wine: { windowDays: 60 } } });
beforeAll(async () => {
  const started: Api = await serveApi({
    now: () => at,
    permissions: (order) => createPermissions({ store: started.store, policy, days: 100, rateLimits, now: () => at })(order),
  });
  api = started;
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => {
  number += 1;
  rateLimits = false;
});

const names = () => ({ buyer: `b-${number}`, seller: `s-${number}`, order: `o-${number}` });

/** Two new parties with an order, and what is given. */
async function ordered(order: object = {}, given: { readonly buyer?: object; readonly seller?: object } = {}) {
  const { buyer, seller, order: id } = names();
  await api.call('PUT', `/v1/parties/${buyer}`, { ...jane, ...given.buyer });
  await api.call('PUT', `/v1/parties/${seller}`, { ...shop, ...given.seller });
  await api.call('PUT', `/v1/orders/${id}`, { buyer, seller, kind: 'standard', ...order });
  const { body } = await api.call('PUT', '/v1/conversations', { buyer, seller });
  return { buyer, seller, id, conversation: `${body.id}` };
}

const ask = async (id = names().order) => (await api.call('GET', `/v1/orders/${id}/permissions`)).body;

interface Shown {
  readonly kind: string;
  readonly allowed: boolean;
  readonly why: readonly { readonly reason: string; readonly until?: string; readonly says?: string }[];
}

/** Kind by kind, the reasons; nothing where it is allowed. */
async function reasons(id?: string): Promise<Readonly<Record<string, string>>> {
  const { permissions } = await ask(id);
  return Object.fromEntries(
    permissions.map(({ kind, allowed, why }: Shown) => [kind, allowed ? '' : why.map(({ reason }) => reason).join()]),
  );
}

const free = { answer: 'nothing-to-answer', message: '', critical: '', 'review-request': '' };

test('an open order: all but an answer, as the buyer wrote nothing', async () => {
  const { id, conversation } = await ordered();
  const body = await ask();
  expect(body).toMatchObject({ order: id, judgedBy: { id, kind: 'standard', completedDaysAgo: 0 }, conversation, initiates: true });
  expect(body.critical).toEqual({ budget: 3, left: 3 });
  expect(body.permissions[0].why[0].says).toBe('The buyer wrote nothing in the last 30 days.');
  expect(await reasons()).toEqual(free);
});

test('a conversation that was never opened is not opened by asking', async () => {
  const { buyer, seller, order } = names();
  await api.call('PUT', `/v1/parties/${buyer}`, jane);
  await api.call('PUT', `/v1/parties/${seller}`, shop);
  await api.call('PUT', `/v1/orders/${order}`, { buyer, seller, kind: 'standard' });
  expect(await ask()).toMatchObject({ conversation: null });
  expect(await reasons()).toEqual(free);
  expect(await api.store.directory.conversationBetween(buyer, seller)).toBeUndefined();
});

test('once the buyer wrote, everything is an answer, whatever stood against starting', async () => {
  const { conversation } = await ordered({ completedAt: daysAgo(40) }, { buyer: { optedOut: true } });
  expect(await reasons()).toMatchObject({
    message: 'opted-out,proactive-window',
    critical: '',
    'review-request': 'opted-out,proactive-window',
  });
  await api.store.directory.heard(conversation, 'buyer', at - 30 * day);
  expect(await reasons()).toEqual({ answer: '', message: '', critical: '', 'review-request': '' });
  expect((await ask()).initiates).toBe(false);
  await api.store.directory.heard(conversation, 'buyer', at - 30 * day);
});

test('31 days after the buyer wrote, the seller starts again', async () => {
  const { conversation } = await ordered({ completedAt: daysAgo(40) });
  await api.store.directory.heard(conversation, 'buyer', at - 30 * day - 1);
  expect(await reasons()).toMatchObject({ answer: 'nothing-to-answer', message: 'proactive-window', critical: '' });
});

test('the window is that of the policy and of the kind; what is made for one buyer needs no tag', async () => {
  await ordered({ completedAt: daysAgo(30) });
  expect(await reasons()).toEqual(free);
  number += 1;
  await ordered({ kind: 'wine', completedAt: daysAgo(200) }, { buyer: { optedOut: true } });
  expect(await reasons()).toEqual(free);
});

test('the order that counts is the open one, also where another is asked about', async () => {
  const { id, buyer, seller } = await ordered({ completedAt: daysAgo(90) });
  expect(await reasons()).toMatchObject({ message: 'proactive-window' });
  await api.call('PUT', `/v1/orders/${id}-2`, { buyer, seller, kind: 'handmade' });
  expect(await ask()).toMatchObject({ order: id, judgedBy: { id: `${id}-2`, kind: 'handmade' } });
  expect(await reasons()).toEqual(free);
});

test('a block by the buyer, and five critical messages a week through it', async () => {
  const { conversation } = await ordered();
  await api.call('PUT', `/v1/conversations/${conversation}/block`, { by: 'buyer', blocked: true });
  await api.store.directory.heard(conversation, 'buyer', at);
  const blocked = { answer: 'blocked', message: 'blocked', 'review-request': 'blocked' };
  expect(await reasons()).toEqual({ ...blocked, critical: '' });
  const use = { key: `through-block:${conversation}:seller`, limit: 5, seconds: 7 * 86_400 };
  for (let uses = 0; uses < 5; uses++) await api.store.quota.spend([use]);
  expect(await reasons()).toEqual({ ...blocked, critical: 'through-block' });
});

test('a seller who takes no messages starts none, but what a current order needs', async () => {
  const { conversation } = await ordered({}, { seller: { messaging: 'disabled' } });
  expect(await reasons()).toMatchObject({ message: 'answers-only', critical: '' });
  await api.store.directory.heard(conversation, 'buyer', at);
  expect(await reasons()).toMatchObject({ answer: '', message: '' });
});

test('the ladder, with its end', async () => {
  const { seller, conversation } = await ordered();
  const until = at + 3 * day;
  const override = (level: 'starting-blocked' | 'all-blocked' | 'warned') =>
    api.store.standings.change(seller, (ledger) => ({
      ledger: { ...ledger, override: { level, from: at, until, source: 'operator' as const } },
      result: 0,
    }));
  await override('warned');
  expect(await reasons()).toEqual(free);
  await override('starting-blocked');
  expect(await reasons()).toMatchObject({ message: 'starting-blocked', critical: 'starting-blocked' });
  expect((await ask()).permissions[1].why).toEqual([
    { reason: 'starting-blocked', until: new Date(until).toISOString(), says: 'The seller may answer, and start nothing.' },
  ]);
  await api.store.directory.heard(conversation, 'buyer', at);
  expect(await reasons()).toMatchObject({ answer: '', message: '' });
  await override('all-blocked');
  expect(await reasons()).toMatchObject({ answer: 'all-blocked', message: 'all-blocked' });
});

test('the tag: how often it is left, and that it counts no more once used up', async () => {
  const { seller } = await ordered({}, { buyer: { optedOut: true } });
  const use = (mark: string) =>
    api.store.standings.change(seller, (ledger) => ({ ledger: { ...ledger, tagUses: [...ledger.tagUses, { mark, at }] }, result: 0 }));
  await use('a');
  expect((await ask()).critical).toEqual({ budget: 3, left: 2 });
  expect(await reasons()).toMatchObject({ message: 'opted-out', critical: '' });
  await use('b');
  await use('c');
  expect(await reasons()).toMatchObject({ critical: 'opted-out,tag-used-up' });
  const [, , critical] = (await ask()).permissions;
  expect(critical.why[1].until).toBe(new Date(at + 30 * day).toISOString());
});

test('a tag that is away is no matter where the message needs none', async () => {
  const { seller } = await ordered();
  const complaint = (by: string) => ({ trace: `t-${by}`, by, at });
  await api.store.standings.change(seller, (ledger) => ({
    ledger: { ...ledger, complaints: [complaint('x'), complaint('y')] },
    result: 0,
  }));
  expect(await reasons()).toEqual(free);
});

test('a second request for a review of the same order', async () => {
  const { id } = await ordered();
  await api.store.directory.countReviewRequest(id);
  expect(await reasons()).toEqual({ ...free, 'review-request': 'review-manipulation' });
});

test('aliases that have ended', async () => {
  const { conversation, id, buyer, seller } = await ordered();
  await api.call('PUT', `/v1/orders/${id}`, { buyer, seller, kind: 'standard', completedAt: daysAgo(20) });
  await api.call('PUT', `/v1/conversations/${conversation}/expiry`, { expiresAt: daysAgo(15) });
  expect(await reasons()).toMatchObject({ message: 'ended', critical: 'ended' });
});

test("a day's cap of what a seller starts, where there are limits", async () => {
  const { seller } = await ordered();
  const starts = { key: `starts:${seller}`, limit: 1000, seconds: 86_400 };
  for (let count = 0; count < 600; count += 1) await api.store.quota.spend([starts]);
  expect(await reasons()).toEqual(free);
  rateLimits = true;
  expect(await reasons()).toMatchObject({ message: 'too-many-starts' });
});

test('a policy that only observes the window does not stop by it', async () => {
  const { id } = await ordered({ completedAt: daysAgo(90) });
  const mild = readPolicy({ actions: { seller_to_buyer: { 'proactive-window': 'observe' } } });
  const found = await createPermissions({ store: api.store, policy: mild, rateLimits: false, now: () => at })(id);
  expect(found?.permissions.map(({ why }) => why.length)).toEqual([1, 0, 0, 0]);
});

test('404 where there is no such order, and where a party is forgotten', async () => {
  const { buyer, id } = await ordered();
  for (const none of ['nope', '%00']) expect((await api.call('GET', `/v1/orders/${none}/permissions`)).status).toBe(404);
  await api.call('DELETE', `/v1/parties/${buyer}`);
  expect((await api.call('GET', `/v1/orders/${id}/permissions`)).status).toBe(404);
});
