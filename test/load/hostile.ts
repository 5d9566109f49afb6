/**
 * Messages that are as dear as the limits allow (12 MB on the wire, 1 MB of text, 100 parts, 20,000 tags): made to see what one message can do to
 * the others. All within the limits: what is beyond them is refused before any work.
 */
import { deflateSync } from 'node:zlib';
import { docx } from '../leaks/files/office.ts';
import { randomFrom } from '../support/random.ts';

export interface Hostile {
  readonly name: string;
  /** Header fields beside From, To, Subject and Message-ID. */
  readonly fields?: readonly string[];
  /** CRLF line ends. */
  readonly body: string;
}

let count = 0;

/** What its author would send; no two have one Message-ID. */
export function messageOf({ fields = [], body }: Hostile, author: string): string {
  count += 1;
  const own = [`From: Hanna <${author}>`, 'To: x@relay.example', 'Subject: The shelf', `Message-ID: <${count}@dear.example>`];
  return `${[...own, ...fields].join('\r\n')}\r\n\r\n${body}`;
}

const megabyte = 1 << 20;
/** What DATA may have, less room for a header. */
const wire = 12 * megabyte - 110_000;

const filled = (pieces: readonly string[], length: number): string => {
  const text: string[] = [];
  for (let at = 0, sum = 0; sum < length; at += 1) {
    const piece = pieces[at % pieces.length] ?? '';
    text.push(piece);
    sum += piece.length;
  }
  return text.join('').slice(0, length);
};

