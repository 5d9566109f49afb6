/** The way out with software that no one here wrote: Debian's Postfix as next hop, read in the Maildir that it delivers to. */
import { generateKeyPairSync } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import type { Mailbox } from '../../src/model/address.ts';
import { dkimRecord, readDkimKey } from '../../src/outbound/dkim-key.ts';
import { openSmarthost, type SmarthostSettings } from '../../src/outbound/smarthost.ts';
import { type Postfix, startPostfix } from '../support/postfix.ts';
import { testWith } from '../support/programs.ts';

const message =
  'From: A <a@relay.test>\r\nTo: <b@relay.test>\r\nSubject: Tea\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\nMessage-ID: <1@relay.test>\r\n\r\n';

const openTo = (port: number, changes: Partial<SmarthostSettings> = {}) =>
  openSmarthost({ host: '127.0.0.1', port, secure: false, ehloName: 'relay.test', maxConnections: 10, ...changes });

const mail = (recipient: string, body: string) => ({
  reversePath: 'b-abc-defghijk@relay.test',
  recipient: recipient as Mailbox,
  bytes: Buffer.from(message + body, 'latin1'),
  trace: 'abc',
});

/** One for all tests that can share it: it takes two seconds to start. */
let started: Promise<Postfix> | undefined;
const postfix = () => {
  started ??= startPostfix({ domains: ['shop.example', 'xn--bcher-kva.example'] });
  return started;
};
afterAll(async () => {
  await (await started)?.[Symbol.asyncDispose]();
});

testWith('postfix')('Postfix delivers exactly the bytes that were handed over, to this recipient alone', async () => {
  const hop = await postfix();
  await using out = openTo(hop.port);
  const body = `.\r\n..\r\nGr\xc3\xbc\xc3\x9fe\r\n${'x'.repeat(900)}\r\n\r\nend\r\n`;
  await out.handOver(mail('jane@shop.example', body));
  const [delivered] = await hop.waitFor('jane@shop.example', 1);
  expect(delivered).toMatchObject({ recipient: 'jane@shop.example', reversePath: 'b-abc-defghijk@relay.test' });
  expect(delivered?.bytes.toString('latin1')).toBe(message + body);
  expect(delivered?.added).toContain('from relay.test (unknown [127.0.0.1])');
  expect(await hop.messages()).toHaveLength(1);
});

testWith('postfix')('a null reverse-path and an internationalised recipient arrive', async () => {
  const hop = await postfix();
  await using out = openTo(hop.port);
  await out.handOver({ ...mail('jürgen@xn--bcher-kva.example', 'Hello\r\n'), reversePath: '' });
  const [delivered] = await hop.waitFor('jürgen@xn--bcher-kva.example', 1);
  expect(delivered?.reversePath).toBe('');
  expect(delivered?.bytes.toString()).toBe(`${message}Hello\r\n`);
});

testWith('postfix')('what Postfix refuses gets our class and none of its words', async () => {
  await using hop = await startPostfix({ domains: ['shop.example'], recipients: ['jane@shop.example'], maxMessageBytes: 10_000 });
  await using out = openTo(hop.port);
  const refused = (recipient: string, body = 'Hello\r\n') => out.handOver(mail(recipient, body)).catch((error: Error) => error);
  const unknown = await refused('nobody@shop.example');
  expect(unknown).toMatchObject({ message: expect.stringMatching(/^550 5\.1\.1 /) });
  expect((unknown as Error).cause).toMatchObject({
    message: 'rcpt: 550 5.1.1 <[address]>: recipient address rejected: user unknown in virtual mailbox table',
  });
  expect(await refused('jane@elsewhere.example')).toMatchObject({ message: expect.stringMatching(/^554 5\.4\.0 /) });
  expect(await refused('jane@shop.example', 'x\r\n'.repeat(10_000))).toMatchObject({ message: expect.stringMatching(/^552 5\.3\.4 /) });
  await out.handOver(mail('jane@shop.example', 'Hello\r\n'));
  expect(await hop.waitFor('jane@shop.example', 1)).toHaveLength(1);
});

testWith('postfix')('100 hand-overs at once are all delivered, signed, each once', async () => {
  const pairs = { s1: generateKeyPairSync('rsa', { modulusLength: 2048 }), e1: generateKeyPairSync('ed25519') };
  const keys = Object.entries(pairs).map(([selector, { privateKey }]) => ({
    selector,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }));
  const hop = await postfix();
  await using out = openTo(hop.port, { dkim: { domains: ['relay.test'], keys } });
  const recipients = Array.from({ length: 100 }, (_, index) => `r${index}@shop.example`);
  await Promise.all(recipients.map((recipient) => out.handOver(mail(recipient, `Hello ${recipient}\r\n`))));
  await Promise.all(recipients.map((recipient) => hop.waitFor(recipient, 1)));
  const delivered = (await hop.messages()).filter(({ recipient }) => /^r\d+@/.test(recipient));
  expect(delivered.map(({ recipient }) => recipient).toSorted()).toEqual(recipients.toSorted());
  const resolver = async (name: string) =>
    keys.filter(({ selector }) => name.startsWith(`${selector}.`)).map(({ privateKey }) => [dkimRecord(readDkimKey(privateKey))]);
  const { results } = await dkimVerify(delivered[0]?.bytes ?? Buffer.alloc(0), { resolver });
  expect(results.map(({ status }) => status.result)).toEqual(['pass', 'pass']);
});
