import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { languages } from '../../src/model/route.ts';
import { type Digest, writeDigest } from '../../src/notice/digest.ts';
import { digest, entryOf, optedOut, refused } from './examples.ts';
import { fieldNames, readText } from './reading.ts';

const wire = (it: Digest): string => Buffer.from(writeDigest(it)).toString('latin1');
const zh: Digest = { ...digest, language: 'zh', entries: [entryOf(optedOut('zh'))] };

test.each([
  ['en', digest],
  ['zh', zh],
])('digest in %s', (language, it) => {
  const out = join(import.meta.dirname, `${language}-digest.out.eml`);
  if (process.env.UPDATE_MAIL) writeFileSync(out, wire(it), 'latin1');
  expect(wire(it)).toBe(readFileSync(out, 'latin1'));
});

test('a mail of its own that answers none', async () => {
  const mail = await simpleParser(Buffer.from(wire(digest), 'latin1'));
  expect(mail.subject).toBe('Messages not delivered as written, 2026-03-09 (3)');
  expect(mail.messageId).toBe('<digest.d1g3st0000000000@relay.market.example>');
  expect(mail.inReplyTo).toBeUndefined();
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.get('postern-notice')).toBe('digest');
});

test('each message with its time, subject, reasons and trace id, and no word of the text', () => {
  const text = readText(wire(digest));
  expect(text).toContain(
    '1. Not delivered\n   Sent: 2026-03-09 14:05 UTC\n   To: Lara W.\n   Subject: "Your bench, and our spring offers"\n   Reason: Phone number, Advertising\n   Reference: 7x2k9mfp3q8w5tzh\n',
  );
  expect(text).toContain('3. Held');
  expect(text).not.toMatch(/7700|cushions/);
});

test('of more than 200 the rest is counted', () => {
  const text = readText(wire({ ...digest, entries: Array.from({ length: 1_000 }, () => entryOf(refused)) }));
  expect(text).toContain('200. Not delivered');
  expect(text).not.toContain('201.');
  expect(text).toContain('and 800 more');
});

test('hostile subjects and names begin no field, in any language', () => {
  const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\r\nBcc: x@y.example', '\u202e', 'x'.repeat(5_000)));
  fc.assert(
    fc.property(fc.constantFrom(...languages), hostile, hostile, (language, subject, name) => {
      const entries = [{ ...entryOf(refused), subject, other: name }];
      const bytes = wire({ ...digest, language, entries, own: { ...digest.own, name } });
      expect(bytes).toMatch(/^(?:[\t\x20-\x7e]{0,998}\r\n)*[\x20-\x7e]{0,998}$/);
      expect(fieldNames(bytes)).toEqual(fieldNames(wire({ ...digest, language })));
      expect(readText(bytes)).not.toContain('@');
    }),
  );
});
