import fc from 'fast-check';
import { readHtml } from '../../src/mime/html.ts';
import { readHeader } from '../../src/mime/header.ts';
import { parse } from '../../src/mime/parse.ts';
import type { File, Message } from '../../src/model/message.ts';
import type { Finding, Verdict } from '../../src/model/verdict.ts';
import { rewrite } from '../../src/rewrite/rewrite.ts';
import { leaks } from '../../src/rewrite/gate.ts';
import { buyer, order, seller, sent, toBuyer, toSeller } from './parties.ts';
import { leastCpu } from '../support/machine.ts';

const headOf = (message: string): string => message.slice(0, message.indexOf('\r\n\r\n'));
const file = (type: string, content: string, more: Partial<File> = {}): File => ({
  filename: 'secret name',
  declaredType: 'x/y',
  type,
  content: Buffer.from(content, 'latin1'),
  ...more,
});
const verdict = (rule: string, ...findings: readonly Partial<Finding>[]): Verdict => ({
  rule,
  action: 'redact',
  findings: findings.map((finding) => ({ part: 'text', region: 'new', span: '', ...finding })),
});

/** What the recipient's client reads. */
async function read(message: Partial<Message>, verdicts: readonly Verdict[] = [], route = toBuyer): Promise<Message> {
  const bytes = Buffer.from(await sent(message, { verdicts }, route), 'latin1');
  return parse(bytes, readHeader(bytes));
}

test('the header holds what the list names, and nothing else', async () => {
  const fields = headOf(await sent({ subject: 'Lamp', text: 'x' }, { autoSubmitted: true }))
    .replace(/\r\n /g, ' ')
    .split('\r\n');
  expect(fields).toEqual([
    'From: "Hanna L." <b-7k2m4q9x1c5v8n3d@relay.example>',
    'To: "Anton B." <s-3p8w5t1z6y2r4h9j@relay.example>',
    'Subject: Lamp',
    'Date: Mon, 10 Mar 2025 09:00:07 +0000',
    'Message-ID: <ours-2@relay.example>',
    'In-Reply-To: <ours-1@relay.example>',
    'References: <ours-1@relay.example>',
    'Auto-Submitted: auto-replied',
    'Postern-Trace: q7f3k9x2m5t8w1zc',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 7bit',
  ]);
});

test('no automatic answer, no ids: no fields for them', async () => {
  const bytes = await rewrite({ subject: 'x', text: 'x', files: [] }, toSeller, {
    trace: 't',
    messageId: 'm@relay.example',
    references: [],
    at: 0,
    autoSubmitted: false,
    verdicts: [],
  });
  expect(headOf(Buffer.from(bytes).toString())).not.toMatch(/Auto-Submitted|In-Reply-To|References/);
});

test('the twenty newest references pass, and no id that is none', async () => {
  const ids = [...Array.from({ length: 30 }, (_, n) => `r${n}@relay.example`), 'bad id', 'x>\r\nBcc: a@b.example', ''];
  const head = headOf(await sent({ text: 'x' }, { references: ids, inReplyTo: 'a b' }));
  expect(head.match(/<r\d+@/g)).toHaveLength(20);
  expect(head).toContain('<r29@relay.example>');
  expect(head).not.toMatch(/Bcc|bad id|In-Reply-To/);
});

test('a subject keeps its words, loses marks that turn it and names, and is cut', async () => {
  expect((await read({ subject: '回复: \u202egrün\u2069 Hanna Lindqvist [Important]' })).subject).toBe('回复: grün Hanna L. [Important]');
  expect((await read({ subject: 'x'.repeat(5_000) })).subject).toHaveLength(998);
});

test('elements that do something become plain ones, and still part their words from those beside them', async () => {
  const source =
    '<form action="https://x.example"><details open><summary>More</summary>Oak</details><select><option>S<option>M</select></form>';
  const out = await sent({ html: readHtml(source) });
  expect(out).not.toMatch(/form|details|select|x\.example/);
  expect(out).toMatch(/<div>More<\/div>\s*Oak/);
  expect(out).toMatch(/<div>S<\/div>\s*<div>M<\/div>/);
});

test('a lone text stays one part; HTML comes beside a text that is made of it', async () => {
  expect(await sent({ text: 'x' })).not.toContain('multipart');
  const message = await read({ html: readHtml('<p>One&nbsp;two</p><ul><li>a<li>b</ul>') });
  expect(message.text).toBe('One two\n\na\nb\n');
  expect(message.html?.plain).toContain('One\u00a0two');
});

