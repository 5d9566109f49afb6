/** What the doctor says of DNS records, with a real name server: a good deployment, and one with each thing broken. */
import { generateKeyPairSync } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { dkim } from '../../../src/cli/doctor/dkim.ts';
import { dmarc } from '../../../src/cli/doctor/dmarc.ts';
import { reverseName } from '../../../src/cli/doctor/dns.ts';
import { mx } from '../../../src/cli/doctor/mx.ts';
import { ptr } from '../../../src/cli/doctor/ptr.ts';
import { txtRecord, zoneOf } from '../../../src/cli/doctor/records.ts';
import { spf } from '../../../src/cli/doctor/spf.ts';
import { dkimRecord, readDkimKey } from '../../../src/outbound/dkim-key.ts';
import { type NameServer, startDns } from '../../support/dnsmasq.ts';
import { testWith } from '../../support/programs.ts';
import { type Folder, makeFolder } from './deployment.ts';

const rsaKey = (bits: number): string =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const keys = {
  rsa: rsaKey(2048),
  other: rsaKey(2048),
  weak: rsaKey(1024),
  ed25519: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const recordOf = (pem: string): string => dkimRecord(readDkimKey(pem));
const good = recordOf(keys.rsa);

const chain = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [`s${index}.example`, [`v=spf1 include:s${index + 1}.example -all`]]),
);
const zone: Readonly<Record<string, readonly string[]>> = {
  'provider.example': ['v=spf1 ip4:198.51.100.0/24 -all'],
  'good.example': ['unrelated', 'v=spf1 include:provider.example mx -all'],
  'twice.example': ['v=spf1 mx -all', 'v=spf1 a -all'],
  'plus.example': ['v=spf1 mx +all'],
  'nobody.example': ['v=spf1 -all'],
  'open.example': ['v=spf1 mx ?all'],
  'odd.example': ['v=spf1 mx ipv4:192.0.2.1 -all'],
  'ptr.example': ['v=spf1 ptr -all'],
  'gone-include.example': ['v=spf1 include:nowhere.example -all'],
  'long.example': ['v=spf1 include:s0.example -all'],
  'loop.example': ['v=spf1 include:loop.example -all'],
  'moved.example': ['v=spf1 redirect=provider.example'],
  ...chain,
  's1._domainkey.good.example': [good],
  'e1._domainkey.good.example': [recordOf(keys.ed25519)],
  'weak._domainkey.good.example': [recordOf(keys.weak)],
  'other._domainkey.good.example': [recordOf(keys.other)],
  'revoked._domainkey.good.example': ['v=DKIM1; k=rsa; p='],
  'kind._domainkey.good.example': [good.replace('k=rsa', 'k=ed25519')],
  'sha1._domainkey.good.example': [`${good}; h=sha1`],
  'trial._domainkey.good.example': [`${good}; t=y:s`],
  'web._domainkey.good.example': [`${good}; s=web`],
  'two._domainkey.good.example': [good, recordOf(keys.other)],
  '_dmarc.good.example': ['v=DMARC1; p=reject; adkim=s; rua=mailto:d@shop.example'],
  '_dmarc.none.example': ['v=DMARC1; p=none; rua=mailto:d@shop.example'],
  '_dmarc.blind.example': ['v=DMARC1; p=quarantine'],
  '_dmarc.part.example': ['v=DMARC1; p=reject; pct=20; rua=mailto:d@shop.example'],
  '_dmarc.twice.example': ['v=DMARC1; p=reject', 'v=DMARC1; p=none'],
  '_dmarc.odd.example': ['v=DMARC1; p=\u001b[31mreject'],
  '_dmarc.org.example': ['v=DMARC1; p=reject; sp=none; rua=mailto:d@shop.example'],
};
const own = Object.values(networkInterfaces())
  .flatMap((addresses = []) => addresses)
  .find(({ family, internal }) => family === 'IPv4' && internal)?.address;
