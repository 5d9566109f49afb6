/** What a relay says of itself to those who run it: ready or not, by what is so (requirement H2). */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { renameSync } from 'node:fs';
import { testWith } from '../support/programs.ts';
import { durable, eventually, freePort, startRedis } from '../support/redis.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { buyer, letter, openScene } from '../support/scene.ts';
import { dial } from '../support/smtp.ts';

const readiness = async (relay: Relay) => {
  const answer = await fetch(`${relay.api}/readyz`);
  return { status: answer.status, ...((await answer.json()) as { ready: boolean; checks: Record<string, string> }) };
};
const isReady = async (relay: Relay) => (await readiness(relay)).ready;
const alive = async (relay: Relay) => (await fetch(`${relay.api}/livez`)).status;
const metricsOf = async (relay: Relay) => (await fetch(`${relay.api}/metrics`)).text();
const gone = { status: 503, ready: false, checks: { store: 'the store does not answer', listener: 'ok', nextHop: 'ok' } };

testWith('redis-server')(
  'a Redis that stands still: not ready, alive, a scrape still answers; back by itself',
  async () => {
    const redis = await startRedis(durable);
    try {
      await using relay = await startRelay({ env: { STORE_URL: redis.url } });
      expect(await readiness(relay)).toEqual({ status: 200, ready: true, checks: { store: 'ok', listener: 'ok', nextHop: 'ok' } });
      expect(await metricsOf(relay)).toMatch(/^postern_store_up 1$/m);
      redis.pause();
      expect(await readiness(relay)).toEqual(gone);
      expect(await alive(relay)).toBe(200);
      await eventually('the scrape says it', async () => /^postern_store_up 0$/m.test(await metricsOf(relay)));
      expect(await metricsOf(relay)).toMatch(/^postern_store_seconds_count\{port="ping",outcome="failed"\} [1-9]/m);
      redis.resume();
      await eventually('ready again', () => isReady(relay));
    } finally {
      redis.resume();
      await redis.stop();
    }
  },
  40_000,
);

test('an SQLite that somebody else has locked, or that was moved away: not ready, alive; back by itself', async () => {
  await using relay = await startRelay();
  const file = join(relay.folder, 'var/postern.db');
  expect(await isReady(relay)).toBe(true);
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  expect(await readiness(relay)).toEqual(gone);
  expect(await alive(relay)).toBe(200);
  other.exec('ROLLBACK');
  other.close();
  await eventually('ready again', () => isReady(relay));
  renameSync(file, `${file}.away`);
  expect(await readiness(relay)).toEqual(gone);
  renameSync(`${file}.away`, file);
  expect(await isReady(relay)).toBe(true);
}, 30_000);

test('a relay that drains is not ready, and alive to its end; what it has under way is told', async () => {
  await using scene = await openScene({}, { at: { dot: { and: 'hang' } } });
  const { relay } = scene;
  using client = await dial(relay.smtpPort, { patience: 100_000 });
  const held = client
    .message(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias }))
    .catch(() => undefined);
  await eventually('it is in flight', async () => /^postern_smtp_transactions 1$/m.test(await metricsOf(relay)));
  await eventually('its bytes are', async () => /^postern_message_bytes_in_flight [1-9]/m.test(await metricsOf(relay)));
  const stopped = relay.stop('SIGTERM');
  await eventually('it drains', async () => (await readiness(relay)).checks.listener === 'shutting down');
  expect(await readiness(relay)).toMatchObject({ status: 503, ready: false, checks: { store: 'ok' } });
  expect(await alive(relay)).toBe(200);
  await scene.hop[Symbol.asyncDispose]();
  await held;
  expect(await stopped).toBe(0);
}, 60_000);

test('a next hop that is down is said, and no reason not to be ready', async () => {
  await using scene = await openScene({ OUTBOUND_URL: `smtp://127.0.0.1:${await freePort()}` });
  const mail = () => scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias }));
  for (let count = 0; count < 6; count += 1) expect((await mail()).code).toBe(451);
  expect(await readiness(scene.relay)).toEqual({
    status: 200,
    ready: true,
    checks: { store: 'ok', listener: 'ok', nextHop: 'the next hop is down, mail is put off' },
  });
  expect(await metricsOf(scene.relay)).toMatch(/^postern_step_failures_total\{step="hand over",reply="451 4\.4\.1"\} [1-9]/m);
}, 30_000);

test('WORKERS=2: each scrape has the figures of both, whichever answers', async () => {
  const env = { WORKERS: '2', SMTP_LISTEN: `127.0.0.1:${await freePort()}`, HTTP_LISTEN: `127.0.0.1:${await freePort()}` };
  await using relay = await startRelay({ env });
  const up = /^postern_worker_up\{worker="(\d)"\} 1$/gm;
  const both = async () => [...(await metricsOf(relay)).matchAll(up)].map(([, name]) => name).join() === '1,2';
  await eventually('both run', both);
  for (let scrape = 0; scrape < 5; scrape += 1) expect(await both()).toBe(true);
  const text = await metricsOf(relay);
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds\{worker="1"\} /m);
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds\{worker="2"\} /m);
  expect(text).toMatch(/^postern_outbox_items\{worker="2"\} 0$/m);
  // Requests went to either, and each is counted once.
  const scrapes = [...text.matchAll(/^postern_http_requests_total\{method="GET",route="\/metrics",status="200",worker="\d"\} (\d+)$/gm)];
  expect(scrapes.reduce((sum, [, count]) => sum + Number(count), 0)).toBeGreaterThanOrEqual(5);
  expect(await relay.stop('SIGTERM')).toBe(0);
}, 40_000);
