import type { Mailbox } from '../../src/model/address.ts';
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { leaks } from '../../src/rewrite/gate.ts';
import { rewrite } from '../../src/rewrite/rewrite.ts';
import { order, sent, toBuyer, toSeller } from './parties.ts';
import { leastCpu } from '../support/machine.ts';

const found = (message: string | Buffer) =>
  leaks(typeof message === 'string' ? Buffer.from(message.replace(/\r?\n/g, '\r\n')) : message, toSeller).map(
    ({ what, whose, where }) => `${whose}'s ${what} in ${where}`,
  );

const text = (body: string, type = 'text/plain; charset=utf-8', encoding = '8bit'): string =>
  `Subject: x\nContent-Type: ${type}\nContent-Transfer-Encoding: ${encoding}\n\n${body}`;
const base64 = (content: string | Buffer): string => Buffer.from(content).toString('base64');

test.each([
  ['as it is', text('to hanna.lindqvist@mailer.example.')],
  ['in upper case', text('HANNA.LINDQVIST@MAILER.EXAMPLE')],
  ['with a tag', text('hanna.lindqvist+shop@mailer.example')],
  ['with invisible characters', text('hanna.lind\u00adqvist@mail\u200ber.example')],
  ['in full-width letters', text('ｈanna.lindqvist＠mailer.example')],
  ['percent-encoded', text('hanna.lindqvist%40mailer.example')],
  ['percent-encoded twice', text('hanna.lindqvist%2540mailer.example')],
  ['broken over lines', text('> hanna.lindqvist@\n> mailer.example')],
  ['in base64', text(base64('hanna.lindqvist@mailer.example'), undefined, 'base64')],
  ['in quoted-printable', text('hanna=2Elindq=\nvist@mailer.example', undefined, 'quoted-printable')],
  ['the second one', text('h.lindqvist@work.example')],
  ['in HTML, split by markup', text('<p>hanna.<b>lindqvist</b>@mailer.example</p>', 'text/html; charset=utf-8')],
  ['with an accent behind it', text('to hanna.lindqvist@mailer.exampleé')],
  ['with an accent before it', text('voilàhanna.lindqvist@mailer.example')],
  ['in an attribute', text('<p><a href="https://x.example/?u=hanna.lindqvist@mailer.example">x</a></p>', 'text/html; charset=utf-8')],
  [
    'in an attribute, percent-encoded',
    text('<a href="https://x.example/?u=hanna.lindqvist%40mailer.example">x</a>', 'text/html; charset=utf-8'),
  ],
])("the author's mailbox %s", (_, message) => {
  expect(found(message)).toContainEqual(expect.stringMatching(/^author's mailbox in part 1 text\/(?:plain|html)$/));
});

test.each([
  ['Subject', 'hanna.lindqvist@mailer.example'],
  ['X-New', `=?utf-8?B?${base64('hanna.lindqvist@mailer.example')}?=`],
  ['X-New', '=?utf-8?Q?hanna.lind?= =?utf-8?Q?qvist=40mailer.example?='],
  ['Content-Disposition', "attachment; filename*=utf-8''hanna.lindqvist%40mailer.example"],
  ['References', '<1.hanna.lindqvist@mailer.example>\n <2@x.example>'],
  ['From', '"hanna.lindqvist@mailer.example" <b-1@relay.example>'],
])('in the field %s: %s', (name, value) => {
  expect(found(`${name}: ${value}\n\nx`)).toContain(`author's mailbox in header ${name}`);
});

test("the recipient's mailbox, and full names of both", () => {
  expect(found(text('anton@becker-lamps.example'))).toEqual(["recipient's mailbox in part 1 text/plain"]);
  expect(found(text('see www.becker-lamps.example'))).toEqual(["recipient's host in part 1 text/plain"]);
  expect(found(text('Hanna\n  LINDQVIST and Anton\u00a0Becker'))).toEqual([
    "author's name in part 1 text/plain",
    "recipient's name in part 1 text/plain",
  ]);
  expect(found(text('<td>Hanna</td><td>Lindqvist</td>', 'text/html; charset=utf-8'))).toEqual(["author's name in part 1 text/html"]);
});

test.each([
  ['a mailbox before a checksum that looks like letters', 'tEXtAuthor\0hanna.lindqvist@mailer.exampleQf\xe1u'],
  ['a mailbox before one that looks like the next letter', 'dSIGanything@mailer.exampleo\x19'],
  ['a mailbox behind a length that looks like a letter', '\0\0\0Ahanna.lindqvist@mailer.example\0'],
])('%s, in a picture that is broken', (_, bytes) => {
  const picture = Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\x7dIDAT${bytes}`, 'latin1');
  expect(found(text(base64(picture), 'image/png; name="picture-1.png"', 'base64'))).toContain("author's mailbox in part 1 image/png");
});

test('letters right before a mailbox at a provider hide it from nobody who reads it, unless it may be the end of another one', () => {
  const from = (mailbox: string, message: string) => {
    const route = { ...toSeller, author: { ...toSeller.author, mailboxes: [mailbox as Mailbox] } };
    return leaks(Buffer.from(message.replaceAll('\n', '\r\n'), 'latin1'), route).map(({ whose, what }) => `${whose}'s ${what}`);
  };
  const file = (words: string) => text(base64(Buffer.from(`\0\xff${words}\0`, 'latin1')), 'application/octet-stream', 'base64');
  for (const message of ['TransfROSE.WHITFIELD77@GMX.DE', 'gmx.drose.whitfield77@gmx.de']) {
    expect(from('rose.whitfield77@gmx.de', text(message))).toContain("author's mailbox");
    expect(from('rose.whitfield77@gmx.de', file(message))).toContain("author's mailbox");
  }
  expect(from('anna@gmx.de', text('joanna@gmx.de'))).toEqual([]);
  expect(from('anna@gmx.de', file('joanna@gmx.de'))).toEqual([]);
});

test('in bytes, a longer word is another word', () => {
  const file = (words: string): string =>
    text(base64(Buffer.from(`\0\xff\xfe\0${words}\0`, 'latin1')), 'application/octet-stream', 'base64');
  expect(found(file('johanna.lindqvist@mailer.examples.org'))).toEqual([]);
  expect(found(file('e-becker-lamps.example'))).toEqual([]);
  expect(found(file('anton@becker-lamps.example'))).toEqual(["recipient's mailbox in part 1 application/octet-stream"]);
});

test('a document may bear the name of its reader, and not that of its author', () => {
  const file = (name: string) =>
    found(
      `Content-Type: application/msword\nContent-Disposition: attachment;\n filename="attachment-1.doc"\nContent-Transfer-Encoding: base64\n\n${base64(`Invoice for ${name}`)}`,
    );
  expect(file('Anton Becker')).toEqual([]);
  expect(file('Hanna Lindqvist')).toEqual(["author's name in part 1 application/msword"]);
});

test('ids of the recipient’s own mail client are no secret where they make the thread, and nowhere else', async () => {
  const own = { inReplyTo: 'x1@becker-lamps.example', references: ['x0@becker-lamps.example', 'x1@becker-lamps.example'] };
  await sent({ text: 'x' }, own);
  const bytes = await rewrite({ subject: 'x', text: 'x', files: [] }, toBuyer, { ...order, ...own });
  expect(leaks(bytes, toBuyer).map(({ whose, where }) => `${whose} ${where}`)).toEqual([
    'author header In-Reply-To',
    'author header References',
  ]);
});

test('aliases, other mailboxes, single words, the shown name and longer words pass', () => {
  const body = `${toSeller.author.face.alias} xhanna.lindqvists@mymailer.example x@mailer.example2 mailer.example-shop.example Hanna, Lindqvist alone; Johanna Lindqvist; Hanna L.`;
  expect(found(text(body))).toEqual([]);
  const shown = { ...toSeller, author: { ...toSeller.author, face: { ...toSeller.author.face, name: 'Hanna Lindqvist' } } };
  expect(leaks(Buffer.from(text('Hanna Lindqvist').replaceAll('\n', '\r\n')), shown)).toEqual([]);
});

const parts = (...inner: readonly string[]): string =>
  `Content-Type: multipart/mixed; boundary="b"\n\n${inner.map((part) => `--b\n${part}\n`).join('')}--b--\n`;

test('each part is looked at, and so is what stands around the parts', () => {
  const secret = text('hanna.lindqvist@mailer.example');
  expect(
    found(parts(text('x'), `Content-Type: multipart/alternative; boundary="c"\n\n--c\n${text('y')}\n--c\n${secret}\n--c--`)),
  ).toContain("author's mailbox in part 2.2 text/plain");
  expect(found(parts('Content-Type: text/plain; name="Hanna Lindqvist.txt"\n\nx'))).toEqual([
    "author's name in part 1 header Content-Type",
  ]);
  expect(found(parts('\nx').replace('--b\n', 'Hanna Lindqvist\n--b\n'))).toHaveLength(1);
  expect(found(`${parts('\nx')}anton@becker-lamps.example`)).toHaveLength(1);
});

test.each([
  ['bytes', Buffer.from('\0\x01(HANNA.LINDQVIST@mailer.example)\xff', 'latin1')],
  ['UTF-16', Buffer.from('(hanna.lindqvist@mailer.example)', 'utf16le')],
  ['UTF-16 of the other order', Buffer.from('(hanna.lindqvist@mailer.example)', 'utf16le').swap16()],
  ['UTF-16 at an odd place', Buffer.concat([Buffer.from('\x01'), Buffer.from(' hanna.lindqvist@mailer.example', 'utf16le')])],
])('in a file as %s', (_, content) => {
  expect(found(parts(`Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n${base64(content)}`))).toContain(
    "author's mailbox in part 1 application/pdf",
  );
});

const attached = (content: Buffer, type = 'application/pdf'): string =>
  parts(`Content-Type: ${type}\nContent-Transfer-Encoding: base64\n\n${base64(content)}`);

const pdf = (stream: string, head = '/Filter /FlateDecode'): Buffer =>
  Buffer.concat([
    Buffer.from(`%PDF-1.4\n1 0 obj <<${head}>> stream\n`),
    deflateSync(Buffer.from(stream, 'latin1')),
    Buffer.from('\nendstream endobj'),
  ]);
const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');

test.each([
  ['a packed stream', pdf('/Author (Hanna Lindqvist)')],
  ['the text of a page, with distances between its letters', pdf('BT [(Han) -20 (na Lind) 15 (qvist)] TJ ET')],
  ['the text of a page, word by word', pdf('BT (Hanna) Tj 50 0 Td (Lindqvist) Tj ET')],
  ['escapes', pdf('BT (Hanna \\114indqvist) Tj ET')],
  ['hexadecimal', Buffer.from(`%PDF-1.4\n1 0 obj <</Author <feff${hex('Hanna Lindqvist')}>>>`)],
  [
    'glyphs that a map names',
    Buffer.concat([
      pdf(`beginbfrange <0001> <001a> <0061> <0030> <0030> <0020> endbfrange`),
      pdf(
        `BT <${[...'hanna lindqvist'].map((char) => (char === ' ' ? 48 : char.charCodeAt(0) - 96).toString(16).padStart(4, '0')).join('')}> Tj ET`,
      ),
    ]),
  ],
])('in a PDF as %s', (_, content) => {
  expect(found(attached(content))).toContain("author's name in part 1 application/pdf");
});

function zip(name: string, content: string, sum = crc32(content)): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(sum, 16);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
}

