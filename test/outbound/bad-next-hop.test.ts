/**
 * Next hops that misbehave, on a real socket. For each: the right class, an answer in time, nothing of the next hop's words in it, and a
 * next hop that is well again is served at once.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Mailbox } from '../../src/model/address.ts';
import { Refusal } from '../../src/model/reply.ts';
import { openSmarthost } from '../../src/outbound/smarthost.ts';
import { makeCertificate } from '../support/certificate.ts';
import { openSink, type SinkAnswer, type SinkSetup } from '../support/sink.ts';

/** A tenth of the real ones and less. */
const timeouts = { connect: 400, greeting: 400, silence: 500, whole: 1500 };
const secret = 'real-seller@shop.example';
const outgoing = {
  reversePath: 'b-abc-defghijk@relay.test',
  recipient: secret as Mailbox,
  bytes: Buffer.from('From: a@relay.test\r\n\r\nHello\r\n'),
  trace: 'abc',
};
const open = (port: number) =>
  openSmarthost({ host: '127.0.0.1', port, secure: false, ehloName: 'relay.test', maxConnections: 2, timeouts });

const plain = { extensions: ['8BITMIME'] };
const words = `<${secret}>: no such user at mx.shop.example, \u001b[2J`;

const cases: readonly (readonly [string, SinkSetup, string])[] = [
  ['greets with 554', { at: { connect: { say: `554 5.7.1 ${words}`, and: 'close' } } }, '451 4.4.1'],
  ['greets with 421', { at: { connect: { say: '421 4.3.2 busy', and: 'close' } } }, '451 4.4.1'],
  ['never greets', { at: { connect: { and: 'hang' } } }, '451 4.4.1'],
  ['closes before it greets', { at: { connect: { and: 'close' } } }, '451 4.4.1'],
  ['resets before it greets', { at: { connect: { and: 'reset' } } }, '451 4.4.1'],
  ['speaks HTTP', { at: { connect: { bytes: 'HTTP/1.1 400 Bad Request\r\n\r\n', and: 'close' } } }, '451 4.4.1'],
  ['greets with a line that never ends', { at: { connect: { forever: 'x'.repeat(16_384) } } }, '451 4.4.1'],
  ['greets with lines that never end', { at: { connect: { forever: '220-hello\r\n'.repeat(1000) } } }, '451 4.4.1'],
  ['refuses EHLO and HELO', { at: { ehlo: '554 no', helo: '554 no' } }, '451 4.4.1'],
  ['hangs at EHLO', { at: { ehlo: { and: 'hang' } } }, '451 4.4.1'],
  ['trickles its reply to EHLO', { at: { ehlo: { bytes: `250-${'x'.repeat(1000)}`, every: 50 } } }, '451 4.4.1'],
  ['says lines that never end at EHLO', { at: { ehlo: { forever: '250-X-MORE\r\n'.repeat(1000) } } }, '451 4.4.1'],
  ['offers STARTTLS and hangs in the handshake', { tls: makeCertificate(), at: { starttls: { say: '220 go', and: 'hang' } } }, '451 4.4.1'],
  ['hangs at MAIL', { at: { mail: { and: 'hang' } } }, '451 4.4.1'],
  ['closes at MAIL', { at: { mail: { and: 'close' } } }, '451 4.4.1'],
  ['answers MAIL with 354', { at: { mail: '354 go' } }, '451 4.4.1'],
  ['hangs at RCPT', { at: { rcpt: { and: 'hang' } } }, '451 4.4.1'],
  ['closes at RCPT', { at: { rcpt: { and: 'close' } } }, '451 4.4.1'],
  ['resets at RCPT', { at: { rcpt: { and: 'reset' } } }, '451 4.4.1'],
  ['hangs at DATA', { at: { data: { and: 'hang' } } }, '451 4.4.1'],
  ['closes at DATA', { at: { data: { and: 'close' } } }, '451 4.4.1'],
  ['answers DATA with 250 and takes the message for commands', { at: { data: '250 go' } }, '451 4.4.1'],
  ['says 250 when our time is up', { at: { dot: { after: 2500, say: '250 2.0.0 Ok' } } }, '451 4.4.1'],
  ['answers the dot with 250 and a NUL', { at: { dot: '250\u0000 2.0.0 Ok' } }, '451 4.4.1'],
  ['refuses MAIL for good', { at: { mail: `554 5.7.1 ${words}` } }, '554 5.4.0'],
  ['refuses MAIL for now', { at: { mail: `451 4.7.1 ${words}` } }, '451 4.4.2'],
  ['says 421 at MAIL', { at: { mail: { say: '421 4.7.0 closing', and: 'close' } } }, '451 4.4.1'],
  ['does not know the recipient', { at: { rcpt: `550 5.1.1 ${words}` } }, '550 5.1.1'],
  ['does not know the recipient, without PIPELINING', { ...plain, at: { rcpt: `550 5.1.1 ${words}` } }, '550 5.1.1'],
  ['has the mailbox full', { at: { rcpt: `552 5.2.2 ${words}` } }, '452 4.2.2'],
  ['greylists', { at: { rcpt: `450 4.2.0 ${words}` } }, '451 4.4.2'],
  ['says 421 at RCPT', { at: { rcpt: { say: '421 4.7.0 closing', and: 'close' } } }, '451 4.4.1'],
  ['refuses the recipient and takes DATA all the same', { at: { rcpt: '550 5.1.1 no', data: '354 go' } }, '550 5.1.1'],
  ['refuses DATA', { at: { data: `554 5.7.1 ${words}` } }, '554 5.4.0'],
  ['resets at DATA', { at: { data: { and: 'reset' } } }, '451 4.4.1'],
  ['cuts the connection in the message', { at: { body: { and: 'reset' } } }, '451 4.4.1'],
  ['refuses the message for good', { at: { dot: `554 5.6.0 ${words}` } }, '554 5.4.0'],
  ['does not know the recipient once it has the message', { at: { dot: `550 5.1.1 ${words}` } }, '550 5.1.1'],
  ['refuses the message for now', { at: { dot: `451 4.3.0 ${words}` } }, '451 4.4.2'],
  ['says 421 at the dot', { at: { dot: { say: '421 4.3.2 down', and: 'close' } } }, '451 4.4.1'],
  ['never answers the dot', { at: { dot: { and: 'hang' } } }, '451 4.4.1'],
  ['closes at the dot', { at: { dot: { and: 'close' } } }, '451 4.4.1'],
  ['resets at the dot', { at: { dot: { and: 'reset' } } }, '451 4.4.1'],
  ['says half a 250 and closes', { at: { dot: { bytes: '25', and: 'close' } } }, '451 4.4.1'],
  ['says a 250 without its end and hangs', { at: { dot: { bytes: '250 2.0.0 Ok', and: 'hang' } } }, '451 4.4.1'],
  ['says half a 550 and closes', { at: { dot: { bytes: `550 5.1.1 ${words}`, and: 'close' } } }, '451 4.4.1'],
  ['trickles its reply to the dot', { at: { dot: { bytes: `250-${'x'.repeat(1000)}`, every: 50 } } }, '451 4.4.1'],
  ['answers the dot with a reply that never ends', { at: { dot: { forever: '250-more\r\n'.repeat(1000) } } }, '451 4.4.1'],
  ['answers the dot with garbage', { at: { dot: '\u0001\u0002 what?' } }, '451 4.4.1'],
  ['answers the dot with a 2 and something', { at: { dot: '2 eh?' } }, '451 4.4.1'],
  ['answers the dot with 354', { at: { dot: '354 more' } }, '451 4.4.1'],
  ['answers the dot with 250 and 550 in one', { at: { dot: '250-yes\n550 5.7.1 no' } }, '451 4.4.1'],
  [
    'answers the dot with four lines, all of them 554',
    { at: { dot: `554-5.7.1 a\n554-5.7.1 ${words}\n554-5.7.1 c\n554 5.7.1 d` } },
    '554 5.4.0',
  ],
  ['wants a smaller message than EHLO said', { extensions: ['SIZE 10'] }, '552 5.3.4'],
];

