import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import fc from 'fast-check';
import { writeNotice } from '../../src/notice/write.ts';
import { mentioned, type Notice, type NoticeKind } from '../../src/notice/notice.ts';
import { languages } from '../../src/model/route.ts';
import { ruleIds } from '../../src/model/verdict.ts';
import { leaks } from '../../src/rewrite/gate.ts';
import { toSeller } from '../rewrite/parties.ts';
import { held, notices, optedOut, redacted, refused, spot, verdict, whole } from './examples.ts';
import { fieldNames, partsOf, readText } from './reading.ts';

const wire = (notice: Notice): string => Buffer.from(writeNotice(notice)).toString('latin1');
const text = (notice: Notice): string => readText(wire(notice));

test.each(Object.keys(notices))('%s', (name) => {
  const out = join(import.meta.dirname, `${name}.out.eml`);
  const bytes = wire(notices[name] ?? refused);
  if (process.env.UPDATE_MAIL) writeFileSync(out, bytes, 'latin1');
  expect(bytes).toBe(readFileSync(out, 'latin1'));
});

test('each golden file has its notice', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.out.eml') && !/digest|bounced/.test(file));
  expect(files.toSorted()).toEqual(
    Object.keys(notices)
      .map((name) => `${name}.out.eml`)
      .toSorted(),
  );
});

test('it answers the message, to the alias of its author, and no machine answers it', async () => {
  const mail = await simpleParser(Buffer.from(wire(refused), 'latin1'));
  expect(mail.from?.value).toEqual([{ name: 'Message service', address: 'notices@relay.market.example' }]);
  expect(mail.replyTo?.value).toEqual(mail.from?.value);
  expect(mail.to).toMatchObject({ value: [{ name: 'Hanna O.', address: 'h4nn@relay.market.example' }] });
  expect(mail.subject).toBe('Not delivered: Your bench, and our spring offers');
  expect(mail.date).toEqual(new Date(refused.at));
  expect(mail.messageId).toBe('<notice.7x2k9mfp3q8w5tzh@relay.market.example>');
  expect(mail.inReplyTo).toBe('<CAF+1@mail.oakbench.example>');
  expect(mail.references).toBe('<CAF+1@mail.oakbench.example>');
  expect(mail.headers.get('auto-submitted')).toBe('auto-replied');
  expect(mail.headers.get('postern-notice')).toBe('refused');
  expect(mail.headers.has('postern-trace')).toBe(false);
});

test('without a Message-ID of the author it answers none', () => {
  const { messageId: _, ...without } = refused;
  expect(wire(without)).not.toMatch(/^(?:In-Reply-To|References):/m);
  for (const messageId of ['a b', 'a>\r\nBcc: x', '', 'ü@x']) expect(wire({ ...refused, messageId })).toBe(wire(without));
});

test('three parts: for people, for machines, and to find the message again', () => {
  const parts = partsOf(wire(refused));
  expect(wire(refused)).toMatch(/Content-Type: multipart\/report; report-type=delivery-status;\r\n boundary=/);
  expect(parts.map(({ type }) => type)).toEqual(['text/plain', 'message/delivery-status', 'text/rfc822-headers']);
  expect(parts[2]?.body).toBe('Subject: Your bench, and our spring offers\r\nMessage-ID: <CAF+1@mail.oakbench.example>\r\n');
});