const lines = (bytes: Buffer): string => (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');

interface Attached {
  readonly type: string;
  readonly encoding?: string;
  readonly name?: string;
  readonly body: string;
}

const file = (type: string, name: string, content: Buffer): Attached => ({ type, name, encoding: 'base64', body: lines(content) });

function mixed(name: string, parts: readonly Attached[]): Hostile {
  const written = parts.map(({ type, encoding = '8bit', name: filename, body }) =>
    [
      `--x`,
      `Content-Type: ${type}`,
      `Content-Transfer-Encoding: ${encoding}`,
      ...(filename === undefined ? [] : [`Content-Disposition: attachment; filename="${filename}"`]),
      '',
      body,
      '',
    ].join('\r\n'),
  );
  return { name, fields: ['Content-Type: multipart/mixed; boundary=x'], body: `${written.join('')}--x--\r\n` };
}

const text: Attached = { type: 'text/plain; charset=utf-8', body: 'Is it oiled?' };
const one = (name: string, attached: Attached): Hostile => mixed(name, [text, attached]);
const html = (name: string, source: string): Hostile => ({
  name,
  fields: ['Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: 8bit'],
  body: `${source}\r\n`,
});

const noise = (length: number): Buffer => {
  const random = randomFrom(4711);
  return Buffer.from(Uint8Array.from({ length }, () => random() * 256));
};

const paragraphs = (count: number): string => filled(['<w:p><w:r><w:t>The ring is at 34 cm</w:t></w:r></w:p>'], count * 49);

function pdf(objects: number, streams: readonly Buffer[]): Buffer {
  const head = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n';
  const page = '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[4 0 R]>>endobj\n';
  const packed = streams.flatMap((content, at) => {
    const bytes = deflateSync(content);
    return [
      Buffer.from(`${at + 4} 0 obj<</Length ${bytes.length}/Filter/FlateDecode>>stream\n`),
      bytes,
      Buffer.from('\nendstream endobj\n'),
    ];
  });
  const more = Array.from({ length: objects }, (_, at) => `${at + 100} 0 obj<</A[1 2]>>endobj\n`).join('');
  return Buffer.concat([Buffer.from(head + page), ...packed, Buffer.from(`${more}trailer<</Root 1 0 R>>\n%%EOF\n`)]);
}

const triggers = [
  'Please visit our shop at www dot shop dot example for more offers. ',
  'Leave us five stars and we refund you 10 euro. ',
  'Call me at +44 20 7946 0123 or write to hanna (at) oakbench (dot) example. ',
  'Pay by bank transfer to my IBAN DE89 3704 0044 0532 0130 00, it is cheaper. ',
  'Besuchen Sie unseren Shop, dort ist alles günstiger. ',
  'Visitez notre boutique et payez par virement. ',
  'Bitte schreiben Sie uns direkt per WhatsApp. ',
];

const distinct = (length: number): string => {
  const random = randomFrom(99);
  const words = triggers.join(' ').split(/\s+/);
  const sentences = Array.from({ length: 4_000 }, () =>
    Array.from({ length: 18 }, () => words[Math.floor(random() * words.length)]).join(' '),
  );
  return filled(
    sentences.map((it) => `${it}.\r\n`),
    length,
  );
};

const quoted = (length: number): string => filled([`${'=41'.repeat(25)}=\r\n`], length);

/** Made one at a time: together they are some 200 MB. */
export const hostile: readonly (() => Hostile)[] = [
  () => ({
    name: '1 MB of trigger sentences, repeated',
    body: `${filled(
      triggers.map((it) => `${it}\r\n`),
      megabyte - 9_000,
    )}\r\n`,
  }),
  () => ({ name: '1 MB of trigger words in 50,000 sentences', body: `${distinct(megabyte - 9_000)}\r\n` }),
  () => ({
    name: '1 MB of addresses',
    body: `${filled(['a.b@c.example x@y.example '], megabyte - 9_000).replace(/.{900}/g, '$&\r\n')}\r\n`,
  }),
  () => ({
    name: '1 MB of telephone numbers',
    body: `${filled(['020 7946 0123 44 ', '(030) 901820 '], megabyte - 9_000).replace(/.{900}/g, '$&\r\n')}\r\n`,
  }),
  () =>
    html(
      'HTML, 19,000 tags with styles',
      filled(['<p style="color:red;background:url(//a.example/b)">visit <b>us</b> www.a.example</p>'], 760_000),
    ),
  () => html('HTML, 19,000 links', filled(['<a href="https://a.example/b?c=d">https://e.example/f</a>'], 1_000_000)),
  () =>
    html(
      'HTML, style sheet at its limits',
      `<style>${filled(['div p.a span,p b.b i{color:#fff;background:#fff}'], 45_000)}</style>${filled(['<p class="a b">x <b class=b>y</b> <i>z</i></p>'], 280_000)}`,
    ),
  () => html('HTML, 199 deep, 19,000 tags', filled([`${'<div>'.repeat(190)}x${'</div>'.repeat(190)}`], 104_000)),
  () => one('12 MB quoted-printable file', { type: 'application/pdf', encoding: 'quoted-printable', name: 'a.pdf', body: quoted(wire) }),
  () => ({
    name: '12 MB quoted-printable text',
    fields: ['Content-Type: text/plain', 'Content-Transfer-Encoding: quoted-printable'],
    body: `${quoted(3 * megabyte - 30_000)}\r\n`,
  }),
  () =>
    mixed(
      '99 texts of 10 kB',
      Array.from({ length: 99 }, () => ({ ...text, body: filled(triggers, 10_000) })),
    ),
  () =>
    mixed(
      '98 HTML parts of 200 tags',
      Array.from({ length: 98 }, () => ({ type: 'text/html', body: filled(['<p>visit <b>us</b></p>'], 2_000) })),
    ),
  () => mixed('98 files of 120 kB', [text, ...Array.from({ length: 98 }, (_, at) => file('image/jpeg', `${at}.jpg`, noise(70_000)))]),
  () =>
    one('12 MB base64 in one line', { type: 'image/jpeg', encoding: 'base64', name: 'a.jpg', body: noise(7_000_000).toString('base64') }),
  () => ({ name: '12 MB text in lines of one letter', body: filled(['a\r\n'], wire) }),
  () =>
    one('12 MB of stuffed dots', {
      type: 'application/octet-stream',
      encoding: '7bit',
      name: 'a.bin',
      body: filled(['.\r\n'], 6 * megabyte),
    }),
  () =>
    one('12 MB of blanks', {
      type: 'application/octet-stream',
      encoding: '7bit',
      name: 'a.bin',
      body: filled([`${' '.repeat(990)}\r\n`], wire),
    }),
  () =>
    one('12 MB of boundaries that are none', {
      type: 'application/octet-stream',
      encoding: '7bit',
      name: 'a.bin',
      body: filled(['--y\r\n'], wire),
    }),
  () => ({
    name: '10 signatures over 12 MB of blanks',
    fields: Array.from(
      { length: 10 },
      (_, at) =>
        `DKIM-Signature: v=1; a=rsa-sha256; c=${at % 2 ? 'simple' : 'relaxed'}/${at % 4 < 2 ? 'simple' : 'relaxed'}; d=d${at}.example; s=s; h=from; bh=AAAA; b=AAAA`,
    ),
    body: filled([`${'a  \t'.repeat(240)}\r\n`], wire),
  }),
  () => ({
    name: '10 signatures over 12 MB in one line',
    fields: Array.from(
      { length: 10 },
      (_, at) =>
        `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/${at % 2 ? 'simple' : 'relaxed'}; d=d${at}.example; s=s; h=from; bh=AAAA; b=AAAA`,
    ),
    body: `${'a '.repeat(wire / 2)}\r\n`,
  }),
  () => ({ name: '95 kB of addressees', fields: [`Cc: ${filled(['"a" <a@b.example>,\r\n '], 94_000)} c@d.example`], body: 'Hello\r\n' }),
  () => ({ name: '95 kB of nested groups', fields: [`Cc: ${filled(['a:(b"'], 94_000)}`], body: 'Hello\r\n' }),
  () => one('Word file, 29 MB of XML', file('application/msword', 'a.docx', docx({ body: paragraphs(100_000) }))),
  () =>
    mixed('20 Word files, 5 MB of XML each', [
      text,
      ...Array.from({ length: 20 }, () => file('application/msword', 'a.docx', docx({ body: paragraphs(100_000) }))),
    ]),
  () => one('PDF, 29 MB of text', file('application/pdf', 'a.pdf', pdf(0, [Buffer.from(filled(['BT (visit us) Tj ET\n'], 29_000_000))]))),
  () =>
    one(
      'PDF, 29 MB of hexadecimal text',
      file('application/pdf', 'a.pdf', pdf(0, [Buffer.from(filled(['BT <414243444546> Tj ET\n'], 29_000_000))])),
    ),
  () => one('PDF, 190,000 objects', file('application/pdf', 'a.pdf', pdf(190_000, []))),
  () =>
    mixed('20 PDFs, 29 MB of text each', [
      text,
      ...Array.from({ length: 20 }, (_, at) =>
        file('application/pdf', `${at}.pdf`, pdf(0, [Buffer.from(filled(['BT (visit us) Tj ET\n'], 29_000_000))])),
      ),
    ]),
  () => one('text file of 7 MB', file('text/plain', 'a.txt', Buffer.from(filled(triggers, 7_000_000)))),
];