test.concurrent.each(cases)('%s', async (_, setup, expected) => {
  await using hop = await openSink(setup);
  await using out = open(hop.port);
  const error: unknown = await out.handOver(outgoing).then(
    () => 'handed over',
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) throw new Error(`not refused: ${String(error)}`);
  expect(error.message.slice(0, expected.length)).toBe(expected);
  const { message } = error.cause as Error;
  expect(`${error.message} ${message}`).not.toMatch(/real-seller|shop\.example|127\.0\.0\.1|[\p{Cc}]/u);
  expect(message.length).toBeLessThanOrEqual(200);
});

test.each([
  ['refuses connections', '127.0.0.1'],
  ['has no address', 'next-hop.invalid'],
])('%s', async (_, host) => {
  const { port } = await openSink().then(async (sink) => {
    await sink[Symbol.asyncDispose]();
    return sink;
  });
  await using out = openSmarthost({ host, port, secure: false, ehloName: 'relay.test', maxConnections: 2, timeouts });
  await expect(out.handOver(outgoing)).rejects.toThrow('451 4.4.1');
});

test.concurrent.each([
  ['the greeting, within what connecting may take', { connect: 200 }, { at: { connect: { and: 'hang' } } }],
  ['the greeting alone', { greeting: 200 }, { at: { connect: { and: 'hang' } } }],
  ['a reply', { silence: 200 }, { at: { mail: { and: 'hang' } } }],
  ['everything, while the reply trickles in', { whole: 200 }, { at: { dot: { bytes: `250-${'x'.repeat(1000)}`, every: 20 } } }],
] as const)('one limit for %s', async (_, limit, setup) => {
  await using hop = await openSink(setup);
  const patient = { connect: 600_000, greeting: 600_000, silence: 600_000, whole: 600_000, ...limit };
  await using out = openSmarthost({
    host: '127.0.0.1',
    port: hop.port,
    secure: false,
    ehloName: 'relay.test',
    maxConnections: 2,
    timeouts: patient,
  });
  await expect(out.handOver(outgoing)).rejects.toThrow('451 4.4.1');
});

