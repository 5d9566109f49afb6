/** Signatures that say less than they seem to, and those that cost more than they are worth (RFC 6376, 8301, 8463). */
import type { Zone } from '../support/dns.ts';
import { ed25519Key, key, later, notProven, outcomeOf, plain, recordOf, rsaKey, type Signing, signed, zone } from './proving.ts';
import { leastCpu } from '../support/machine.ts';

const other = rsaKey(2048);
const edwards = ed25519Key();
const keyIs = (record: string): Zone => ({ ...zone, 's1._domainkey.shop.example': { TXT: [record] } });
const changed = (from: string, to: string): string => signed(plain).replace(from, to);
const now = Math.floor(Date.now() / 1000);

test('a signature of the author’s domain proves, in either canonicalisation, from wherever it comes', async () => {
  for (const canon of ['relaxed', 'simple'] as const) expect(await outcomeOf({ raw: signed(plain, { canon }) })).toBe('proven');
});

const broken: readonly (readonly [attack: string, raw: string])[] = [
  ['the body was changed', changed('Hello.', 'Send money.')],
  ['a line was added to the body', `${signed(plain)}PS: send money.\r\n`],
  ['the subject was changed', changed('Subject: hi', 'Subject: money')],
  ['the author was changed', changed('Hanna <hanna@', 'Bo <bo@')],
  ['a signature over a part of the body (l=)', signed(plain, { tags: 'l=8; ' })],
  ['such a part behind a blank that only some take for one', signed(plain, { tags: '\u00a0l=8; ' })],
  [
    'a signature over nothing of the body (l=0)',
    signed(plain, { tags: 'l=0; ', bodyHash: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' }),
  ],
  ['an expired signature (x=)', signed(plain, { tags: `t=${now - 200}; x=${now - 100}; ` })],
  ['it expires before it was made', signed(plain, { tags: `t=${now + 900}; x=${now + 800}; ` })],
  ['From is not signed', signed(plain, { fields: ['To', 'Subject'] })],
  ['nothing is signed (h= is empty)', signed(plain, { fields: [] })],
  ['rsa-sha1', signed(plain, { algorithm: 'rsa-sha1' })],
  ['an algorithm that nobody knows', signed(plain).replace('rsa-sha256', 'rsa-sha512')],
  ['a canonicalisation that nobody knows', signed(plain).replace('relaxed/relaxed', 'nofws/nofws')],
  ['another key than the published one', signed(plain, { key: other })],
  ['signed by another domain only', signed(plain, { domain: 'evil.example' })],
  ['the hash of another body', signed(plain, { bodyHash: 'frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=' })],
  ['no d= at all', signed(plain).replace('d=shop.example; ', '')],
  ['an empty signature', signed(plain).replace(/b=[^;]+\r\nFrom/, 'b=\r\nFrom')],
];

test.each(broken)('proves nothing: %s', async (_, raw) => {
  expect(await outcomeOf({ raw })).toBe(notProven);
});

/** Names that an attacker can publish a key under, and that some reader takes for the shop's. */
const names = [
  'shop.example/.evil.example',
  'shop.example?.evil.example',
  'shop.example#.evil.example',
  'shop.example\\.evil.example',
  'shop.example:1.evil.example',
  'a@shop.example/.evil.example',
  'http://shop.example/.evil.example',
  'evil.example@shop.example',
  'shop.example.evil.example',
  'evil-shop.example',
  'ｓhop.example',
  'sh\u00adop.example',
  'shop\u3002example.evil.example',
  'example',
  '.shop.example',
];

test.each(names)('signed by a domain that only looks like the shop’s: d=%s', async (domain) => {
  const dns = new Proxy(zone, {
    get: (all, name) => (`${String(name)}`.includes('_domainkey') ? { TXT: [recordOf(key)] } : Reflect.get(all, name)),
  });
  expect(await outcomeOf({ raw: signed(plain, { domain, fields: ['From'] }), dns })).toBe(notProven);
});

test.each<[string, Signing]>([
  ['in capitals', { domain: 'SHOP.Example' }],
  ['with the dot of the root', { domain: 'shop.example.' }],
  ['below the author’s', { domain: 'mail.shop.example' }],
])('the same organisation: d= %s', async (_, signing) => {
  const dns = { ...zone };
  for (const name of ['shop.example.', 'mail.shop.example']) dns[`s1._domainkey.${name}`] = { TXT: [recordOf(key)] };
  expect(await outcomeOf({ raw: signed(plain, signing), dns })).toBe('proven');
});

const keys: readonly (readonly [attack: string, record: string, outcome: string, signing?: Signing])[] = [
  ['an Ed25519 key', recordOf(edwards), 'proven', { key: edwards }],
  ['a key that was withdrawn (p= is empty)', 'v=DKIM1; k=rsa; p=', notProven],
  ['a record of another version', recordOf(key).replace('DKIM1', 'DKIM2'), notProven],
  ['a record without a version, and g= of old', `g=*; k=rsa; p=${key.p}`, 'proven'],
  ['a key that is not for mail (s=)', `v=DKIM1; s=tlsrpt; p=${key.p}`, notProven],
  ['a key for SHA-1 alone (h=)', `v=DKIM1; h=sha1; p=${key.p}`, notProven],
  ['a key that is no key', 'v=DKIM1; p=AAAA', notProven],
  ['a record of 60 kB', `v=DKIM1; n=${'x'.repeat(60_000)}; p=AAAA`, notProven],
  ['text that is no record', '"><script>alert(1)</script>', notProven],
  ['no record', '', notProven],
];

test.each(keys.map(([attack, record, outcome, signing = {}]) => [attack, record, outcome, signing] as const))(
  'the key: %s',
  async (_, record, outcome, signing) => {
    expect(await outcomeOf({ raw: signed(plain, signing), dns: keyIs(record) })).toBe(outcome);
  },
);

test.each([
  [512, notProven],
  [1023, notProven],
  [1024, 'proven'],
])('an RSA key of %i bits (RFC 8301: 1024 at least)', async (bits, outcome) => {
  const small = rsaKey(bits);
  expect(await outcomeOf({ raw: signed(plain, { key: small }), dns: keyIs(recordOf(small)) })).toBe(outcome);
});

test.each<[string, string]>([
  ['From', `From: Eve <eve@evil.example>\r\n`],
  ['Subject', 'Subject: money\r\n'],
  ['To', 'To: y@relay.example\r\n'],
])('a second %s above a signed message', async (_, field) => {
  expect(await outcomeOf({ raw: `${field}${signed(plain)}` })).toMatch(/^55[04] 5\.(?:7\.1|6\.0)$/);
});

test('a second Content-Type above or below a signed message', async () => {
  const typed = signed(plain.replace('Subject:', 'Content-Type: text/plain\r\nSubject:'));
  expect(await outcomeOf({ raw: `Content-Type: text/html\r\n${typed}` })).toBe('554 5.6.0');
  expect(await outcomeOf({ raw: typed.replace('Subject:', 'Content-Type: text/html\r\nSubject:') })).toBe('554 5.6.0');
});

test('a signature dated in the future proves no less: clocks are wrong', async () => {
  expect(await outcomeOf({ raw: signed(plain, { tags: `t=${now + 86_400}; ` }) })).toBe('proven');
});

describe('while DNS does not tell (451), not for good', () => {
  const silent: Zone = { ...zone, 's1._domainkey.shop.example': { TXT: 'servfail' } };

  test('the key of the author’s domain, also behind another signature that holds', async () => {
    const raw = signed(plain);
    expect(await outcomeOf({ raw, dns: silent })).toBe(later);
    expect(await outcomeOf({ raw: signed(raw, { domain: 'evil.example' }), dns: silent })).toBe(later);
    expect(await outcomeOf({ raw, dns: { ...zone, 's1._domainkey.shop.example': { TXT: [] } } })).toBe(notProven);
  });

  test('the key of another domain could prove nothing: 550', async () => {
    const dns: Zone = { ...zone, 's1._domainkey.evil.example': { TXT: 'servfail' } };
    expect(await outcomeOf({ raw: signed(plain, { domain: 'evil.example' }), dns })).toBe(notProven);
  });
});

describe('costs', () => {
  const flood = (count: number, tags: (n: number) => string): string =>
    Array.from({ length: count }, (_, n) => `DKIM-Signature: v=1; a=rsa-sha256; ${tags(n)}s=s1; h=from; bh=x; b=x\r\n`).join('');

  test('500 signatures of 500 domains: ten are looked at, and that of the author, which stands lowest, is among them', async () => {
    const names: string[] = [];
    const bodyHash = /bh=([^;]+)/.exec(signed(plain))?.[1] ?? '';
    const many = flood(500, (n) => `d=d${n}.example; `).replaceAll('bh=x', `bh=${bodyHash}`);
    const asked = (name: string, type: string) => names.push(`${type} ${name}`);
    expect(await outcomeOf({ raw: many + signed(plain), asked })).toBe('proven');
    expect(names.length).toBeLessThanOrEqual(11);
  });

  test('400 signatures, each over another length of a megabyte: none is hashed', async () => {
    const raw = `${flood(400, (n) => `c=relaxed/relaxed; d=shop.example; l=${n}; `)}${plain}${'a  b\r\n'.repeat(170_000)}`;
    const work = async () => expect(await outcomeOf({ raw })).toBe(notProven);
    expect(await leastCpu(work, 1_500)).toBeLessThan(1_500);
  });

  test('a body of 12 MB in one line keeps nobody else waiting', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const raw = Buffer.from(`${signed(plain).trimEnd()}${'x '.repeat(6_000_000)}\r\n`);
    expect(await outcomeOf({ raw })).toBe(notProven);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });

  test('tags and lists made to stall their readers', async () => {
    for (const tags of [
      'h=from;'.repeat(11_000),
      `h=${'from:x:'.repeat(11_000)}; `,
      `i=${'a'.repeat(80_000)}@shop.example; `,
      `d=${'a.'.repeat(40_000)}example; `,
    ]) {
      const work = async () => expect(await outcomeOf({ raw: flood(1, () => `d=shop.example; ${tags}`) + plain })).toBe(notProven);
      expect(await leastCpu(work, 1_000)).toBeLessThan(1_000);
    }
  });
});
