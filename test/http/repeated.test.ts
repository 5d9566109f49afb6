/** A POST that changes something happens once, however often it is repeated with its Idempotency-Key. */
import type { Answer, Operation } from '../../src/http/operation.ts';
import { once } from '../../src/http/repeated.ts';
import { digestOf, mintToken } from '../../src/model/token.ts';
import type { Store } from '../../src/store/store.ts';
import { type Api, serveApi, token as root } from './serve.ts';

const day = 86_400_000;
let at = Date.now();
let runs = 0;
let next: () => Promise<Answer> = async () => ({ status: 201, body: { run: runs }, headers: { 'x-run': `${runs}` } });
const usual = next;

/** As any further operation of the API is served. */
const order: Operation = {
  id: 'placeOrder',
  method: 'POST',
  path: '/v1/tests/:id',
  summary: 'Counts.',
  tag: 'tests',
  access: 'token',
  body: { type: 'object', additionalProperties: false, properties: { what: { type: 'string' } } },
  answers: { 201: { description: 'Counted.', schema: { type: 'object' } } },
  run: async () => {
    runs += 1;
    return next();
  },
};

let api: Api;
beforeAll(async () => {
  api = await serveApi({ operations: [order] }, { now: () => at });
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => {
  runs = 0;
  next = usual;
});

let keys = 0;
const newKey = () => `"8e03978e-40d5-43dd-bc93-${String(++keys).padStart(12, '0')}"`;
const post = (key: string | undefined, body: object = { what: 'a' }, { path = '/v1/tests/x', token = root } = {}) =>
  api.call('POST', path, body, { authorization: `Bearer ${token}`, ...(key !== undefined && { 'idempotency-key': key }) });

test('the same call gets the same answer, and runs once; in quotes or not it is the same key', async () => {
  const key = newKey();
  const first = await post(key);
  expect([first.status, first.body, first.headers.get('x-run')]).toEqual([201, { run: 1 }, '1']);
  for (const again of [await post(key), await post(key.replaceAll('"', ''))]) {
    expect([again.status, again.body, again.headers.get('x-run')]).toEqual([201, { run: 1 }, '1']);
  }
  expect(runs).toBe(1);
});

test('without a key each call runs', async () => {
  await post(undefined);
  await post(undefined);
  expect(runs).toBe(2);
});

test.each([
  ['body', { body: { what: 'b' } }],
  ['path', { path: '/v1/tests/y' }],
])('with another %s the key is refused', async (_what, { body, path }: { readonly body?: object; readonly path?: string }) => {
  const key = newKey();
  await post(key);
  const other = await post(key, body, { ...(path !== undefined && { path }) });
  expect([other.status, other.body.type]).toEqual([422, '/problems/key-reused']);
  expect(runs).toBe(1);
});

test('a key is its token’s own', async () => {
  const [key, token] = [newKey(), mintToken()];
  await api.store.tokens.add({ id: 'k-1', name: 'other', scopes: ['write'], madeAt: at }, digestOf(token));
  await post(key);
  expect((await post(key, { what: 'b' }, { token })).status).toBe(201);
  expect(runs).toBe(2);
});

test('while the first call is under way the others are put off, and run nothing', async () => {
  const key = newKey();
  const gate = Promise.withResolvers<void>();
  next = async () => {
    await gate.promise;
    return { status: 201, body: { run: runs } };
  };
  const first = post(key);
  while (runs === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const second = await post(key);
  expect([second.status, second.body.type, second.headers.get('retry-after')]).toEqual([409, '/problems/key-in-use', '1']);
  gate.resolve();
  expect((await first).body).toEqual({ run: 1 });
  expect((await post(key)).body).toEqual({ run: 1 });
  expect(runs).toBe(1);
});

test('what failed on our side may be called again, and so may what did not fit; a refusal stays', async () => {
  const key = newKey();
  next = async () => {
    throw new Error('the disk is full');
  };
  expect((await post(key)).status).toBe(503);
  next = async () => ({ status: 503, body: {} });
  expect((await post(key)).status).toBe(503);
  next = usual;
  expect((await post(key, { what: 5 })).status).toBe(400);
  next = async () => ({ status: 409, body: { no: runs } });
  expect((await post(key)).body).toEqual({ no: 3 });
  next = usual;
  expect((await post(key)).body).toEqual({ no: 3 });
});

test('an answer that cannot be kept is given all the same, and the call does not run again', async () => {
  const lost: unknown[] = [];
  const answers: Store['answers'] = {
    ...api.store.answers,
    keep: async () => {
      throw new Error('the disk is full');
    },
  };
  const call = { caller: 'k', method: 'POST', url: '/v1/tests/x', body: {}, key: newKey() };
  const ports = { answers, failed: (cause: unknown) => void lost.push(cause) };
  const run = async () => ({ status: 201, body: { run: ++runs } });
  expect(await once(call, run, ports)).toEqual({ status: 201, body: { run: 1 } });
  expect((await once(call, run, ports)).status).toBe(409);
  expect([runs, lost.length]).toEqual([1, 1]);
});

test('after a day the key is free', async () => {
  const key = newKey();
  await post(key);
  at += day;
  expect((await post(key, { what: 'b' })).body).toEqual({ run: 2 });
});

test.each([
  ['two words', 'a b'],
  ['too long', 'x'.repeat(256)],
  ['empty', '""'],
  ['a quote inside', '"a"b"'],
  ['umlauts', 'ä'],
])('a key that cannot be read: %s', async (_what, key) => {
  const { status, body } = await post(key);
  expect([status, body.type]).toEqual([400, '/problems/bad-key']);
  expect(runs).toBe(0);
});

test('the document says which calls take a key', async () => {
  const { body } = await api.call('GET', '/openapi.json');
  const headersOf = (path: string) =>
    (body.paths[path].post.parameters ?? [])
      .filter((one: { readonly in: string }) => one.in === 'header')
      .map((one: { name: string }) => one.name);
  expect(headersOf('/v1/tests/{id}')).toEqual(['idempotency-key']);
  expect(headersOf('/v1/check')).toEqual([]);
});