const more = [
  '--local=/in-addr.arpa/',
  ...['good', 'older', 'lost-mx', 'half-mx'].map((name) => `--mx-host=${name}.example,mx.${name}.example,10`),
  ...['mx.good.example,192.0.2.1', 'mx.older.example,192.0.2.2', 'mx.half-mx.example,192.0.2.3', 'direct.example,192.0.2.4'].map(
    (host) => `--host-record=${host}`,
  ),
  '--mx-host=half-mx.example,gone.example,20',
  '--mx-host=null-mx.example,.,0',
  '--mx-host=here.example,mx.here.example,10',
  `--host-record=mx.here.example,${own ?? '127.0.0.1'}`,
  '--address=/unnamed.example/192.0.2.9',
  '--address=/liar.example/192.0.2.10',
  '--ptr-record=10.2.0.192.in-addr.arpa,elsewhere.example',
];

let dns: NameServer | undefined;
let folder: Folder;
beforeAll(async () => {
  dns = await startDns(zone, more);
  folder = makeFolder();
  for (const [name, pem] of Object.entries(keys)) folder.put(`${name}.pem`, pem);
});
afterAll(async () => {
  folder[Symbol.dispose]();
  await dns?.[Symbol.asyncDispose]();
});

type Looked = Parameters<Folder['says']>[0];
const says = (check: Looked, env: Readonly<Record<string, string>>) => folder.says(check, { DNS_SERVERS: dns?.address ?? '', ...env });

testWith('dnsmasq')('a good deployment: all is well', async () => {
  const env = { EHLO_NAME: 'mx.good.example', DKIM_KEY_FILE: 'rsa.pem,ed25519.pem', DKIM_SELECTOR: 's1,e1' };
  const all = await Promise.all([mx, ptr, spf, dkim, dmarc].map((check) => says(check, env)));
  expect(all.flat()).toEqual([
    expect.stringMatching(/^ok good\.example: MX "mx\.good\.example" \(192\.0\.2\.1\); none is an address of this machine/),
    'ok 192.0.2.1 (mx.good.example) points back to "mx.good.example"',
    expect.stringMatching(/^ok good\.example: "v=spf1 include:provider\.example mx -all", 2 of 10 look-ups/),
    'ok s1._domainkey.good.example: rsa, 2048 bits, published as we have it, signs',
    'ok e1._domainkey.good.example: ed25519, 256 bits, published as we have it, signs',
    'ok _dmarc.good.example: p=reject for good.example, with reports; d= and return-path are aligned, strict too',
  ]);
});

describe('MX', () => {
  testWith('dnsmasq').each([
    [
      'none.example',
      'problem none.example has neither MX nor address: no mail reaches it -> publish: none.example. IN MX 10 mx.good.example.',
    ],
    [
      'direct.example',
      'warning direct.example has no MX: mail goes to its own address (192.0.2.4) -> publish: direct.example. IN MX 10 mx.good.example.',
    ],
    ['null-mx.example', expect.stringMatching(/^problem null-mx\.example says by a null MX that it takes no mail -> publish: /)],
    ['lost-mx.example', expect.stringMatching(/^problem lost-mx\.example: MX "mx\.lost-mx\.example" has no address -> publish A or AAAA/)],
    ['half-mx.example', expect.stringMatching(/^warning half-mx\.example: MX "gone\.example" has no address/)],
    ['here.example', expect.stringMatching(/^ok here\.example: MX "mx\.here\.example" \([\d.]+, this machine\)$/)],
    ['relay.localhost', 'skipped relay.localhost is known on this machine alone'],
  ])('%s', async (domain, said) => {
    expect(await says(mx, { RELAY_DOMAIN: domain, EHLO_NAME: 'mx.good.example' })).toEqual([said]);
  });

  testWith('dnsmasq')('each domain of the list is looked at: old aliases must go on working', async () => {
    const said = await says(mx, { RELAY_DOMAIN: 'good.example,older.example,none.example' });
    expect(said.map((line) => line.split(':')[0]?.split(' ').slice(0, 2).join(' '))).toEqual([
      'ok good.example',
      'ok older.example',
      'problem none.example',
    ]);
  });
});

