import fc from 'fast-check';
import { readHeader } from '../../src/mime/header.ts';
import { parse } from '../../src/mime/parse.ts';
import type { Message } from '../../src/model/message.ts';
import { Refusal, replies } from '../../src/model/reply.ts';
import { leastCpu } from '../support/machine.ts';

const from = 'From: Ada <ada@buyer.example>\r\nSubject: x\r\n';

function read(raw: string | Uint8Array): Promise<Message> {
  const bytes = typeof raw === 'string' ? Buffer.from(raw.replace(/\r?\n/g, '\r\n')) : raw;
  return parse(bytes, readHeader(bytes));
}

async function refusal(raw: string | Uint8Array): Promise<unknown> {
  return read(raw).then(
    () => 'read',
    (error: unknown) => (error instanceof Refusal ? error.reply : error),
  );
}

const multipart = (type: string, ...parts: readonly string[]): string =>
  `Content-Type: multipart/${type}; boundary="b-${type}"\n\n${parts.map((part) => `--b-${type}\n${part}\n`).join('')}--b-${type}--\n`;
const plain = (text: string): string => `Content-Type: text/plain; charset=utf-8\n\n${text}`;
const html = (source: string): string => `Content-Type: text/html; charset=utf-8\n\n${source}`;

test('a text part beside an HTML part reaches readers of both, in order', async () => {
  const message = await read(from + multipart('mixed', html('<p>one</p>'), plain('two'), html('<p>three</p>')));
  expect(message.text?.split(/\s+/).filter(Boolean)).toEqual(['one', 'two', 'three']);
  expect(message.html?.plain.split(/\s+/).filter(Boolean)).toEqual(['one', 'two', 'three']);
});

test('of alternatives each reader gets one', async () => {
  const message = await read(from + multipart('mixed', multipart('alternative', plain('text'), html('<b>html</b>')), plain('footer')));
  expect(message.text).toBe('text\nfooter');
  expect(message.html?.plain.trim()).toBe('html\nfooter');
});

test('HTML alone, also beside an empty text, leaves the text to be made of it', async () => {
  expect((await read(from + html('<b>html</b>'))).text).toBeUndefined();
  expect((await read(from + multipart('alternative', plain('\n'), html('<b>html</b>')))).text).toBeUndefined();
});

test('markup in a text part stays text for readers of HTML', async () => {
  const message = await read(from + multipart('mixed', html('<p>a</p>'), plain('<img src="https://x.example/">\n  b & c')));
  expect(message.html?.plain).toContain('<img src="https://x.example/">\n  b & c');
  expect(message.html?.resources).toEqual([]);
});

test('HTML that is too complex is left out where there is a text for it, else refused', async () => {
  const deep = html('<div>'.repeat(300));
  expect(await read(from + multipart('alternative', plain('text'), deep))).toEqual({ subject: 'x', text: 'text', files: [] });
  expect(await refusal(from + deep)).toBe(replies.unreadable);
  expect(await refusal(from + multipart('mixed', deep, plain('only a footer')))).toBe(replies.unreadable);
  expect(await refusal(`${from}${deep}\n-----BEGIN PGP SIGNATURE-----\n`)).toBe(replies.unreadable);
});

test('a file comes with its name, its declared type, and the type that is found in it', async () => {
  const pdf = `Content-Type: image/png; name="a.png"\nContent-ID: <c1@x>\nContent-Transfer-Encoding: base64\n\n${Buffer.from('%PDF-1.4').toString('base64')}`;
  const named = 'Content-Type: text/plain; name="=?utf-8?Q?gr=C3=BCn=0D=0A.txt?="\n\nnotes';
  const { files, text } = await read(
    from + multipart('mixed', plain('t'), pdf, named, 'Content-Type: message/rfc822\n\nFrom: a@b.example\nSubject: y\n\nz'),
  );
  expect(text).toBe('t');
  expect(files.map(({ content, ...rest }) => ({ ...rest, content: Buffer.from(content).toString() }))).toEqual([
    { filename: 'a.png', declaredType: 'image/png', type: 'pdf', contentId: 'c1@x', content: '%PDF-1.4' },
    { filename: 'grün .txt', declaredType: 'text/plain', type: 'txt', content: 'notes' },
    { filename: '', declaredType: 'message/rfc822', type: 'eml', content: 'From: a@b.example\r\nSubject: y\r\n\r\nz' },
  ]);
});