test('a next hop that stops reading in the middle of a message', async () => {
  const sockets = new Set<Socket>();
  const hop = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.write('220 stuck\r\n');
    socket.on('data', (lines) => {
      const isData = lines.toString().startsWith('DATA');
      socket.write(isData ? '354 go\r\n' : '250 Ok\r\n');
      if (isData) socket.pause();
    });
  });
  hop.listen(0, '127.0.0.1');
  await once(hop, 'listening');
  await using out = open((hop.address() as AddressInfo).port);
  const large = { ...outgoing, bytes: Buffer.from(`From: a@relay.test\r\n\r\n${`${'x'.repeat(70)}\r\n`.repeat(150_000)}`) };
  await expect(out.handOver(large)).rejects.toThrow('451 4.4.1');
  for (const socket of sockets) socket.destroy();
  hop.close();
});

test.each([
  ['never answers AUTH', { and: 'hang' }],
  ['cannot log us in now', '454 4.7.0 Temporary failure'],
  ['closes at AUTH', { and: 'close' }],
] as const)('%s', async (_, auth) => {
  await using hop = await openSink({ login: { user: 'postern', pass: 'right' }, at: { auth } });
  const to = { host: '127.0.0.1', port: hop.port, secure: false, ehloName: 'relay.test', maxConnections: 2, timeouts };
  await using out = openSmarthost({ ...to, user: 'postern', pass: 'right' });
  await expect(out.handOver(outgoing)).rejects.toThrow('451 4.4.1');
});

test.each<readonly [string, SinkAnswer | undefined]>([
  ['resets at RSET', { and: 'reset' }],
  ['does not know RSET', '500 5.5.2 What?'],
  ['hangs at RSET', { and: 'hang' }],
])('%s after a refusal: the refusal stands, and the next message is taken', async (_, rset = '') => {
  await using hop = await openSink({ at: { rcpt: ['550 5.1.1 no'], rset } });
  await using out = open(hop.port);
  await expect(out.handOver(outgoing)).rejects.toThrow('550 5.1.1');
  await out.handOver(outgoing);
  expect(hop.messages).toHaveLength(1);
});

test.each<readonly [string, SinkSetup['at']]>([
  ['closes after each 250', { dot: { say: '250 2.0.0 Ok', and: 'close' } }],
  ['will forward (251)', { rcpt: '251 2.1.5 will forward' }],
  ['has bells and colours in its 250', { dot: '250 2.0.0 \u0007\u001b[2J Ok' }],
  ['has many lines in its 250', { dot: '250-2.0.0 a\n250-2.0.0 b\n250 2.0.0 c' }],
])('one that %s has taken each message once', async (_, at = {}) => {
  await using hop = await openSink({ at });
  await using out = open(hop.port);
  for (let turn = 0; turn < 3; turn++) await out.handOver(outgoing);
  expect(hop.messages).toHaveLength(3);
});

test('one reply too many is not taken for that to the next message', async () => {
  await using hop = await openSink({ at: { dot: [{ bytes: '250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n' }, '554 5.6.0 no'] } });
  await using out = openSmarthost({
    host: '127.0.0.1',
    port: hop.port,
    secure: false,
    ehloName: 'relay.test',
    maxConnections: 1,
    timeouts,
  });
  await out.handOver(outgoing);
  await expect(out.handOver(outgoing)).rejects.toThrow('451 4.4.1');
});

test('a message that the next hop may have got is not sent a second time by ourselves', async () => {
  await using hop = await openSink({ at: { dot: [{ and: 'close' }] } });
  await using out = open(hop.port);
  await expect(out.handOver(outgoing)).rejects.toThrow('451 4.4.1');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(hop.messages).toHaveLength(1);
});

test('a next hop that is well again is served at once', async () => {
  await using hop = await openSink({ at: { mail: [{ and: 'hang' }], dot: [{ and: 'reset' }, '421 4.3.2 down'] } });
  await using out = open(hop.port);
  for (let failure = 0; failure < 3; failure += 1) await expect(out.handOver(outgoing)).rejects.toThrow('451 4.4.1');
  await out.handOver(outgoing);
  expect(hop.messages.at(-1)?.recipients).toEqual([secret]);
});

test('while one connection hangs the others go on; who waits too long for one is deferred', async () => {
  await using hop = await openSink({ at: { dot: [{ and: 'hang' }] } });
  await using out = openSmarthost({
    host: '127.0.0.1',
    port: hop.port,
    secure: false,
    ehloName: 'relay.test',
    maxConnections: 2,
    timeouts: { whole: 1000 },
  });
  const stuck = out.handOver(outgoing);
  await Promise.all(Array.from({ length: 20 }, () => out.handOver(outgoing)));
  expect(hop.messages).toHaveLength(21);
  await expect(stuck).rejects.toThrow('451 4.4.1');
});

test('where all connections hang, everybody gets an answer', async () => {
  await using hop = await openSink({ at: { mail: { and: 'hang' } } });
  await using out = open(hop.port);
  const given = await Promise.allSettled(Array.from({ length: 30 }, () => out.handOver(outgoing)));
  expect(given.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 'rejected'));
});