test('in a document of Word, also where its words are in pieces; one that cannot be opened does not pass', () => {
  const wordsOf = (text: string) => found(attached(zip('word/document.xml', text), 'application/msword'));
  expect(wordsOf('<w:p><w:r><w:t>Hanna Lind</w:t></w:r><w:r><w:t>qvist</w:t></w:r></w:p>')).toEqual([
    "author's name in part 1 application/msword",
  ]);
  expect(wordsOf('<w:p w:author="H&#97;nna Lindqvist"/>')).toEqual(["author's name in part 1 application/msword"]);
  expect(wordsOf('<w:p><w:t>Hanna</w:t></w:p>')).toEqual([]);
  expect(found(attached(zip('a.xml', 'x', 7)))).toEqual(["author's mailbox in undecodable part 1 application/pdf"]);
});

test('names of common words in capitals only, whatever stands between them in full', () => {
  const author = { ...toSeller.author, name: 'Rose Maria Chase', face: { ...toSeller.author.face, name: 'Rose C.' } };
  const foundIn = (body: string) =>
    leaks(Buffer.from(text(body).replaceAll('\n', '\r\n')), { ...toSeller, author }).map(({ what }) => what);
  expect(foundIn('we chase rose petals, and rose chase none')).toEqual([]);
  for (const form of ['Rose Chase', 'ROSE CHASE', 'Chase, Rose', 'rose maria chase']) expect(foundIn(form)).toEqual(['name']);
});

