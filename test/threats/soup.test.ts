/** Signatures, chains and results made of whatever may stand in them: refused or put off for DNS, never an error of ours, and never a proof. */
import fc from 'fast-check';
import { key, outcomeOf, plain, recordOf, signed, zone } from './proving.ts';

/** Of the body that the messages have. */
const bodyHash = /bh=[^;]+/.exec(signed(plain))?.[0] ?? '';

const atom = fc.constantFrom(
  ...[
    'v=1',
    'a=rsa-sha256',
    'a=ed25519-sha256',
    'c=relaxed/relaxed',
    'c=simple',
    'd=shop.example',
    's=s1',
    'h=from:to',
    'h=',
    'bh=',
    'b=',
    'l=3',
  ],
  ...[
    't=9',
    'x=1e3',
    'i=@shop.example',
    'i=1',
    'i=2',
    'cv=none',
    'cv=pass',
    'q=dns/txt',
    'z=a|b',
    '__proto__=x',
    'constructor=x',
    ';',
    '=',
    '"',
    '(',
  ],
  ...[
    'dkim=pass header.d=shop.example',
    'spf=pass smtp.mailfrom=shop.example',
    'arc=pass',
    'mx.list.example',
    '\r\n ',
    '\t',
    '\\',
    ',',
    ':',
    '<@>',
  ],
  ...[bodyHash, 'b=eA==', 'd=list.example', 'h=from:from:from:x', '\u00e9', '\u0001', '='.repeat(50)],
);
const value = fc.array(atom, { maxLength: 14 }).chain((atoms) => fc.constantFrom('; ', ';', ' ', '').map((between) => atoms.join(between)));
const name = fc.constantFrom(
  ...[
    'DKIM-Signature',
    'ARC-Seal',
    'ARC-Message-Signature',
    'ARC-Authentication-Results',
    'Authentication-Results',
    'Received-SPF',
    'Return-Path',
  ],
  ...['Received', 'Content-Type', 'DomainKey-Signature', 'X-Google-DKIM-Signature', 'Sender'],
);
const fields = fc.array(fc.tuple(name, value), { maxLength: 12 });
const dns = { ...zone, 's1._domainkey.list.example': { TXT: [recordOf(key)] } };

test('whatever stands in the header', async () => {
  await fc.assert(
    fc.asyncProperty(fields, fc.constantFrom('', 'x@evil.example', '"a@b"@evil.example', 'é@évil.example'), async (all, from) => {
      const raw = `${all.map(([field, text]) => `${field}: ${text}\r\n`).join('')}${plain}`;
      const outcome = await outcomeOf({ raw, dns, from, trusted: ['list.example'] });
      expect(['550 5.7.26', '554 5.6.0']).toContain(outcome);
    }),
    { numRuns: 300 },
  );
});

test('whatever stands in DNS', async () => {
  const record = fc.array(
    fc.constantFrom(
      'v=spf1',
      'v=DKIM1',
      'k=rsa',
      'p=',
      'p=AAAA',
      'include:shop.example',
      'a',
      'mx',
      'ptr',
      'exists:%{l}',
      '%{',
      '%{i999r}',
      'ip4:1.2.3',
      'redirect=',
      '-all',
      ';',
      'exp=x.example',
      'ip6:::/129',
      'a:%{d}//999',
      '\u0000',
      'é',
      'h=',
      's=',
    ),
    { maxLength: 10 },
  );
  await fc.assert(
    fc.asyncProperty(
      record,
      fc.constantFrom(' ', '', '; '),
      fc.constantFrom('192.0.2.9', '2001:db8::9', 'unknown'),
      async (terms, between, ip) => {
        const text = terms.join(between);
        const zoneOf = { 'shop.example': { TXT: [text], MX: ['x'], A: ['192.0.2.1'] }, 's1._domainkey.shop.example': { TXT: [text] } };
        const outcome = await outcomeOf({
          raw: `DKIM-Signature: v=1; a=rsa-sha256; d=shop.example; s=s1; h=from; bh=x; b=x\r\n${plain}`,
          dns: zoneOf,
          ip,
          from: 'hanna@shop.example',
        });
        expect(['550 5.7.26', '451 4.4.3', 'proven']).toContain(outcome);
      },
    ),
    { numRuns: 300 },
  );
});
