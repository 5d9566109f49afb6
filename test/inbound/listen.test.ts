import { connect } from 'node:net';
import { type Reply, replies } from '../../src/model/reply.ts';
import { makeCertificate } from '../support/certificate.ts';
import { connectSmtp, dataOf, dial } from '../support/smtp.ts';
import { known, open, until } from './open.ts';

const mail = 'MAIL FROM:<ada@buyer.example>';
const rcpt = `RCPT TO:<${known}>`;

describe('drain', () => {
  test('running transactions end with their reply, all else gets 421, nothing new is taken', async () => {
    let answer: (reply: Reply) => void = () => {};
    const server = await open({}, { relay: () => new Promise((resolve) => (answer = resolve)) });
    const [idle, relaying, writing, begun] = [
      await dial(server.port),
      await dial(server.port),
      await dial(server.port),
      await dial(server.port),
    ];
    await begun.command(mail);
    const relayed = relaying.message('', known, 'relaying');
    await until(() => server.received.length === 1);
    await writing.command(mail);
    await writing.command(rcpt);
    await writing.command('DATA', /^354 /);

    expect(server.inbound.closing).toBe(false);
    const drained = server.inbound.drain(5000);
    expect(server.inbound.closing).toBe(true);
    expect(await idle.rest()).toEqual(['421 4.3.2 Shutting down, try again later']);
    await expect(connectSmtp(server.port)).rejects.toThrow('ECONNREFUSED');

    answer(replies.relayed);
    expect((await relayed).text).toBe('250 2.0.0 trace2');
    expect(await relaying.rest()).toEqual(['421 4.3.2 Shutting down, try again later']);
    await writing.write(dataOf('written'));
    await until(() => server.received.length === 2);
    answer(replies.relayed);
    expect((await writing.reply()).text).toBe('250 2.0.0 trace3');
    await begun.command('RSET', /^250 /);
    expect((await begun.command(mail)).text).toBe('421 4.3.2 Shutting down, try again later');
    await drained;
    expect(server.inbound.load()).toEqual({ connections: 0, transactions: 0, bytesReserved: 0 });
  });

  test('when the time is up, what is left is cut off; it ends though clients stay', async () => {
    const server = await open({ tls: makeCertificate() }, { relay: () => new Promise(() => {}) });
    const stuck = await dial(server.port);
    const secured = await dial(server.port);
    await secured.startTls();
    const shaking = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    shaking.on('error', () => {}).write('EHLO a.example\r\nMAIL FROM:<>\r\nSTARTTLS\r\n');
    const reply = stuck.message('', known, 'x');
    await until(() => server.received.length === 1 && server.inbound.load().connections === 3);
    shaking.write(Buffer.from('16030100ff010000', 'hex'));
    await server.inbound.drain(200);
    expect((await reply).text).toBe('421 4.3.2 Shutting down, try again later (trace trace1)');
    shaking.destroy();
  });

  test('clients that do not close their side, or do not read, hold nothing up', async () => {
    const server = await open({ limits: { junk: 1e9 } });
    const stubborn = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    stubborn.on('error', () => {}).write('EHLO a.example\r\n');
    await until(() => server.inbound.load().connections === 1);
    await server.inbound.drain(600_000);
    stubborn.destroy();

    const other = await open({ limits: { junk: 1e9 } });
    const deaf = connect({ port: other.port, host: '127.0.0.1' }).on('error', () => {});
    for (let turn = 0; turn < 20; turn++) deaf.write('NOOP\r\n'.repeat(100_000));
    await until(() => other.inbound.load().connections === 1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await other.inbound.drain(100);
    deaf.destroy();
  });
});
