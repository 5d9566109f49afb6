import { type Api, jane, registerPair, serveApi } from './serve.ts';

const hour = 3_600_000;
const noon = Date.parse('2026-03-09T12:00:00Z');
let at = noon;
let api: Api;
let conversations = 0;
beforeAll(async () => {
  api = await serveApi({ now: () => at }, { now: () => at });
  await registerPair(api);
});
afterAll(() => api[Symbol.asyncDispose]());

/** A question of a new buyer's, `days` before noon, that is answered after so many hours; never where it is not given. */
async function question(days: number, hours?: number): Promise<void> {
  conversations += 1;
  await api.call('PUT', `/v1/parties/x-${conversations}`, { ...jane, mailboxes: [{ address: `x${conversations}@mail.example` }] });
  const { id } = await api.store.directory.open(`x-${conversations}`, 's-1');
  const asked = { seller: 's-1', conversation: id };
  at = noon - days * 24 * hour;
  await api.store.responses.asked(asked, at);
  if (hours !== undefined) {
    at += hours * hour;
    await api.store.responses.answered(asked);
  }
  at = noon;
}

const nothing = { questions: 0, answered: 0, answeredWithin24h: 0, noAnswerNeeded: 0, unanswered: 0, waiting: 0 };

test('nobody asked yet: no share, no average', async () => {
  const { status, body } = await api.call('GET', '/v1/parties/s-1/responses');
  expect(status).toBe(200);
  const none = { ...nothing, shareWithin24h: null, averageSeconds: null };
  expect(body).toEqual({
    party: 's-1',
    spans: [
      { days: 7, from: '2026-03-03', ...none },
      { days: 30, from: '2026-02-08', ...none },
      { days: 90, from: '2025-12-10', ...none },
    ],
  });
});

test('7, 30 and 90 days, to the day; shares of those whose time is over', async () => {
  await question(6, 1);
  await question(7, 25);
  await question(29);
  await question(30, 3);
  await question(89, 10);
  await question(90, 11);
  await question(0.5);
  const { body } = await api.call('GET', '/v1/parties/s-1/responses');
  expect(body.spans).toEqual([
    {
      days: 7,
      from: '2026-03-03',
      ...nothing,
      questions: 2,
      answered: 1,
      answeredWithin24h: 1,
      waiting: 1,
      shareWithin24h: 1,
      averageSeconds: 3600,
    },
    {
      days: 30,
      from: '2026-02-08',
      ...nothing,
      questions: 4,
      answered: 2,
      answeredWithin24h: 1,
      unanswered: 1,
      waiting: 1,
      shareWithin24h: 0.3333,
      averageSeconds: 13 * 3600,
    },
    {
      days: 90,
      from: '2025-12-10',
      ...nothing,
      questions: 6,
      answered: 4,
      answeredWithin24h: 3,
      unanswered: 1,
      waiting: 1,
      shareWithin24h: 0.6,
      averageSeconds: (39 / 4) * 3600,
    },
  ]);
});

test('as CSV: a line of names, a line for each', async () => {
  const { status, headers, body } = await api.call('GET', '/v1/parties/s-1/responses?format=csv');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  expect(body.split('\r\n')).toEqual([
    'days,from,questions,answered,answeredWithin24h,noAnswerNeeded,unanswered,waiting,shareWithin24h,averageSeconds',
    '7,2026-03-03,2,1,1,0,0,1,1,3600',
    '30,2026-02-08,4,2,1,0,1,1,0.3333,46800',
    '90,2025-12-10,6,4,3,0,1,1,0.6,35100',
    '',
  ]);
});

test('buyers and unknown parties have none; another format is refused', async () => {
  for (const id of ['b-1', 'nope', '%00']) expect((await api.call('GET', `/v1/parties/${id}/responses`)).status).toBe(404);
  expect((await api.call('GET', '/v1/parties/s-1/responses?format=xml')).status).toBe(400);
});
