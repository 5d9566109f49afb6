/** Webhooks over the API: the secret is shown once, the dead are shown and replayed, and no URL leads into the house. */
import type { Delivery } from '../../src/store/webhooks.ts';
import { type Api, fieldsOf, serveApi } from './serve.ts';

let api: Api;
beforeEach(async () => {
  api = await serveApi();
});
afterEach(() => api[Symbol.asyncDispose]());

const url = 'https://shop.example/hook';
const delivery = (id: string, at: number): Delivery => ({
  id: `msg_${id}`,
  webhook: 'shop',
  lane: id,
  type: 'relayed',
  trace: id,
  body: JSON.stringify({ type: 'relayed', data: { trace: id } }),
  at: Date.now() + at,
});
const die = async (count: number): Promise<void> => {
  const { webhooks } = api.store;
  for (let at = 0; at < count; at += 1) await webhooks.put(delivery(`t${at}`, at));
  for (const one of await webhooks.lend('shop', 100, 60)) await webhooks.bury(one, 'status 500');
};

test('a new one gets a secret, which is shown then and never again; putting it again changes the rest', async () => {
  const { status, body } = await api.call('PUT', '/v1/webhooks/shop', { url });
  const all = ['relayed', 'redacted', 'held', 'released', 'rejected', 'bounced', 'opted-out', 'reported', 'suspended'];
  const createdAt = '2025-06-01T12:00:00.000Z';
  const webhook = { id: 'shop', url, events: all, scope: ['ids', 'disposition', 'rules'], createdAt };
  expect([status, body]).toEqual([200, { ...webhook, secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) }]);
  const changed = { url: 'https://shop.example/other', events: ['held'], scope: ['alias'] };
  expect((await api.call('PUT', '/v1/webhooks/shop', changed)).body).toEqual({ id: 'shop', ...changed, createdAt });
  expect((await api.store.webhooks.webhook('shop'))?.secrets).toEqual([{ secret: body.secret }]);
  const { body: read } = await api.call('GET', '/v1/webhooks/shop');
  expect(read).toEqual({ id: 'shop', ...changed, createdAt, deliveries: { waiting: 0, dead: 0 } });
  expect((await api.call('GET', '/v1/webhooks')).body).toEqual({ webhooks: [{ id: 'shop', ...changed, createdAt }] });
});

test('a rotation makes a second secret, and shows it once', async () => {
  const { body } = await api.call('PUT', '/v1/webhooks/shop', { url });
  const rotated = await api.call('POST', '/v1/webhooks/shop/secret');
  expect(rotated.body).toEqual({ secret: expect.stringMatching(/^whsec_/), oldUntil: '2025-06-02T12:00:00.000Z' });
  expect(rotated.body.secret).not.toBe(body.secret);
  expect((await api.store.webhooks.webhook('shop'))?.secrets).toEqual([
    { secret: rotated.body.secret },
    { secret: body.secret, until: Date.parse('2025-06-02T12:00:00Z') },
  ]);
});

test.each([
  [{ url: 'http://shop.example/' }, ['/url']],
  [{ url: 'https://10.0.0.1/' }, ['/url']],
  [{ url: 'http://localhost:8025/v1/parties/x' }, ['/url']],
  [{ url: 5 }, ['/url']],
  [{}, ['/url']],
  [{ url, events: ['delivered'] }, ['/events/0']],
  [{ url, events: [] }, ['/events']],
  [{ url, scope: ['mailbox'] }, ['/scope/0']],
  [{ url, secret: 'whsec_mine' }, ['/secret']],
])('%j is refused', async (body, fields) => {
  const answer = await api.call('PUT', '/v1/webhooks/shop', body);
  expect([answer.status, fieldsOf(answer)]).toEqual([400, fields]);
  expect(JSON.stringify(answer.body)).not.toMatch(/10\.0\.0|shop\.example/);
});

test('the dead are shown page by page, one or all are replayed, and all goes with the webhook', async () => {
  await api.call('PUT', '/v1/webhooks/shop', { url });
  await die(3);
  expect((await api.call('GET', '/v1/webhooks/shop')).body.deliveries).toEqual({ waiting: 0, dead: 3 });
  const { body } = await api.call('GET', '/v1/webhooks/shop/deliveries?limit=2');
  const shown = (trace: string) => ({
    id: `msg_${trace}`,
    state: 'dead',
    attempts: 1,
    failure: 'status 500',
    payload: { type: 'relayed', data: { trace } },
  });
  expect(body.deliveries).toEqual([shown('t2'), shown('t1')]);
  expect((await api.call('GET', `/v1/webhooks/shop/deliveries?state=dead&cursor=${body.next}`)).body).toEqual({
    deliveries: [shown('t0')],
  });
  expect((await api.call('POST', '/v1/webhooks/shop/replay?delivery=msg_t1')).body).toEqual({ replayed: 1 });
  expect((await api.call('POST', '/v1/webhooks/shop/replay?delivery=msg_t1')).body).toEqual({ replayed: 0 });
  const waiting = await api.call('GET', '/v1/webhooks/shop/deliveries?state=waiting');
  expect(waiting.body.deliveries).toMatchObject([{ id: 'msg_t1', state: 'waiting', attempts: 0 }]);
  expect((await api.call('POST', '/v1/webhooks/shop/replay')).body).toEqual({ replayed: 2 });
  expect((await api.call('DELETE', '/v1/webhooks/shop')).status).toBe(204);
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/deliveries'],
    ['POST', '/replay'],
    ['POST', '/secret'],
  ] as const) {
    expect((await api.call(method, `/v1/webhooks/shop${path}`)).status).toBe(404);
  }
});

test('there are twenty at most', async () => {
  for (let at = 0; at < 20; at += 1) expect((await api.call('PUT', `/v1/webhooks/w${at}`, { url })).status).toBe(200);
  expect((await api.call('PUT', '/v1/webhooks/w20', { url })).status).toBe(409);
  expect((await api.call('PUT', '/v1/webhooks/w19', { url, events: ['held'] })).status).toBe(200);
});
