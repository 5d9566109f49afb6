import { Refusal, replies } from '../../src/model/reply.ts';
import { type Api, fieldsOf, serveApi } from './serve.ts';
import { leastCpu } from '../support/machine.ts';

let api: Api;
beforeEach(async () => {
  api = await serveApi();
});
afterEach(() => api[Symbol.asyncDispose]());

const situation = {
  direction: 'seller_to_buyer',
  initiates: true,
  order: { kind: 'custom', completedDaysAgo: 3 },
  buyerOptedOut: false,
} as const;
const mail = 'From: a@mail.example\r\nSubject: hej\r\n\r\nHallå\r\n';

test('the situation and the very bytes reach the dry run, its answer comes back', async () => {
  const { status, body } = await api.call('POST', '/v1/check', { ...situation, message: mail });
  expect([status, body]).toEqual([200, { disposition: 'relay', findings: [], delivered: 'Subject: hej\r\n\r\nHallå\r\n' }]);
  expect(api.checked).toEqual([{ ...situation, message: Buffer.from(mail) }]);
});

test('no order', async () => {
  await api.call('POST', '/v1/check', { ...situation, order: null, message: mail });
  expect(api.checked[0]?.order).toBeNull();
});

test('base64 in one line and in many', async () => {
  const bytes = Buffer.from([0, 255, 13, 10, 65, 128]);
  const base64 = bytes.toString('base64');
  for (const message of [base64, `${base64.slice(0, 4)}\r\n${base64.slice(4)}\n`]) {
    expect((await api.call('POST', '/v1/check', { ...situation, message, encoding: 'base64' })).status).toBe(200);
    expect(api.checked.pop()?.message).toEqual(bytes);
  }
});

test.each([
  ['lines as in a file', 'A: b\n\nc\n', 'A: b\r\n\r\nc\r\n'],
  ['mixed line ends', 'A: b\r\n\nc\n', 'A: b\r\n\nc\n'],
])('%s', async (_what, message, bytes) => {
  await api.call('POST', '/v1/check', { ...situation, message });
  expect(api.checked[0]?.message).toEqual(Buffer.from(bytes));
});

test.each([
  ['nothing', {}, ['/buyerOptedOut', '/direction', '/initiates', '/message', '/order']],
  [
    'everything wrong',
    {
      direction: 'up',
      initiates: 1,
      order: { kind: 'beer', completedDaysAgo: -1, x: 1 },
      buyerOptedOut: null,
      message: 5,
      encoding: 'gzip',
    },
    ['/buyerOptedOut', '/direction', '/encoding', '/initiates', '/message', '/order/completedDaysAgo', '/order/kind', '/order/x'],
  ],
  ['no base64', { ...situation, message: 'a!b=', encoding: 'base64' }, ['/message']],
  ['padding in the middle', { ...situation, message: 'YQ==YQ==', encoding: 'base64' }, ['/message']],
])('refused with every field: %s', async (_what, body, fields) => {
  const answer = await api.call('POST', '/v1/check', body);
  expect([answer.status, fieldsOf(answer)]).toEqual([400, fields]);
});

test('12 MiB fit in base64, a byte more is refused as the relay would refuse it', async () => {
  const largest = Buffer.alloc(12_582_912, 'x');
  expect(
    (await api.call('POST', '/v1/check', { ...situation, message: largest.toString('base64'), encoding: 'base64' })).body.disposition,
  ).toBe('relay');
  expect(api.checked[0]?.message.length).toBe(largest.length);
  const { status, body } = await api.call('POST', '/v1/check', {
    ...situation,
    message: Buffer.concat([largest, Buffer.from('x')]).toString('base64'),
    encoding: 'base64',
  });
  expect([status, body]).toEqual([200, { disposition: 'reject', findings: [], delivered: null, reason: replies.tooLarge.text }]);
  expect(api.checked).toHaveLength(1);
});

test('bad base64 of 12 MiB is found in one pass', async () => {
  const message = `${'A '.repeat(6_000_000)}${' '.repeat(1_000_000)}!`;
  const work = async () => expect((await api.call('POST', '/v1/check', { ...situation, message, encoding: 'base64' })).status).toBe(400);
  expect(await leastCpu(work, 2_500)).toBeLessThan(2_500);
});

test('a body above 24 MiB is 413', async () => {
  const { status, body } = await api.call('POST', '/v1/check', { ...situation, message: 'x'.repeat(25 * 1024 * 1024) });
  expect([status, body.title]).toEqual([413, 'Payload Too Large']);
});

test('a refusal of the way becomes the answer', async () => {
  await using refusing = await serveApi({
    check: async ({ initiates }) => {
      throw new Refusal(initiates ? replies.unreadable : replies.tryLater);
    },
  });
  const permanent = await refusing.call('POST', '/v1/check', { ...situation, message: mail });
  expect(permanent.body).toEqual({ disposition: 'reject', findings: [], delivered: null, reason: replies.unreadable.text });
  expect((await refusing.call('POST', '/v1/check', { ...situation, initiates: false, message: mail })).status).toBe(503);
});
