/** Lists of which only some are wanted: every one of them once, page by page, whatever lies between. */
import { filtered } from '../../src/http/filtered.ts';
import type { Entry } from '../../src/model/entry.ts';
import { type Api, fieldsOf, registerPair, serveApi } from './serve.ts';

let api: Api;
let path = '';
const start = Date.parse('2026-03-09T12:00:00Z');
const entryAt = (index: number): Omit<Entry, 'conversation'> => ({
  trace: `trace${String(index).padStart(11, '0')}`,
  at: start + index * 1000,
  direction: index % 2 ? 'buyer_to_seller' : 'seller_to_buyer',
  disposition: index % 5 ? 'relay' : 'reject',
  reply: '250',
  findings: index % 10 ? [] : [{ rule: 'marketing', action: 'reject', part: 'text', region: 'new' }],
  bytes: 1,
  steps: {},
});

beforeAll(async () => {
  api = await serveApi();
  await registerPair(api);
  const { id: conversation } = (await api.call('PUT', '/v1/conversations', { buyer: 'b-1', seller: 's-1' })).body;
  path = `/v1/conversations/${conversation}/messages`;
  for (let index = 0; index < 60; index += 1) await api.store.journal.add({ ...entryAt(index), conversation });
  for (let index = 0; index < 12; index += 1) {
    const about = { trace: `t-${index}`, at: start + index, conversation: index % 2 ? 'c-1' : 'c-2', party: index % 3 ? 'b-1' : 's-1' };
    await api.store.reviews.add({ kind: 'report', ...about, text: 'x' });
  }
});
afterAll(() => api[Symbol.asyncDispose]());

/** All pages of a list, their items' numbers. */
async function all(list: string, member: string): Promise<readonly number[]> {
  const seen: number[] = [];
  let cursor = '';
  for (let pages = 0; pages < 50; pages += 1) {
    const { status, body } = await api.call('GET', `${list}${cursor}`);
    expect([status, body[member].length <= 4]).toEqual([200, true]);
    seen.push(...body[member].map(({ trace }: { readonly trace: string }) => Number(trace.replace(/\D/g, ''))));
    if (body.next === undefined) return seen;
    cursor = `&cursor=${body.next}`;
  }
  throw new Error('the list has no end');
}

const down = (fits: (index: number) => boolean, most = 60) => Array.from({ length: most }, (_, at) => most - 1 - at).filter(fits);

test.each([
  ['disposition=reject', (index: number) => index % 5 === 0],
  ['direction=buyer_to_seller', (index: number) => index % 2 === 1],
  ['rule=marketing', (index: number) => index % 10 === 0],
  ['rule=nothing', () => false],
  ['disposition=reject&direction=buyer_to_seller', (index: number) => index % 10 === 5],
  ['from=2026-03-09T12:00:40Z', (index: number) => index >= 40],
  ['from=2026-03-09T12:00:10Z&to=2026-03-09T12:00:20Z', (index: number) => index >= 10 && index < 20],
  ['', () => true],
])('messages: %s', async (query, fits) => {
  expect(await all(`${path}?limit=4&${query}`, 'messages')).toEqual(down(fits));
});

test.each([
  ['party=s-1', (index: number) => index % 3 === 0],
  ['conversation=c-1', (index: number) => index % 2 === 1],
  ['party=b-1&conversation=c-2&open=true', (index: number) => index % 3 !== 0 && index % 2 === 0],
])('reports: %s', async (query, fits) => {
  expect(await all(`/v1/reports?limit=4&${query}`, 'reports')).toEqual(down(fits, 12));
});

test('what does not fit is refused by name', async () => {
  const answer = await api.call('GET', `${path}?disposition=eaten&from=soon&to=2026-02-30&colour=red`);
  expect([answer.status, fieldsOf(answer)]).toEqual([400, ['?colour', '?disposition', '?from', '?to']]);
});

test('one call looks through so many pages at most, and says where the next one goes on', async () => {
  let reads = 0;
  const page = await filtered({ limit: 3, cursor: undefined, fits: () => false }, async (limit) => {
    reads += 1;
    return { items: Array(limit).fill(0), next: `after ${reads}` };
  });
  expect([page, reads]).toEqual([{ items: [], next: 'after 50' }, 50]);
});

test.each(['marketing', 'identity', 'malware', 'starting-blocked', 'all-blocked'])(
  'the archive can be asked for all that findings name: %s',
  async (rule) => {
    // No archive is kept here; what does not fit would be 400.
    expect((await api.call('GET', `/v1/archive?rule=${rule}`)).status).toBe(404);
    expect((await api.call('GET', '/v1/archive?rule=eaten')).status).toBe(400);
  },
);
