import type { InboundPorts } from '../../src/inbound/server.ts';
import { type Reply, replies } from '../../src/model/reply.ts';
import { dataOf, dial, type SmtpClient } from '../support/smtp.ts';
import { known, open, until } from './open.ts';

const mail = 'MAIL FROM:<ada@buyer.example>';
const rcpt = `RCPT TO:<${known}>`;
const never = new Promise<never>(() => {});

async function toData(client: SmtpClient, parameters = ''): Promise<void> {
  await client.command(`${mail}${parameters}`, /^250 2\.1\.0 Accepted$/);
  await client.command(rcpt, /^250 2\.1\.5 Accepted$/);
  await client.command('DATA', /^354 /);
}

describe('DATA', () => {
  const variants = [
    '\n.\n', '\r\n.\n', '\n.\r\n', '\r.\r', '\r\n.\r', '\n.\r', '\r.\r\n', '\r.\n', '\r\n\0.\r\n', '\r\n.\0\r\n', '\r\n. \r\n',
    '\r\n .\r\n', '\r\n..\r\n', '\r\n.\r\r\n', '\r\n.\n\r\n', '\r\r\n.\n', '\n\r.\r\n', '\x85.\x85', '\r\n.\t\r\n', '\u2028.\u2028',
  ]; // biome-ignore format: a table
  describe.each(['in one segment', 'byte by byte'])('%s', (how) => {
    test.each(variants.map((end) => [JSON.stringify(end), end]))('%s ends no message', async (_, end) => {
      await using server = await open();
      using client = await dial(server.port);
      await toData(client);
      const smuggled = `${mail.replace('ada', 'evil')}\r\n${rcpt}\r\nDATA\r\nSubject: smuggled\r\n\r\nsmuggled`;
      const text = `Subject: first\r\n\r\nfirst${end}${smuggled}\r\n.\r\n`;
      if (how === 'in one segment') await client.write(text);
      else for (const byte of Buffer.from(text)) await client.write(Uint8Array.of(byte));
      const bare = /\r[^\n]|[^\r]\n/.test(text);
      expect((await client.reply()).text).toBe(
        bare ? '550 5.6.0 Bare CR or LF is not allowed (RFC 5321 section 2.3.8) (trace trace1)' : '250 2.0.0 trace1',
      );
      await client.quit();
      expect(server.received).toHaveLength(bare ? 0 : 1);
      expect(server.asked).toEqual([{ forwardPath: known, reversePath: 'ada@buyer.example' }]);
    });
  });

  test('every byte is kept: 8-bit, NUL, one long line, no line at all', async () => {
    await using server = await open();
    using client = await dial(server.port);
    const bodies = [Buffer.from('Subject: \xe4\xff\0\r\n\r\n\x80'.repeat(100), 'latin1'), Buffer.alloc(900_000, 'x'), Buffer.alloc(0)];
    for (const body of bodies) {
      await toData(client);
      await client.write(body);
      await client.write(body.length === 0 ? '.\r\n' : '\r\n.\r\n');
      expect((await client.reply()).code).toBe(250);
    }
    const sent = bodies.map((body) => (body.length === 0 ? '' : `${body.toString('latin1')}\r\n`));
    expect(server.bodies()).toEqual(sent);
  });

  test('pipelined: the message right behind DATA, and the next transaction right behind the message', async () => {
    await using server = await open();
    using client = await dial(server.port);
    const once = `${mail}\r\n${rcpt}\r\nDATA\r\nSubject: x\r\n\r\n..\r\n.\r\n`;
    await client.write(`${once}${once}QUIT\r\n`);
    const answers = (await client.rest()).map((text) => text.slice(0, 16));
    expect(answers).toEqual([
      '250 2.1.0 Accept',
      '250 2.1.5 Accept',
      '354 End data wit',
      '250 2.0.0 trace1',
      '250 2.1.0 Accept',
      '250 2.1.5 Accept',
      '354 End data wit',
      '250 2.0.0 trace2',
      '221 2.0.0 Bye',
    ]);
    expect(server.bodies()).toEqual(['Subject: x\r\n\r\n.\r\n', 'Subject: x\r\n\r\n.\r\n']);
  });

  test('exactly the limit is taken; one octet more is read to its end, refused and forgotten', async () => {
    await using server = await open({ maxMessageBytes: 100_000 });
    using client = await dial(server.port);
    const body = `${'x'.repeat(99_998)}\r\n`;
    expect((await client.message('a@b.example', known, body, 'SIZE=100000')).code).toBe(250);
    expect((await client.message('a@b.example', known, `x${body}`)).text).toBe('552 5.3.4 Message too large (trace trace2)');
    expect((await client.message('a@b.example', known, body)).code).toBe(250);
    expect(server.received.map(({ raw }) => raw.length)).toEqual([100_000, 100_000]);
    expect(server.notes.find(({ event }) => event === 'message-refused')).toEqual({
      event: 'message-refused',
      fields: { trace: 'trace2', reply: '552 5.3.4', reason: 'too large' },
    });
    expect(server.inbound.load()).toEqual({ connections: 1, transactions: 0, bytesReserved: 0 });
  });

  test('a message announced as too large is refused before it is sent', async () => {
    await using server = await open();
    using client = await dial(server.port);
    expect((await client.command(`${mail} SIZE=1000001`)).text).toBe('552 5.3.4 Message too large (trace trace1)');
    await client.command(`${mail} SIZE=1000000`, /^250 /);
  });

  test('beyond twice the limit the connection is cut, with the reason', async () => {
    await using server = await open({ maxMessageBytes: 10_000 });
    using client = await dial(server.port);
    await toData(client);
    await client.write(Buffer.alloc(30_000, 'x'));
    expect(await client.rest()).toEqual(['552 5.3.4 Message too large (trace trace1)']);
    expect(server.received).toEqual([]);
    await until(() => server.inbound.load().bytesReserved === 0);
  });

  test.each(['fin', 'reset'] as const)('a client that is gone in the middle of its message has sent none (%s)', async (how) => {
    await using server = await open();
    for (const text of ['Subject: half', 'whole\r\n.', 'whole\r\n.\r']) {
      const client = await dial(server.port);
      await toData(client);
      await client.write(text);
      client.destroy(how);
      await client.closed;
    }
    await until(() => server.inbound.load().connections === 0);
    expect(server.received).toEqual([]);
    expect(server.inbound.load()).toEqual({ connections: 0, transactions: 0, bytesReserved: 0 });
  });

  const failures: [string, InboundPorts['relay'], string][] = [
    ['rejects', () => Promise.reject(new Error('secret@mailbox.example')), '451 4.3.0 Temporary failure, try again later (trace trace1)'],
    ['hangs', () => never, '451 4.3.0 Temporary failure, try again later (trace trace1)'],
    [
      'throws',
      () => {
        throw new RangeError('bug');
      },
      '451 4.3.0 Temporary failure, try again later (trace trace1)',
    ],
    [
      'refuses',
      async () => ({ ...replies.againstPolicy, text: 'Rule x: see\r\nhttps://relay.example' }),
      '550 5.7.1 Rule x: seehttps://relay.example (trace trace1)',
    ],
  ];
  test.each(failures)('a relay that %s: one reply, ours, and the session goes on', async (_, relay, expected) => {
    let calls = 0;
    await using server = await open(
      { limits: { relayMs: 60 } },
      { relay: (message) => (++calls === 1 ? relay(message) : Promise.resolve(replies.relayed)) },
    );
    using client = await dial(server.port);
    expect((await client.message('a@b.example', known, 'one')).text).toBe(expected);
    expect((await client.message('a@b.example', known, 'two')).text).toBe('250 2.0.0 trace2');
    expect((await client.command('NOOP')).text).toBe('250 2.0.0 OK');
  });

  test('a relay that breaks its contract: deferred, told to the log, and the connection closed', async () => {
    await using server = await open({}, { relay: async () => undefined as unknown as Reply });
    using client = await dial(server.port);
    expect((await client.message('a@b.example', known, 'one')).text).toBe('451 4.3.0 Temporary failure, try again later (trace trace1)');
    await client.closed;
    expect(server.notes.filter(({ event }) => event === 'unexpected')).toHaveLength(1);
  });

  test('a log that throws changes no reply', async () => {
    const note = () => {
      throw new Error('disk full');
    };
    await using server = await open({}, { note });
    using client = await dial(server.port);
    expect((await client.message('a@b.example', 'unknown@relay.example', 'one')).code).toBe(550);
    await client.command('RSET');
    expect((await client.message('a@b.example', known, 'one')).code).toBe(250);
    await client.quit();
  });

  test('the memory of a message is held until the relay has settled, also when its time was up or the client is gone', async () => {
    const settle: ((reply: Reply) => void)[] = [];
    await using server = await open({ limits: { relayMs: 50 } }, { relay: () => new Promise((resolve) => settle.push(resolve)) });
    const client = await dial(server.port);
    expect((await client.message('a@b.example', known, 'x', 'SIZE=100000')).code).toBe(451);
    client.destroy();
    await client.closed;
    await until(() => server.inbound.load().connections === 0);
    expect(server.inbound.load()).toEqual({ connections: 0, transactions: 1, bytesReserved: 4096 + 3 });
    settle[0]?.(replies.relayed);
    await until(() => server.inbound.load().bytesReserved === 0);
    expect(server.inbound.load().transactions).toBe(0);
  });

  test('memory for all messages is bounded: who does not fit waits for 354, or gets 452', async () => {
    const settle: ((reply: Reply) => void)[] = [];
    const options = { maxBytesInMemory: 1_600_000, limits: { memoryMs: 200 } };
    await using server = await open(options, { relay: () => new Promise((resolve) => settle.push(resolve)) });
    using first = await dial(server.port);
    await toData(first, ' SIZE=900000');
    using second = await dial(server.port);
    await second.command(`${mail} SIZE=900000`);
    await second.command(rcpt);
    const start = performance.now();
    expect((await second.command('DATA')).text).toBe('452 4.3.1 Busy, try again later (trace trace2)');
    expect(performance.now() - start).toBeGreaterThan(190);
    using small = await dial(server.port);
    await toData(small, ' SIZE=1000');
    expect(server.inbound.load().bytesReserved).toBe(900_000 + 1000 + 2 * 4096);
    await second.send('DATA');
    await first.write(dataOf('short after all'));
    expect((await second.reply()).code).toBe(354);
    first.destroy();
    second.destroy();
    small.destroy();
    await until(() => settle.length === 1 && server.inbound.load().connections === 0);
    settle[0]?.(replies.relayed);
    await until(() => server.inbound.load().bytesReserved === 0);
  });

  test('a message larger than announced is taken while there is memory, and deferred where there is none', async () => {
    await using server = await open({ maxBytesInMemory: 1_600_000 });
    using other = await dial(server.port);
    using client = await dial(server.port);
    expect((await client.message('a@b.example', known, 'x'.repeat(500_000), 'SIZE=10')).code).toBe(250);
    await toData(other, ' SIZE=999000');
    expect((await client.message('a@b.example', known, 'x'.repeat(500_000), 'SIZE=10')).text).toMatch(/^452 4\.3\.1 Busy, try again later/);
    expect(server.received).toHaveLength(1);
  });

  test('a client that announces nothing reserves the limit', async () => {
    await using server = await open();
    using client = await dial(server.port);
    await toData(client);
    expect(server.inbound.load().bytesReserved).toBe(1_000_000 + 4096);
  });
});