describe('PTR', () => {
  testWith('dnsmasq').each([
    [
      'unnamed.example',
      'warning 192.0.2.9 (unnamed.example) has no PTR record -> publish: 9.2.0.192.in-addr.arpa. IN PTR unnamed.example.',
    ],
    [
      'liar.example',
      expect.stringMatching(
        /^warning 192\.0\.2\.10 \(liar\.example\) points back to "elsewhere\.example", which does not have this address/,
      ),
    ],
    ['none.example', expect.stringMatching(/^warning EHLO_NAME none\.example has no address/)],
  ])('%s', async (name, said) => {
    expect(await says(ptr, { EHLO_NAME: name })).toEqual([said]);
  });

  test('names of addresses', () => {
    expect(reverseName('192.0.2.1')).toBe('1.2.0.192.in-addr.arpa');
    expect(reverseName('2001:db8::1')).toBe(`1.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`);
    expect(reverseName('::ffff:192.0.2.1')).toBe(`1.0.2.0.0.0.0.c.f.f.f.f.${'0.'.repeat(20)}ip6.arpa`);
  });
});

describe('SPF', () => {
  testWith('dnsmasq').each([
    ['none.example', 'problem none.example has no SPF record -> publish: none.example. IN TXT "v=spf1 include:provider.example -all"'],
    ['twice.example', 'problem twice.example has 2 SPF records, which counts as none -> leave one of them'],
    ['plus.example', 'problem plus.example: its SPF record lets the whole world send (+all) -> end it with -all'],
    ['nobody.example', expect.stringMatching(/^problem nobody\.example: its SPF record lets nobody send -> publish: /)],
    ['open.example', expect.stringMatching(/^warning open\.example: its SPF record leaves open who may not send/)],
    ['odd.example', expect.stringMatching(/^problem odd\.example: "ipv4:192\.0\.2\.1" in its SPF record is none of RFC 7208's/)],
    ['ptr.example', expect.stringMatching(/^warning ptr\.example: ptr in its SPF record is deprecated/)],
    [
      'gone-include.example',
      expect.stringMatching(/^problem gone-include\.example: "include:nowhere\.example" in its SPF record leads to no SPF record/),
    ],
    ['long.example', expect.stringMatching(/^problem long\.example: its SPF record takes more than 10 look-ups/)],
    ['loop.example', expect.stringMatching(/^problem loop\.example: its SPF record takes more than 10 look-ups/)],
    ['moved.example', expect.stringMatching(/^ok moved\.example: .*, 1 of 10 look-ups/)],
  ])('%s', async (domain, said) => {
    expect(await says(spf, { RELAY_DOMAIN: domain })).toEqual([said]);
  });

  testWith('dnsmasq')('what is wrong with an older domain is a warning', async () => {
    const said = await says(spf, { RELAY_DOMAIN: 'good.example,none.example' });
    expect(said.map((line) => line.split(' ')[0])).toEqual(['ok', 'warning']);
  });
});

describe('DKIM', () => {
  testWith('dnsmasq').each([
    [
      'gone',
      'rsa.pem',
      /^problem gone\._domainkey\.good\.example is not there, and this key signs: nobody can verify -> publish: gone\._domainkey\.good\.example\. IN TXT \( "v=DKIM1; k=rsa; p=/,
    ],
    ['other', 'rsa.pem', /^problem other\._domainkey\.good\.example holds another key than ours -> publish: /],
    ['revoked', 'rsa.pem', /^problem revoked\._domainkey\.good\.example says by an empty p= that the key is revoked/],
    ['kind', 'rsa.pem', /^problem kind\._domainkey\.good\.example is for k="ed25519", and the key is rsa/],
    ['sha1', 'rsa.pem', /^problem sha1\._domainkey\.good\.example does not allow SHA-256/],
    ['web', 'rsa.pem', /^problem web\._domainkey\.good\.example is not for mail/],
    ['two', 'rsa.pem', /^problem two\._domainkey\.good\.example has 2 records/],
    ['trial', 'rsa.pem', /^warning trial\._domainkey\.good\.example says t=y/],
    ['weak', 'weak.pem', /^warning weak\._domainkey\.good\.example: an RSA key of 1024 bits/],
  ])('%s', async (selector, file, said) => {
    expect(await says(dkim, { DKIM_KEY_FILE: file, DKIM_SELECTOR: selector })).toEqual([expect.stringMatching(said)]);
  });

  testWith('dnsmasq')('a key that waits for its turn and is not published yet is a warning, once published well', async () => {
    const env = { DKIM_KEY_FILE: 'rsa.pem,other.pem' };
    expect(await says(dkim, { ...env, DKIM_SELECTOR: 's1,next' })).toEqual([
      expect.stringMatching(/^ok s1/),
      expect.stringMatching(/^warning next\._domainkey\.good\.example is not there; its key does not sign yet -> publish: /),
    ]);
    expect(await says(dkim, { ...env, DKIM_SELECTOR: 's1,other' })).toEqual([
      expect.stringMatching(/signs$/),
      'ok other._domainkey.good.example: rsa, 2048 bits, published as we have it; does not sign yet',
    ]);
  });

  testWith('dnsmasq')('no key, Ed25519 alone, and a file that is no key', async () => {
    expect(await says(dkim, {})).toEqual([expect.stringMatching(/^warning what leaves is not signed here/)]);
    expect(await says(dkim, { DKIM_KEY_FILE: 'ed25519.pem', DKIM_SELECTOR: 'e1' })).toEqual([
      expect.stringMatching(/^ok e1/),
      expect.stringMatching(/^warning every signing key is Ed25519/),
    ]);
    folder.put('none.pem', 'SECRET');
    const said = await says(dkim, { DKIM_KEY_FILE: 'none.pem', DKIM_SELECTOR: 's1' });
    expect(said).toEqual([expect.stringMatching(/^problem key of s1: a DKIM key must be a private key in PEM/)]);
    expect(said.join()).not.toContain('SECRET');
  });
});

describe('DMARC', () => {
  testWith('dnsmasq').each([
    [
      'missing.example',
      'problem missing.example has no DMARC record: large receivers refuse or hide such mail -> publish: _dmarc.missing.example. IN TXT "v=DMARC1; p=reject; adkim=s"',
    ],
    ['none.example', expect.stringMatching(/^warning _dmarc\.none\.example asks for nothing \(p=none\)/)],
    ['blind.example', expect.stringMatching(/^warning _dmarc\.blind\.example: p=quarantine, and nobody gets reports/)],
    ['part.example', expect.stringMatching(/^warning _dmarc\.part\.example counts for "20" percent/)],
    ['twice.example', expect.stringMatching(/^problem _dmarc\.twice\.example has 2 records/)],
    [
      'odd.example',
      'problem _dmarc.odd.example: "v=DMARC1; p=\\u001b[31mreject" asks for nothing (p=) -> publish: _dmarc.odd.example. IN TXT "v=DMARC1; p=reject; adkim=s"',
    ],
    ['mail.org.example', expect.stringMatching(/^warning _dmarc\.org\.example asks for nothing \(p=none\) for mail\.org\.example/)],
    ['mail.good.example', expect.stringMatching(/^ok _dmarc\.good\.example: p=reject for mail\.good\.example/)],
  ])('%s', async (domain, said) => {
    expect(await says(dmarc, { RELAY_DOMAIN: domain })).toEqual([said]);
  });
});

testWith('dnsmasq')('--records: what to publish, as a name server reads it', async () => {
  const env = {
    EHLO_NAME: 'mx.good.example',
    DKIM_KEY_FILE: 'rsa.pem,ed25519.pem',
    DKIM_SELECTOR: 's1,e1',
    DNS_SERVERS: dns?.address ?? '',
  };
  const { settings, dns: asked } = folder.deployment(env);
  const records = (await zoneOf(settings, asked)).split('\n').filter((line) => line !== '' && !line.startsWith(';'));
  expect(records).toEqual([
    'good.example. IN MX 10 mx.good.example.',
    'good.example. IN TXT "v=spf1 include:provider.example -all"',
    txtRecord('s1._domainkey.good.example', good),
    txtRecord('e1._domainkey.good.example', recordOf(keys.ed25519)),
    '_dmarc.good.example. IN TXT "v=DMARC1; p=reject; adkim=s"',
  ]);
  const strings = [...(records[2] ?? '').matchAll(/"([^"]*)"/g)].map(([, text = '']) => text);
  expect(strings.every(({ length }) => length <= 255)).toBe(true);
  expect(strings.join('')).toBe(good);
  expect(await zoneOf(settings, asked)).toContain('; 1.2.0.192.in-addr.arpa. IN PTR mx.good.example.');
});
