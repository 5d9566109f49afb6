/**
 * Copies in an S3 bucket. By default against a double that speaks the few calls at the HTTP level and wants them signed; with S3_TEST_URL
 * (`s3://bucket/prefix?endpoint=…`, keys in the environment) against the real server that it names.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Blobs } from '../../src/archive/blobs.ts';
import { openBucket } from '../../src/archive/s3.ts';
import { archiveUrl } from '../../src/config/archive-url.ts';
import { eventually } from '../support/redis.ts';
import { copyIn, openKit } from './parts.ts';

process.env.AWS_ACCESS_KEY_ID ??= 'test-key';
process.env.AWS_SECRET_ACCESS_KEY ??= 'test-secret';

const objects = new Map<string, Buffer>();
const calls: { readonly method: string; readonly path: string; readonly authorization: string }[] = [];
let answer: 'well' | 'with 503' | 'never' = 'well';

const xml = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
};

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '', 'http://double');
  const { method = '' } = request;
  calls.push({ method, path: url.pathname, authorization: request.headers.authorization ?? '' });
  const body = await buffer(request);
  if (answer === 'never') return;
  if (answer === 'with 503') return xml(response, 503, '<Error><Code>SlowDown</Code><Message>slow</Message></Error>');
  const key = url.pathname.replace(/^\/copies\/?/, '');
  if (method === 'PUT') objects.set(key, body);
  if (method === 'DELETE') objects.delete(key);
  const found = objects.get(key);
  if (method === 'GET' && !found) return xml(response, 404, '<Error><Code>NoSuchKey</Code><Message>none</Message></Error>');
  const [, last] = /^bytes=0-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  const part = last === undefined ? found : found?.subarray(0, Number(last) + 1);
  response.writeHead(method === 'DELETE' ? 204 : part === found ? 200 : 206).end(method === 'GET' ? part : undefined);
}

const server = createServer((request, response) => void serve(request, response));
let blobs: Blobs;
let url: string;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  url = process.env.S3_TEST_URL ?? `s3://copies/mail?endpoint=${encodeURIComponent(endpoint)}&region=eu-north-1`;
  const place = archiveUrl(url, '/');
  if (typeof place !== 'object' || place.kind !== 's3') throw new Error('no URL of a bucket');
  blobs = openBucket(place);
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  answer = 'well';
});

const addresses = ['0a', '7c', 'ff'].map((start) => start.padEnd(32, '1'));

test('copies are put, read, whole or their first bytes, and deleted; also those that are not there', async () => {
  for (const address of addresses) await blobs.put(address, [Buffer.from('copy '), Buffer.from(address)]);
  await blobs.put(addresses[0] ?? '', [Buffer.alloc(3_000_000, 7)]);
  expect((await blobs.get(addresses[0] ?? ''))?.equals(Buffer.alloc(3_000_000, 7))).toBe(true);
  expect((await blobs.get(addresses[1] ?? ''))?.toString()).toBe(`copy ${addresses[1]}`);
  expect(await blobs.get('e'.repeat(32))).toBeUndefined();
  expect((await blobs.head(addresses[1] ?? ''))?.toString()).toBe('copy ');
  expect(await blobs.head('e'.repeat(32))).toBeUndefined();
  for (const address of [...addresses, 'e'.repeat(32)]) await blobs.delete(address);
  for (const address of addresses) expect(await blobs.get(address)).toBeUndefined();
});

const double = process.env.S3_TEST_URL === undefined ? test : test.skip;

double('each call is signed, for the region that the URL names', async () => {
  calls.length = 0;
  await blobs.put(addresses[0] ?? '', [Buffer.from('x')]);
  expect(calls).toMatchObject([{ method: 'PUT', path: `/copies/mail/${addresses[0]}` }]);
  expect(calls[0]?.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/eu-north-1\/s3\/aws4_request, /);
});

double('a bucket that is overloaded is asked twice: the copy waits in the store, and can be read', async () => {
  await using kit = await openKit({ ports: { blobs } });
  const copy = copyIn(await kit.pair());
  calls.length = 0;
  answer = 'with 503';
  await kit.keep(copy);
  expect(calls.map(({ method }) => method)).toEqual(['PUT', 'PUT']);
  expect(kit.told).toEqual([['queued', copy.received.trace]]);
  const record = await kit.archive.record(copy.received.trace);
  expect(record && (await kit.archive.read(record, 'received'))).toEqual(Buffer.from(copy.received.raw));
});

double('sixteen copies are on their way at once; the others wait in the store where none of these arrives', async () => {
  await using kit = await openKit({ ports: { blobs } });
  const conversation = await kit.pair();
  const copies = Array.from({ length: 20 }, () => copyIn(conversation));
  calls.length = 0;
  answer = 'never';
  for (const copy of copies) kit.archive.keep(copy);
  await eventually('all wait in the store', async () => (await kit.store.archive.queue.depth()).count === 20);
  expect(calls.map(({ method }) => method)).toEqual(Array(16).fill('PUT'));
  server.closeAllConnections();
});

double('a bucket that hangs is not waited for when a relay stops: all copies wait in the store', async () => {
  await using kit = await openKit({ ports: { blobs } });
  const conversation = await kit.pair();
  const copies = Array.from({ length: 6 }, () => copyIn(conversation));
  answer = 'never';
  for (const copy of copies) kit.archive.keep(copy);
  await kit.archive.close(600_000);
  expect(kit.told.map(([what]) => what)).toEqual(Array(6).fill('queued'));
  expect((await kit.store.archive.queue.depth()).count).toBe(6);
  server.closeAllConnections();
});

test('a message is kept in the bucket and read from there', async () => {
  await using kit = await openKit({ ports: { blobs } });
  const conversation = await kit.pair();
  const copy = copyIn(conversation, { delivered: 'as it left' });
  await kit.keep(copy);
  const record = await kit.archive.record(copy.received.trace);
  expect(record && (await kit.archive.read(record, 'delivered'))?.toString()).toBe('as it left');
  await kit.archive.forgetParty(conversation.buyer);
  const { received, delivered } = record?.copies ?? {};
  for (const one of [received, delivered]) expect(await blobs.get(one?.address ?? '')).toBeUndefined();
});

test.each([
  ['s3://copies', { kind: 's3', bucket: 'copies', prefix: '', region: 'us-east-1' }],
  [
    's3://my.bucket/a/b?region=eu-west-1&endpoint=https%3A%2F%2Fs3.example%3A9000',
    { kind: 's3', bucket: 'my.bucket', prefix: 'a/b/', region: 'eu-west-1', endpoint: 'https://s3.example:9000' },
  ],
  ['dir:var/archive', { kind: 'dir', path: '/srv/var/archive' }],
  ['off', 'off'],
  ['dir:', undefined],
  ['s3://', undefined],
  ['s3://key:secret@copies', undefined],
  ['s3://Bad_Bucket', undefined],
  ['s3://copies?endpoint=ftp://x', undefined],
  ['s3://copies?acl=public-read', undefined],
  ['http://copies', undefined],
])('ARCHIVE_URL=%s', (text, place) => {
  expect(archiveUrl(text, '/srv')).toEqual(place);
});
