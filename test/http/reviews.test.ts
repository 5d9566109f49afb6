import type { Review, ReviewKind } from '../../src/store/store.ts';
import { type Api, fieldsOf, registerPair, serveApi } from './serve.ts';

let api: Api;
let added: readonly Review[];
const start = Date.now();
const kinds = ['objection', 'report'] as const;

beforeAll(async () => {
  api = await serveApi();
  await registerPair(api);
  const { id } = (await api.call('PUT', '/v1/conversations', { buyer: 'b-1', seller: 's-1' })).body;
  added = kinds.flatMap((kind) =>
    Array.from({ length: 25 }, (_, index) => ({
      kind,
      trace: `trace${String(index).padStart(11, '0')}`,
      at: start + index,
      conversation: id,
      // The longest id that a party may have: the cursor is made of it.
      party: index === 20 ? ':'.repeat(64) : 's-1',
      text: `Das ist unsere Bestellnummer, kein Telefon!\n“${kind} ${index}”`,
    })),
  );
  for (const review of added) await api.store.reviews.add(review);
});
afterAll(() => api[Symbol.asyncDispose]());

const shown = (kind: ReviewKind) =>
  added.filter((it) => it.kind === kind).map(({ kind: _, ...it }) => ({ ...it, at: new Date(it.at).toISOString() }));

describe.each(kinds)('%ss', (kind) => {
  const list = `${kind}s`;

  test('newest first, page by page, each once, with its time in ISO 8601', async () => {
    const seen: object[] = [];
    let path = `/v1/${list}?limit=5`;
    for (let pages = 1; ; pages += 1) {
      const { status, body } = await api.call('GET', path);
      expect(status).toBe(200);
      seen.push(...body[list]);
      if (body.next === undefined) {
        expect(pages).toBe(5);
        break;
      }
      path = `/v1/${list}?limit=5&cursor=${body.next}`;
    }
    expect(seen).toEqual(shown(kind).toReversed());
  });

  test('20 at a time where nothing is said', async () => {
    expect((await api.call('GET', `/v1/${list}`)).body[list]).toHaveLength(20);
  });

  test.each([
    ['limit=0', ['?limit']],
    ['limit=101', ['?limit']],
    ['cursor=%00', ['?cursor']],
    [`cursor=${'x'.repeat(257)}`, ['?cursor']],
    ['limit=x&colour=red', ['?colour', '?limit']],
  ])('a query that does not fit: %s', async (query, fields) => {
    const answer = await api.call('GET', `/v1/${list}?${query}`);
    expect([answer.status, fieldsOf(answer)]).toEqual([400, fields]);
  });

  test('a cursor that is none of ours is an empty page', async () => {
    expect((await api.call('GET', `/v1/${list}?cursor=abc`)).body).toEqual({ [list]: [] });
  });
});

test('what a forgotten party said is gone', async () => {
  await api.call('DELETE', '/v1/parties/s-1');
  for (const list of ['objections', 'reports']) {
    const { body } = await api.call('GET', `/v1/${list}?limit=100`);
    expect(body[list]).toHaveLength(25);
    expect(body[list].filter(({ text }: Review) => text !== '').map(({ party }: Review) => party)).toEqual([':'.repeat(64)]);
  }
});
