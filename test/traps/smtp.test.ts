/** What SMTP clients can do to a server (traps.md section 3.1), with the limits that the relay runs with, not with ones of a test's own. */
import { dial, connectSmtp, type SmtpClient } from '../support/smtp.ts';
import { known, open, until } from '../inbound/open.ts';

const mail = 'MAIL FROM:<ada@buyer.example>';
const rcpt = `RCPT TO:<${known}>`;

async function toData(client: SmtpClient, parameters = ''): Promise<void> {
  await client.command(`${mail}${parameters}`, /^250 /);
  await client.command(rcpt, /^250 /);
  await client.command('DATA', /^354 /);
}

/** How often each answer came, by its code. */
const counted = (answers: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(Object.groupBy(answers, (text) => text.slice(0, 3))).map(([code, all = []]) => [code, all.length]));

/** The EHLO that begins a session is one of fifty commands that bring no message nearer. */
describe('a client that does not come to the point is answered a few times, then 421 (the library goes on for ever)', () => {
  test.each<[what: string, line: string, times: number, answers: Readonly<Record<string, number>>]>([
    ['200,000 NOOP', 'NOOP', 200_000, { 250: 49, 421: 1 }],
    ['5,000 times MAIL and RSET', `${mail}\r\nRSET`, 5_000, { 250: 99, 421: 1 }],
    ['5,000 EHLO', 'EHLO a.example', 5_000, { 250: 49, 421: 1 }],
    ['3,000 unknown recipients', 'RCPT TO:<nobody@relay.example>', 3_000, { 503: 10, 421: 1 }],
    ['3,000 VRFY', 'VRFY nobody', 3_000, { 252: 49, 421: 1 }],
    ['3,000 empty lines', '', 3_000, { 421: 1, 500: 9 }],
  ])('%s', async (_, line, times, answers) => {
    await using server = await open();
    using client = await dial(server.port);
    await client.write(`${line}\r\n`.repeat(times)).catch(() => undefined);
    expect(counted(await client.rest())).toEqual(answers);
    using other = await dial(server.port);
    expect((await other.message('a@b.example', known, 'x')).code).toBe(250);
  });

  test('within a transaction as well: ten unknown recipients', async () => {
    await using server = await open();
    using client = await dial(server.port);
    await client.write(`${mail}\r\n${'RCPT TO:<nobody@relay.example>\r\n'.repeat(3_000)}`);
    expect(counted(await client.rest())).toEqual({ 250: 1, 421: 1, 550: 10 });
    expect(server.asked).toHaveLength(10);
  });
});

describe('connections, by the limits that the relay has', () => {
  test('twenty of one client, and no more; another one has its own', async () => {
    await using server = await open({ rateLimits: true });
    const clients = await Promise.all(Array.from({ length: 20 }, () => dial(server.port)));
    const late = await connectSmtp(server.port);
    expect(await late.rest()).toEqual(['421 4.7.0 Too many connections, try again later']);
    using other = await dial(server.port, { localAddress: '127.0.0.2' });
    expect((await other.message('', known, 'x')).code).toBe(250);
    for (const client of clients) client.destroy();
  });

  test('two hundred in all; one more is told so, and goes', async () => {
    await using server = await open({ rateLimits: true });
    const from = (at: number) => dial(server.port, { localAddress: `127.0.1.${1 + Math.floor(at / 20)}` });
    const clients = await Promise.all(Array.from({ length: 200 }, (_, at) => from(at)));
    const late = await connectSmtp(server.port, { localAddress: '127.0.2.1' });
    expect(await late.rest()).toEqual(['421 4.7.0 Too many connections, try again later']);
    expect((await (clients[0] as SmtpClient).message('', known, 'x')).code).toBe(250);
    for (const client of clients) client.destroy();
    await until(() => server.inbound.load().connections === 0);
    (await dial(server.port)).destroy();
  });
});