test.each<[NoticeKind, Notice, string[]]>([
  ['refused', refused, ['Action: failed', 'Status: 5.7.1', 'Diagnostic-Code: smtp; 550 5.7.1 contact-phone marketing']],
  [
    'redacted',
    redacted,
    ['Action: relayed', 'Status: 2.0.0', 'Diagnostic-Code: smtp; 250 2.0.0 contact-email attachment-type attachment-size'],
  ],
  ['held', held, ['Action: delayed', 'Status: 4.7.1', 'Diagnostic-Code: smtp; 450 4.7.1 sensitive-info']],
])('the status of what was %s (RFC 3464)', (_, notice, lines) => {
  const status = partsOf(wire(notice))[1]?.body.replaceAll('\r\n ', ' ') ?? '';
  const [message = '', recipient = '', ...more] = status.split('\r\n\r\n');
  expect(more).toEqual([]);
  expect(message.split('\r\n')).toEqual(['Reporting-MTA: dns; relay.market.example', 'Arrival-Date: Mon, 09 Mar 2026 14:05:00 +0000']);
  expect(recipient.trim().split('\r\n')).toEqual([
    'Original-Recipient: rfc822; l4r4@relay.market.example',
    'Final-Recipient: rfc822; l4r4@relay.market.example',
    ...lines,
    'X-Postern-Trace: 7x2k9mfp3q8w5tzh',
    `X-Postern-Rules: ${lines[2]?.split(' ').slice(4).join(', ')}`,
  ]);
});

test('it shows the very words once, neither what is only observed nor what stands in a signature', () => {
  const shown = text(refused);
  expect(shown.split('+44 7700 900 123')).toHaveLength(2);
  expect(shown).toContain('In your message: "30 % off all cushions until Sunday", "visit our shop"');
  expect(wire(refused)).not.toMatch(/900 999|observed|external-link/);
});

test('at most five files are named, the rest is counted', () => {
  expect(text(redacted)).toContain('Attachment: "parts.xlsx", "drawing.dwg", "a.zip", "b.zip", "c.zip", and 2 more');
  expect(text({ ...redacted, verdicts: [verdict('attachment-type', 'redact', spot('', 'attachment'))] })).toContain('(no file name)');
});

test('a long span is cut at 120 characters, none of them in two', () => {
  const shown = text({ ...refused, verdicts: [verdict('marketing', 'reject', spot('🛋'.repeat(500)))] });
  expect(shown).toContain(`"${'🛋'.repeat(120)}…"`);
});

test('what the author can answer', () => {
  for (const notice of [refused, redacted]) {
    expect(text(notice)).not.toMatch(/\bSEND\b|hours/);
    expect(text(notice)).toContain('Reply to this mail with your reason');
  }
  expect(text(refused)).toContain('* Change your message and send it again.');
  expect(text(held)).toContain('with the single word SEND');
  expect(text(held)).toContain('for 72 hours');
  expect(text({ ...refused, canSend: true })).toContain('with the single word SEND');
});

test('held by the gate, with no rule to name: a notice all the same', () => {
  const notice = { ...held, verdicts: [] };
  expect(text(notice)).toContain('It is held until it has been looked at.');
  expect(text(notice)).not.toContain('This is why');
  expect(wire(notice)).toContain('Diagnostic-Code: smtp; 450 4.7.1\r\n');
  expect(wire(notice)).not.toContain('X-Postern-Rules');
});

test('other limits than the usual ones are named', () => {
  const notice = { ...optedOut('de'), limits: { attachmentBytes: 10.5 * 1024 * 1024, windowDays: 45 } };
  expect(text(notice)).toContain('größer als 10,5 MB');
  expect(text(notice)).toContain('mehr als 45 Tagen');
  expect(text(optedOut('de'))).toContain('größer als 7 MB');
  expect(text(optedOut('zh'))).toContain('已超过 30 天');
});

test('nothing left to mention: the caller can see it', () => {
  expect(mentioned([verdict('marketing', 'observe', spot('x')), verdict('contact-phone', 'redact', spot('x', 'text', 'quoted'))])).toEqual(
    [],
  );
  expect(mentioned([verdict('no-order', 'reject', whole)])).toHaveLength(1);
});

test('the gate finds a mailbox of the other side in it, and nothing else', () => {
  const route = toSeller;
  const faces = { own: route.author.face, other: route.recipient.face };
  const saying = (span: string) =>
    leaks(writeNotice({ ...refused, ...faces, verdicts: [verdict('contact-email', 'redact', spot(span))] }), route);
  expect(saying('someone@else.example')).toEqual([]);
  expect(saying('anton@becker-lamps.example')).toMatchObject([{ what: 'mailbox', whose: 'recipient' }]);
});

