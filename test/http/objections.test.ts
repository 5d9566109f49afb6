import type { Objection } from '../../src/store/store.ts';
import { type Api, fieldsOf, registerPair, serveApi } from './serve.ts';

let api: Api;
let added: readonly Objection[];
const start = Date.now();

beforeAll(async () => {
  api = await serveApi();
  await registerPair(api);
  const { id } = (await api.call('PUT', '/v1/conversations', { buyer: 'b-1', seller: 's-1' })).body;
  added = Array.from({ length: 25 }, (_, index) => ({
    trace: `trace${String(index).padStart(11, '0')}`,
    at: start + index,
    conversation: id,
    // The longest id that a party may have: the cursor is made of it.
    party: index === 20 ? ':'.repeat(64) : 's-1',
    text: `Das ist unsere Bestellnummer, kein Telefon!\n“${index}”`,
  }));
  for (const objection of added) await api.store.objections.add(objection);
});
afterAll(() => api[Symbol.asyncDispose]());

test('newest first, page by page, each once, with its time in ISO 8601', async () => {
  const seen: object[] = [];
  let path = '/v1/objections?limit=5';
  for (let pages = 1; ; pages += 1) {
    const { status, body } = await api.call('GET', path);
    expect(status).toBe(200);
    seen.push(...body.objections);
    if (body.next === undefined) {
      expect(pages).toBe(5);
      break;
    }
    path = `/v1/objections?limit=5&cursor=${body.next}`;
  }
  expect(seen).toEqual(added.map((it) => ({ ...it, at: new Date(it.at).toISOString() })).toReversed());
});

test('20 at a time where nothing is said', async () => {
  expect((await api.call('GET', '/v1/objections')).body.objections).toHaveLength(20);
});

test.each([
  ['limit=0', ['?limit']],
  ['limit=101', ['?limit']],
  ['cursor=%00', ['?cursor']],
  [`cursor=${'x'.repeat(257)}`, ['?cursor']],
  ['limit=x&party=s-1', ['?limit', '?party']],
])('a query that does not fit: %s', async (query, fields) => {
  const answer = await api.call('GET', `/v1/objections?${query}`);
  expect([answer.status, fieldsOf(answer)]).toEqual([400, fields]);
});

test('a cursor that is none of ours is an empty page', async () => {
  expect((await api.call('GET', '/v1/objections?cursor=abc')).body).toEqual({ objections: [] });
});

test('what a forgotten party said is gone', async () => {
  await api.call('DELETE', '/v1/parties/s-1');
  const { body } = await api.call('GET', '/v1/objections?limit=100');
  expect(body.objections).toHaveLength(25);
  expect(body.objections.filter(({ text }: Objection) => text !== '').map(({ party }: Objection) => party)).toEqual([':'.repeat(64)]);
});
