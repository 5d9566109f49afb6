import { type Api, fieldsOf, registerPair, serveApi } from './serve.ts';

let api: Api;
beforeAll(async () => {
  api = await serveApi();
  await registerPair(api);
});
afterAll(() => api[Symbol.asyncDispose]());

describe('orders', () => {
  const order = { buyer: 'b-1', seller: 's-1', kind: 'standard' };

  test('an open order, then the same one completed', async () => {
    const open = await api.call('PUT', '/v1/orders/o-1', order);
    expect([open.status, open.body]).toEqual([200, { id: 'o-1', ...order }]);
    const done = await api.call('PUT', '/v1/orders/o-1', { ...order, completedAt: '2025-05-01T10:00:00+02:00' });
    expect(done.body).toEqual({ id: 'o-1', ...order, completedAt: '2025-05-01T08:00:00.000Z' });
    expect(await api.store.directory.orderBetween('b-1', 's-1')).toEqual({
      id: 'o-1',
      ...order,
      completedAt: Date.parse('2025-05-01T08:00:00Z'),
    });
  });

  test.each([
    ['2025-05-01', '2025-05-01T00:00:00.000Z'],
    ['2024-02-29T23:59:59.5Z', '2024-02-29T23:59:59.500Z'],
    ['2025-06-02T11:00:00Z', '2025-06-02T11:00:00.000Z'],
  ])('the time may be %s', async (completedAt, shown) => {
    expect((await api.call('PUT', '/v1/orders/o-2', { ...order, completedAt })).body.completedAt).toBe(shown);
  });

  test('null means open', async () => {
    expect((await api.call('PUT', '/v1/orders/o-2', { ...order, completedAt: null })).body).toEqual({ id: 'o-2', ...order });
  });

  const bad: readonly (readonly [string, object, readonly string[]])[] = [
    ['nothing', {}, ['/buyer', '/kind', '/seller']],
    ['parties that are not there', { buyer: 'b-9', seller: 's-9', kind: 'standard' }, ['/buyer', '/seller']],
    ['parties in the wrong roles', { buyer: 's-1', seller: 'b-1', kind: 'standard' }, ['/buyer', '/seller']],
    [
      'an unknown buyer, kind and time at once',
      { buyer: 'b-9', seller: 's-1', kind: 'beer', completedAt: 'soon' },
      ['/buyer', '/completedAt', '/kind'],
    ],
    ['ids that are none', { buyer: 'b 1', seller: 5, kind: 'wine' }, ['/buyer', '/seller']],
    ['an unknown field', { ...order, price: 5 }, ['/price']],
    ...['2025-02-30', '2025-13-01', '01.05.2025', '2025-05-01T10:00:00', '2025-05-01T25:00:00Z', '1714557600', '2026-01-01', ''].map(
      (completedAt) => [`the time ${completedAt}`, { ...order, completedAt }, ['/completedAt']] as const,
    ),
    ['a number as time', { ...order, completedAt: 1_714_557_600_000 }, ['/completedAt']],
  ];
  test.each(bad)('refused with every field: %s', async (_what, body, fields) => {
    const answer = await api.call('PUT', '/v1/orders/o-3', body);
    expect(answer.status).toBe(400);
    expect(fieldsOf(answer)).toEqual(fields);
  });

  test('says which party is missing and which one has the other role', async () => {
    const { body } = await api.call('PUT', '/v1/orders/o-3', { buyer: 's-1', seller: 's-9', kind: 'wine' });
    expect(body.errors).toEqual([
      { field: '/buyer', message: 'must be a buyer; this party is a seller' },
      { field: '/seller', message: 'must be a seller that was registered' },
    ]);
  });
});

describe('conversations', () => {
  const pair = { buyer: 'b-1', seller: 's-1' };

  test('the same pair gets the same aliases, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.call('PUT', '/v1/conversations', pair)));
    const [first] = answers;
    expect(first?.status).toBe(200);
    expect(first?.body).toEqual({
      id: expect.any(String),
      buyerAlias: expect.stringMatching(/@relay\.test$/),
      sellerAlias: expect.stringMatching(/@relay\.test$/),
    });
    expect(first?.body.buyerAlias).not.toBe(first?.body.sellerAlias);
    for (const { body } of answers) expect(body).toEqual(first?.body);
    expect((await api.call('GET', `/v1/conversations/${first?.body.id}`)).body).toEqual({
      ...first?.body,
      optedOut: false,
      blockedBy: [],
      expiresAt: null,
    });
  });

  test('each alias stands for whom it says', async () => {
    const { body } = await api.call('PUT', '/v1/conversations', pair);
    const find = (alias: string) => api.store.directory.find(alias.split('@', 1)[0] ?? '');
    expect(await find(body.buyerAlias)).toMatchObject({ kind: 'conversation', stands: 'buyer' });
    expect(await find(body.sellerAlias)).toMatchObject({ kind: 'conversation', stands: 'seller' });
  });

  test.each([
    ['nothing', {}, ['/buyer', '/seller']],
    ['unknown', { buyer: 'b-9', seller: 's-9' }, ['/buyer', '/seller']],
    ['swapped', { buyer: 's-1', seller: 'b-1' }, ['/buyer', '/seller']],
    ['more', { ...pair, order: 'o-1' }, ['/order']],
  ])('refused with every field: %s', async (_what, body, fields) => {
    const answer = await api.call('PUT', '/v1/conversations', body);
    expect([answer.status, fieldsOf(answer)]).toEqual([400, fields]);
  });

  test('an unknown one is 404', async () => {
    expect((await api.call('GET', '/v1/conversations/nope')).status).toBe(404);
    expect((await api.call('GET', '/v1/conversations/nope/messages')).status).toBe(404);
    expect((await api.call('GET', '/v1/conversations/%00/messages')).status).toBe(404);
    for (const id of ['nope', '%00']) {
      expect((await api.call('PUT', `/v1/conversations/${id}/opt-out`, { optedOut: true })).status).toBe(404);
    }
  });

  test('the buyer opts out of this seller, and in again; seen by who asks, and by the relay', async () => {
    const { id } = (await api.call('PUT', '/v1/conversations', pair)).body;
    for (const optedOut of [true, true, false]) {
      const { status, body } = await api.call('PUT', `/v1/conversations/${id}/opt-out`, { optedOut });
      expect([status, body]).toEqual([200, { optedOut }]);
      expect((await api.call('GET', `/v1/conversations/${id}`)).body).toMatchObject({ id, optedOut });
      expect(await api.store.directory.state(id)).toMatchObject({ optedOut });
    }
  });

  test.each([
    ['nothing', {}, ['/optedOut']],
    ['no yes or no', { optedOut: 'yes' }, ['/optedOut']],
    ['null', { optedOut: null }, ['/optedOut']],
    ['more', { optedOut: true, seller: 's-1' }, ['/seller']],
  ])('an opt-out is refused with every field: %s', async (_what, body, fields) => {
    const { id } = (await api.call('PUT', '/v1/conversations', pair)).body;
    const answer = await api.call('PUT', `/v1/conversations/${id}/opt-out`, body);
    expect([answer.status, fieldsOf(answer)]).toEqual([400, fields]);
    expect(await api.store.directory.state(id)).toMatchObject({ optedOut: false });
  });
});

