import { makeCertificate } from '../support/certificate.ts';
import { connectSmtp, dial } from '../support/smtp.ts';
import { known, open, until } from './open.ts';

const mail = 'MAIL FROM:<ada@buyer.example>';
const rcpt = `RCPT TO:<${known}>`;

describe('STARTTLS', () => {
  const first = makeCertificate('first.example');
  const second = makeCertificate('second.example');

  test('is offered where there is a key, and everything begins anew behind it', async () => {
    await using server = await open({ tls: first });
    using client = await connectSmtp(server.port);
    await client.reply();
    expect((await client.command('EHLO a.example')).text).toContain('STARTTLS');
    await client.command(mail, /^250 /);
    const socket = await client.startTls();
    expect(['TLSv1.2', 'TLSv1.3']).toContain(socket.getProtocol());
    await client.command(rcpt, /^503 /);
    expect((await client.command('EHLO b.example')).text).not.toContain('STARTTLS');
    expect((await client.message('', known, 'x')).code).toBe(250);
    await client.quit();
    expect(server.received[0]?.envelope.client).toEqual({ ip: '127.0.0.1', helo: 'b.example', tls: true });
    await until(() => server.inbound.load().connections === 0);
    expect(server.notes.at(-1)).toMatchObject({ event: 'session-ended', fields: { tls: true } });
  });

  test('what was written in plain text behind it is thrown away (CVE-2011-0411)', async () => {
    await using server = await open({ tls: first });
    for (const behind of [`EHLO evil.example\r\n${mail}\r\n${rcpt}\r\n`, 'NOOP\r\n'.repeat(300), 'EHLO half']) {
      using client = await dial(server.port);
      await expect(client.startTls({ behind })).resolves.toBeDefined();
      expect((await client.command('EHLO b.example')).lines[0]).toBe('250-mx.relay.example');
      expect((await client.command('NOOP')).text).toBe('250 2.0.0 OK');
    }
    expect(server.asked).toEqual([]);
  });

  test('not below TLS 1.2', async () => {
    await using server = await open({ tls: first });
    using old = await dial(server.port);
    await expect(old.startTls({ maxVersion: 'TLSv1.1' })).rejects.toThrow();
    using client = await dial(server.port);
    expect((await client.startTls({ maxVersion: 'TLSv1.2' })).getProtocol()).toBe('TLSv1.2');
  });

  test('a new certificate counts from the next handshake on; a broken one changes nothing', async () => {
    await using server = await open({ tls: first });
    const name = async () => {
      using client = await dial(server.port);
      return (await client.startTls()).getPeerCertificate().subject.CN;
    };
    expect(await name()).toBe('first.example');
    server.inbound.reloadTls(second);
    expect(await name()).toBe('second.example');
    expect(() => server.inbound.reloadTls({ key: first.key, cert: second.cert })).toThrow();
    expect(() => server.inbound.reloadTls({ key: 'no key', cert: 'none' })).toThrow();
    expect(await name()).toBe('second.example');
  });

  test('garbage instead of a handshake ends the connection and nothing else', async () => {
    await using server = await open({ tls: first });
    using client = await dial(server.port);
    await client.command('STARTTLS', /^220 /);
    await client.write('EHLO again.example\r\n');
    await client.closed;
    await until(() => server.inbound.load().connections === 0);
    expect(server.notes.some(({ event }) => event === 'connection-failed')).toBe(true);
    (await dial(server.port)).destroy();
  });
});
