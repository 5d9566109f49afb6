/** DKIM as a receiver sees it: signatures of what reached the next hop, verified by mailauth with keys from a real name server. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { openResolver } from '../../src/auth/resolver.ts';
import type { Mailbox } from '../../src/model/address.ts';
import { openSigner } from '../../src/outbound/dkim.ts';
import { dkimRecord, readDkimKey } from '../../src/outbound/dkim-key.ts';
import { openSmarthost } from '../../src/outbound/smarthost.ts';
import { type NameServer, startDns } from '../support/dnsmasq.ts';
import { testWith } from '../support/programs.ts';
import { openSink } from '../support/sink.ts';
import { leastCpu } from '../support/machine.ts';

const pemOf = (kind: 'rsa' | 'ed25519', bits = 2048): string => {
  const { privateKey } = kind === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: bits }) : generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};

const rsa = { selector: 's1', privateKey: pemOf('rsa') };
const ed25519 = { selector: 'e1', privateKey: pemOf('ed25519') };
const next = { selector: 's2', privateKey: pemOf('rsa') };
const domains = ['relay.example', 'old.example'] as const;
const dkim = { domains, keys: [rsa, ed25519] };

let dns: NameServer | undefined;
beforeAll(async () => {
  const records = [rsa, ed25519, next].flatMap(({ selector, privateKey }) =>
    domains.map((domain) => [`${selector}._domainkey.${domain}`, [dkimRecord(readDkimKey(privateKey))]] as const),
  );
  dns = await startDns(Object.fromEntries(records));
});
afterAll(async () => {
  await dns?.[Symbol.asyncDispose]();
});

const message = [
  'From: "Hanna O." <q9x4@relay.example>',
  'To: "Lara W." <7k2m@relay.example>',
  'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=,\r\n  folded   here',
  'Date: Mon, 10 Mar 2025 10:00:00 +0000',
  'Message-ID: <1@relay.example>',
  'List-Unsubscribe: <https://relay.example/o>',
  'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  'Postern-Trace: abcdefghijklmnop',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hello \t there  ',
  '.',
  '',
  '',
].join('\r\n');

const seen = async (bytes: Buffer | string) => {
  const { results } = await dkimVerify(Buffer.from(bytes), { resolver: openResolver([dns?.address ?? '']) });
  return results.map(({ status, algo, signingDomain, selector }) => [status.result, algo, signingDomain, selector]);
};

const outgoing = (text = message) => ({
  reversePath: 'b-abc-defghijk@relay.example',
  recipient: 'jane.doe@shop.example' as Mailbox,
  bytes: Buffer.from(text),
  trace: 'abc',
});

const to = (port: number, keys = dkim) =>
  openSmarthost({ host: '127.0.0.1', port, secure: false, ehloName: 'relay.example', maxConnections: 5, dkim: keys });

const signed = (text = message, keys = dkim): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([openSigner(keys)(bytes, Date.now()), bytes]);
};

testWith('dnsmasq')(
  'what reaches the next hop carries an RSA and an Ed25519 signature on top, is unchanged below, and its SIZE is true',
  async () => {
    await using hop = await openSink();
    await using out = to(hop.port);
    await out.handOver(outgoing());
    const [taken] = hop.messages;
    const bytes = taken?.bytes ?? Buffer.alloc(0);
    expect(bytes.subarray(-message.length).toString()).toBe(message);
    expect(bytes.subarray(0, -message.length).toString()).toMatch(/^(DKIM-Signature: [^\r\n]{1,62}(\r\n [^\r\n]{1,77})*\r\n){2}$/);
    expect(taken?.parameters).toBe(`SIZE=${bytes.length}`);
    expect(await seen(bytes)).toEqual([
      ['pass', 'rsa-sha256', 'relay.example', 's1'],
      ['pass', 'ed25519-sha256', 'relay.example', 'e1'],
    ]);
  },
);

testWith('dnsmasq')('nothing can be added that a reader would see, and nothing changed', async () => {
  const bytes = signed().toString();
  const fields = ['From', 'To', 'Cc', 'Subject', 'Date', 'Message-ID', 'Reply-To', 'In-Reply-To', 'References', 'Auto-Submitted'];
  const more = ['MIME-Version', 'Content-Type', 'Content-Transfer-Encoding', 'List-Unsubscribe', 'List-Unsubscribe-Post'];
  for (const name of [...fields, ...more]) {
    expect([name, (await seen(`${name}: x@evil.example\r\n${bytes}`)).map(([result]) => result)]).toEqual([name, ['fail', 'fail']]);
  }
  for (const changed of [bytes.replace('folded', 'faked'), bytes.replace('Hello', 'Hallo'), `${bytes}More\r\n`]) {
    const all = (await seen(changed)).map(([result]) => result);
    expect(all).not.toContain('pass');
  }
  expect((await seen(`Received: from a by b\r\nSender: <x@hop.example>\r\n${bytes}`)).map(([result]) => result)).toEqual(['pass', 'pass']);
});

testWith('dnsmasq')('a message whose From stands at an older domain of ours is signed for that one, so that it stays aligned', async () => {
  const old = message.replace('<q9x4@relay.example>', '<q9x4@OLD.example>');
  expect((await seen(signed(old))).map(([result, , domain]) => [result, domain])).toEqual([
    ['pass', 'old.example'],
    ['pass', 'old.example'],
  ]);
  const foreign = message.replace('<q9x4@relay.example>', '<q9x4@not-old.example>');
  expect((await seen(signed(foreign))).map(([, , domain]) => domain)).toEqual(['relay.example', 'relay.example']);
});

testWith('dnsmasq')(
  'keys are changed without a restart; of each kind the first one signs, and one that cannot sign changes nothing',
  async () => {
    await using hop = await openSink();
    await using out = to(hop.port);
    out.replaceKeys({ domains, keys: [next, rsa] });
    await out.handOver(outgoing());
    expect(() => out.replaceKeys({ domains, keys: [{ selector: 's3', privateKey: 'no key' }] })).toThrow(TypeError);
    await out.handOver(outgoing());
    for (const { bytes } of hop.messages) expect(await seen(bytes)).toEqual([['pass', 'rsa-sha256', 'relay.example', 's2']]);
    expect(hop.messages).toHaveLength(2);
  },
);

testWith('dnsmasq')('any text verifies, whatever blanks, dots, empty lines and bytes it has', async () => {
  const piece = fc.constantFrom(' ', '\t', '\r\n', '\r\n\r\n', '.', 'a', '\xff', '\xa0', '\0', '=', '  \r\n', '\n', '\r');
  const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
  await using hop = await openSink();
  await using out = to(hop.port);
  await fc.assert(
    fc.asyncProperty(text, text, async (subject, body) => {
      const line = subject.replace(/[\r\n\0]+/g, '');
      const bytes = Buffer.from(`From: <a@relay.example>\r\nSubject:${line}\r\nX: ${line}\r\n\r\n${body}`, 'latin1');
      await out.handOver({ ...outgoing(), bytes });
      expect((await seen(hop.messages.at(-1)?.bytes ?? '')).map(([result]) => result)).toEqual(['pass', 'pass']);
    }),
    { numRuns: 150 },
  );
});

test('it expires after a week: a replay does not work for ever (RFC 6376 section 3.5)', () => {
  const field = openSigner(dkim)(Buffer.from(message), 1_700_000_000_999).toString();
  expect(field).toContain('t=1700000000; x=1700604800;');
  expect(field).not.toMatch(/[\s;]l=/);
});

test('a large message is signed in no time that anybody would notice', async () => {
  const bytes = Buffer.from(`${message}${`${' '.repeat(40)}${'x'.repeat(36)}\r\n`.repeat(150_000)}`);
  const sign = openSigner(dkim);
  const blanks = Buffer.from(`${message}${' '.repeat(10_000_000)}x`);
  expect(await leastCpu(() => [sign(bytes, 0), sign(blanks, 0)], 3_000)).toBeLessThan(3_000);
});

test.each([
  ['nonsense', 'nonsense'],
  ['a public key', generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()],
  ['an EC key', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ['a short RSA key', execFileSync('openssl', ['genrsa', '512'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })],
  ['no key at all', undefined],
])('%s is refused at the start, not found out by unsigned mail', (_, privateKey) => {
  const keys = privateKey === undefined ? [] : [rsa, { selector: 's9', privateKey }];
  expect(() => to(25, { domains, keys })).toThrow(/DKIM key/);
});
