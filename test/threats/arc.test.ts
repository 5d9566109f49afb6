/** Chains of forwarders that somebody put together (RFC 8617): what they found counts where every one of them is trusted, and nothing was changed. */
import { authenticate as verify, sealMessage } from 'mailauth';
import { dnsOf, type Zone } from '../support/dns.ts';
import { key, later, notProven, outcomeOf, plain, recordOf, zone } from './proving.ts';

const keyed = { TXT: [recordOf(key)] };
const dns: Zone = {
  ...zone,
  's1._domainkey.list.example': keyed,
  's1._domainkey.school.example': keyed,
  's1._domainkey.list.example.evil.example': keyed,
};
const trusted = ['list.example', 'school.example'];
const pem = String(key.privateKey.export({ type: 'pkcs8', format: 'pem' }));
const found =
  'mx.list.example; dkim=pass header.d=shop.example; spf=pass smtp.mailfrom=hanna@shop.example; dmarc=pass header.from=shop.example';

interface Seal {
  readonly by?: string;
  readonly results?: string;
  readonly cv?: 'none' | 'pass' | 'fail';
}

/** The message with one more set above it. */
async function sealed(message: string, { by = 'list.example', results = found, cv }: Seal = {}): Promise<string> {
  const count = message.match(/^ARC-Seal:/gim)?.length ?? 0;
  const seal = { signingDomain: by, selector: 's1', privateKey: pem, authResults: results, algorithm: 'rsa-sha256' } as const;
  if (count === 0) return `${String(await sealMessage(message, { ...seal, cv: cv ?? 'none' }))}${message}`;
  const again = { ip: '192.0.2.9', helo: 'mx.list.example', sender: 'x@evil.example', resolver: dnsOf(dns), mta: by, seal };
  return `${(await verify(message, { ...again, disableBimi: true, disableDmarc: true })).headers}${message}`;
}

/** What a forwarder makes of the message. */
const altered = plain.replace('Subject: hi', 'Subject: [list] hi');
const outcome = (raw: string, zoneOf: Zone = dns): Promise<string> => outcomeOf({ raw, dns: zoneOf, trusted });

test('one trusted forwarder, and two of them', async () => {
  const once = await sealed(altered);
  expect(await outcome(once)).toBe('proven');
  expect(await outcome(await sealed(once, { by: 'school.example' }))).toBe('proven');
});

test.each<[string, () => Promise<string>]>([
  ['a forwarder whom nobody trusts', () => sealed(altered, { by: 'evil.example' })],
  ['a name that ends in a trusted one’s and more', () => sealed(altered, { by: 'list.example.evil.example' })],
  ['one whom nobody trusts, sealed once more by a trusted one', async () => sealed(await sealed(altered, { by: 'evil.example' }))],
  ['a trusted one, passed on by one whom nobody trusts', async () => sealed(await sealed(altered), { by: 'evil.example' })],
  ['a chain that says of itself that it is broken (cv=fail)', () => sealed(altered, { cv: 'fail' })],
  ['the text was changed after the seal', async () => (await sealed(altered)).replace('Hello.', 'Send money.')],
  ['the author was changed after the seal', async () => (await sealed(altered)).replace('Hanna <hanna@', 'Bo <bo@')],
  [
    'the results were changed after the seal',
    async () => (await sealed(altered, { results: found.replaceAll('shop', 'evil') })).replaceAll('evil', 'shop'),
  ],
  [
    'the first set was taken out',
    async () => (await sealed(await sealed(altered))).replace(/^ARC-[^:]+:\s*i=1;(?:.*\r\n[ \t])*.*\r\n/gm, ''),
  ],
  ['the newest seal was taken out', async () => (await sealed(altered)).replace(/^ARC-Seal:(?:.*\r\n[ \t])*.*\r\n/m, '')],
  ['a set twice', async () => sealed(altered).then((raw) => `${raw.slice(0, raw.indexOf('From:'))}${raw}`)],
  ['the number of a set that is none', async () => (await sealed(altered)).replaceAll(/i=1;/g, 'i=0;')],
  [
    'another message under the seal of this one',
    async () => `${(await sealed(altered)).split('From:', 1)[0]}${plain.replace('Hello.', 'Bye.')}`,
  ],
])('proves nothing: %s', async (_, make) => {
  expect(await outcome(await make())).toBe(notProven);
});

test.each<[string, string]>([
  ['it found nothing', 'mx.list.example; dkim=none; spf=none; dmarc=none'],
  ['it found that the proof failed', 'mx.list.example; dkim=fail header.d=shop.example; spf=softfail smtp.mailfrom=hanna@shop.example'],
  [
    'it found another domain',
    'mx.list.example; dkim=pass header.d=evil.example header.from=shop.example; spf=pass smtp.mailfrom=eve@evil.example',
  ],
  ['it quotes a result in a comment', 'mx.list.example; dkim=none (dkim=pass header.d=shop.example; dkim=pass header.d=shop.example)'],
  ['it quotes a result in a reason', 'mx.list.example; dkim=fail reason="x; dkim=pass header.d=shop.example; y" header.d=evil.example'],
  [
    'a reverse-path with a result in its quoted local part',
    'mx.list.example; spf=pass smtp.mailfrom="; dkim=pass header.d=shop.example; x="@evil.example',
  ],
  ['a reverse-path with the shop’s address in it', 'mx.list.example; spf=pass smtp.mailfrom="hanna@shop.example"@evil.example'],
  ['DMARC alone, by a policy of its own', 'mx.list.example; dmarc=pass header.from=shop.example'],
])('a trusted forwarder that proves nothing: %s', async (_, results) => {
  expect(await outcome(await sealed(altered, { results }))).toBe(notProven);
});

test('without trusted forwarders a chain counts for nothing, and costs one look-up', async () => {
  const names: string[] = [];
  const raw = await sealed(altered);
  expect(await outcomeOf({ raw, dns, asked: (name) => names.push(name) })).toBe(notProven);
  expect(names.filter((name) => name.includes('list.example')).length).toBeLessThanOrEqual(1);
});

test('while DNS does not tell the key of a trusted forwarder the sender comes again', async () => {
  expect(await outcome(await sealed(altered), { ...dns, 's1._domainkey.list.example': { TXT: 'servfail' } })).toBe(later);
});

test('a hundred sets cost no more than fifty look-ups', async () => {
  const names = new Set<string>();
  const set = (n: number) =>
    `ARC-Seal: i=${n}; a=rsa-sha256; cv=${n > 1 ? 'pass' : 'none'}; d=list.example; s=s${n}; b=eA==\r\n` +
    `ARC-Message-Signature: i=${n}; a=rsa-sha256; c=relaxed/relaxed; d=list.example; s=s${n}; h=from; bh=x; b=eA==\r\n` +
    `ARC-Authentication-Results: i=${n}; mx.list.example; dkim=pass header.d=shop.example\r\n`;
  const raw = `${Array.from({ length: 100 }, (_, n) => set(n + 1)).join('')}${plain}`;
  expect(await outcomeOf({ raw, dns, trusted, asked: (name) => names.add(name) })).toBe(notProven);
  expect(names.size).toBeLessThanOrEqual(52);
});