test('pictures of the HTML stand inside it under new ids, all else beside it, under neutral names', async () => {
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64').toString('latin1');
  const html = readHtml(
    '<p><img src="cid:a@x"><img src="cid:gone@x" alt="gone"><img src="https://x.example/b.gif" alt="far"><img src="data:image/gif;base64,AA==" alt=""></p>',
  );
  const files = [
    file('gif', gif, { contentId: 'a@x' }),
    file('gif', gif, { contentId: 'unused@x' }),
    file('txt', 'words'),
    file('gif', gif),
    file('zip', 'PK'),
  ];
  const message = await sent({ html, files });
  expect(message.match(/Content-Type: (?!image)[\w/]+/g)?.map((type) => type.slice(14))).toEqual([
    'multipart/mixed',
    'multipart/related',
    'multipart/alternative',
    'text/plain',
    'text/html',
    'text/plain',
    'application/octet',
  ]);
  expect(message.match(/\bfilename="[^"]+"/g)).toEqual([
    'filename="picture-1.gif"',
    'filename="picture-2.gif"',
    'filename="attachment-1.txt"',
    'filename="picture-3.gif"',
    'filename="attachment-2.zip"',
  ]);
  expect(message).toContain('<p><img src="cid:1.q7f3k9x2m5t8w1zc@relay.example" alt="">[gone][far]</p>');
  expect(message).toContain('Content-ID: <1.q7f3k9x2m5t8w1zc@relay.example>');
  expect(message).not.toMatch(/secret name|a@x|unused/);
});

test('a file that broke a rule stays behind, and a line says so in the language of the reader', async () => {
  const files = [file('txt', 'words'), file('exe', 'MZ'), file('unknown', '')];
  const verdicts = [verdict('attachment-type', { part: 'attachment', file: 1 }, { part: 'attachment', file: 2 })];
  const english = await read({ text: 'See', html: readHtml('<p>See</p>'), files }, verdicts);
  expect(english.files.map(({ filename }) => filename)).toEqual(['attachment-1.txt']);
  expect(english.text).toBe(
    'See\n\n[attachment removed: attachment-2.exe: this kind of file is not allowed]\n[attachment removed: attachment-3.bin: this kind of file is not allowed]\n',
  );
  expect(english.html?.plain).toContain('[attachment removed: attachment-2.exe: this kind of file is not allowed]');
  const german = await read({ text: 'See', files }, [verdict('attachment-size', { part: 'attachment', file: 0 })], toSeller);
  expect(german.text).toContain('[Anhang entfernt: attachment-1.txt: die Anhänge sind zu groß]');
});

test('a text file loses mailboxes and names of the parties, and keeps its bytes where it has none', async () => {
  const latin1 = Buffer.from('gr\xfcn', 'latin1');
  const texts = [
    Buffer.from('Grüße, Hanna Lindqvist'),
    Buffer.from('\ufeffanton@becker-lamps.example', 'utf16le'),
    Buffer.from('a\r\nb\n'),
    latin1,
  ];
  const { files } = await read({ text: 'x', files: texts.map((content) => file('txt', '', { content })) });
  expect(files.slice(0, 3).map(({ content }) => Buffer.from(content).toString())).toEqual([
    'Grüße, Hanna L.',
    seller.face.alias,
    'a\r\nb\n',
  ]);
  expect(Buffer.from(files[3]?.content ?? [])).toEqual(latin1);
});

test('what a rule found gives way to a note, and the same words vanish everywhere else', async () => {
  const text = 'Call 0171 2345678 now';
  const html = readHtml(
    '<p>Call 0171 <b>23456</b>78 now, <a href="https://x.example/?n=0171%202345678">here</a> <img src="x" alt="0171  2345678"></p>',
  );
  const message = await read({ subject: '0171 2345678', text, html }, [
    verdict('contact-phone', { span: '0171 2345678', from: 5, to: 17 }),
  ]);
  expect(message.subject).toBe('[phone number removed]');
  expect(message.text).toBe('Call [phone number removed] now\n');
  expect(message.html?.plain.trim()).toBe('Call [phone number removed] now, here [[phone number removed]]');
  expect(JSON.stringify(message.html?.tokens)).not.toContain('2345678');
});

test('spots in the HTML are cut out of it exactly', async () => {
  const html = readHtml('<p>one <i>two</i> three</p>');
  const from = html.plain.indexOf('two');
  const message = await sent(
    { text: 't', html },
    { verdicts: [verdict('contact-handle', { part: 'html', span: 'two', from, to: from + 5 })] },
    toBuyer,
  );
  expect(message).toContain('<p>one <i>[contact details removed]</i>hree</p>');
});