/** What people write to break a mail that quotes them. */
const nasty = [
  '\r\nBcc: x@evil.example',
  '\r\n\r\n--=_1_7x2k9mfp3q8w5tzh--\r\n',
  '--=_1_7x2k9mfp3q8w5tzh',
  '\u2028',
  '\u202e',
  '\x00',
  '\ud800',
  'a@b.example',
  '=?utf-8?Q?=0D=0ABcc:_x?=',
  '{other}',
  '$&',
  '"',
  '>',
  '<b>',
  '\\',
  '.',
  ';',
  '界',
  '\u200b',
];
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 30 })), { maxLength: 30 }).map((it) => it.join('')),
  fc.constantFrom('x'.repeat(5_000), '\u200b'.repeat(5_000), ' '.repeat(5_000), 'é'.repeat(5_000)),
);

const anyFinding = fc.record({
  part: fc.constantFrom('text', 'html', 'attachment', 'message'),
  region: fc.constant('new'),
  span: hostile,
} as const);
const anyNotice = fc
  .record({
    kind: fc.constantFrom('refused', 'redacted', 'held'),
    language: fc.constantFrom(...languages),
    subject: hostile,
    messageId: hostile,
    names: fc.tuple(hostile, hostile),
    verdicts: fc.array(
      fc.record({
        rule: fc.oneof(fc.constantFrom(...ruleIds), hostile, fc.constant('constructor')),
        action: fc.constantFrom('redact', 'hold', 'reject'),
        findings: fc.array(anyFinding, { maxLength: 8 }),
      }),
      { maxLength: 5 },
    ),
    canSend: fc.boolean(),
  } as const)
  .map(
    ({ names: [own, other], ...notice }): Notice => ({
      ...refused,
      ...notice,
      own: { ...refused.own, name: own },
      other: { ...refused.other, name: other },
    }),
  );

test('hostile words begin no field and break no part', () => {
  fc.assert(
    fc.property(anyNotice, (notice) => {
      const bytes = wire(notice);
      expect(bytes).toMatch(/^[\r\n\t\x20-\x7e]*$/);
      expect(/(?<!\r)\n|\r(?!\n)/.test(bytes)).toBe(false);
      expect(Math.max(...bytes.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
      const answers = /^In-Reply-To:/m.test(bytes) ? ['In-Reply-To', 'References'] : [];
      expect(fieldNames(bytes)).toEqual(
        ['From', 'Reply-To', 'To', 'Subject', 'Date', 'Message-ID', ...answers].concat(
          'Auto-Submitted',
          'Postern-Notice',
          'MIME-Version',
          'Content-Type',
        ),
      );
      const parts = partsOf(bytes);
      expect(parts.map(({ type }) => type)).toEqual(['text/plain', 'message/delivery-status', 'text/rfc822-headers']);
      expect(parts[1]?.body.split('\r\n\r\n')).toHaveLength(2);
      expect(parts[2]?.body.replaceAll('\r\n ', ' ')).toMatch(/^Subject: [^\r\n]*\r\n(?:Message-ID: <[^\r\n ]*>\r\n)?$/);
    }),
    { numRuns: 300 },
  );
});

test('no address stands in it but those of the relay, and ids', () => {
  fc.assert(
    fc.property(anyNotice, (notice) => {
      const bytes = wire({ ...notice, messageId: 'id' });
      const [, status, headers] = partsOf(bytes);
      const said = [bytes.split('\r\n\r\n', 1)[0], status?.body, headers?.body, readText(bytes)].join('\n');
      const ours = /[a-z0-9.]+@relay\.market\.example\b/g;
      expect(said.replace(ours, '')).not.toContain('@');
      expect(readText(bytes)).not.toContain('@');
      expect(readText(bytes)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029\x00-\x09\x0b-\x1f]/);
    }),
    { numRuns: 300 },
  );
});

test('a value is not looked at for places of ours', () => {
  expect(text({ ...refused, subject: '{other} {own} $& $1' })).toContain('"{other} {own} $& $1"');
});
