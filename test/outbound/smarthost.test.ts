/** The way out over SMTP: what reaches the next hop, byte for byte, and over which connections. */
import fc from 'fast-check';
import { type Mailbox, parseMailbox } from '../../src/model/address.ts';
import type { Outgoing } from '../../src/outbound/outbound.ts';
import { openSmarthost, type SmarthostSettings } from '../../src/outbound/smarthost.ts';
import { makeCertificate } from '../support/certificate.ts';
import { openSink } from '../support/sink.ts';

const message = ['From: A <a@relay.test>', 'To: <b@relay.test>', 'Subject: Tea', 'Message-ID: <1@relay.test>', '', 'Hello', ''].join(
  '\r\n',
);

const outgoing = (changes: Partial<Outgoing> = {}): Outgoing => ({
  reversePath: 'b-abc-defghijk@relay.test',
  recipient: 'jane.doe@shop.example' as Mailbox,
  bytes: Buffer.from(message),
  trace: 'abc',
  ...changes,
});

const to = (port: number, changes: Partial<SmarthostSettings> = {}) =>
  openSmarthost({ host: '127.0.0.1', port, secure: false, ehloName: 'relay.test', maxConnections: 5, ...changes });

test('envelope, EHLO name and bytes arrive as given', async () => {
  await using hop = await openSink();
  await using out = to(hop.port);
  await out.handOver(outgoing());
  const [taken] = hop.messages;
  expect(taken).toMatchObject({ reversePath: 'b-abc-defghijk@relay.test', recipients: ['jane.doe@shop.example'] });
  expect(taken?.bytes.toString()).toBe(message);
  expect(taken?.session.commands[0]).toBe('EHLO relay.test');
  expect(taken?.parameters).toBe(`SIZE=${message.length}`);
});

test('a null reverse-path stays null', async () => {
  await using hop = await openSink();
  await using out = to(hop.port);
  await out.handOver(outgoing({ reversePath: '' }));
  expect(hop.messages[0]?.session.commands).toContain(`MAIL FROM:<> SIZE=${message.length}`);
});

test('dots are stuffed, long lines, 8-bit bytes and empty lines at the end are left alone', async () => {
  const body = `.\r\n..two\r\n${'x'.repeat(5000)}\r\n. \r\nGr\xc3\xbc\xc3\x9fe \xff\r\n.end\r\n\r\n\r\n`;
  const bytes = Buffer.from(`From: a@relay.test\r\n\r\n${body}`, 'latin1');
  await using hop = await openSink();
  await using out = to(hop.port);
  await out.handOver(outgoing({ bytes }));
  expect(hop.messages[0]?.bytes.equals(bytes)).toBe(true);
  expect(hop.messages[0]?.wire.toString('latin1')).toContain('\r\n\r\n..\r\n...two\r\nxxx');
  expect(hop.messages[0]?.parameters).toBe(`BODY=8BITMIME SIZE=${bytes.length}`);
});

test('any body of CRLF lines passes unchanged', async () => {
  await using hop = await openSink();
  await using out = to(hop.port);
  const line = fc.array(fc.constantFrom('.', '..', 'a', ' ', '\t', '\0', '\xe4', 'MAIL FROM:<x@y.example>', '='), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
      const bytes = Buffer.from(`From: a@relay.test\r\n\r\n${lines.map((parts) => `${parts.join('')}\r\n`).join('')}`, 'latin1');
      await out.handOver(outgoing({ bytes }));
      expect(hop.messages.at(-1)?.bytes.equals(bytes)).toBe(true);
    }),
    { numRuns: 200 },
  );
  expect(hop.sessions).toHaveLength(1);
});

