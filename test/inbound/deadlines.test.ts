import { connect } from 'node:net';
import { replies } from '../../src/model/reply.ts';
import { makeCertificate } from '../support/certificate.ts';
import { connectSmtp, dial } from '../support/smtp.ts';
import { known, open, until } from './open.ts';

const mail = 'MAIL FROM:<ada@buyer.example>';
const rcpt = `RCPT TO:<${known}>`;

describe('deadlines', () => {
  test.each([
    ['no EHLO', { helloMs: 600 }, ['NOOP'], 'no greeting'],
    ['no message', { quietMs: 600 }, ['EHLO a.example', 'NOOP'], 'no message'],
    ['no end of a transaction', { quietMs: 600 }, ['EHLO a.example', mail, rcpt], 'no message'],
  ])('%s: 421', async (_, limits, commands, reason) => {
    await using server = await open({ limits });
    using client = await connectSmtp(server.port);
    await client.reply();
    for (const command of commands) await client.command(command, /^250/);
    expect((await client.rest())[0]).toMatch(/^421 4\.4\.2 Timeout/);
    await until(() => server.notes.length > 0);
    expect(server.notes.at(-1)).toMatchObject({ event: 'session-ended', fields: { reason } });
  });

  test('a command line that comes in drops is at its end in time or not at all', async () => {
    await using server = await open({ limits: { lineMs: 1_200 } });
    using client = await dial(server.port);
    const drip = setInterval(() => client.write('N'), 20);
    await client.write('N');
    expect(await client.rest()).toEqual(['421 4.4.2 Timeout']);
    clearInterval(drip);
    using patient = await dial(server.port);
    for (let turn = 0; turn < 4; turn++) {
      await patient.write('NO');
      await new Promise((resolve) => setTimeout(resolve, 400));
      await patient.command('OP', /^250 /);
    }
    await patient.write('NO');
    expect(await patient.rest()).toEqual(['421 4.4.2 Timeout']);
  });

  test('data that comes too slowly, or for too long, is cut off', async () => {
    for (const limits of [{ dataWindowMs: 100, dataBytesPerSecond: 500 }, { dataMs: 120 }]) {
      await using server = await open({ limits });
      using client = await dial(server.port);
      await client.command(mail);
      await client.command(rcpt);
      await client.command('DATA', /^354 /);
      const drip = setInterval(() => client.write('x'), 10);
      expect(await client.rest()).toEqual(['421 4.4.2 Timeout (trace trace1)']);
      clearInterval(drip);
      expect(server.received).toEqual([]);
      await until(() => server.inbound.load().bytesReserved === 0);
    }
  });

  test('data at the pace that is asked for goes on; a faster one is asked for while others wait for its memory', async () => {
    const limits = { dataWindowMs: 500, dataBytesPerSecond: 100, contendedBytesPerSecond: 1_000_000 };
    await using server = await open({ maxBytesInMemory: 1_600_000, limits });
    using slow = await dial(server.port);
    using waiting = await dial(server.port);
    await slow.command(mail);
    await slow.command(rcpt);
    await slow.command('DATA', /^354 /);
    const drip = setInterval(() => slow.write('x'.repeat(20)), 20);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    await waiting.command(mail);
    await waiting.command(rcpt);
    await waiting.command('DATA', /^354 /);
    clearInterval(drip);
    expect((await slow.rest())[0]).toMatch(/^421 4\.4\.2 Timeout/);
  });

  test('a session that sends messages lives on', async () => {
    await using server = await open(
      { limits: { quietMs: 2_000, helloMs: 1_000 } },
      {
        relay: async () => {
          await new Promise((resolve) => setTimeout(resolve, 700));
          return replies.relayed;
        },
      },
    );
    using client = await dial(server.port);
    for (let turn = 0; turn < 4; turn++) expect((await client.message('', known, 'x')).code).toBe(250);
  });

  test('a session that has sent its messages and stays', async () => {
    await using server = await open({ limits: { quietMs: 800 } });
    using client = await dial(server.port);
    await client.message('', known, 'x');
    expect(await client.rest()).toEqual(['421 4.4.2 Timeout']);
  });

  test('a handshake that never ends', async () => {
    await using server = await open({ limits: { helloMs: 800 }, tls: makeCertificate() });
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {}).write('EHLO a.example\r\nSTARTTLS\r\n');
    await until(() => server.inbound.load().connections === 1);
    socket.write(Buffer.from('16030100ff010000', 'hex'));
    await new Promise((resolve) => socket.once('close', resolve).resume());
    await until(() => server.inbound.load().connections === 0);
    expect(server.notes.at(-1)).toMatchObject({ event: 'session-ended', fields: { reason: 'no greeting' } });
  });
});