test('in a link as base64, at any offset', () => {
  for (const before of ['', 'a', 'ab', 'abc'])
    expect(found(text(`https://x.example/?${base64(`${before}hanna.lindqvist@mailer.example;`)}`))).toEqual([
      "author's mailbox in part 1 text/plain",
    ]);
});

test.each([
  ['broken base64', text('aGVsb*8', undefined, 'base64')],
  ['broken quoted-printable', text('a=zz', undefined, 'quoted-printable')],
  ['an unknown encoding', text('x', undefined, 'x-uuencode')],
  ['markup that we do not write', text('<p title="a < b">x</p>', 'text/html; charset=utf-8')],
  ['entities that we do not write', text('<p>&commat;</p>', 'text/html; charset=utf-8')],
  ['a comment', text('<!-- x -->', 'text/html; charset=utf-8')],
  ['a multipart without a boundary', 'Content-Type: multipart/mixed\n\nx'],
  ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary="b"\n\nx'],
  ['a word in another charset', 'Subject: =?utf-7?Q?x?=\nContent-Type: text/plain; charset=utf-8\n\nx'],
  ['text that is not UTF-8', Buffer.concat([Buffer.from(text('x').replaceAll('\n', '\r\n')), Buffer.from([0xff])])],
])('what cannot be decoded does not pass: %s', (_, message) => {
  expect(found(message).some((leak) => leak.includes('in undecodable '))).toBe(true);
});

test('never tells what it found', () => {
  const message = text('hanna.lindqvist@mailer.example Hanna Lindqvist').replaceAll('\n', '\r\n');
  expect(JSON.stringify(leaks(Buffer.from(message), toSeller))).not.toMatch(/hanna|lindqvist|mailer/i);
});

test('it decodes whatever we send', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.uint8Array(), async (subject, body, content) => {
      const files = [{ filename: 'x', declaredType: 'x/y', type: 'pdf', content }];
      const bytes = await rewrite({ subject: subject.toWellFormed(), text: body.toWellFormed(), files }, toSeller, order);
      expect(leaks(bytes, toSeller)).toEqual([]);
    }),
  );
});

test.each(['@mailer.example', 'hanna lindqvist'.slice(0, 14), ' ', '\n> ', '%25', '<p>', '&amp;', '=?', '--b\n', '+a'])(
  '2 MB of %j are looked through in less than three seconds',
  async (part) => {
    const content = part.repeat(2_000_000 / part.length);
    const work = () => [
      found(text(content, 'text/html; charset=utf-8')),
      found(`Content-Type: multipart/mixed; boundary="b"\n\n${content}`),
    ];
    expect(await leastCpu(work, 3_000)).toBeLessThan(3_000);
  },
);
