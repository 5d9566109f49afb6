import { connect } from 'node:net';
import { type Http, openHttp } from '../../src/http/server.ts';
import { type Api, jane, registerPair, serveApi, token } from './serve.ts';

describe('who may call', () => {
  let api: Api;
  beforeAll(async () => {
    api = await serveApi();
  });
  afterAll(() => api[Symbol.asyncDispose]());

  test.each([
    ['no token', ''],
    ['an empty one', 'Bearer '],
    ['another one', 'Bearer not-the-token-for-tests'],
    ['the beginning of it', `Bearer ${token.slice(0, -1)}`],
    ['more than it', `Bearer ${token}x`],
    ['another scheme', `Basic ${token}`],
    ['no scheme', token],
  ])('%s is 401', async (_what, authorization) => {
    const answer = await api.call('PUT', '/v1/parties/b-1', jane, { authorization });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="postern"/);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect((await api.call('GET', '/v1/parties/b-1')).status).toBe(404);
  });

  test('the token is asked for before anything is said of the request', async () => {
    expect((await api.call('PUT', '/v1/parties/b-1', '{', { authorization: '' })).status).toBe(401);
    expect((await api.call('GET', '/v1/parties/nobody', undefined, { authorization: '' })).status).toBe(401);
  });

  test('the scheme is written in any letter case', async () => {
    expect((await api.call('GET', '/v1/parties/nobody', undefined, { authorization: `bearer ${token}` })).status).toBe(404);
  });

  test.each(['/livez', '/readyz', '/metrics', '/openapi.json', '/'])('%s needs no token on loopback', async (path) => {
    expect((await api.call('GET', path, undefined, { authorization: '' })).status).toBe(200);
  });

  test.each(['/livez', '/readyz', '/metrics'])('%s needs one when a proxy on loopback calls for others', async (path) => {
    for (const header of [{ 'x-forwarded-for': '192.0.2.1' }, { forwarded: 'for=192.0.2.1' }]) {
      expect((await api.call('GET', path, undefined, { authorization: '', ...header })).status).toBe(401);
      expect((await api.call('GET', path, undefined, header)).status).toBe(200);
    }
  });

  test('what is said of health', async () => {
    expect((await api.call('GET', '/livez')).body).toEqual({ alive: true });
    expect((await api.call('GET', '/readyz')).body).toEqual({ ready: true, checks: { store: 'ok' } });
    const metrics = await api.call('GET', '/metrics');
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(metrics.body).toBe('postern_test 1\n');
    expect((await api.call('GET', '/')).body).toMatchObject({ name: 'postern', docs: '/openapi.json' });
  });
});