test.each([
  ['text/calendar', 'BEGIN:VCALENDAR\nEND:VCALENDAR', 'ics'],
  ['text/vcard', 'BEGIN:VCARD\nEND:VCARD', 'vcf'],
  ['application/pgp-keys', '-----BEGIN PGP PUBLIC KEY BLOCK-----', 'pgp'],
  ['message/external-body; access-type=URL', 'Content-Type: text/plain\nMIME-Version: 1.0\n\n', 'eml'],
  ['message/delivery-status', 'Reporting-MTA: dns; x\n', 'eml'],
  ['message/partial; id=a; number=1', 'what another part goes on with', 'eml'],
  ['message/global', 'From: ä@b.example\nSubject: y\n\nz', 'eml'],
  ['text/rfc822-headers', 'Subject: only one', 'eml'],
  ['text/directory', 'FN: Ada', 'vcf'],
  ['text/x-vcalendar; name=a.vcs', 'DTSTART:20250310', 'ics'],
  ['application/ms-tnef; name=winmail.dat', 'x', 'tnef'],
  ['application/octet-stream; name="Fwd.EML"', 'Hello', 'eml'],
  ['application/octet-stream; name=page.htm', 'Hello <b>you</b>', 'html'],
  ['application/octet-stream; name=a.pdf.p7m', 'x', 'pkcs7'],
  ['application/mac-binhex40', '(This file must be converted with BinHex 4.0)', 'hqx'],
  ['application/octet-stream; name=really.eml', '%PDF-1.4', 'pdf'],
  ['text/csv', 'a,b', 'txt'],
  ['application/x-unheard-of', '\x01\x02\x03', 'unknown'],
])('%s is a file', async (declared, content, type) => {
  const { files, text } = await read(from + multipart('mixed', plain('t'), `Content-Type: ${declared}\n\n${content}`));
  expect(text).toBe('t');
  expect(files.map((file) => file.type)).toEqual([type]);
});

test.each(['', 'Content-Disposition: inline\n'])('an embedded message is one file with all its bytes (%j)', async (disposition) => {
  const { text, files } = await read(
    from + multipart('mixed', plain('t'), `Content-Type: message/rfc822\n${disposition}\nFrom: a@b.example\nSubject: y\n\nz`),
  );
  expect(text).toBe('t');
  expect(files.map(({ content }) => Buffer.from(content).toString())).toEqual(['From: a@b.example\r\nSubject: y\r\n\r\nz']);
});

test('a part of a digest is a message, not text with its header', async () => {
  const { text, files } = await read(from + multipart('mixed', plain('t'), multipart('digest', '\nFrom: a@b.example\nSubject: y\n\nz')));
  expect(text).toBe('t');
  expect(files.map(({ type }) => type)).toEqual(['eml']);
});

test.each([
  ['a closing delimiter that is missing', `${from}Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext`],
  ['a preamble and an epilogue', `${from}Content-Type: multipart/mixed; boundary=b\n\nno\n--b\n\ntext\n--b--\nno`],
  ['a type that is none', `${from}Content-Type: text\n\ntext`],
  ['an unknown charset, and UTF-8 in fact', `${from}Content-Type: text/plain; charset=x-nobody\n\ntext`],
  ['odd names of the encoding', `${from}Content-Transfer-Encoding: 7-bit\n\ntext`],
])('reads %s', async (_, raw) => {
  expect((await read(raw)).text?.trim()).toBe('text');
});

/** A text so many levels deep, each with a boundary of its own. */
function nested(levels: number): string {
  const heads = Array.from(
    { length: levels - 1 },
    (_, level) => `Content-Type: multipart/mixed; boundary="level-${level}"\n\n--level-${level}\n`,
  );
  return heads.join('') + plain('x');
}

const words = 'Grün, зелёный, 緑, 绿, 초록';

