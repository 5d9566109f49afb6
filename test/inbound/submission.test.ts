/** AUTH (RFC 4954) on the listeners for submission, and on no other. */
import { once } from 'node:events';
import { connect } from 'node:tls';
import { keepPassword } from '../../src/inbound/password.ts';
import { Logins, readUsers } from '../../src/inbound/users.ts';
import { makeCertificate } from '../support/certificate.ts';
import { dial, SmtpClient } from '../support/smtp.ts';
import { known, type Opened, open, until } from './open.ts';

const tls = makeCertificate();
const password = 'a password of nobody';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const plain = (name: string, word: string, other = '') => base64(`${other}\0${name}\0${word}`);
const right = plain('shop', password);
const anywhere = { host: '127.0.0.1', port: 0 };

let logins: Logins;
beforeAll(async () => {
  logins = new Logins(readUsers(`# ours\n\nshop:${await keepPassword(password)}:Shop.example,other.example\n`));
});

interface Submission extends AsyncDisposable {
  readonly server: Opened;
  readonly port: number;
  readonly tlsPort: number;
}

async function openSubmission(more: Parameters<typeof open>[0] = {}, ports: Parameters<typeof open>[1] = {}): Promise<Submission> {
  const submission = [
    { ...anywhere, implicitTls: false },
    { ...anywhere, implicitTls: true },
  ];
  const server = await open({ tls, submission, ...more }, { login: (name, word) => logins.login(name, word), ...ports });
  const [first, second] = server.inbound.submission;
  return { server, port: first?.port ?? 0, tlsPort: second?.port ?? 0, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

async function dialTls(port: number): Promise<SmtpClient> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  const client = new SmtpClient(socket, 10_000);
  await once(socket, 'secureConnect');
  expect((await client.reply()).code).toBe(220);
  return client;
}

async function secured(port: number): Promise<SmtpClient> {
  const client = await dial(port);
  await client.startTls();
  expect((await client.command('EHLO app.example')).lines).toContain('250-AUTH PLAIN LOGIN');
  return client;
}

describe('what is said', () => {
  test('port 25 knows no AUTH, with TLS and without', async () => {
    await using opened = await openSubmission();
    using client = await dial(opened.server.port);
    expect((await client.command('EHLO a.example')).text).not.toContain('AUTH');
    expect((await client.command(`AUTH PLAIN ${right}`)).text).toMatch(/^500 /);
    await client.startTls();
    expect((await client.command('EHLO a.example')).text).not.toContain('AUTH');
    await client.command(`AUTH PLAIN ${right}`, /^500 /);
    expect((await client.message('a@buyer.example', known, 'x')).code).toBe(250);
    expect(opened.server.received[0]?.envelope.client).not.toHaveProperty('writesFor');
  });

  test('in the clear: no AUTH offered or taken, no mail', async () => {
    await using opened = await openSubmission();
    using client = await dial(opened.port);
    const { text } = await client.command('EHLO a.example');
    expect(text).toContain('STARTTLS');
    expect(text).not.toContain('AUTH');
    await client.command(`AUTH PLAIN ${right}`, /^538 5\.7\.11 Encryption required/);
    await client.command('MAIL FROM:<a@shop.example>', /^530 5\.7\.0 Must issue a STARTTLS command first$/);
    await client.command(`RCPT TO:<${known}>`, /^503 /);
    await client.command('DATA', /^503 /);
  });

  test('no mail without AUTH; with it, for the domains of the login, as long as the session is', async () => {
    await using opened = await openSubmission();
    for (const client of [await secured(opened.port), await dialTls(opened.tlsPort)]) {
      await client.command('EHLO app.example', /AUTH PLAIN LOGIN/);
      await client.command('MAIL FROM:<a@shop.example>', /^530 5\.7\.0 Authentication required$/);
      await client.command(`AUTH PLAIN ${right}`, /^235 2\.7\.0 /);
      expect((await client.command('EHLO app.example')).text).not.toContain('AUTH');
      await client.command('RSET', /^250 /);
      expect((await client.message('a@shop.example', known, 'x')).code).toBe(250);
      expect((await client.message('a@shop.example', known, 'x')).code).toBe(250);
      client.destroy();
    }
    const told = opened.server.received.map(({ envelope }) => envelope.client.writesFor);
    expect(told).toEqual(Array.from({ length: 4 }, () => ['shop.example', 'other.example']));
  });

  test('PLAIN and LOGIN, with and without an initial response', async () => {
    await using opened = await openSubmission();
    const dialogues = [
      [`AUTH PLAIN ${right}`],
      [`auth plain ${right}`],
      ['AUTH PLAIN', right],
      [`AUTH PLAIN ${plain('shop', password, 'shop')}`],
      ['AUTH LOGIN', base64('shop'), base64(password)],
      [`AUTH LOGIN ${base64('shop')}`, base64(password)],
    ];
    for (const lines of dialogues) {
      using client = await secured(opened.port);
      const codes = [];
      for (const line of lines) codes.push((await client.command(line)).text);
      expect(codes.at(-1)).toMatch(/^235 /);
      expect(codes.slice(0, -1).every((text) => /^334 /.test(text))).toBe(true);
      expect((await client.command(`AUTH PLAIN ${right}`)).text).toMatch(/^503 /);
    }
  });

  test.each([
    [`AUTH PLAIN ${plain('shop', 'wrong')}`],
    [`AUTH PLAIN ${plain('nobody', password)}`],
    [`AUTH PLAIN ${plain('Shop', password)}`],
    [`AUTH PLAIN ${plain('shop', '')}`],
    [`AUTH PLAIN ${plain('shop', password, 'admin')}`],
    [`AUTH PLAIN ${base64(`shop\0nobody\0${password}`)}`],
    ['AUTH LOGIN', base64('shop'), base64('wrong')],
    ['AUTH LOGIN', base64('shop'), ''],
  ])('%s %s %s: 535, and no mail', async (...lines) => {
    await using opened = await openSubmission();
    using client = await secured(opened.port);
    let text = '';
    for (const line of lines) ({ text } = await client.command(line));
    expect(text).toBe('535 5.7.8 Authentication credentials invalid');
    await client.command('MAIL FROM:<a@shop.example>', /^530 /);
    expect(opened.server.notes).toContainEqual({ event: 'login-refused', fields: { reply: '535 5.7.8' } });
  });

  test('what is no AUTH: given up, not base64, too many words, other methods, within a message', async () => {
    await using opened = await openSubmission();
    using client = await secured(opened.port);
    const dialogue: [string, RegExp][] = [
      ['AUTH PLAIN', /^334 /],
      ['*', /^501 5\.5\.4 /],
      ['AUTH LOGIN', /^334 /],
      ['*', /^501 /],
      ['AUTH PLAIN =', /^501 /],
      ['AUTH PLAIN !!!', /^501 /],
      [`AUTH PLAIN ${right} more`, /^501 /],
      ['AUTH CRAM-MD5', /^504 5\.5\.4 /],
    ];
    for (const [line, expected] of dialogue) await client.command(line, expected);
    using other = await secured(opened.port);
    await other.command('AUTH', /^504 /);
    await other.command(`AUTH PLAIN ${right}`, /^235 /);
    await other.command('MAIL FROM:<a@shop.example>', /^250 /);
    await other.command(`AUTH PLAIN ${right}`, /^503 /);
    await other.command(`RCPT TO:<${known}>`, /^250 /);
  });

  test('an answer to a challenge is no command, whatever it looks like', async () => {
    await using opened = await openSubmission();
    using client = await secured(opened.port);
    await client.command('AUTH LOGIN', /^334 /);
    await client.command('QUIT', /^501 /);
    await client.command('AUTH LOGIN', /^334 /);
    await client.command(base64('shop'), /^334 /);
    await client.command('QUIT', /^535 /);
    await client.command('NOOP', /^250 /);
    await client.command('AUTH PLAIN', /^334 /);
    await client.send('x'.repeat(5000));
    expect((await client.rest()).at(-1)).toMatch(/^421 4\.7\.0 /);
  });

  test('what the client said in the clear is forgotten behind STARTTLS', async () => {
    await using opened = await openSubmission();
    using client = await dial(opened.port);
    await client.startTls({ behind: `AUTH PLAIN ${right}\r\n` });
    await client.command('EHLO app.example', /^250/);
    await client.command('MAIL FROM:<a@shop.example>', /^530 5\.7\.0 Authentication required/);
  });

  test('no keys, no submission', async () => {
    await expect(open({ submission: [{ ...anywhere, implicitTls: true }] })).rejects.toThrow('TLS');
  });
});

test('whoever logged in writes for many: no limit by client', async () => {
  const limits = { messagesPerMinute: 1, shutOutAt: 3, delayMs: 0, errors: 99 };
  await using opened = await openSubmission({ rateLimits: true, limits });
  using client = await secured(opened.port);
  await client.command(`AUTH PLAIN ${right}`, /^235 /);
  for (let turn = 0; turn < 5; turn++) {
    await client.command('MAIL FROM:<a@shop.example>', /^250 /);
    await client.command(`RCPT TO:<guess${turn}@relay.example>`, /^550 /);
    await client.command('RSET', /^250 /);
    expect((await client.message('a@shop.example', known, 'x')).code).toBe(250);
  }
  using stranger = await dial(opened.server.port);
  expect((await stranger.message('a@b.example', known, 'x')).code).toBe(250);
  expect((await stranger.message('a@b.example', known, 'x')).code).toBe(451);
});

describe('whoever tries', () => {
  test('our own trouble is 454, and counts for nothing', async () => {
    await using opened = await openSubmission(
      { rateLimits: true, limits: { delayMs: 600_000 } },
      { login: () => Promise.reject(new Error('full')) },
    );
    using client = await secured(opened.port);
    for (let turn = 0; turn < 8; turn++) await client.command(`AUTH PLAIN ${right}`, /^454 4\.7\.0 Temporary authentication failure$/);
    expect(opened.server.notes.some(({ event }) => event === 'unexpected')).toBe(true);
  });

  test('waits longer and longer, and is shut out at last', async () => {
    const limits = { delayMs: 60, shutOutAt: 9, errors: 99 };
    await using opened = await openSubmission({ rateLimits: true, limits });
    using client = await secured(opened.port);
    const times: number[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const began = performance.now();
      await client.command(`AUTH PLAIN ${plain('shop', `wrong ${turn}`)}`, /^535 /);
      times.push(performance.now() - began);
    }
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(150);
    await client.send(`AUTH PLAIN ${right}`);
    expect(await client.rest()).toEqual(['421 4.7.0 Too many unknown addresses or failed proofs, try again later']);
    const late = connect({ host: '127.0.0.1', port: opened.tlsPort, rejectUnauthorized: false });
    const refused = new SmtpClient(late, 5_000);
    expect(await refused.rest()).toEqual([expect.stringMatching(/^421 4\.7\.0 Too many unknown addresses or failed proofs/)]);
    await until(() => opened.server.notes.filter(({ event }) => event === 'shut-out').length === 1);
  });
});
