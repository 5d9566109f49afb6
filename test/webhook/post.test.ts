/** One request to a subscriber, over real sockets: what counts as taken, and what it cannot do to us. */
import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createPost } from '../../src/webhook/post.ts';
import { makeCertificate } from '../support/certificate.ts';
import { openReceiver, type Receiver } from './receiver.ts';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver[Symbol.asyncDispose]());

const post = createPost({ allowPrivate: true, patience: 1_500 });
const parcel = (url: string) => ({ url, fields: { 'webhook-id': 'msg_1' }, body: '{"type":"relayed","name":"Zoë"}' });
const toReceiver = (path = '/hook') => post(parcel(`http://127.0.0.1:${receiver.port}${path}`));

test('what the subscriber gets is a POST of JSON', async () => {
  receiver.answer(200);
  expect(await toReceiver('/a?b=c')).toEqual({ kind: 'taken' });
  const last = receiver.got.at(-1);
  expect(last).toMatchObject({ path: '/a?b=c', body: '{"type":"relayed","name":"Zoë"}' });
  expect(last?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'msg_1', host: `127.0.0.1:${receiver.port}` });
});

test.each([
  [201, { kind: 'taken' }],
  [204, { kind: 'taken' }],
  [400, { kind: 'failed', reason: 'status 400' }],
  [404, { kind: 'failed', reason: 'status 404' }],
  [410, { kind: 'gone', reason: 'status 410' }],
  [429, { kind: 'failed', reason: 'status 429' }],
  [500, { kind: 'failed', reason: 'status 500' }],
])('status %d', async (status, posted) => {
  receiver.answer(status);
  expect(await toReceiver()).toEqual(posted);
});

test('a redirect is not followed', async () => {
  receiver.answer(302);
  const before = receiver.got.length;
  expect(await toReceiver()).toEqual({ kind: 'failed', reason: 'status 302' });
  expect(receiver.got.slice(before).map(({ path }) => path)).toEqual(['/hook']);
});

test('an answer without end is read no further than 64 KB, and one that drips no longer than we wait', async () => {
  let sent = 0;
  receiver.answer((_request, response) => {
    response.writeHead(200);
    const pour = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384;
      if (!response.destroyed) response.once('drain', pour);
    };
    pour();
  });
  expect(await createPost({ allowPrivate: true, patience: 10_000 })(parcel(`http://127.0.0.1:${receiver.port}/`))).toEqual({
    kind: 'taken',
  });
  expect(sent).toBeLessThan(16_000_000);
  receiver.answer((_request, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(drip));
  });
  expect(await toReceiver()).toEqual({ kind: 'taken' });
});

test('who says nothing, too much, or something else than HTTP has not taken it', async () => {
  const raw = async (talk: (socket: Socket) => void) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => talk(socket));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const posted = await post(parcel(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
    server.close();
    return posted;
  };
  const failed = (reason: string) => ({ kind: 'failed', reason });
  expect(await raw(() => undefined)).toEqual(failed('no answer in time'));
  expect(await raw((socket) => socket.destroy())).toEqual(failed('no connection (ECONNRESET)'));
  expect(await raw((socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`))).toEqual(
    failed('no connection (HPE_HEADER_OVERFLOW)'),
  );
  expect(await raw((socket) => socket.end('220 mx ESMTP\r\n'))).toMatchObject({
    kind: 'failed',
    reason: expect.stringMatching(/^no connection \(HPE_/),
  });
  expect(await raw((socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'))).toMatchObject({
    kind: 'failed',
  });
  expect(await post(parcel('http://127.0.0.1:1/'))).toEqual(failed('no connection (ECONNREFUSED)'));
  expect(await post(parcel('https://nothing.invalid/'))).toMatchObject({
    kind: 'failed',
    reason: expect.stringMatching(/ENOTFOUND|EAI_AGAIN|in time/),
  });
});

test('nothing of the house is reached where private addresses are not allowed', async () => {
  const asked: string[] = [];
  const resolve = async (name: string) => {
    asked.push(name);
    return ['127.0.0.1', '::1', '169.254.169.254', '::ffff:10.0.0.1'].map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
  };
  const inside = createPost({ allowPrivate: false, resolve });
  const before = receiver.got.length;
  expect(await inside(parcel(`https://shop.example:${receiver.port}/`))).toEqual({ kind: 'failed', reason: 'not a public address' });
  expect(asked).toEqual(['shop.example']);
  expect(await inside(parcel(`https://127.0.0.1:${receiver.port}/`))).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('private'),
  });
  expect(await inside(parcel(`http://shop.example/`))).toMatchObject({ kind: 'failed', reason: expect.stringContaining('https://') });
  expect(receiver.got).toHaveLength(before);
});

test('HTTPS goes to who has the certificate, and to nobody else', async () => {
  const certificate = makeCertificate('localhost');
  await using safe = await openReceiver(certificate);
  const trusting = createPost({ allowPrivate: true, ca: certificate.cert });
  expect(await trusting(parcel(safe.url))).toEqual({ kind: 'taken' });
  expect(safe.got).toHaveLength(1);
  expect(await post(parcel(safe.url))).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/SELF_SIGNED/) });
  expect(await trusting(parcel(`https://127.0.0.1:${safe.port}/`))).toMatchObject({
    kind: 'failed',
    reason: 'no connection (ERR_TLS_CERT_ALTNAME_INVALID)',
  });
  expect(safe.got).toHaveLength(1);
});

test('the connection goes to the address that was looked at; the certificate is that of the name', async () => {
  const certificate = makeCertificate('shop.example');
  await using shop = await openReceiver(certificate);
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return [{ address: asked === 1 ? '127.0.0.1' : '192.0.2.1', family: 4 }];
  };
  const trusting = createPost({ allowPrivate: true, ca: certificate.cert, resolve });
  expect(await trusting(parcel(`https://shop.example:${shop.port}/`))).toEqual({ kind: 'taken' });
  expect([asked, shop.got[0]?.headers.host]).toEqual([1, `shop.example:${shop.port}`]);
});