test('rules that only observe, refuse or hold change nothing here', async () => {
  const finding = { part: 'text', region: 'quoted', span: 'words', from: 0, to: 5 } as const;
  for (const action of ['observe', 'hold', 'reject'] as const) {
    expect((await read({ text: 'words' }, [{ rule: 'marketing', action, findings: [finding] }])).text).toBe('words\n');
  }
});

test('a mailbox or name between elements is found, whatever stands beside it', async () => {
  const html = readHtml(
    '<p>x<b>anton@becker-lamps.example</b>y <a>Hanna Lindqvist</a><i>also</i> <b>han</b>na.lindqvist@mailer.example</p>',
  );
  const { html: shown } = await read({ html });
  expect(shown?.plain.trim()).toBe(`x${seller.face.alias}y Hanna L.also ${buyer.face.alias}`);
});

test('a link that broke a rule keeps its text and loses its target; others stay', async () => {
  const html = readHtml('<a href="https://bad.example/x">bad</a> <a href="https://market.example/y">good</a>');
  const message = await sent({ html }, { verdicts: [verdict('external-link', { part: 'html', span: 'https://bad.example/x', token: 0 })] });
  expect(message).toContain('<a>bad</a> <a href="https://market.example/y" rel="noreferrer noopener">good</a>');
  expect(message).not.toContain('bad.example');
});

test('a finding that points nowhere in the message does no harm', async () => {
  const verdicts = [
    verdict('contact-email', { span: 'zzzz', from: 90, to: 99 }, { token: 99 }, { file: 9 }, { part: 'html', span: '', from: -1, to: 2 }),
  ];
  expect((await read({ text: 'text' }, verdicts)).text).toBe('text\n');
});

const out = async (source: string): Promise<string> => {
  const message = await sent({ text: 't', html: readHtml(source) }, {}, toBuyer);
  const body = message.slice(message.indexOf('text/html'));
  return body
    .slice(body.indexOf('\r\n\r\n') + 4, body.lastIndexOf('\r\n--=_'))
    .replace(/\r\n/g, '\n')
    .trim();
};

test.each([
  ['<p class="x" id="y" data-z="1" onclick="a()" title="t">a</p>', '<p>a</p>'],
  ['<script>a()</script><style>p{}</style><!-- c -->b', 'b'],
  [
    '<a href="javascript:a()">a</a><a href="mailto:a@b.example">b</a><a href="tel:1">c</a><a href="//x.example">d</a><a href=" https://x.example/?a&b">e</a>',
    '<a>a</a><a>b</a><a>c</a><a>d</a><a href="https://x.example/?a&amp;b" rel="noreferrer noopener">e</a>',
  ],
  ['<p style="color:red;background:url(https://x.example);position:fixed;width:10px">a</p>', '<p style="color:red;width:10px">a</p>'],
  [
    '<p class=MsoNormal style="color:red">a</p><p style="color:red">b</p><p style="color:red">c</p>',
    '<p style="color:red;margin:0">a</p>\n<p style="color:red">b</p>\n<p style="color:red">c</p>',
  ],
  ['<p style="color:expression(a());font-family:Anna,Arial">a</p>', '<p style="font-family:arial">a</p>'],
  [
    '<table background="https://x.example" width="100%" bgcolor="#fff"><tr><td colspan=2>a</td></tr></table>',
    '<table width="100%" bgcolor="#fff"><tr><td colspan="2">a</td>\n</tr>\n</table>',
  ],
  ['<form><input value="v"><button>b</button></form><o:p>c</o:p><blink>d</blink>', '<div><div>b</div>\n</div>\ncd'],
  ['<b>a<i>b</b>c</i>', '<b>a<i>b</i></b>c'],
  ['a</p></div></b>', 'a<p></p>'],
  ['a < b & "c" &lt;script&gt;', 'a &lt; b &amp; &quot;c&quot; &lt;script&gt;'],
  ['<pre>a\n  b</pre>', '<pre>a\n  b</pre>'],
  ['<ol start="3" type="a"><li value="4">a</ol>', '<ol start="3" type="a"><li value="4">a</li>\n</ol>'],
  ['<blockquote type="cite" cite="mid:a@b">a</blockquote>', '<blockquote type="cite">a</blockquote>'],
  ['<font face="Hanna" size="2" color="red">a</font>', '<font color="red" size="2">a</font>'],
  ['<svg><a xlink:href="https://x.example">a</a></svg><math><mi>b</mi></math>c', 'c'],
  ['<img src="https://x.example/a.gif" alt="Step 7 &lt;b&gt;"><img alt="">', '[Step 7 &lt;b&gt;]'],
  ['<p style=\'font-family:"Segoe UI","Times New Roman";a"b:c\'>a</p>', "<p style=\"font-family:'segoe ui','times new roman'\">a</p>"],
])('%s', async (source, expected) => {
  expect((await out(source)).replace(/\n(?=<\/(?:blockquote|pre))/g, '')).toBe(expected);
});

