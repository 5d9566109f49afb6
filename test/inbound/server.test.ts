import { createServer } from 'node:net';
import { openInbound } from '../../src/inbound/server.ts';
import { replies } from '../../src/model/reply.ts';
import { connectSmtp, dial } from '../support/smtp.ts';
import { known, open } from './open.ts';
import { anyOf } from '../support/machine.ts';

const mail = 'MAIL FROM:<ada@buyer.example>';
const rcpt = `RCPT TO:<${known}>`;

describe('what it says of itself', () => {
  test('greets at once with its own name and offers what it can do, no more', async () => {
    await using server = await open();
    const atOnce = async (): Promise<boolean> => {
      const start = performance.now();
      using client = await connectSmtp(server.port);
      expect((await client.reply()).text).toBe('220 mx.relay.example ESMTP');
      return performance.now() - start < 90;
    };
    expect(await anyOf(20, atOnce)).toBe(true);
    using client = await connectSmtp(server.port);
    await client.reply();
    const ehlo = await client.command('EHLO client.example');
    expect(ehlo.lines[0]).toBe('250-mx.relay.example');
    expect(
      ehlo.lines
        .slice(1)
        .map((line) => line.slice(4))
        .sort(),
    ).toEqual(['8BITMIME', 'ENHANCEDSTATUSCODES', 'PIPELINING', 'SIZE 1000000', 'SMTPUTF8']);
    expect((await client.command('HELO client.example')).text).toBe('250 mx.relay.example');
  });

  test.each([
    ['NOOP', '250 2.0.0 OK'],
    ['RSET', '250 2.0.0 Flushed'],
    ['QUIT', '221 2.0.0 Bye'],
    ['EHLO', '501 5.5.4 Syntax error in parameters'],
    ['RCPT TO:<known@relay.example>', '503 5.5.1 Error: need MAIL command'],
    ['DATA', '503 5.5.1 Error: need RCPT command'],
    ['AUTH PLAIN AGEAYg==', '500 5.5.2 Error: command not recognized'],
    ['STARTTLS', '500 5.5.2 Error: command not recognized'],
    ['EXPN staff', '500 5.5.2 Error: command not recognized'],
    ['XCLIENT ADDR=192.0.2.1', '500 5.5.2 Error: command not recognized'],
    ['XFORWARD ADDR=192.0.2.1', '500 5.5.2 Error: command not recognized'],
    ['PROXY TCP4 192.0.2.1 127.0.0.1 1 25', '500 5.5.2 Error: command not recognized'],
    ['BDAT 5 LAST', '500 5.5.2 Error: command not recognized'],
    ['HELP', '500 5.5.2 Error: command not recognized'],
    ['WIZ x', '500 5.5.2 Error: command not recognized'],
    ['', '500 5.5.2 Error: command not recognized'],
  ])('%s: one enhanced status code, never two', async (command, expected) => {
    await using server = await open();
    using client = await dial(server.port);
    expect((await client.command(command)).text).toBe(expected);
  });

  test('VRFY says the same of everybody', async () => {
    await using server = await open();
    using client = await dial(server.port);
    const answers = [await client.command(`VRFY ${known}`), await client.command('VRFY nobody@relay.example')];
    expect(answers.map(({ code }) => code)).toEqual([252, 252]);
    expect(answers[0]).toEqual(answers[1]);
    expect(server.asked).toEqual([]);
  });

  test('nothing before EHLO, no MAIL within MAIL', async () => {
    await using server = await open();
    using client = await connectSmtp(server.port);
    await client.reply();
    await client.command(mail, /^503 5\.5\.1 /);
    await client.command('EHLO client.example');
    await client.command(mail, /^250 /);
    await client.command(mail, /^503 5\.5\.1 Error: nested MAIL command$/);
  });
});

test('a message is relayed as it was sent, and the reply is the trace id', async () => {
  const began = Date.now();
  await using server = await open();
  using client = await dial(server.port);
  expect((await client.command(`${mail} SIZE=100 BODY=8BITMIME`)).text).toBe('250 2.1.0 Accepted');
  expect((await client.command(rcpt)).text).toBe('250 2.1.5 Accepted');
  expect((await client.command('DATA')).text).toBe('354 End data with <CR><LF>.<CR><LF>');
  await client.write('Subject: x\r\n\r\n..dot\r\n\0\xff\r\n...\r\n.\r\n');
  expect((await client.reply()).text).toBe('250 2.0.0 trace1');
  await client.quit();
  const client0 = { ip: '127.0.0.1', helo: 'client.example', tls: false };
  expect(server.received).toMatchObject([
    { trace: 'trace1', envelope: { reversePath: 'ada@buyer.example', forwardPath: known, client: client0 } },
  ]);
  expect(Buffer.from(server.received[0]?.raw ?? []).toString()).toBe('Subject: x\r\n\r\n.dot\r\n\0\xff\r\n..\r\n');
  expect(server.received[0]?.at).toBeGreaterThanOrEqual(began);
  expect(server.received[0]?.at).toBeLessThanOrEqual(Date.now());
});

test('RSET and EHLO end a transaction; each MAIL has a trace of its own', async () => {
  await using server = await open();
  using client = await dial(server.port);
  for (const end of ['RSET', 'EHLO client.example']) {
    await client.command(mail);
    await client.command(rcpt, /^250 /);
    expect(server.inbound.load().transactions).toBe(1);
    await client.command(end, /^250/);
    expect(server.inbound.load().transactions).toBe(0);
    await client.command('DATA', /^503 /);
  }
  expect((await client.message('', known, 'x')).text).toBe('250 2.0.0 trace3');
});

