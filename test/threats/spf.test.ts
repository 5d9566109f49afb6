/** What the client's address and the reverse-path prove (RFC 7208), for whom (RFC 7489 section 3.1), and what DNS can be made to do. */
import type { Zone } from '../support/dns.ts';
import { type Attempt, later, notProven, outcomeOf, plain, zone } from './proving.ts';

const ip = '192.0.2.7';
const from = 'hanna@shop.example';
const spf = (record: string, more: Zone = {}): Zone => ({ 'shop.example': { TXT: [record] }, ...more });

const records: readonly (readonly [attack: string, record: string, outcome: string, more?: Zone])[] = [
  ['no SPF record', 'hello', notProven],
  ['?all', 'v=spf1 ?all', notProven],
  ['~all', 'v=spf1 ~all', notProven],
  ['another address', 'v=spf1 ip4:192.0.2.8 -all', notProven],
  ['an include that passes', 'v=spf1 include:esp.example -all', 'proven', { 'esp.example': { TXT: ['v=spf1 ip4:192.0.2.0/24 -all'] } }],
  ['an include whose all is negative', 'v=spf1 include:esp.example ?all', notProven, { 'esp.example': { TXT: ['v=spf1 -all'] } }],
  ['an include that includes itself', 'v=spf1 include:shop.example -all', notProven],
  ['a redirect that goes round', 'v=spf1 redirect=shop.example', notProven],
  ['a redirect round two corners', 'v=spf1 redirect=x.example', notProven, { 'x.example': { TXT: ['v=spf1 redirect=shop.example'] } }],
  ['exists with a macro', 'v=spf1 exists:%{i}._spf.shop.example -all', 'proven', { '192.0.2.7._spf.shop.example': { A: ['127.0.0.2'] } }],
  ['a macro that is none', 'v=spf1 exists:%{z}.shop.example +all', notProven],
  ['two SPF records', 'v=spf1 +all', notProven, { 'shop.example': { TXT: ['v=spf1 +all', 'v=spf1 -all'] } }],
  ['a record that is cut off', 'v=spf1 ip4:192.0.2', notProven],
  ['three look-ups that find nothing', `v=spf1 ${['a', 'b', 'c', 'd'].map((n) => `a:${n}.none.example`).join(' ')} +all`, notProven],
  ['ptr, with names that do not lead back', 'v=spf1 ptr -all', notProven, { '7.2.0.192.in-addr.arpa': { PTR: ['mail.shop.example'] } }],
];

test.each(records.map(([attack, record, outcome, more = {}]) => [attack, record, outcome, more] as const))(
  'SPF: %s',
  async (_, record, outcome, more) => {
    expect(await outcomeOf({ ip, from, dns: spf(record, more) })).toBe(outcome);
  },
);

test.each<[string, string, string, string]>([
  ['an IPv6 client', '2001:db8::7', 'v=spf1 ip6:2001:db8::/32 -all', 'proven'],
  ['an IPv6 client of somebody else', '2001:db9::7', 'v=spf1 ip6:2001:db8::/32 -all', notProven],
  ['IPv4 written as IPv6', '::ffff:192.0.2.7', 'v=spf1 ip4:192.0.2.7 -all', 'proven'],
  ['no address at all', 'unknown', 'v=spf1 +all', later],
])('SPF: %s', async (_, client, record, outcome) => {
  expect(await outcomeOf({ ip: client, from, dns: spf(record) })).toBe(outcome);
});