test('bare CR and LF never reach the wire, so that nothing can be smuggled', async () => {
  await using hop = await openSink();
  await using out = to(hop.port);
  await out.handOver(outgoing({ bytes: Buffer.from('From: a@relay.test\n\na\n.\nMAIL FROM:<x@y.example>\r.\rb\n.\r\nc\r\n.\nd') }));
  const wire = hop.messages[0]?.wire.toString() ?? '';
  expect(hop.messages).toHaveLength(1);
  expect(wire.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(wire.slice(0, -3).split('\r\n')).not.toContain('.');
});

test('every strict address stands in RCPT TO as it is', async () => {
  await using hop = await openSink();
  await using out = to(hop.port);
  const atom = fc.string({ unit: fc.constantFrom(..."abz09!#$%&'*+/=?^_`{|}~-"), minLength: 1, maxLength: 12 });
  const local = fc.array(atom, { minLength: 1, maxLength: 4 }).map((atoms) => atoms.join('.'));
  const domain = fc.constantFrom('shop.example', 'xn--bcher-kva.example', 'a.b.c.d.example');
  await fc.assert(
    fc.asyncProperty(local, domain, async (left, right) => {
      const recipient = parseMailbox(`${left}@${right}`);
      if (!recipient) return;
      await out.handOver(outgoing({ recipient }));
      expect(hop.messages.at(-1)?.recipients).toEqual([recipient]);
    }),
    { numRuns: 300 },
  );
});

test.each([
  'b@y.example,v@z.example',
  'a(b@c)@y.example',
  '<x@y.example>',
  'x@y.example>\r\nRCPT TO:<v@z.example',
  '"v@z.example"@y.example',
  'v',
  '',
])('an address that is not strict is not sent to: %j', async (recipient) => {
  await using hop = await openSink();
  await using out = to(hop.port);
  await expect(out.handOver(outgoing({ recipient: recipient as Mailbox }))).rejects.toThrow(TypeError);
  if (recipient !== '') await expect(out.handOver(outgoing({ reversePath: recipient }))).rejects.toThrow(TypeError);
  expect(hop.sessions).toHaveLength(0);
});

test('SMTPUTF8 is asked for where the recipient needs it, and only there', async () => {
  await using hop = await openSink();
  await using out = to(hop.port);
  await out.handOver(outgoing({ recipient: parseMailbox('jürgen@bücher.example') as Mailbox }));
  await out.handOver(outgoing());
  expect(hop.messages[0]?.recipients).toEqual(['jürgen@bücher.example']);
  expect(hop.messages[0]?.parameters).toContain('SMTPUTF8');
  expect(hop.messages[1]?.parameters).not.toContain('SMTPUTF8');
});

test('two hand-overs use one connection, also after a refusal', async () => {
  await using hop = await openSink({ at: { rcpt: ['250 2.1.5 Ok', '550 5.1.1 No'] } });
  await using out = to(hop.port, { maxConnections: 1 });
  await out.handOver(outgoing());
  await expect(out.handOver(outgoing())).rejects.toThrow('550 5.1.1');
  await out.handOver(outgoing());
  expect(hop.messages).toHaveLength(2);
  expect(hop.sessions).toHaveLength(1);
});

test('a next hop without PIPELINING and without EHLO is served too', async () => {
  await using hop = await openSink({ at: { ehlo: '502 5.5.2 What?' } });
  await using out = to(hop.port);
  await out.handOver(outgoing());
  expect(hop.messages[0]?.bytes.toString()).toBe(message);
});

test('100 hand-overs at once all arrive, each once, over no more connections than allowed', async () => {
  await using hop = await openSink({ at: {} });
  await using out = to(hop.port, { maxConnections: 20 });
  const traces = Array.from({ length: 100 }, (_, index) => `t${index}`);
  await Promise.all(
    traces.map((trace) => out.handOver(outgoing({ trace, bytes: Buffer.from(`Subject: ${trace}\r\n\r\n${'y'.repeat(20_000)}\r\n`) }))),
  );
  const arrived = hop.messages.map(({ bytes }) => /^Subject: (\S+)/.exec(bytes.toString())?.[1]);
  expect(arrived.toSorted()).toEqual(traces.toSorted());
  expect(hop.sessions.length).toBeLessThanOrEqual(20);
});

test('a connection that the next hop closed while it was idle costs no message', async () => {
  await using hop = await openSink({ at: { dot: [{ say: '250 2.0.0 Ok', and: 'close' }] } });
  await using out = to(hop.port, { maxConnections: 1 });
  await out.handOver(outgoing());
  await out.handOver(outgoing());
  expect(hop.messages).toHaveLength(2);
  expect(hop.sessions).toHaveLength(2);
});

test('closing waits for the hand-over under way, and takes no other', async () => {
  await using hop = await openSink({ at: { dot: { say: '250 2.0.0 Ok', after: 200 } } });
  const out = to(hop.port);
  const under = out.handOver(outgoing());
  const closed = out[Symbol.asyncDispose]();
  await expect(out.handOver(outgoing())).rejects.toThrow('451 4.4.1');
  await expect(under).resolves.toBeUndefined();
  await closed;
  expect(hop.messages).toHaveLength(1);
});

describe('TLS', () => {
  const tls = makeCertificate('localhost');

  test('STARTTLS where it is offered', async () => {
    await using hop = await openSink({ tls });
    await using out = to(hop.port);
    await out.handOver(outgoing());
    expect(hop.messages[0]?.session.tls).toBe(true);
  });

  test('required, with a certificate that names the host', async () => {
    await using hop = await openSink({ tls });
    await using out = to(hop.port, { host: 'localhost', tls: 'require', ca: tls.cert });
    await out.handOver(outgoing());
    expect(hop.messages[0]?.session.tls).toBe(true);
  });

  test.each([
    ['is not offered', {}, {}],
    ['has a certificate nobody knows', { tls }, {}],
    ['has a certificate for another host', { tls: makeCertificate('other.test') }, { ca: tls.cert }],
    ['is refused', { tls, at: { starttls: '454 4.7.0 Not now' } }, { ca: tls.cert }],
  ])('required, and it %s: 451, nothing sent in the clear', async (_, setup, more) => {
    await using hop = await openSink(setup);
    await using out = to(hop.port, { host: 'localhost', tls: 'require', ...more });
    await expect(out.handOver(outgoing())).rejects.toThrow('451 4.4.1');
    expect(hop.sessions.flatMap(({ commands }) => commands).join()).not.toContain('MAIL');
  });

  test('from the first byte, with a certificate that names the host or not at all', async () => {
    await using hop = await openSink({ tls: { ...tls, implicit: true } });
    await using out = to(hop.port, { host: 'localhost', secure: true, ca: tls.cert });
    await out.handOver(outgoing());
    expect(hop.messages).toHaveLength(1);
    await using wary = to(hop.port, { host: 'localhost', secure: true });
    await expect(wary.handOver(outgoing())).rejects.toThrow('451 4.4.1');
  });

  test('never below TLS 1.2 (RFC 8996): then 451, and nothing in the clear', async () => {
    const old = { ...tls, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    await using hop = await openSink({ tls: old });
    await using out = to(hop.port);
    await expect(out.handOver(outgoing())).rejects.toThrow('451 4.4.1');
    expect(hop.sessions.flatMap(({ commands }) => commands).join()).not.toContain('MAIL');
  });

  test('never', async () => {
    await using hop = await openSink({ tls });
    await using out = to(hop.port, { tls: 'never' });
    await out.handOver(outgoing());
    expect(hop.messages[0]?.session.tls).toBe(false);
  });
});

test('logs in where user and password are set; a wrong password is our trouble: 451', async () => {
  await using hop = await openSink({ login: { user: 'relay', pass: 'päss wörd' } });
  await using out = to(hop.port, { user: 'relay', pass: 'päss wörd' });
  await out.handOver(outgoing());
  expect(hop.messages).toHaveLength(1);
  await using wrong = to(hop.port, { user: 'relay', pass: 'other' });
  await expect(wrong.handOver(outgoing())).rejects.toThrow('451 4.4.1');
});

test('a password never travels in the clear to another machine unless that is asked for', async () => {
  await using hop = await openSink({ login: { user: 'u', pass: 'p' } });
  await using out = to(hop.port, { host: '0.0.0.0', user: 'u', pass: 'p' });
  await expect(out.handOver(outgoing())).rejects.toThrow('451 4.4.1');
  expect(hop.sessions.flatMap(({ commands }) => commands).join()).not.toContain('AUTH');
  await using careless = to(hop.port, { host: '0.0.0.0', user: 'u', pass: 'p', tls: 'opportunistic' });
  await careless.handOver(outgoing());
  expect(hop.messages).toHaveLength(1);
});