test.each([
  ['utf-8', Buffer.from(words), words],
  ['"UTF-8"', Buffer.from(words), words],
  ['', Buffer.from(words), words],
  ['us-ascii', Buffer.from(words), words],
  ['utf-16', Buffer.from(`\ufeff${words}`, 'utf16le'), words],
  ['utf-16', Buffer.from(words, 'utf16le'), words],
  ['utf-16be', Buffer.from(words, 'utf16le').swap16(), words],
  ['iso-8859-1', Buffer.from('gr\xfcn \x80', 'latin1'), 'grün €'],
  ['win-1252', Buffer.from('gr\xfcn \x80', 'latin1'), 'grün €'],
  ['us-ascii', Buffer.from('gr\xfcn', 'latin1'), 'grün'],
  ['utf-8', Buffer.from('gr\xfcn', 'latin1'), 'grün'],
  ['koi8-r', Buffer.from('dac5ccc5ced9ca', 'hex'), 'зеленый'],
  ['windows-1251', Buffer.from('e7e5ebe5edfbe9', 'hex'), 'зеленый'],
  ['gb2312', Buffer.from('c2cc', 'hex'), '绿'],
  ['gb18030', Buffer.from('c2cc', 'hex'), '绿'],
  ['big5', Buffer.from('baf1', 'hex'), '綠'],
  ['euc-kr', Buffer.from('c3cab7cf', 'hex'), '초록'],
  ['ks_c_5601-1987', Buffer.from('c3cab7cf', 'hex'), '초록'],
  ['shift_jis', Buffer.from('97ce', 'hex'), '緑'],
  ['cp932', Buffer.from('97ce', 'hex'), '緑'],
  ['euc-jp', Buffer.from('ced0', 'hex'), '緑'],
  ['iso-2022-jp', Buffer.from('1b24424e501b2842', 'hex'), '緑'],
  ['ibm850', Buffer.from('67 72 81 6e'.replaceAll(' ', ''), 'hex'), 'grün'],
])('charset %s', async (charset, bytes, text) => {
  const type = charset === '' ? '' : `Content-Type: text/plain; charset=${charset}\r\n`;
  expect(
    (await read(Buffer.concat([Buffer.from(`${from}${type}Content-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}`)]))).text,
  ).toBe(text);
});

test('HTML may name its charset itself', async () => {
  const source = Buffer.concat([
    Buffer.from(`${from}Content-Type: text/html\r\n\r\n<meta charset="koi8-r">`),
    Buffer.from('dac5ccc5ced9ca', 'hex'),
  ]);
  expect((await read(source)).html?.plain).toBe('зеленый');
});

test('controls go, from text and subject, whatever carried them', async () => {
  const raw = `From: a@b.example\nSubject: =?utf-8?Q?a=0D=0ABcc=3A_b=00=07=C2=85c?=\nContent-Transfer-Encoding: quoted-printable\n\na=00=07\tb=C2=85c=0D=0Ad=0De`;
  expect(await read(raw)).toMatchObject({ subject: 'a Bcc: b c', text: 'a\tb\nc\nd\ne' });
});

test('words of a subject that were split inside a character come together', async () => {
  const raw = 'From: a@b.example\nSubject: =?utf-8?B?w6TDtsM=?=\n =?utf-8?B?vMOf?= =?iso-8859-1?Q?=E9?=\n\nx';
  expect((await read(raw)).subject).toBe('äöüßé');
});

const unreadable: readonly (readonly [what: string, raw: string | Uint8Array])[] = [
  ['a multipart without a boundary', `${from}Content-Type: multipart/mixed\n\n--b\n\ntext`],
  ['an empty boundary', `${from}Content-Type: multipart/mixed; boundary=""\n\n--\n\ntext`],
  ['a boundary that never comes', `${from}Content-Type: multipart/mixed; boundary=c\n\n--b\n\ntext`],
  [
    'a multipart without parts beside a text',
    from + multipart('mixed', plain('t'), 'Content-Type: multipart/alternative; boundary=q\n\nlost'),
  ],
  ['UTF-7', `${from}Content-Type: text/plain; charset=utf-7\n\n+ADw-`],
  ['UTF-7 by another name', `${from}Content-Type: text/plain; charset=unicode-1-1-utf-7\n\n+ADw-`],
  ['UTF-7 in the subject', 'From: a@b.example\nSubject: =?utf-7?Q?+ADw-?=\n\nx'],
  [
    'an unknown charset',
    Buffer.concat([Buffer.from(`${from}Content-Type: text/plain; charset=x-nobody\r\n\r\n`), Buffer.from([0xff, 0xfe, 0x80])]),
  ],
  ['an unknown encoding', `${from}Content-Transfer-Encoding: x-uue\n\nx`],
  ['over 100 parts', from + multipart('mixed', ...Array.from({ length: 101 }, () => plain('x')))],
  ['over 20 levels', from + nested(21)],
  ['over 1 MB of text', `${from}\n${'x'.repeat(1_048_577)}`],
  ['a part with a header over 100 kB', from + multipart('mixed', `X: y\n`.repeat(25_000) + plain('x'))],
  ['nothing', 'From: a@b.example\n\n \n'],
];

