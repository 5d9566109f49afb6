import { connectSmtp, dial } from '../support/smtp.ts';
import { known, open, until } from './open.ts';

const mail = 'MAIL FROM:<ada@buyer.example>';
const rcpt = `RCPT TO:<${known}>`;

describe('limits', () => {
  test('connections in all: one more gets 421, and a place that is free again is given', async () => {
    await using server = await open({ limits: { connections: 3 } });
    const clients = [await dial(server.port), await dial(server.port), await dial(server.port)];
    const late = await connectSmtp(server.port);
    expect(await late.rest()).toEqual(['421 4.7.0 Too many connections, try again later']);
    expect(server.notes).toContainEqual({ event: 'connection-refused', fields: { reply: '421 4.7.0' } });
    clients[0]?.destroy();
    await until(() => server.inbound.load().connections === 2);
    (await dial(server.port)).destroy();
    for (const client of clients) client.destroy();
  });

  test('connections of one client, and messages of one client in a minute', async () => {
    await using server = await open({ rateLimits: true, limits: { connectionsPerClient: 2, messagesPerMinute: 3 } });
    using first = await dial(server.port);
    using second = await dial(server.port);
    const third = await connectSmtp(server.port);
    expect(await third.rest()).toEqual(['421 4.7.0 Too many connections, try again later']);
    using other = await dial(server.port, { localAddress: '127.0.0.2' });
    const codes = [];
    for (const client of [first, second, first, second, other]) codes.push((await client.message('a@b.example', known, 'x')).code);
    expect(codes).toEqual([250, 250, 250, 451, 250]);
    expect((await first.command(mail)).text).toBe('451 4.7.0 Too many messages, try again later (trace trace6)');
  });

  test('fifty commands that lead nowhere are enough; a message starts a new count', async () => {
    await using server = await open();
    using client = await dial(server.port);
    const junk = (count: number) =>
      client.write(
        ['NOOP', 'RSET', 'VRFY a', 'HELO b', 'NOOP x']
          .join('\r\n')
          .concat('\r\n')
          .repeat(count / 5),
      );
    await junk(45);
    for (let at = 0; at < 45; at++) await client.reply();
    expect((await client.message('a@b.example', known, 'x')).code).toBe(250);
    await junk(60);
    const rest = await client.rest();
    expect(rest).toHaveLength(51);
    expect(rest.at(-1)).toBe('421 4.7.0 Too many errors');
  });

  test('ten commands that are none, an endless line, a web page', async () => {
    await using server = await open();
    const last = async (text: string) => {
      using client = await dial(server.port);
      await client.write(text);
      return (await client.rest()).at(-1);
    };
    expect(await last('FOO\r\n'.repeat(20))).toBe('421 4.7.0 Too many errors');
    expect(await last('x'.repeat(70_000))).toBe('421 4.7.0 Too many errors');
    expect(await last('GET / HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('421 4.7.0 Too many errors');
    expect(await last(`${'FOO\r\n'.repeat(5)}RCPT TO:<a@b>\r\n${'MAIL FROM:x\r\n'.repeat(9)}`)).toMatch(/^421 4\.7\.0 Too many errors/);
  });

  test('ten thousand recipients at once do no harm', async () => {
    await using server = await open();
    using client = await dial(server.port);
    await client.write(`${mail}\r\n${`${rcpt}\r\n`.repeat(10_000)}`);
    const rest = await client.rest();
    expect(rest.at(-1)).toBe('421 4.7.0 Too many errors (trace trace1)');
    expect(rest).toHaveLength(1 + 1 + 1000 + 1);
    expect(server.asked).toHaveLength(1);
  });
});
