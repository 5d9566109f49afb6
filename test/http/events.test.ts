/** The log over the API: to whoever has the token; bounded; over when the relay stops. */
import { connect } from 'node:net';
import { Feed } from '../../src/journal/feed.ts';
import { type Api, serveApi, token } from './serve.ts';

let feed: Feed;
let api: Api;

beforeEach(async () => {
  feed = new Feed();
  api = await serveApi({ events: feed });
});

afterEach(() => api[Symbol.asyncDispose]());

const read = (query = '', bearer = token) => fetch(`${api.url}/v1/events${query}`, { headers: { authorization: `Bearer ${bearer}` } });

async function until(holds: () => boolean): Promise<void> {
  for (const patience = Date.now() + 10_000; !holds(); ) {
    if (Date.now() > patience) throw new Error('it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('the last lines, each new one, and the last words when the relay stops', async () => {
  for (let at = 0; at < 300; at += 1) feed.write(`{"n":${at}}\n`);
  const answer = await read('?last=2');
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  feed.write('{"n":"new"}\n');
  feed.write('{"n":"draining"}\n');
  await api.close();
  expect((await answer.text()).match(/^data: .*$/gm)).toEqual([
    'data: {"n":298}',
    'data: {"n":299}',
    'data: {"n":"new"}',
    'data: {"n":"draining"}',
  ]);
});

test('nobody without the token, and no more than 16 at once', async () => {
  expect((await read('', 'wrong')).status).toBe(401);
  expect((await read('?last=201')).status).toBe(400);
  const answers = await Promise.all(Array.from({ length: 17 }, () => read()));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array<number>(16).fill(200), 503]);
  await Promise.all(answers.map(({ body }) => body?.cancel()));
  await until(() => feed.readers === 0);
});

test('one that does not read is let go, and the others go on', async () => {
  const { hostname, port } = new URL(api.url);
  const slow = connect(Number(port), hostname);
  slow.on('error', () => undefined).pause();
  slow.write(`GET /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await until(() => feed.readers === 1);
  const other = await read();
  const reader = other.body?.getReader();
  const line = `{"x":"${'y'.repeat(8000)}"}\n`;
  let got = 0;
  const reading = (async () => {
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) return;
      got += piece.value.length;
    }
  })();
  for (let sent = 0; feed.readers === 2 && sent < 5000; sent += 1) {
    feed.write(line);
    if (sent % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(feed.readers).toBe(1);
  const before = got;
  feed.write(line);
  await until(() => got > before);
  slow.destroy();
  await reader?.cancel();
  await reading;
});