test('whatever the HTML, what leaves fetches nothing, runs nothing, is balanced and reads the same', async () => {
  const piece = fc.constantFrom(
    '<p style="background:url(https://x.example)">',
    '<img src="//x.example" onerror=a()>',
    '<a href="javascript:a()">',
    '<a href="https://ok.example/">',
    '</a>',
    '</p>',
    '<b>',
    '</b>',
    '<table><tr><td>',
    '</table>',
    '<script>',
    '</script>',
    '<style>@import "//x.example";',
    '</style>',
    '<!--',
    '-->',
    '<pre>',
    '</pre>',
    ' word ',
    '&lt;script&gt;',
    '"',
    "'",
    '<',
    '>',
    '<svg onload=a()>',
    '<iframe src=//x.example>',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
      const source = await out(pieces.join(''));
      const again = readHtml(source);
      expect(again.resources).toEqual([]);
      expect(again.hidden).toBe('');
      expect(source).not.toMatch(/<(?!\/?(?:p|a|b|table|tr|td|pre)\b)|\son\w+=|javascript:/i);
      const words = (plain: string) => plain.replace(/\s+/g, ' ').trim();
      expect(words(again.plain)).toBe(words(readHtml(pieces.join('')).plain));
    }),
  );
});

const spellings = [
  ...[buyer, seller].flatMap(({ mailboxes }) => mailboxes),
  'HANNA.LINDQVIST@MAILER.EXAMPLE',
  'hanna.lindqvist+shop@mailer.example',
  'anton\u200b@becker-lamps.example',
  'Hanna Lindqvist',
  'LINDQVIST, HANNA',
  'anton\u00a0becker',
];

test('a mailbox or full name planted anywhere never comes out', async () => {
  const around = fc.string({ unit: fc.constantFrom(...'ab .,<>"\'&=?%()[]\n\t绿é-_') });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...spellings), around, around, fc.nat(7), async (secret, before, after, place) => {
      const text = `${before} ${secret} ${after}`;
      const quoted = text.replace(/["&<>]/g, ' ');
      const half = Math.floor(secret.length / 2);
      const fields: Partial<Message>[] = [
        { subject: text.replace(/\s+/g, ' ') },
        { text },
        { html: readHtml(`<div>${quoted}</div>`) },
        { html: readHtml(`<p>${secret.slice(0, half)}<b>${secret.slice(half)}</b></p>`) },
        { html: readHtml(`<img src="https://x.example/a" alt="${quoted}">`) },
        { html: readHtml(`<a href="https://x.example/?q=${encodeURIComponent(secret)}" title="${quoted}" class="${quoted}">a</a>`) },
        { html: readHtml(`<table><tr><td style="font-family:${quoted};color:${quoted}">a</td></tr></table>`) },
        { files: [file('pdf', 'x', { filename: text, declaredType: quoted, contentId: quoted })] },
      ];
      const bytes = await rewrite({ subject: 'x', files: [], ...fields[place] }, toSeller, order);
      expect(leaks(bytes, toSeller)).toEqual([]);
      const again = await parse(bytes, readHeader(bytes));
      const all = [
        again.subject,
        again.text,
        again.html?.plain,
        JSON.stringify(again.html?.tokens),
        ...again.files.map(({ filename }) => filename),
      ].join('\n');
      const folded = all
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\u00ad\u200b]/g, '')
        .replace(/\s+/g, ' ');
      for (const needle of [...buyer.mailboxes, ...seller.mailboxes, 'hanna lindqvist', 'lindqvist, hanna', 'anton becker'])
        expect(folded).not.toContain(needle);
    }),
    { numRuns: 400 },
  );
});

test.each([
  ['blanks', ' '],
  ['at signs', '@'],
  ['long lines', 'x'],
  ['non-ASCII', 'é绿'],
  ['lines', '\n'],
])('1 MB of %s leaves in less than four seconds', async (_, part) => {
  const text = part.repeat(1_000_000 / part.length);
  const work = () => sent({ text, html: readHtml(`<p>${text}</p>`) });
  expect(await leastCpu(work, 4_000)).toBeLessThan(4_000);
});
