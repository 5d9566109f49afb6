/** Whoever guesses, forges or fails to prove meets a wall that is higher each time; whoever is honest passes beside it. */
import { replies } from '../../src/model/reply.ts';
import { eventually } from '../support/redis.ts';
import { connectSmtp, dial } from '../support/smtp.ts';
import { known, open, until } from './open.ts';
import { anyOf } from '../support/machine.ts';

const mail = 'MAIL FROM:<ada@buyer.example>';
const wall = '421 4.7.0 Too many unknown addresses or failed proofs, try again later';
const wallInSession = /^421 4\.7\.0 Too many unknown addresses or failed proofs, try again later \(trace trace\d+\)$/;
const other = { localAddress: '127.0.0.2' };
const quick = { delayMs: 0, mostDelayMs: 0, errors: 99 };

test('misses count beyond a session: the client gets 421, in old sessions and new ones, and nobody else does', async () => {
  await using server = await open({ rateLimits: true, limits: { ...quick, shutOutAt: 6 } });
  using old = await dial(server.port);
  for (let session = 0; session < 3; session++) {
    using client = await dial(server.port);
    await client.command(mail, /^250 /);
    for (let guess = 0; guess < 2; guess++) await client.command(`RCPT TO:<guess${session}${guess}@relay.example>`, /^550 5\.1\.1 /);
  }
  await old.send(mail);
  expect(await old.rest()).toEqual([expect.stringMatching(wallInSession)]);
  const late = await connectSmtp(server.port);
  expect(await late.rest()).toEqual([wall]);
  using honest = await dial(server.port, other);
  expect((await honest.message('a@b.example', known, 'x')).code).toBe(250);
  expect(server.notes.filter(({ event }) => event === 'shut-out')).toHaveLength(1);
  expect(JSON.stringify(server.notes)).not.toContain('127.0.0.1');
  await until(() => server.notes.some(({ fields }) => fields.reason === 'shut out'));
});

test('after a while the client may come again', async () => {
  await using server = await open({ rateLimits: true, limits: { ...quick, shutOutAt: 3, shutOutMs: 300 } });
  using client = await dial(server.port);
  await client.command(mail);
  for (let guess = 0; guess < 3; guess++) await client.command(`RCPT TO:<guess${guess}@relay.example>`, /^550 /);
  await client.send(`RCPT TO:<${known}>`);
  expect(await client.rest()).toEqual([expect.stringMatching(wallInSession)]);
  await eventually('the client may come again', async () => {
    using again = await connectSmtp(server.port);
    return (await again.reply()).code === 220;
  });
});

test.each([
  ['an author who is not proven', replies.unauthenticated],
  ['an author who is somebody else', replies.notAParty],
  ['an alias that has ended', replies.unknownAlias],
])('%s counts as well', async (_, reply) => {
  await using server = await open({ rateLimits: true, limits: { ...quick, shutOutAt: 3 } }, { relay: async () => reply });
  using client = await dial(server.port);
  for (let turn = 0; turn < 3; turn++) expect((await client.message('a@b.example', known, 'x')).code).toBe(550);
  await client.send(mail);
  expect(await client.rest()).toEqual([expect.stringMatching(wallInSession)]);
});

test.each([
  ['breaks a rule', replies.againstPolicy],
  ['is put off', replies.tryLater],
  ['is dropped', replies.taken],
  ['is refused by the next hop', replies.nextHopRefuses],
])('a message that %s says nothing of its client', async (_, reply) => {
  await using server = await open({ rateLimits: true, limits: { ...quick, shutOutAt: 3 } }, { relay: async () => reply });
  using client = await dial(server.port);
  for (let turn = 0; turn < 6; turn++) expect((await client.message('a@b.example', known, 'x')).code).toBe(reply.code);
});

test('what was relayed weighs for a client: one bad customer of a provider stops no honest mail', async () => {
  await using server = await open({ rateLimits: true, limits: { ...quick, shutOutAt: 4, messagesPerMinute: 1000 } });
  using client = await dial(server.port);
  for (let turn = 0; turn < 40; turn++) {
    await client.command(mail, /^250 /);
    await client.command(`RCPT TO:<guess${turn}@relay.example>`, /^550 /);
    await client.command('RSET', /^250 /);
    expect((await client.message('a@b.example', known, 'x')).code).toBe(250);
  }
});

test.each([
  ['rate limits off', { rateLimits: false }],
  ['a server of our own', { rateLimits: true, unlimited: ['127.0.0.1'] }],
])('%s: no wall', async (_, options) => {
  await using server = await open({ ...options, limits: { errors: 99, shutOutAt: 3, connectionsPerClient: 1, messagesPerMinute: 1 } });
  using client = await dial(server.port);
  await client.command(mail);
  for (let guess = 0; guess < 12; guess++) await client.command(`RCPT TO:<guess${guess}@relay.example>`, /^550 /);
  await client.command('RSET', /^250 /);
  using second = await dial(server.port);
  expect((await second.message('a@b.example', known, 'x')).code).toBe(250);
  expect((await second.message('a@b.example', known, 'x')).code).toBe(250);
});

test('no such address: after the same time, however soon it was known', async () => {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const took: Record<string, number> = { now: 0, soon: 12, late: 30 };
  await using server = await open(
    { limits: { errors: 999, missMs: 50 } },
    {
      async knows(forwardPath) {
        await wait(took[forwardPath.split('@', 1)[0] ?? ''] ?? 0);
        return 'no';
      },
    },
  );
  using client = await dial(server.port);
  await client.command(mail);
  const least: Record<string, number> = { now: 1e9, soon: 1e9, late: 1e9, 'a%b': 1e9 };
  const alike = async (): Promise<boolean> => {
    for (const [name, before] of Object.entries(least)) {
      const began = performance.now();
      await client.command(`RCPT TO:<${name}@relay.example>`, /^550 5\.1\.1 /);
      least[name] = Math.min(before, performance.now() - began);
    }
    return Math.max(...Object.values(least)) - Math.min(...Object.values(least)) < 10;
  };
  expect(await anyOf(20, alike)).toBe(true);
  expect(Math.min(...Object.values(least))).toBeGreaterThan(48);
});
