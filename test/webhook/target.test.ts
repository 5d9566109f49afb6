/** Where webhooks may lead: nothing inside the house can be reached by one. */
import { isIP } from 'node:net';
import fc from 'fast-check';
import { guardedLookup, isPublic, readTarget } from '../../src/webhook/target.ts';

test.each(['93.184.216.34', '8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::200e'])(
  '%s is public',
  (address) => {
    expect(isPublic(address)).toBe(true);
  },
);

test.each([
  ...[
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
  ],
  ...['172.16.0.1', '172.31.255.255', '192.0.0.192', '192.0.2.1', '192.168.1.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '240.0.0.1'],
  ...[
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:a00:1',
    '64:ff9b::a00:1',
    '64:ff9b:1::1',
  ],
  ...[
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
  ],
  ...['example.com', '', '1.2.3', '5f00::1'],
])('%s is not', (address) => {
  expect(isPublic(address)).toBe(false);
});

test.each(['https://shop.example/hook', 'https://shop.example:8443/hook?token=x', 'https://8.8.8.8/', 'https://[2606:4700::1111]/'])(
  '%s is taken',
  (url) => {
    expect(readTarget(url, false)).toEqual(new URL(url));
  },
);

test.each([
  ['http://shop.example/hook', 'https://'],
  ['ftp://shop.example/', 'https://'],
  ['file:///etc/passwd', 'https://'],
  ['https://u:p@shop.example/', 'user'],
  ['https://shop.example/#x', 'fragment'],
  [`https://shop.example/${'x'.repeat(2048)}`, '2048'],
  ['shop.example', 'URL'],
  ['https://127.0.0.1/', 'private'],
  ['https://localhost/', 'private'],
  ['https://0x7f.1/', 'private'],
  ['https://2130706433/', 'private'],
  ['https://017700000001/', 'private'],
  ['https://①②⑦.0.0.1/', 'private'],
  ['https://[::ffff:10.0.0.1]/', 'private'],
  ['https://169.254.169.254/latest/meta-data/', 'private'],
  ['https://[fd00:ec2::254]/', 'private'],
])('%s is not: %s', (url, why) => {
  expect(readTarget(url, false)).toContain(why);
});

test('where private addresses are allowed, plain HTTP stays on the machine', () => {
  for (const url of ['http://localhost:8080/', 'http://127.0.0.1/', 'http://[::1]/', 'https://10.0.0.1/']) {
    expect(readTarget(url, true)).toEqual(new URL(url));
    expect(typeof readTarget(url, false)).toBe('string');
  }
  for (const url of ['http://10.0.0.1/', 'http://shop.example/']) expect(readTarget(url, true)).toContain('https://');
});

test('no text leads to an address of the house, however it is written', () => {
  const octet = fc.oneof(
    fc.nat(300).map(String),
    fc.nat(300).map((it) => `0x${it.toString(16)}`),
    fc.nat(300).map((it) => `0${it.toString(8)}`),
  );
  const host = fc.oneof(
    fc.array(octet, { minLength: 1, maxLength: 4 }).map((it) => it.join('.')),
    fc.ipV4Extended(),
    fc.ipV6().map((it) => `[${it}]`),
    fc.string(),
  );
  fc.assert(
    fc.property(host, (text) => {
      const target = readTarget(`https://${text}/`, false);
      if (typeof target === 'string') return;
      const bare = target.hostname.replace(/^\[|\]$/g, '');
      if (isIP(bare) !== 0) expect(isPublic(bare)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('a name leads to none of its private addresses', async () => {
  const look = (url: string, allowPrivate: boolean, all: boolean) =>
    new Promise((resolve) =>
      guardedLookup(new URL(url), allowPrivate)(new URL(url).hostname, { all }, (error, found) => resolve(error ? error.message : found)),
    );
  expect(await look('https://localhost/', false, true)).toBe('not a public address');
  expect(await look('https://localhost/', true, false)).toMatch(/^(?:127\.0\.0\.1|::1)$/);
  expect(await look('https://nothing.invalid/', true, true)).toMatch(/ENOTFOUND|EAI_AGAIN/);
});
