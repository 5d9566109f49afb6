import type { InboundPorts } from '../../src/inbound/server.ts';
import { Refusal, type Reply, replies, wire } from '../../src/model/reply.ts';
import { dataOf, dial } from '../support/smtp.ts';
import { known, open, until } from './open.ts';

const mail = 'MAIL FROM:<ada@buyer.example>';
const rcpt = `RCPT TO:<${known}>`;
const never = new Promise<never>(() => {});

describe('the wire form of a reply', () => {
  test.each([
    [replies.relayed, 't1', '250 2.0.0 t1'],
    [replies.unknownAlias, 't1', '550 5.1.1 No such address here (trace t1)'],
    [replies.shuttingDown, undefined, '421 4.3.2 Shutting down, try again later'],
    [replies.taken, undefined, '250 2.0.0'],
    [{ ...replies.againstPolicy, text: 'a\r\n250 2.0.0 b\0é' }, 't1', '550 5.7.1 a250 2.0.0 b (trace t1)'],
  ] as [Reply, string | undefined, string][])('%o', (reply, trace, expected) => {
    expect(wire(reply, trace)).toBe(expected);
  });

  test('is never longer than a line may be', () => {
    expect(wire({ ...replies.againstPolicy, text: 'x'.repeat(5000) }, 'a'.repeat(16)).length).toBeLessThan(510);
  });
});

