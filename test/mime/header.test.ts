import fc from 'fast-check';
import { readHeader } from '../../src/mime/header.ts';
import { Refusal, replies, replyTo } from '../../src/model/reply.ts';
import { leastCpu } from '../support/machine.ts';

const crlf = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'));
const from = 'From: Ada <ada@buyer.example>\n';

function refusal(raw: Uint8Array): unknown {
  try {
    readHeader(raw);
    return 'read';
  } catch (error) {
    return error instanceof Refusal ? replyTo(error) : error;
  }
}

test('says who wrote it, to whom, which message it is and which it answers, and where the body begins', () => {
  const raw = crlf(
    `${from}To: "b@relay.example" <B-1@relay.example>,\n\tother <c@d.example>\nCc: x@y.example\nMessage-ID: <m1@buyer.example>\nIn-Reply-To: Your mail of Monday <m0@relay.example>\nReferences: <r1@a.example>\n <r2@a.example>\nSubject: a\n folded one\n\nbody`,
  );
  const header = readHeader(raw);
  expect(header.author).toBe('ada@buyer.example');
  expect(header.addressees).toEqual(['b@relay.example', 'b-1@relay.example', 'c@d.example', 'x@y.example']);
  expect(header.messageId).toBe('m1@buyer.example');
  expect(header.inReplyTo).toEqual(['m0@relay.example']);
  expect(header.references).toEqual(['r1@a.example', 'r2@a.example']);
  expect(header.fields.find(({ name }) => name === 'subject')?.value).toBe('a folded one');
  expect(raw.toString('latin1', header.bodyAt)).toBe('body');
});

test('a header without a body, and one with LF alone, are read', () => {
  expect(readHeader(Buffer.from('From: a@b.example\r\nSubject: x')).bodyAt).toBe(29);
  expect(readHeader(Buffer.from('From: a@b.example\n\nx')).bodyAt).toBe(19);
});

test('keeps the newest hundred references, and no id that is longer than 250 characters', () => {
  const ids = Array.from({ length: 150 }, (_, n) => `<${n}@a.example>`);
  const { references } = readHeader(crlf(`${from}References: ${ids.join('\n ')} <${'x'.repeat(251)}@a.example>\n\n`));
  expect(references).toHaveLength(100);
  expect(references.at(-1)).toBe('149@a.example');
});

test('text that is not ASCII is read as UTF-8, or else byte by byte', () => {
  const raw = Buffer.concat([crlf(from), Buffer.from('Subject: grün\r\nX-Old: gr'), Buffer.from([0xfc]), Buffer.from('n\r\n\r\n')]);
  const values = readHeader(raw).fields.map(({ value }) => value);
  expect(values.slice(1)).toEqual(['grün', 'grün']);
});

const unreadable: readonly (readonly [what: string, raw: string])[] = [
  ['nothing', ''],
  ['an empty line first', `\n${from}\n`],
  ['a folded line first', ` x\n${from}\n`],
  ['no colon', `${from}nonsense\n\n`],
  ['an empty name', `${from}: x\n\n`],
  ['a blank before the colon', `Reply-To : x\n${from}\n`],
  ['a TAB before the colon', `Reply-To\t: x\n${from}\n`],
  ['an 8-bit name', `Sübject: x\n${from}\n`],
  ['a NUL', `${from}Subject: a\0b\n\n`],
  ['over 1,000 lines', `${from}${'X: y\n'.repeat(1_000)}\n`],
  ['over 1,000 folded lines', `${from}X: y\n${' z\n'.repeat(1_000)}\n`],
  ['over 100 kB', `${from}X: ${'y'.repeat(103_000)}\n\n`],
  ...['Subject', 'Date', 'To', 'Cc', 'Message-ID', 'In-Reply-To', 'References', 'Content-Type', 'Content-Transfer-Encoding'].map(
    (name) => [`${name} twice`, `${from}${name}: x\n${name.toLowerCase()}: y\n\n`] as const,
  ),
];

test.each(unreadable)('cannot be read: %s', (_, raw) => {
  expect(refusal(crlf(raw))).toBe(replies.unreadable);
});

test('a bare CR in the header cannot be read', () => {
  expect(refusal(Buffer.from('From: a@b.example\r\nSubject: a\rBcc: x\r\n\r\n'))).toBe(replies.unreadable);
});

test.each([
  ['no From', 'To: x@y.example\n\n'],
  ['two', `${from}${from}\n`],
  ['in another case', `${from}FROM: eve@evil.example\n\n`],
  ['a list', 'From: a@b.example, c@d.example\n\n'],
  ['no mailbox', 'From: Ada\n\n'],
  ['over 1 kB', `From: ${'a'.repeat(1100)} <ada@buyer.example>\n\n`],
])('no author: %s', (_, raw) => {
  expect(refusal(crlf(raw))).toBe(replies.badAuthor);
});

test('bytes of any kind are read or refused, nothing else', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('From: a@b.example', 'Subject: x', ' folded', '', 'To: <<>>@@', 'References: <<a> <b'),
  );
  fc.assert(
    fc.property(fc.array(line), fc.uint8Array(), (lines, tail) => {
      const found = refusal(Buffer.concat([Buffer.from(lines.join('\r\n')), tail]));
      expect(['read', replies.unreadable, replies.badAuthor]).toContain(found);
    }),
  );
});

test.each([
  ['To', '@'],
  ['To', 'a@b,'],
  ['To', '<'],
  ['References', '<'],
  ['References', '<a> '],
  ['Subject', ' \r\n '],
])('%s full of %j is read within a moment', async (name, part) => {
  const value = part.repeat(Math.floor(95_000 / part.length)).slice(0, 90_000);
  const work = () => {
    refusal(Buffer.from(`From: a@b.example\r\n${name}: ${value}x\r\n\r\n`));
  };
  expect(await leastCpu(work, 500)).toBeLessThan(500);
});
