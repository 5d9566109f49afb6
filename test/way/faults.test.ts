/** What happens to mail when something around the relay fails: deferred, never lost, never bounced for our own trouble. */
import { rmSync } from 'node:fs';
import { leaseSeconds } from '../../src/once.ts';
import { startRedis } from '../support/redis.ts';
import { buyer, letter, openScene, seller } from '../support/scene.ts';

/** What happens in another process shows itself a little later; 10 s at most. */
async function until(holds: () => boolean): Promise<void> {
  for (const patience = Date.now() + 10_000; !holds(); ) {
    if (Date.now() > patience) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const toSeller = (alias: string, more: object = {}) => letter({ from: buyer.mailbox, to: alias, ...more });

test(
  'kill -9 between the next hop’s 250 and ours: the sender comes again and nothing is lost',
  async () => {
    await using scene = await openScene({}, { at: { dot: [{ and: 'hang' }] } });
    const message = toSeller(scene.sellerAlias, { id: 'killed@mail.example' });
    const first = scene.send(buyer.mailbox, scene.sellerAlias, message).catch(() => ({ code: 0, text: 'no answer' }));
    await until(() => scene.hop.messages.length > 0);
    expect(await scene.relay.stop('SIGKILL')).toBe('SIGKILL');
    expect((await first).code).toBe(0);
    await scene.restart();
    const again = async (): Promise<number> => (await scene.send(buyer.mailbox, scene.sellerAlias, message)).code;
    let code = await again();
    expect([250, 451]).toContain(code);
    for (const patience = Date.now() + (leaseSeconds + 15) * 1000; code !== 250 && Date.now() < patience; code = await again()) {
      expect(code).toBe(451);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
    expect(code).toBe(250);
    const ids = scene.left().map((bytes) => /^Message-ID: (.*)$/im.exec(bytes)?.[1]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  },
  (leaseSeconds + 40) * 1000,
);

test.each([
  [
    'refuses the recipient for good, with the mailbox in its words',
    { rcpt: `550 5.1.1 <${seller.mailbox}>: user unknown` },
    /^550 5\.1\.1 The recipient/,
  ],
  ['defers', { dot: `451 4.7.1 <${seller.mailbox}> greylisted` }, /^451 4\.4\.2 /],
  ['refuses the content', { dot: '554 5.7.1 spam from oakbench.example' }, /^554 5\.4\.0 /],
  ['hangs up after the dot', { dot: { and: 'close' as const } }, /^451 4\.4\.1 /],
])('a next hop that %s: its class in our words, and the same message may come again', async (_, at, reply) => {
  await using scene = await openScene({}, { at: Object.fromEntries(Object.entries(at).map(([stage, answer]) => [stage, [answer]])) });
  const message = toSeller(scene.sellerAlias, { id: 'again@mail.example' });
  const first = await scene.send(buyer.mailbox, scene.sellerAlias, message);
  expect(first.text).toMatch(reply);
  expect(first.text).not.toContain('oakbench');
  expect(scene.relay.log()).not.toContain('oakbench');
  expect((await scene.relay.call('GET', `/v1/messages/${first.trace}`)).body).toMatchObject({ reply: first.text });
  expect((await scene.send(buyer.mailbox, scene.sellerAlias, message)).code).toBe(250);
});

test('no next hop at all: 451, and the readiness of the relay is its own matter', async () => {
  await using scene = await openScene({ OUTBOUND_URL: 'smtp://127.0.0.1:1' });
  expect((await scene.send(buyer.mailbox, scene.sellerAlias, toSeller(scene.sellerAlias))).text).toMatch(/^451 4\.4\.1 /);
  expect((await scene.relay.call('GET', '/readyz')).status).toBe(200);
});

test('a Redis that is away: 451 for everything, not ready, well again by itself', async () => {
  const redis = await startRedis();
  try {
    await using scene = await openScene({ STORE_URL: redis.url });
    redis.pause();
    expect((await scene.send(buyer.mailbox, scene.sellerAlias, toSeller(scene.sellerAlias))).text).toMatch(/^451 4\.3\.0 /);
    expect((await scene.relay.call('GET', '/readyz')).status).toBe(503);
    redis.resume();
    let { code } = await scene.send(buyer.mailbox, scene.sellerAlias, toSeller(scene.sellerAlias));
    for (let tries = 0; code !== 250 && tries < 20; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      ({ code } = await scene.send(buyer.mailbox, scene.sellerAlias, toSeller(scene.sellerAlias)));
    }
    expect(code).toBe(250);
  } finally {
    await redis.stop();
  }
}, 40_000);

test('a store that lost an alias defers and alarms; it does not say that there is no such address', async () => {
  await using scene = await openScene();
  expect(await scene.relay.stop('SIGTERM')).toBe(0);
  for (const file of ['postern.db', 'postern.db-wal', 'postern.db-shm']) rmSync(`${scene.relay.folder}/var/${file}`, { force: true });
  await scene.restart();
  expect((await scene.send(buyer.mailbox, scene.sellerAlias, toSeller(scene.sellerAlias))).text).toMatch(/^451 4\.3\.0 /);
  await until(() => scene.relay.log().includes('"event":"alias-lost"'));
});

test('SIGTERM while a message is being handed over: it gets its 250, then the relay ends with 0', async () => {
  await using scene = await openScene({}, { at: { dot: [{ after: 700, say: '250 2.0.0 Ok' }] } });
  const sent = scene.send(buyer.mailbox, scene.sellerAlias, toSeller(scene.sellerAlias));
  await until(() => scene.hop.messages.length > 0);
  const ended = scene.relay.stop('SIGTERM');
  expect((await sent).code).toBe(250);
  expect(await ended).toBe(0);
});

test('a Redis that evicts or keeps nothing on disk is refused at the start, unless told otherwise', async () => {
  const redis = await startRedis(['appendonly no', 'save ""', 'maxmemory-policy allkeys-lru']);
  try {
    await expect(openScene({ STORE_URL: redis.url })).rejects.toThrow(/maxmemory-policy/);
    await using scene = await openScene({ STORE_URL: redis.url, ALLOW_VOLATILE_REDIS: 'on' });
    expect(scene.relay.log()).toContain('ALLOW_VOLATILE_REDIS is on');
  } finally {
    await redis.stop();
  }
});

test('a secret that was rotated still finds everything; mail to an older relay domain arrives', async () => {
  const [old, fresh] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
  await using scene = await openScene({ RELAY_SECRET: old });
  const { folder } = scene.relay;
  await scene.relay.stop('SIGTERM');
  const { startRelay } = await import('../support/relay.ts');
  const env = {
    OUTBOUND_URL: `smtp://127.0.0.1:${scene.hop.port}`,
    SENDER_PROOF: 'off',
    RELAY_SECRET: `${fresh},${old}`,
    RELAY_DOMAIN: 'new.example,relay.localhost',
  };
  scene.relay = await startRelay({ env, folder });
  expect((await scene.send(buyer.mailbox, scene.sellerAlias, toSeller(scene.sellerAlias))).code).toBe(250);
  expect(scene.left().at(-1)).toContain(`<${scene.buyerAlias.replace('relay.localhost', 'new.example')}>`);
});