describe('RCPT', () => {
  test('asks for the address, and takes what is known', async () => {
    await using server = await open();
    using client = await dial(server.port);
    await client.command('MAIL FROM:<> SMTPUTF8', /^250 /);
    await client.command(`RCPT TO:<${known.toUpperCase()}>`, /^250 /);
    expect(server.asked).toEqual([{ forwardPath: known.toUpperCase(), reversePath: '' }]);
  });

  test('whatever is wrong with an address, the answer is the same, and nobody is asked for a malformed one', async () => {
    await using server = await open({ limits: { errors: 99 } });
    using client = await dial(server.port);
    await client.command(mail);
    const paths = [
      'unknown@relay.example',
      'a%b@relay.example',
      'a@b@relay.example',
      '"a b"@relay.example',
      'a@[127.0.0.1]',
      `${'a'.repeat(300)}@relay.example`,
    ];
    const answers = new Set<string>();
    for (const path of paths) answers.add((await client.command(`RCPT TO:<${path}>`)).text);
    answers.add((await client.command(`RCPT TO:<${known}> <other@other.example>`)).text);
    expect([...answers]).toEqual(['550 5.1.1 No such address here (trace trace1)']);
    expect(server.asked).toHaveLength(1);
    expect(server.notes.filter(({ event }) => event === 'recipient-refused')).toHaveLength(paths.length + 1);
    await client.command(rcpt, /^250 /);
  });

  test('one recipient at a time; the second comes in a transaction of its own', async () => {
    await using server = await open();
    using client = await dial(server.port);
    await client.command(mail);
    await client.command(rcpt, /^250 /);
    expect((await client.command(rcpt)).text).toBe('452 4.5.3 One recipient at a time (trace trace1)');
    await client.command('DATA', /^354 /);
    await client.write(dataOf('one'));
    expect((await client.reply()).text).toBe('250 2.0.0 trace1');
    expect((await client.message('ada@buyer.example', known, 'two')).text).toBe('250 2.0.0 trace2');
    expect(server.received.map(({ trace }) => trace)).toEqual(['trace1', 'trace2']);
  });

  test('parameters that are not offered are refused', async () => {
    await using server = await open();
    using client = await dial(server.port);
    await client.command(mail);
    expect((await client.command(`${rcpt} NOTIFY=SUCCESS`)).text).toBe('555 5.5.4 Parameter not recognised (trace trace1)');
    await client.command('RSET', /^250 /);
    expect((await client.command(`${mail} RET=HDRS`)).text).toBe('555 5.5.4 Parameter not recognised (trace trace2)');
    expect((await client.command(`${mail} AUTH=<>`)).text).toBe('555 5.5.4 Parameter not recognised (trace trace3)');
    expect((await client.command('MAIL FROM:broken')).text).toBe('501 5.5.4 Syntax error in parameters (trace trace4)');
  });

  const troubles: [string, InboundPorts['knows'], string][] = [
    ['ours but not in the store', async () => 'lost', '451 4.3.0 Temporary failure, try again later'],
    [
      'the store throws',
      () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:6379')),
      '451 4.3.0 Temporary failure, try again later',
    ],
    ['the store hangs', () => never, '451 4.3.0 Temporary failure, try again later'],
    [
      'it throws before it answers',
      () => {
        throw new TypeError('bug');
      },
      '451 4.3.0 Temporary failure, try again later',
    ],
    [
      'it refuses with a reply of its own',
      () => Promise.reject(new Refusal(replies.recipientFull)),
      '452 4.2.2 The mailbox of the recipient is full, try again later',
    ],
  ];
  test.each(troubles)('%s: deferred, and the dialogue goes on', async (_, knows, expected) => {
    await using server = await open({ limits: { recipientMs: 50 } }, { knows });
    using client = await dial(server.port);
    await client.command(mail);
    expect((await client.command(rcpt)).text).toBe(`${expected} (trace trace1)`);
    await client.command('NOOP', /^250 /);
    expect(server.inbound.load().connections).toBe(1);
  });

  test('lost and thrown are told to the log, with the error and without the address', async () => {
    const error = new Error('away');
    const answers = [async () => 'lost' as const, () => Promise.reject(error)];
    await using server = await open({}, { knows: () => answers.shift()?.() ?? never });
    using client = await dial(server.port);
    await client.command(mail);
    await client.command(rcpt);
    await client.command(rcpt);
    expect(server.notes).toEqual([
      { event: 'recipient-refused', fields: { trace: 'trace1', reply: '451 4.3.0', reason: 'lost' } },
      { event: 'unexpected', fields: { trace: 'trace1', reply: '451 4.3.0', error } },
    ]);
  });

  test('who guesses at addresses waits after three of them, and is cut off after ten errors', async () => {
    await using server = await open({ rateLimits: true, limits: { delayMs: 500, mostDelayMs: 500 } });
    using client = await dial(server.port);
    await client.command(mail);
    const times: number[] = [];
    for (let guess = 1; guess <= 10; guess++) {
      const start = performance.now();
      expect((await client.command(`RCPT TO:<guess${guess}@relay.example>`)).code).toBe(550);
      times.push(performance.now() - start);
    }
    expect(times.findIndex((ms) => ms >= 490)).toBe(3);
    expect(times.slice(3).every((ms) => ms >= 490)).toBe(true);
    expect(await client.rest()).toEqual(['421 4.7.0 Too many errors (trace trace1)']);
    await until(() => server.inbound.load().connections === 0);
    expect(server.notes.at(-1)).toMatchObject({ event: 'session-ended', fields: { reason: 'too many errors', errors: 10, messages: 0 } });
  });

  test('no delay with rate limits off', async () => {
    await using server = await open({ limits: { delayMs: 600_000 } });
    using client = await dial(server.port);
    await client.command(mail);
    for (let guess = 1; guess <= 6; guess++) await client.command(`RCPT TO:<guess${guess}@relay.example>`, /^550 /);
  });

  test('DATA behind a refused recipient is no second error, and a message taken clears the old ones', async () => {
    await using server = await open();
    using client = await dial(server.port);
    for (let turn = 1; turn <= 9; turn++) {
      await client.write(`${mail}\r\nRCPT TO:<unknown@relay.example>\r\nDATA\r\nRSET\r\n`);
      expect([await client.reply(), await client.reply(), await client.reply(), await client.reply()].map(({ code }) => code)).toEqual([
        250, 550, 503, 250,
      ]);
    }
    expect((await client.message('ada@buyer.example', known, 'x')).code).toBe(250);
    await client.command(mail);
    for (let turn = 1; turn <= 9; turn++) await client.command('RCPT TO:<unknown@relay.example>', /^550 /);
    await client.command('NOOP', /^250 /);
  });
});
