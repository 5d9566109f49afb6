/** Who takes no messages from whom, when aliases end, and who is away: as the marketplace says it. */
import { type Api, fieldsOf, jane, now, serveApi, shop } from './serve.ts';

let api: Api;
let id: string;
const pair = { buyer: 'b-1', seller: 's-1' };
const day = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();

beforeAll(async () => {
  api = await serveApi();
  await api.call('PUT', '/v1/parties/b-1', jane);
  await api.call('PUT', '/v1/parties/s-1', shop);
  id = (await api.call('PUT', '/v1/conversations', pair)).body.id;
});
afterAll(() => api[Symbol.asyncDispose]());

const shown = async () => (await api.call('GET', `/v1/conversations/${id}`)).body;

test('a block of either side, and lifted again', async () => {
  expect(await shown()).toMatchObject({ blockedBy: [], expiresAt: null });
  for (const by of ['seller', 'buyer']) {
    expect(await api.call('PUT', `/v1/conversations/${id}/block`, { by, blocked: true })).toMatchObject({
      status: 200,
      body: { by, blocked: true },
    });
  }
  expect(await shown()).toMatchObject({ blockedBy: ['buyer', 'seller'] });
  await api.call('PUT', `/v1/conversations/${id}/block`, { by: 'buyer', blocked: false });
  expect(await shown()).toMatchObject({ blockedBy: ['seller'] });
});

test.each([
  ['nothing', {}, ['/blocked', '/by']],
  ['nobody', { by: 'operator', blocked: true }, ['/by']],
  ['no yes or no', { by: 'buyer', blocked: 'true' }, ['/blocked']],
])('a block is refused with every field: %s', async (_what, body, fields) => {
  const answer = await api.call('PUT', `/v1/conversations/${id}/block`, body);
  expect([answer.status, [...fieldsOf(answer)].toSorted()]).toEqual([400, fields]);
});

test('an end is set and taken back; what is past goes with a new PUT and a new order, and with nothing else', async () => {
  const expire = (expiresAt: string | null) => api.call('PUT', `/v1/conversations/${id}/expiry`, { expiresAt });
  expect((await expire('2025-08-01')).body).toEqual({ expiresAt: '2025-08-01T00:00:00.000Z' });
  await api.call('PUT', '/v1/conversations', pair);
  expect((await shown()).expiresAt).toBe('2025-08-01T00:00:00.000Z');
  expect((await expire(null)).body).toEqual({ expiresAt: null });
  expect((await shown()).expiresAt).toBeNull();
  const past = iso(now - day);
  const order = { ...pair, kind: 'standard' };
  await expire(past);
  expect((await shown()).expiresAt).toBe(past);
  await api.call('PUT', '/v1/orders/o-1', order);
  expect((await shown()).expiresAt).toBeNull();
  await expire(past);
  await api.call('PUT', '/v1/orders/o-1', { ...order, completedAt: past });
  expect((await shown()).expiresAt).toBe(past);
  await api.call('PUT', '/v1/conversations', pair);
  expect((await shown()).expiresAt).toBeNull();
});

test.each(['yesterday', '2025-02-30', 0, '2025-06-01T12:00'])('no time at all: %p', async (expiresAt) => {
  const answer = await api.call('PUT', `/v1/conversations/${id}/expiry`, { expiresAt });
  expect([answer.status, fieldsOf(answer)]).toEqual([400, ['/expiresAt']]);
  const party = await api.call('PUT', '/v1/parties/s-1', { ...shop, away: { until: expiresAt } });
  expect([party.status, fieldsOf(party)]).toEqual([400, ['/away/until']]);
});

test('there is nothing to say of a conversation that is not there', async () => {
  for (const it of ['nope', '%00']) {
    expect((await api.call('PUT', `/v1/conversations/${it}/block`, { by: 'buyer', blocked: true })).status).toBe(404);
    expect((await api.call('PUT', `/v1/conversations/${it}/expiry`, { expiresAt: null })).status).toBe(404);
  }
});

test.each([
  ['Back on Monday', 'Back on Monday'],
  ['', ''],
  [null, null],
  [{}, ''],
  [{ text: 'Back on Monday' }, 'Back on Monday'],
  [{ until: '2025-07-01' }, { until: '2025-07-01T00:00:00.000Z' }],
  [
    { until: '2025-07-01T10:00:00+02:00', text: 'At the sea' },
    { until: '2025-07-01T08:00:00.000Z', text: 'At the sea' },
  ],
])('an absence %j is shown as %j', async (away, as) => {
  expect(await api.call('PUT', '/v1/parties/s-1', { ...shop, away })).toMatchObject({ status: 200, body: { away: as } });
  expect((await api.call('GET', '/v1/parties/s-1')).body).toMatchObject({ away: as });
});

test.each([
  ['another member', { since: '2025-07-01' }, ['/away/since']],
  ['a control', { text: 'a\u0000b' }, ['/away/text']],
  ['too long', { text: 'a'.repeat(501) }, ['/away/text']],
  ['a number', 5, ['/away']],
])('an absence is refused: %s', async (_what, away, fields) => {
  const answer = await api.call('PUT', '/v1/parties/s-1', { ...shop, away });
  expect([answer.status, fieldsOf(answer)]).toEqual([400, fields]);
});
