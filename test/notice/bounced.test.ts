/** The notice that a message came back: golden files in each language, and what must never be in one. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { aliasAt } from '../../src/model/address.ts';
import { bounceReasons, type Language, languages } from '../../src/model/route.ts';
import { type Bounced, writeBounced } from '../../src/notice/bounced.ts';
import { wordsOf } from '../../src/notice/words.ts';
import { fieldNames, partsOf, readText } from './reading.ts';

const domain = 'relay.market.example';
const office = { domain, commandAddressFor: (trace: string) => `c-${trace}@${domain}` };
const bounced: Bounced = {
  reason: 'unknown',
  language: 'en',
  trace: '7x2k9mfp3q8w5tzh',
  sent: Date.UTC(2026, 2, 9, 14, 5),
  at: Date.UTC(2026, 2, 9, 14, 7),
  messageId: 'CAF+1@mail.oakbench.example',
  own: { name: 'Hanna O.', alias: aliasAt('h4nn', domain) },
  other: { name: 'Jane R.', alias: aliasAt('j4n3', domain) },
};
const wire = (more: Partial<Bounced> = {}): string => Buffer.from(writeBounced({ ...bounced, ...more }, office)).toString('latin1');

/** Each language once, each reason twice. */
const golden = Object.fromEntries(
  languages.map((language, at) => [`bounced-${language}`, { language, reason: bounceReasons[at % 4] ?? 'other' }] as const),
);

test.each(Object.entries(golden))('%s', (name, more) => {
  const out = join(import.meta.dirname, `${name}.out.eml`);
  if (process.env.UPDATE_MAIL) writeFileSync(out, wire(more), 'latin1');
  expect(wire(more)).toBe(readFileSync(out, 'latin1'));
});

test('each golden file has its notice', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.startsWith('bounced-'));
  expect(files.toSorted()).toEqual(
    Object.keys(golden)
      .map((name) => `${name}.out.eml`)
      .toSorted(),
  );
});

test('it answers the message, to the alias of its author, and no machine answers it', async () => {
  const mail = await simpleParser(Buffer.from(wire(), 'latin1'));
  expect(mail.from?.value).toEqual([{ name: 'Message service', address: 'c-7x2k9mfp3q8w5tzh@relay.market.example' }]);
  expect(mail.to).toMatchObject({ value: [{ name: 'Hanna O.', address: 'h4nn@relay.market.example' }] });
  expect(mail.subject).toBe('Not delivered: your message to Jane R.');
  expect(mail.date).toEqual(new Date(bounced.at));
  expect(mail.messageId).toBe('<notice.bounced.7x2k9mfp3q8w5tzh@relay.market.example>');
  expect(mail.inReplyTo).toBe('<CAF+1@mail.oakbench.example>');
  expect(mail.headers.get('auto-submitted')).toBe('auto-replied');
  expect(mail.headers.get('postern-notice')).toBe('bounced');
  expect(mail.headers.has('postern-trace')).toBe(false);
});

test.each([
  ['unknown', '5.1.1'],
  ['full', '5.2.2'],
  ['policy', '5.7.1'],
  ['other', '5.0.0'],
] as const)('what machines read of %s: %s, the alias, the trace id, and nothing of the far side (RFC 3464)', (reason, status) => {
  const parts = partsOf(wire({ reason }));
  expect(wire({ reason })).toMatch(/Content-Type: multipart\/report; report-type=delivery-status;\r\n boundary=/);
  expect(parts.map(({ type }) => type)).toEqual(['text/plain', 'message/delivery-status', 'text/rfc822-headers']);
  expect(parts[1]?.body.trim().split('\r\n')).toEqual([
    'Reporting-MTA: dns; relay.market.example',
    'Arrival-Date: Mon, 09 Mar 2026 14:05:00 +0000',
    '',
    'Original-Recipient: rfc822; j4n3@relay.market.example',
    'Final-Recipient: rfc822; j4n3@relay.market.example',
    'Action: failed',
    `Status: ${status}`,
    'X-Postern-Trace: 7x2k9mfp3q8w5tzh',
  ]);
});

test('where the message cannot be told it answers none, and returns no header', () => {
  const { messageId: _, ...without } = bounced;
  const message = Buffer.from(writeBounced(without, office)).toString('latin1');
  expect(fieldNames(message)).not.toContain('In-Reply-To');
  expect(partsOf(message).map(({ type }) => type)).toEqual(['text/plain', 'message/delivery-status']);
  for (const messageId of ['a b', 'a>\r\nBcc: x', '', 'ü@x']) expect(wire({ messageId })).toBe(message);
});

test.each(languages)('%s: each reason says why and what to do', (language: Language) => {
  for (const reason of bounceReasons) {
    const text = readText(wire({ language, reason }));
    const { why, mend } = wordsOf[language].bounced.reasons[reason];
    expect(text).toContain(why);
    expect(text).toContain(`* ${mend}`);
    expect(text).toContain('Jane R.');
    expect(text).toContain('7x2k9mfp3q8w5tzh');
    expect(text).toContain('2026-03-09 14:05 UTC');
    expect(text).not.toMatch(/\{[a-z]+\}|undefined/);
  }
});

test('a name that is none of ours stays on its line', () => {
  const text = readText(wire({ other: { ...bounced.other, name: 'x@y.example\r\nBcc: z' } }));
  expect(text).toContain('To: x＠y.example Bcc: z\n');
});