describe('what no operation answers', () => {
  let api: Api;
  beforeAll(async () => {
    api = await serveApi();
  });
  afterAll(() => api[Symbol.asyncDispose]());

  test.each([
    ['GET', '/nope', 404],
    ['GET', '/v1/parties', 404],
    ['GET', '/v1/parties/', 404],
    ['POST', '/v1/parties/b-1', 405],
    ['DELETE', '/v1/conversations?x=1', 405],
    ['PATCH', '/livez', 405],
    ['GET', '/v1/parties/%zz', 400],
  ])('%s %s is %d', async (method, path, status) => {
    const answer = await api.call(method, path);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ type: path.endsWith('/') ? '/problems/not-found' : 'about:blank', status });
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/^(?:GET|PUT)/);
  });

  const notJson = 'The body is not JSON.';
  const badFields = 'Fields of the request do not fit; errors names each.';
  const tooWide = 'The body has too many values.';
  const wrongType = 'The body must be application/json.';
  const unreadable: readonly (readonly [string, string, string, number, string])[] = [
    ['half an object', '{', 'application/json', 400, notJson],
    ['nothing', '', 'application/json', 400, badFields],
    ['a poisoned prototype', '{"role":"buyer","__proto__":{"x":1}}', 'application/json', 400, notJson],
    ['a form', 'role=buyer', 'application/x-www-form-urlencoded', 415, wrongType],
    ['JSON that does not say so', '{}', 'text/plain', 415, wrongType],
    ['more than 256 KiB', `{"name":"${'x'.repeat(256 * 1024)}"}`, 'application/json', 413, 'The body is too large.'],
    ['100,000 open brackets', '['.repeat(100_000), 'application/json', 400, notJson],
    ['100,000 brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'application/json', 400, tooWide],
  ];
  test.each(unreadable)('a body that cannot be read: %s', async (_what, body, type, status, detail) => {
    const answer = await api.call('PUT', '/v1/parties/b-1', body, { 'content-type': type });
    expect(answer).toMatchObject({ status, body: { detail } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body.status).toBe(status);
  });

  test('a page wants a form, and says so', async () => {
    const answer = await api.call('POST', '/report/r-q7f3k9x2m5t8w1zc', '{}', { 'content-type': 'application/json' });
    expect(answer).toMatchObject({ status: 415, body: { detail: 'The body must be application/x-www-form-urlencoded.' } });
  });

  test.each([
    ['GET', '/v1/parties/%zz', 'The URL cannot be read.'],
    ['GET', `/v1/parties/${'x'.repeat(1_200)}`, undefined],
  ])('%s %s has nothing to do with JSON', async (method, path, detail) => {
    const { body } = await api.call(method, path);
    expect(body.detail).not.toBe(notJson);
    if (detail !== undefined) expect(body.detail).toBe(detail);
  });

  test('the text of a body that is not JSON does not come back', async () => {
    const answer = await api.call('PUT', '/v1/parties/b-1', '{"name": secret@mail.example}');
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  test('requests are counted by pattern, never by URL', async () => {
    await api.call('GET', '/v1/parties/jane@mail.example');
    await api.call('GET', '/jane@mail.example');
    expect(api.requests.slice(-2)).toEqual([
      expect.objectContaining({ method: 'GET', route: '/v1/parties/:id', status: 404 }),
      expect.objectContaining({ method: 'GET', route: 'unknown', status: 404 }),
    ]);
    expect(JSON.stringify(api.requests)).not.toContain('jane');
  });

  test('answers are not kept by caches', async () => {
    expect((await api.call('GET', '/v1/parties/nobody')).headers.get('cache-control')).toBe('no-store');
  });
});

test('a store that is away is 503 and comes to our ears, without its words on the wire', async () => {
  await using api = await serveApi();
  await registerPair(api);
  await api.store[Symbol.asyncDispose]();
  const answers = [
    await api.call('GET', '/v1/parties/b-1'),
    await api.call('PUT', '/v1/parties/b-1', jane),
    await api.call('PUT', '/v1/conversations', { buyer: 'b-1', seller: 's-1' }),
    await api.call('GET', '/v1/messages/a'),
  ];
  expect(api.traces).toEqual(answers.map(({ body }) => body.trace));
  for (const { status, headers, body } of answers) {
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(body).toEqual({
      type: '/problems/unavailable',
      title: 'The relay cannot answer now',
      status: 503,
      detail: expect.stringContaining('Call again'),
      trace: expect.stringMatching(/^[a-z0-9]{16}$/),
    });
  }
  expect(api.failures).toHaveLength(4);
});

test('not ready is 503 and says what is missing', async () => {
  await using api = await serveApi({ ready: async () => ({ ready: false, checks: { store: 'does not answer' } }) });
  const { status, body } = await api.call('GET', '/readyz');
  expect([status, body]).toEqual([503, { ready: false, checks: { store: 'does not answer' } }]);
});

describe('close', () => {
  test('requests under way end, new ones find nobody', async () => {
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    await using api = await serveApi({
      async check() {
        reached.resolve();
        await gate.promise;
        return { disposition: 'hold', findings: [], delivered: null };
      },
    });
    await api.call('GET', '/livez');
    const slow = api.call('POST', '/v1/check', {
      direction: 'buyer_to_seller',
      initiates: true,
      order: null,
      buyerOptedOut: false,
      message: 'x',
    });
    await reached.promise;
    const closed = api.close();
    await expect(connects(api.url)).resolves.toBe(false);
    gate.resolve();
    expect((await slow).body).toEqual({ disposition: 'hold', findings: [], delivered: null });
    await closed;
  });

  const connects = (url: string): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.on('connect', () => resolve(socket.destroy() === undefined)).on('error', () => resolve(false));
    });
});

describe('several listeners', () => {
  const settings = { token, relayDomains: ['relay.test'], maxMessageBytes: 1_000_000 } as const;
  const listen = (...ports: readonly number[]) => ports.map((port) => ({ host: '127.0.0.1', port }));

  test('are served alike', async () => {
    await using api = await serveApi();
    await using http = disposable(await openHttp({ ...settings, listen: listen(0, 0) }, api.ports));
    expect(new Set(http.addresses.map(({ port }) => port)).size).toBe(2);
    for (const { port } of http.addresses) expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
  });

  test('are opened all or none', async () => {
    await using api = await serveApi();
    const taken = Number(new URL(api.url).port);
    const free = disposable(await openHttp({ ...settings, listen: listen(0) }, api.ports));
    const port = free.addresses[0]?.port ?? 0;
    await free.close();
    await expect(openHttp({ ...settings, listen: listen(port, taken) }, api.ports)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(fetch(`http://127.0.0.1:${port}/livez`)).rejects.toThrow();
  });

  const disposable = (http: Http): Http & AsyncDisposable => ({ ...http, [Symbol.asyncDispose]: () => http.close() });
});