test.each(unreadable)('cannot be read: %s', async (_, raw) => {
  expect(await refusal(raw)).toBe(replies.unreadable);
});

test('a subject alone is a message, and so is a file alone', async () => {
  expect(await refusal(`${from}\n`)).toBe('read');
  expect(await refusal('From: a@b.example\nContent-Type: application/pdf\n\n%PDF-1.4')).toBe('read');
});

test('100 parts, 20 levels and 1 MB are read', async () => {
  expect(await refusal(from + multipart('mixed', ...Array.from({ length: 98 }, () => plain('x'))))).toBe('read');
  expect(await refusal(from + nested(20))).toBe('read');
  expect(await refusal(`${from}\n${'x'.repeat(1_048_570)}`)).toBe('read');
});

test('whatever the bytes, the message is read or refused', async () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '',
      '--b',
      '--b--',
      'Content-Type: multipart/mixed; boundary=b',
      'Content-Type: text/html; charset=iso-2022-jp',
      'Content-Type: text/plain; format=flowed; delsp=yes',
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: base64',
      'Content-Transfer-Encoding: quoted-printable',
      "Content-Disposition: attachment; filename*0*=utf-8''%41; filename*1*=%",
      '<p style="display:none">a</p>',
      '=?utf-8?Q?=00?=',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 40 }), fc.uint8Array(), async (lines, tail) => {
      const raw = Buffer.concat([Buffer.from(`${from}MIME-Version: 1.0\r\n${lines.join('\r\n')}`), tail]);
      try {
        readHeader(raw);
      } catch {
        return;
      }
      expect(['read', replies.unreadable]).toContain(await refusal(raw));
    }),
    { numRuns: 300 },
  );
});

const body = (part: string, type = 'text/plain', encoding = 'quoted-printable'): string =>
  `${from}Content-Type: ${type}\nContent-Transfer-Encoding: ${encoding}\n\n${part.repeat(Math.floor(1_000_000 / part.length))}`;

test.each([
  ['blanks', body(' ')],
  ['lines of blanks', body(`${' '.repeat(996)}x\n`)],
  ['soft breaks', body('=\n')],
  ['flowed blanks', body(' \n', 'text/plain; format=flowed; delsp=yes')],
  ['flowed quotes', body('> \n', 'text/plain; format=flowed')],
  ['quote marks', body('>', 'text/plain; format=flowed')],
  ['2 MB of blanks in a file', body(`${' '.repeat(1_999)}x`, 'application/pdf') + ' '.repeat(1_000_000)],
  ['base64 padding', body('=', 'application/pdf', 'base64')],
  ['delimiters', `${from}Content-Type: multipart/mixed; boundary=b\n\n${'--c\n'.repeat(250_000)}`],
  ['boundaries', `${from}Content-Type: multipart/mixed; boundary=b\n\n${'--b\n'.repeat(250_000)}`],
  ['encoded words', `From: a@b.example\nSubject: ${'=?utf-8?Q?a?= '.repeat(6_000)}\n\nx`],
  ['half encoded words', `From: a@b.example\nSubject: ${'=?'.repeat(45_000)}\n\nx`],
  ['parameters', `${from}Content-Type: text/plain; ${'a=b;'.repeat(22_000)}\n\nx`],
  [
    'continued parameters',
    `${from}Content-Disposition: attachment; ${Array.from({ length: 6_000 }, (_, n) => `n*${n}*=%41;`).join('')}\n\nx`,
  ],
])('%s are read or refused in less than two seconds', async (_, raw) => {
  const work = async () => {
    await refusal(raw);
  };
  expect(await leastCpu(work, 2_000)).toBeLessThan(2_000);
});