describe('for whom it proves', () => {
  const open = (...domains: readonly string[]): Zone => Object.fromEntries(domains.map((domain) => [domain, { TXT: ['v=spf1 +all'] }]));
  const by = (author: string, reversePath: string, dns: Zone): Attempt => ({
    raw: plain.replace('hanna@shop.example', author),
    from: reversePath,
    dns,
  });

  test.each<[string, string, string, string]>([
    ['a provider that lets everybody send (+all), for its own domain', 'hanna@free.example', 'eve@free.example', 'proven'],
    ['the same provider, for another domain', 'hanna@shop.example', 'eve@free.example', notProven],
    ['a host below the author’s domain', 'hanna@shop.co.uk', 'bounce@mail.shop.co.uk', 'proven'],
    ['the public suffix above the author’s domain', 'hanna@shop.co.uk', 'eve@co.uk', notProven],
    ['a neighbour below the same public suffix', 'hanna@shop.co.uk', 'eve@evil.co.uk', notProven],
    ['a neighbour below the same private suffix', 'hanna@shop.github.io', 'eve@evil.github.io', notProven],
    ['the owner of the private suffix', 'hanna@shop.github.io', 'eve@github.io', notProven],
    ['a neighbour at a provider that the suffix list does not have', 'hanna@shop.onmicrosoft.com', 'eve@evil.onmicrosoft.com', notProven],
    ['a neighbour of the hybrid kind there', 'hanna@shop.mail.onmicrosoft.com', 'eve@evil.mail.onmicrosoft.com', notProven],
    ['a host of the same customer there', 'hanna@shop.onmicrosoft.com', 'bounce@mx.shop.onmicrosoft.com', 'proven'],
    ['a domain that ends in the same letters', 'hanna@shop.example', 'eve@evilshop.example', notProven],
    ['a domain that begins with the shop’s', 'hanna@shop.example', 'eve@shop.example.evil.example', notProven],
    ['a quoted local part with the shop’s address in it', 'hanna@shop.example', '"hanna@shop.example"@evil.example', notProven],
    ['an international domain, as U-label and A-label', 'hanna@bücher.example', 'bounce@xn--bcher-kva.example', 'proven'],
    ['an international domain, the other way round', 'hanna@xn--bcher-kva.example', 'bounce@bücher.example', 'proven'],
    ['capitals and the dot of the root', 'hanna@shop.example', 'bounce@SHOP.Example', 'proven'],
  ])('%s', async (_, author, reversePath, outcome) => {
    const dns = open(reversePath.slice(reversePath.lastIndexOf('@') + 1).toLowerCase(), 'xn--bcher-kva.example');
    expect(await outcomeOf(by(author, reversePath, dns))).toBe(outcome);
  });

  test('with a null reverse-path the name in EHLO counts (RFC 7208 section 2.4), aligned like any other', async () => {
    const dns = open('mx.shop.example', 'mx.evil.example');
    expect(await outcomeOf({ from: '', helo: 'mx.shop.example', dns })).toBe('proven');
    expect(await outcomeOf({ from: '', helo: 'mx.evil.example', dns })).toBe(notProven);
    expect(await outcomeOf({ from: 'x@evil.example', helo: 'mx.shop.example', dns })).toBe(notProven);
    expect(await outcomeOf({ from: '', helo: '[192.0.2.7]', dns })).toBe(notProven);
    expect(await outcomeOf({ from: '', helo: 'localhost', dns })).toBe(notProven);
  });

  test('a Return-Path field, a Received field and results that somebody wrote into the message prove nothing', async () => {
    const dns = open('shop.example');
    const fields = [
      'Return-Path: <hanna@shop.example>',
      'Received: from mx.shop.example (mx.shop.example [192.0.2.7]) by relay.example; Mon, 10 Mar 2025 10:00:00 +0100',
      'Received-SPF: pass client-ip=192.0.2.7; envelope-from=hanna@shop.example',
      'Authentication-Results: relay.example; spf=pass smtp.mailfrom=shop.example; dkim=pass header.d=shop.example; dmarc=pass',
      'X-Spam-Status: No',
    ];
    expect(await outcomeOf({ raw: `${fields.join('\r\n')}\r\n${plain}`, from: '', helo: 'mx.evil.example', dns })).toBe(notProven);
  });
});

describe('DNS', () => {
  test.each<[string, 'servfail' | 'never' | readonly string[], string]>([
    ['no answer for the author’s domain', 'servfail', later],
    ['there is no such name', [], notProven],
  ])('%s', async (_, answer, outcome) => {
    expect(await outcomeOf({ ip, from, dns: { 'shop.example': { TXT: answer } } })).toBe(outcome);
  });

  test('no answer for a domain that could prove nothing: refused at once', async () => {
    expect(await outcomeOf({ ip, from: 'eve@evil.example', dns: { ...zone, 'evil.example': { TXT: 'servfail' } } })).toBe(notProven);
  });

  test('a tree of includes ends after eleven questions', async () => {
    const bomb = { ...spf('v=spf1 include:n0.example include:n1.example -all') } as Record<string, Zone[string]>;
    for (let n = 0; n < 200; n++)
      bomb[`n${n}.example`] = { TXT: [`v=spf1 include:n${2 * n + 2}.example include:n${2 * n + 3}.example -all`] };
    const names = new Set<string>();
    const asked = (name: string, type: string) => names.add(`${type} ${name}`);
    expect(await outcomeOf({ ip, from, dns: bomb, asked })).toBe(notProven);
    expect(names.size).toBeLessThanOrEqual(11);
  });
});