describe('messages', () => {
  const entry = (conversation: string, trace: string, at: number) =>
    ({
      trace,
      at,
      conversation,
      direction: 'buyer_to_seller',
      disposition: 'relay',
      reply: `250 2.0.0 ${trace}`,
      findings: [{ rule: 'tracking-pixel', action: 'redact', part: 'html', region: 'new' }],
      bytes: 1234,
      steps: { header: 0.5, 'hand over': 12 },
    }) as const;
  const start = Date.now();
  let id: string;
  beforeAll(async () => {
    id = (await api.call('PUT', '/v1/conversations', { buyer: 'b-1', seller: 's-1' })).body.id;
    for (let index = 0; index < 25; index++)
      await api.store.journal.add(entry(id, `trace${String(index).padStart(11, '0')}`, start + index));
  });

  test('newest first, page by page, each once', async () => {
    const path = `/v1/conversations/${id}/messages`;
    const first = await api.call('GET', path);
    expect(first.body.messages).toHaveLength(20);
    const second = await api.call('GET', `${path}?limit=20&cursor=${first.body.next}`);
    expect(second.body.messages).toHaveLength(5);
    expect(second.body.next).toBeUndefined();
    const traces = [...first.body.messages, ...second.body.messages].map(({ trace }) => trace);
    expect(traces).toEqual(Array.from({ length: 25 }, (_, index) => `trace${String(24 - index).padStart(11, '0')}`));
    expect((await api.call('GET', `${path}?limit=3`)).body.messages).toHaveLength(3);
  });

  test('one message, with its times in ISO 8601', async () => {
    await api.store.journal.bounced('trace00000000007', start + 60_000, 'full');
    const { status, body } = await api.call('GET', '/v1/messages/trace00000000007');
    const { at, ...rest } = entry(id, 'trace00000000007', start + 7);
    const came = { bouncedAt: new Date(start + 60_000).toISOString(), bounceReason: 'full' };
    expect([status, body]).toEqual([200, { ...rest, at: new Date(at).toISOString(), ...came }]);
  });

  test('one message, with how far its author was proven, and no more than that', async () => {
    const authentication = { auth: 'pass', spf: 'none', dkim: 'none', arc: 'fail', aligned: true } as const;
    const more = { ...authentication, domain: 'oakbench.example' };
    await api.store.journal.add({ ...entry(id, 'trace00000000100', start - 1), authentication: more });
    expect((await api.call('GET', '/v1/messages/trace00000000100')).body.authentication).toEqual(authentication);
    await api.store.journal.add({
      ...entry(id, 'trace00000000101', start - 2),
      authentication: { spf: 'fail', dkim: 'none', aligned: false },
    });
    expect((await api.call('GET', '/v1/messages/trace00000000101')).body.authentication).toEqual({
      spf: 'fail',
      dkim: 'none',
      aligned: false,
    });
  });

  test.each([
    ['limit=0', ['?limit']],
    ['limit=101', ['?limit']],
    ['limit=ten', ['?limit']],
    ['limit=', ['?limit']],
    ['limit=1&limit=2', ['?limit']],
    ['cursor=%00', ['?cursor']],
    ['limit=x&page=2', ['?limit', '?page']],
  ])('a query that does not fit: %s', async (query, fields) => {
    const answer = await api.call('GET', `/v1/conversations/${id}/messages?${query}`);
    expect([answer.status, fieldsOf(answer)]).toEqual([400, fields]);
  });

  test('a cursor that is none of ours is no failure', async () => {
    expect((await api.call('GET', `/v1/conversations/${id}/messages?cursor=abc`)).status).toBeLessThan(500);
    expect(api.failures).toEqual([]);
  });

  test.each(['nope', 'a'.repeat(16), '%00', '..%2F..'])('an unknown trace is 404: %s', async (trace) => {
    expect((await api.call('GET', `/v1/messages/${trace}`)).status).toBe(404);
  });
});
