/** OUTBOUND_URL. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mailbox } from '../../src/model/address.ts';
import { nextHopOf, openOutbound } from '../../src/outbound/open.ts';
import { makeCertificate } from '../support/certificate.ts';
import { openSink } from '../support/sink.ts';

const settings = { ehloName: 'relay.test', maxConnections: 2 };
const outgoing = {
  reversePath: '',
  recipient: 'jane@shop.example' as Mailbox,
  bytes: Buffer.from('Subject: Tea\r\n\r\nHi\r\n'),
  trace: 'abc',
};

test('maildir:', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-open-'));
  await using out = openOutbound(`maildir:${folder}/box`, settings);
  await out.handOver(outgoing);
  expect(readdirSync(join(folder, 'box/new'))).toHaveLength(1);
  rmSync(folder, { recursive: true });
  expect(existsSync(folder)).toBe(false);
});

test('smtp:// with user and password, percent-encoded', async () => {
  await using hop = await openSink({ login: { user: 're@lay', pass: 'p:/?#ä' } });
  await using out = openOutbound(`smtp://re%40lay:p%3A%2F%3F%23%C3%A4@127.0.0.1:${hop.port}`, settings);
  await out.handOver(outgoing);
  expect(hop.messages).toHaveLength(1);
});

test('the port is 25, or 465 under smtps, unless it is given', () => {
  expect(nextHopOf('smtp://mx.example')).toEqual({ host: 'mx.example', port: 25, secure: false });
  expect(nextHopOf('smtps://mx.example')).toEqual({ host: 'mx.example', port: 465, secure: true });
  expect(nextHopOf('smtp://[2001:db8::7]:2587?tls=never')).toEqual({ host: '2001:db8::7', port: 2587, secure: false, tls: 'never' });
});

test('smtps:// and ?tls=', async () => {
  const tls = makeCertificate('localhost');
  await using implicit = await openSink({ tls: { ...tls, implicit: true } });
  await using out = openOutbound(`smtps://localhost:${implicit.port}`, { ...settings, ca: tls.cert });
  await out.handOver(outgoing);
  expect(implicit.messages[0]?.session.tls).toBe(true);
  await using plain = await openSink();
  await using strict = openOutbound(`smtp://localhost:${plain.port}?tls=require`, settings);
  await expect(strict.handOver(outgoing)).rejects.toThrow('451 4.4.1');
});

test('a password never travels in the clear to another machine unless that is asked for', async () => {
  await using hop = await openSink({ login: { user: 'u', pass: 'p' } });
  await using out = openOutbound(`smtp://u:p@0.0.0.0:${hop.port}`, settings);
  await expect(out.handOver(outgoing)).rejects.toThrow('451 4.4.1');
  expect(hop.sessions.flatMap(({ commands }) => commands).join('\n')).not.toContain('AUTH');
});

test.each([
  '',
  'maildir:',
  'smtp:',
  'http://host/secret',
  'smtp://secret@host/path',
  'smtp://secret@host?tls=perhaps',
  'smtp://secret@host?pool=1',
  'smtp://secret@host:99999',
  'secret',
])('what names no way out is refused, and not repeated: %j', (url) => {
  const open = () => openOutbound(url, settings);
  expect(open).toThrow(TypeError);
  expect(open).not.toThrow(/secret/);
});