describe('whoever breaks off', () => {
  test.each([
    ['in the last command, without its line end', `${mail}\r\n${rcpt}`],
    ['behind DATA, without its line end', `${mail}\r\n${rcpt}\r\nDATA`],
    ['behind DATA', `${mail}\r\n${rcpt}\r\nDATA\r\n`],
    ['behind the dot, before its line end', `${mail}\r\n${rcpt}\r\nDATA\r\nx\r\n.`],
    ['behind CR, before LF', `${mail}\r\n${rcpt}\r\nDATA\r\nx\r\n.\r`],
  ])('%s: nothing is relayed, and nothing stays', async (_, text) => {
    await using server = await open();
    for (const how of ['fin', 'reset'] as const) {
      const client = await dial(server.port);
      await client.write(text);
      if (how === 'fin') client.end();
      else client.destroy('reset');
      await client.closed;
    }
    await until(() => server.inbound.load().connections === 0);
    expect(server.received).toEqual([]);
    expect(server.inbound.load()).toEqual({ connections: 0, transactions: 0, bytesReserved: 0 });
    expect(server.notes.filter(({ event }) => event === 'unexpected')).toEqual([]);
  });

  test('right behind the whole message: it is relayed, once, and what it held is given back', async () => {
    await using server = await open();
    for (const how of ['fin', 'reset'] as const) {
      const client = await dial(server.port);
      await toData(client);
      await client.write('x\r\n.\r\n');
      client.destroy(how);
      await client.closed;
    }
    await until(() => server.received.length === 2 && server.inbound.load().connections === 0);
    await until(() => server.inbound.load().bytesReserved === 0);
    expect(server.bodies()).toEqual(['x\r\n', 'x\r\n']);
    expect(server.notes.filter(({ event }) => event === 'unexpected')).toEqual([]);
  });
});

describe('lines that are none', () => {
  test.each<[what: string, line: string | Buffer, answer: RegExp]>([
    ['NUL in MAIL', 'MAIL FROM:<a\0@b.example>', /^501 5\.5\.4 /],
    ['CR in MAIL', 'MAIL FROM:<a\r@b.example>', /^501 5\.5\.4 /],
    ['a line break in an encoded parameter', `${mail} ENVID=a+0D+0AX`, /^555 5\.5\.4 /],
    ['BINARYMIME', `${mail} BODY=BINARYMIME`, /^555 5\.5\.4 /],
    ['a size that is no number', `${mail} SIZE=1e9`, /^501 5\.5\.4 /],
    ['a size beyond all numbers', `${mail} SIZE=99999999999999999999`, /^552 5\.3\.4 /],
    ['NUL in EHLO', 'EHLO a\0b', /^(?:250[ -]mx\.relay\.example|501 5\.5\.4 )/],
    ['bytes that are no UTF-8', Buffer.from('MAIL FROM:<\xff\xfe@b.example>', 'latin1'), /^501 5\.5\.4 /],
    ['a command of 3 kB', `NOOP ${'x'.repeat(3_000)}`, /^(?:500 5\.5\.2|421) /],
  ])('%s: refused in our words, and the dialogue goes on or ends', async (_, line, answer) => {
    await using server = await open();
    using client = await dial(server.port);
    await client.write(Buffer.concat([Buffer.from(line), Buffer.from('\r\n')]));
    const { text } = await client.reply();
    expect(text).toMatch(answer);
    expect(text).not.toMatch(/[^\x20-\x7e\n]/);
    if (!text.startsWith('421')) await client.command('RSET', /^250 /);
    expect(server.received).toEqual([]);
  });
});

test('10 MB of stuffed dots arrive as they were meant', async () => {
  const lines = 2_500_000;
  await using server = await open({ maxMessageBytes: 12_582_912, maxBytesInMemory: 134_217_728 });
  using client = await dial(server.port);
  await toData(client, ' SIZE=7500000');
  await client.write('..\r\n'.repeat(lines));
  await client.write('.\r\n');
  expect((await client.reply()).text).toBe('250 2.0.0 trace1');
  const raw = Buffer.from(server.received[0]?.raw ?? []);
  expect(raw.length).toBe(3 * lines);
  expect(raw.indexOf('..')).toBe(-1);
});

test('sixty megabytes for a limit of one: answered 552, cut off, and never in memory', async () => {
  await using server = await open();
  using client = await dial(server.port);
  await toData(client);
  const piece = Buffer.alloc(1_000_000, 'x');
  for (let sent = 0; sent < 60; sent += 1) await client.write(piece);
  expect(await client.rest()).toEqual(['552 5.3.4 Message too large (trace trace1)']);
  await until(() => server.inbound.load().bytesReserved === 0);
  expect(server.received).toEqual([]);
});

test('a recipient named twice, in another case, is one too many like any other', async () => {
  await using server = await open();
  using client = await dial(server.port);
  await client.command(mail, /^250 /);
  await client.command(rcpt, /^250 /);
  await client.command(rcpt.toUpperCase(), /^452 4\.5\.3 /);
  await client.command('DATA', /^354 /);
  await client.write('x\r\n.\r\n');
  expect((await client.reply()).code).toBe(250);
  expect(server.received.map(({ envelope }) => envelope.forwardPath)).toEqual([known]);
});
