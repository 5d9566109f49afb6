/** Tokens with scopes, and how often each may call. */
import { Attempts } from '../../src/inbound/attempts.ts';
import { Calls } from '../../src/inbound/calls.ts';
import { type ApiToken, digestOf, mintToken, type Scope } from '../../src/model/token.ts';
import { type Api, jane, registerPair, serveApi, token as root } from './serve.ts';

const day = 86_400_000;
let at = Date.now();
let minute = 0;
let api: Api;
beforeAll(async () => {
  const limits = { rate: new Calls(5, () => minute), attempts: new Attempts(() => {}) };
  api = await serveApi({}, { now: () => at }, limits);
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => {
  minute += 60_000;
});

let count = 0;
async function made(scopes: readonly Scope[], more: Partial<ApiToken> = {}) {
  const text = mintToken();
  count += 1;
  await api.store.tokens.add({ id: `k-${count}`, name: 'shop front', scopes, madeAt: at, ...more }, digestOf(text));
  const call = (method: string, path: string, body?: object) => api.call(method, path, body, { authorization: `Bearer ${text}` });
  return { id: `k-${count}`, call };
}

test('a token may what its scopes say, and is told which one it lacks', async () => {
  const [reader, writer, operator] = [await made(['read']), await made(['write']), await made(['operate', 'read'])];
  expect((await writer.call('PUT', '/v1/parties/b-7', jane)).status).toBe(201);
  expect((await reader.call('GET', '/v1/parties/b-7')).status).toBe(200);
  const refused = await reader.call('PUT', '/v1/parties/b-7', jane);
  expect(refused.status).toBe(403);
  expect(refused.body).toMatchObject({ type: '/problems/missing-scope', scope: 'write', detail: 'The token lacks the scope write.' });
  expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="postern", error="insufficient_scope", scope="write"');
  expect((await writer.call('GET', '/v1/parties/b-7')).body).toMatchObject({ status: 403, scope: 'read' });
  expect((await reader.call('GET', '/v1/reports')).body).toMatchObject({ status: 403, scope: 'operate' });
  expect((await operator.call('GET', '/v1/reports')).status).toBe(200);
  expect((await operator.call('DELETE', '/v1/parties/b-7')).body).toMatchObject({ status: 403, scope: 'write' });
  expect((await api.call('DELETE', '/v1/parties/b-7')).status).toBe(204);
});

test('the dry run only asks', async () => {
  const reader = await made(['read']);
  const body = { direction: 'buyer_to_seller', initiates: true, order: null, buyerOptedOut: false, message: 'Subject: a\r\n\r\nb\r\n' };
  expect((await reader.call('POST', '/v1/check', body)).status).toBe(200);
});

test('a token ends, and one that is revoked opens nothing at once; two live side by side while one takes the place of the other', async () => {
  const [old, next] = [await made(['read'], { endsAt: at + day }), await made(['read'])];
  await registerPair(api);
  for (const one of [old, next]) expect((await one.call('GET', '/v1/parties/b-1')).status).toBe(200);
  at += day;
  const ended = await old.call('GET', '/v1/parties/b-1');
  expect([ended.status, ended.body.type]).toEqual([401, '/problems/no-token']);
  expect((await next.call('GET', '/v1/parties/b-1')).status).toBe(200);
  await api.store.tokens.revoke(next.id);
  expect((await next.call('GET', '/v1/parties/b-1')).status).toBe(401);
});

test('each token has its own minute: what is left is told, and then 429', async () => {
  const [one, other] = [await made(['read']), await made(['write'])];
  for (let left = 4; left >= 0; left -= 1) {
    const { status, headers } = await one.call('GET', '/v1/parties/nobody');
    expect([status, headers.get('ratelimit-policy'), headers.get('ratelimit')]).toEqual([
      404,
      '"token";q=5;w=60',
      `"token";r=${left};t=60`,
    ]);
  }
  minute += 20_000;
  const late = await one.call('GET', '/v1/parties/nobody');
  expect([late.status, late.body.type]).toEqual([429, '/problems/too-many-calls']);
  expect([late.headers.get('retry-after'), late.headers.get('ratelimit')]).toEqual(['40', '"token";r=0;t=40']);
  expect((await other.call('GET', '/v1/parties/nobody')).headers.get('ratelimit')).toBe('"token";r=4;t=60');
  expect((await api.call('GET', '/v1/parties/nobody')).status).toBe(404);
  minute += 40_000;
  expect((await one.call('GET', '/v1/parties/nobody')).status).toBe(404);
});

test('the token of the settings is counted too; what needs none is not', async () => {
  for (let calls = 0; calls < 5; calls += 1) await api.call('GET', '/v1/parties/nobody');
  expect((await api.call('GET', '/v1/parties/nobody')).status).toBe(429);
  for (const path of ['/livez', '/openapi.json']) {
    const { status, headers } = await api.call('GET', path);
    expect([status, headers.get('ratelimit')]).toEqual([200, null]);
  }
});

test('made-up tokens are wrong ones: after ten nothing from there is listened to', async () => {
  const right = await made(['read']);
  const wrong = () => api.call('GET', '/v1/parties/nobody', undefined, { authorization: `Bearer ${mintToken()}` });
  for (let turn = 0; turn < 10; turn += 1) expect((await wrong()).status).toBe(401);
  const late = await wrong();
  expect([late.status, late.body.type]).toEqual([429, '/problems/too-many-wrong-tokens']);
  expect((await right.call('GET', '/v1/parties/nobody')).status).toBe(429);
  expect((await api.call('GET', '/v1/parties/nobody', undefined, { authorization: `Bearer ${root}` })).status).toBe(429);
});