test('a command line may end with a bare LF', async () => {
  await using server = await open();
  using client = await dial(server.port);
  await client.write('NOOP\nNOOP\r\n');
  expect([await client.reply(), await client.reply()].map(({ text }) => text)).toEqual(['250 2.0.0 OK', '250 2.0.0 OK']);
});

test('SMTPUTF8 and xn-- addresses survive as they were sent', async () => {
  await using server = await open({}, { knows: async () => 'yes' });
  using client = await dial(server.port);
  await client.message('bücher@büch.example', 'known@relay.example', 'x', 'SMTPUTF8');
  await client.message('a@xn--bch-hoa.example', 'known@xn--relay.example', 'x');
  expect(server.received.map(({ envelope }) => [envelope.reversePath, envelope.forwardPath])).toEqual([
    ['bücher@büch.example', 'known@relay.example'],
    ['a@xn--bch-hoa.example', 'known@xn--relay.example'],
  ]);
});

test('a client of a dual-stack listener is known by its IPv4 address', async () => {
  await using server = await open({ listen: [{ host: '::', port: 0 }] });
  using client = await dial(server.port);
  await client.message('', known, 'x');
  expect(server.received[0]?.envelope.client.ip).toBe('127.0.0.1');
});

describe('PROXY protocol', () => {
  test('is believed from the listed balancer, and the limits count the real client', async () => {
    await using server = await open({ proxyFrom: ['127.0.0.1'], rateLimits: true, limits: { connectionsPerClient: 1 } });
    using client = await dial(server.port, { first: 'PROXY TCP4 192.0.2.7 127.0.0.1 4711 25\r\n' });
    await client.message('', known, 'x');
    expect(server.received[0]?.envelope.client.ip).toBe('192.0.2.7');
    using other = await dial(server.port, { first: 'PROXY TCP6 2001:db8::1 ::1 4711 25\r\n' });
    await other.message('', known, 'x');
    expect(server.received[1]?.envelope.client.ip).toBe('2001:db8::1');
    const again = await connectSmtp(server.port, { first: 'PROXY TCP4 192.0.2.7 127.0.0.1 4712 25\r\n' });
    expect(await again.rest()).toEqual(['421 4.7.0 Too many connections, try again later']);
  });

  test('is a syntax error from anybody else, and a must for the balancer', async () => {
    await using server = await open({ proxyFrom: ['192.0.2.1'] });
    using client = await connectSmtp(server.port, { first: 'PROXY TCP4 192.0.2.7 127.0.0.1 4711 25\r\n' });
    expect((await client.reply()).code).toBe(220);
    expect((await client.reply()).text).toBe('500 5.5.2 Error: command not recognized');
    await client.command('EHLO a.example');
    await client.message('', known, 'x');
    expect(server.received[0]?.envelope.client.ip).toBe('127.0.0.1');
    await using strict = await open({ proxyFrom: ['127.0.0.1'] });
    const without = await connectSmtp(strict.port, { first: 'EHLO a.example\r\n' });
    await without.closed;
    expect(strict.notes).toEqual([]);
  });

  test('only IP addresses can be listed', async () => {
    await expect(open({ proxyFrom: ['*'] })).rejects.toThrow(RangeError);
  });
});

test('several addresses are listened on; one that is taken closes the others', async () => {
  const host = '127.0.0.1';
  await using server = await open({
    listen: [
      { host, port: 0 },
      { host: '::1', port: 0 },
    ],
  });
  const [one, two] = server.inbound.addresses;
  using first = await dial(one?.port ?? 0);
  using second = await dial(two?.port ?? 0, { host: '::1' });
  expect((await first.message('', known, 'x')).code + (await second.message('', known, 'x')).code).toBe(500);
  expect(server.received[1]?.envelope.client.ip).toBe('::1');

  const taken = createServer().listen(0, host);
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const free = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, host, () => {
      const at = probe.address();
      probe.close(() => resolve(typeof at === 'object' && at !== null ? at.port : 0));
    });
  });
  await expect(
    open({
      listen: [
        { host, port: free },
        { host, port },
      ],
    }),
  ).rejects.toThrow('EADDRINUSE');
  await expect(connectSmtp(free)).rejects.toThrow('ECONNREFUSED');
  taken.close();
});

test('no key, no start', async () => {
  const options = { listen: [], name: 'x', maxMessageBytes: 1, maxBytesInMemory: 1, rateLimits: true, proxyFrom: [] };
  const ports = {
    knows: async () => 'no' as const,
    login: async () => undefined,
    relay: async () => replies.relayed,
    mintTrace: () => 'x',
    note: () => {},
  };
  await expect(
    openInbound({ ...options, tls: { key: 'no key', cert: '' }, listen: [{ host: '127.0.0.1', port: 0 }] }, ports),
  ).rejects.toThrow();
});

test('a client that says everything at once, before it is greeted, and leaves, has its message relayed', async () => {
  await using server = await open();
  const client = await connectSmtp(server.port, { first: `EHLO a\r\n${mail}\r\n${rcpt}\r\nDATA\r\nx\r\n.\r\nQUIT\r\n` });
  expect((await client.rest()).map((text) => text.slice(0, 3))).toEqual(['220', '250', '250', '250', '354', '250', '221']);
  expect(server.bodies()).toEqual(['x\r\n']);
});
