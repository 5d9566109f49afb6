/** ENC-02, ENC-03 and the wide charsets of ENC-01: forms in which an address or name hides from a search, and messages that break the rules. */
import { type Cast, castOf, fill, type PairName } from '../people.ts';
import { type Label, letter, type Sample, sample } from '../sample.ts';

const said = 'the ring is brass and the shade measures 34 centimetres';
const text = `Hello,\n\n${said} across.\n`;

type Change = (address: string) => string;
type Form = readonly [id: string, change: Change, of: string, label?: Label];

const each =
  (glue: string): Change =>
  (address) =>
    [...address].join(glue);
const wide: Change = (address) =>
  [...address].map((char) => (char === ' ' ? '\u3000' : String.fromCodePoint(char.charCodeAt(0) + 0xfee0))).join('');
const bold: Change = (address) => address.replace(/[a-z]/g, (char) => String.fromCodePoint(0x1d41a + char.charCodeAt(0) - 97));
const lookalike: Change = (address) => address.replaceAll('a', 'а').replaceAll('e', 'е').replaceAll('o', 'о');
const spelled: Change = (address) => address.replaceAll('.', ' dot ').replace('@', ' at ');
const bracketed: Change = (address) => address.replaceAll('.', '[dot]').replace('@', ' (at) ');
const german: Change = (address) => address.replaceAll('.', ' punkt ').replace('@', ' ät ');
const either: Label = { answer: 'either' };

const forms: readonly Form[] = [
  ['zero-width-space', each('\u200b'), '{{me.mail}}', either],
  ['zero-width-joiner', (address) => address.replace('@', '\u200d@\u200c'), '{{me.mail}}', either],
  ['soft-hyphen', (address) => address.replace('@', '\u00ad@').replace(/\./g, '\u00ad.'), '{{me.mail}}', either],
  ['word-joiner', each('\u2060'), '{{me.mail2}}', either],
  ['bidi', (address) => `\u202a${address.replace('@', '\u200e@\u200f')}\u202c`, '{{me.mail}}', either],
  ['variation-selectors', each('\ufe0f'), '{{me.mail}}', either],
  ['full-width', wide, '{{me.mail}}', either],
  ['full-width-at', (address) => address.replace('@', '＠').replaceAll('.', '。'), '{{me.mail}}', either],
  ['small-at', (address) => address.replace('@', '﹫'), '{{me.mail}}', either],
  ['mathematical', bold, '{{me.mail}}', either],
  ['look-alikes', lookalike, '{{me.mail}}', either],
  ['spelled-out', spelled, '{{me.mail}}', either],
  ['brackets', bracketed, '{{me.mail}}', either],
  ['german-words', german, '{{me.mail}}', either],
  ['spaced', each(' '), '{{me.mail}}', either],
  ['wrapped', (address) => address.replace('@', '@\n').replace('.', '.\n'), '{{me.mail}}', either],
  ['upper', (address) => address.toUpperCase(), '{{me.mail2}}', either],
  ['quoted-local', (address) => address.replace(/^(.*)@/, '"$1"@'), '{{me.mail}}', either],
  [
    'address-literal',
    (address) => address.replace(/@.*$/, '@[203.0.113.77]'),
    '{{me.mail}}',
    { ...either, pair: 'hard', plant: ['203.0.113.77'] },
  ],
  [
    'percent-hack',
    (address) => `${address.replace('@', '%')}@mx.aldermoor.example`,
    '{{me.mail}}',
    { ...either, plant: ['mx.aldermoor.example'] },
  ],
  ['bang-path', (address) => address.replace(/^(.*)@(.*)$/, 'aldermoor!$2!$1'), '{{me.mail2}}', either],
  ['source-route', (address) => `<@mx.aldermoor.example:${address}>`, '{{me.mail}}', either],
  ['entities-in-text', (address) => address.replace('@', '&#64;'), '{{me.mail}}', either],
  ['percent-in-text', (address) => address.replace('@', '%40'), '{{me.mail}}', either],
  ['combining', (address) => address.replace(/[aeo]/g, '$&\u034f'), '{{me.mail}}', either],
  ['name-zero-width', each('\u200b'), '{{me.name}}', {}],
  ['name-nbsp', (name) => name.replaceAll(' ', '\u00a0'), '{{me.name}}', { pair: 'hard' }],
  ['name-full-width', wide, '{{me.first}} {{me.last}}', {}],
  ['name-upper', (name) => name.toUpperCase(), '{{me.name}}', { pair: 'hard' }],
  ['name-without-marks', (name) => name.normalize('NFD').replace(/\p{M}/gu, ''), '{{me.name}}', { pair: 'hard' }],
  ['name-decomposed', (name) => name.normalize('NFD'), '{{me.name}}', { pair: 'hard' }],
  ['name-transcribed', (name) => name.replace('ü', 'ue').replace('ö', 'oe'), '{{me.name}}', { pair: 'hard' }],
  ['name-underscore', (name) => name.replaceAll(' ', '_'), '{{me.name}}', {}],
  ['name-wrapped', (name) => name.replace(' ', '\n'), '{{me.name}}', { pair: 'hard' }],
  ['name-cjk-spaced', (name) => name.replace(/(?<=\p{Script=Han})/gu, ' '), '{{me.name}}', { pair: 'far' }],
  ['name-cjk-new-text', (name) => `${name}です`, '{{me.name}}', { pair: 'far' }],
];

/** The disguised form is planted too: it may hold words of its own. */
const disguised = forms.map(([id, change, of, label = {}]): Sample => {
  const line = (cast: Cast): string => change(fill(of, cast));
  const raw: Sample['raw'] = (cast) => letter({ text: `${text}\n${line(cast)}\n` })(cast);
  return { id: `ENC-02-${id}`, raw, planted: (cast) => [line(cast)], keep: [said], ...label };
});

const inHtml = (id: string, make: (cast: Cast) => string, label: Label = {}): Sample => ({
  id: `ENC-02-html-${id}`,
  raw: (cast) => letter({ html: `<p>Hello, ${said} across.</p><p>${make(cast)}</p>` })(cast),
  keep: [said],
  answer: 'either',
  ...label,
});

const decimal = (words: string): string => [...words].map((char) => `&#${char.codePointAt(0)};`).join('');
const hex = (words: string): string => [...words].map((char) => `&#x${(char.codePointAt(0) ?? 0).toString(16)};`).join('');

const htmls: readonly Sample[] = [
  inHtml('decimal', (cast) => decimal(fill('{{me.mail}}', cast))),
  inHtml('hex', (cast) => hex(fill('{{me.name}} {{me.mail}}', cast)), { pair: 'far' }),
  inHtml('comments', (cast) => fill('{{me.local}}<!-- x -->@<!-- y -->{{me.at}}', cast)),
  inHtml(
    'reversed',
    (cast) => `<span style="unicode-bidi:bidi-override;direction:rtl">${[...fill('{{me.mail}}', cast)].toReversed().join('')}</span>`,
    // Without the style it is a riddle that no reader sees as an address.
    { plant: ['bidi-override'] },
  ),
  inHtml('table', () => '<table><tr><td>{{me.local}}</td><td>@</td><td>{{me.at}}</td></tr></table>'),
];

/** Whole messages whose bytes matter. */
const raw = (
  id: string,
  write: (filled: (words: string) => string) => Buffer | string,
  label: Label = {},
  pair: PairName = 'usual',
): Sample => ({
  id,
  pair,
  raw: (cast) => Buffer.from(write((words) => fill(words, cast)) as string),
  keep: [said],
  ...label,
});

const head = (filled: (words: string) => string, type: string): string =>
  filled(`From: {{me.mail}}\r\nTo: {{you.alias}}\r\nSubject: Re: Your order\r\nMIME-Version: 1.0\r\n${type}\r\n`);
const attribution = 'On 10 Mar 2025 {{me.name}} <{{me.mail}}> wrote:\r\n> How wide is it?\r\n';
const body = `Hello, ${said} across.\r\n\r\n${attribution}`;

const wideCharset = (id: string, charset: string, encode: (words: string) => Buffer): Sample =>
  raw(
    id,
    (filled) =>
      Buffer.concat([
        Buffer.from(head(filled, `Content-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: base64\r\n`)),
        Buffer.from(encode(filled(body)).toString('base64').replace(/.{76}/g, '$&\r\n')),
      ]),
    {},
    'hard',
  );

const broken: readonly Sample[] = [
  wideCharset('ENC-01-utf-16-bom', 'utf-16', (words) => Buffer.from(`\ufeff${words}`, 'utf16le')),
  wideCharset('ENC-01-utf-16le', 'utf-16le', (words) => Buffer.from(words, 'utf16le')),
  wideCharset('ENC-01-utf-16be', 'utf-16be', (words) => Buffer.from(words, 'utf16le').swap16()),
  wideCharset('ENC-01-utf-8-bom', 'utf-8', (words) => Buffer.from(`\ufeff${words}`)),
  wideCharset('ENC-01-none', '""', (words) => Buffer.from(words)),
  raw(
    'ENC-03-long-line',
    (filled) =>
      `${head(filled, 'Content-Type: text/plain; charset=utf-8\r\n')}${filled(`${said} ${'brass ring '.repeat(400)}{{me.name}} {{me.mail2}} ${'and so on '.repeat(300)}`)}\r\n`,
    { answer: 'either' },
  ),
  raw(
    'ENC-03-bare-lf',
    (filled) => `${head(filled, 'Content-Type: text/plain; charset=utf-8\r\n')}${filled(body.replaceAll('\r\n', '\n'))}`,
    { answer: 'either' },
  ),
  raw('ENC-03-nul', (filled) => `${head(filled, 'Content-Type: text/plain; charset=utf-8\r\n')}${filled(body).replace('@', '\0@\0')}`, {
    answer: 'either',
  }),
  raw(
    'ENC-03-no-end-boundary',
    (filled) =>
      `${head(filled, 'Content-Type: multipart/mixed; boundary=kilnb7\r\n')}--kilnb7\r\nContent-Type: text/plain\r\n\r\n${filled(body)}`,
    { answer: 'either' },
  ),
  raw(
    'ENC-03-two-content-types',
    (filled) =>
      `${head(filled, 'Content-Type: text/plain\r\nContent-Type: multipart/mixed; boundary=kilnb7\r\n')}--kilnb7\r\nContent-Type: text/plain\r\nX-Kiln: kilnhid77\r\n\r\n${filled(body)}\r\n--kilnb7--\r\n`,
    { answer: 'either', plant: ['kilnhid77'] },
  ),
  raw(
    'ENC-03-deep',
    (filled) =>
      `${head(filled, 'Content-Type: multipart/mixed; boundary=d0\r\n')}${Array.from({ length: 40 }, (_, depth) => `--d${depth}\r\nContent-Type: multipart/mixed; boundary=d${depth + 1}\r\n\r\n`).join('')}--d40\r\nContent-Type: text/plain\r\n\r\n${filled(body)}\r\n--d40--\r\n`,
    { answer: 'either' },
  ),
  raw(
    'ENC-03-boundary-prefix',
    (filled) =>
      `${head(filled, 'Content-Type: multipart/mixed; boundary=kilnb\r\n')}--kilnb\r\nContent-Type: multipart/alternative; boundary=kilnbb\r\n\r\n--kilnbb\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${filled(body)}\r\n--kilnbb--\r\n\r\n--kilnb--\r\n`,
  ),
  raw(
    'ENC-03-8bit-header',
    (filled) => `${head(filled, `Comments: ${filled('{{me.name}}')} größe\r\nContent-Type: text/plain; charset=utf-8\r\n`)}${filled(body)}`,
    { answer: 'either' },
    'hard',
  ),
  raw(
    'ENC-03-qp-broken',
    (filled) =>
      `${head(filled, 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n')}${filled(body).replace('@', '=40=\r\n').replace('How', '=ZZHow=')}`,
  ),
  raw(
    'ENC-03-base64-broken',
    (filled) =>
      `${head(filled, 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n')}${Buffer.from(filled(body)).toString('base64').replace(/.{20}/g, '$& *\r\n')}`,
    { answer: 'either' },
  ),
  raw(
    'ENC-03-unknown-encoding',
    (filled) => `${head(filled, 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: x-kilncode\r\n')}${filled(body)}`,
    { answer: 'either' },
  ),
  raw(
    'ENC-03-multipart-encoded',
    (filled) =>
      `${head(filled, 'Content-Type: multipart/mixed; boundary=kilnb7\r\nContent-Transfer-Encoding: base64\r\n')}${Buffer.from(`--kilnb7\r\nContent-Type: text/plain\r\n\r\n${filled(body)}\r\n--kilnb7--\r\n`).toString('base64')}`,
    { answer: 'either', keep: [] },
  ),
  raw(
    'ENC-03-references',
    (filled) =>
      `${head(filled, `${filled(`References: ${Array.from({ length: 120 }, (_, index) => `<kiln77-${index}@{{me.domain}}>`).join('\r\n ')}`)}\r\nContent-Type: text/plain; charset=utf-8\r\n`)}${filled(body)}`,
    { plant: ['kiln77-1', 'kiln77-119'] },
  ),
  raw(
    'ENC-01-html-meta',
    (filled) =>
      `${head(filled, 'Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n')}<meta charset="utf-8"><p>Hello, ${said} across.</p><p>${filled('{{me.name}} wrote:')}</p>`,
    {},
    'hard',
  ),
  raw(
    'ENC-01-quoted-charset',
    (filled) =>
      `${head(filled, 'Content-Type: text/plain; charset=\'UTF8\'; format="flowed"\r\nContent-Transfer-Encoding: 8bit\r\n')}${filled(body)}`,
    {},
    'far',
  ),
];

/** Scripts whose invisible characters mean something: what takes them out of addresses must not take them out of words. */
const scripts: readonly (readonly [id: string, words: string])[] = [
  ['arabic', 'الحلقة من النحاس والعرض ٣٤ سنتيمترا'],
  ['hebrew', 'הטבעת עשויה פליז והרוחב 34 סנטימטר'],
  ['persian', 'حلقه برنجی است و می‌خواهم آن را نگه دارم'],
  ['hindi', 'छल्ला पीतल का है और चौड़ाई ३४ सेंटीमीटर है'],
  ['thai', 'ห่วงทำจากทองเหลือง กว้าง 34 เซนติเมตร'],
  ['emoji', 'The ring is brass 👩‍👩‍👧‍👦 and ❤️ 34 cm wide 🇳🇴'],
  ['vietnamese-decomposed', 'Vòng bằng đồng thau rộng 34 xentimét'.normalize('NFD')],
  ['full-width-japanese', '幅は３４センチ、カタカナはｶﾀｶﾅです'],
  ['signs', 'f(x) = 2 × 17 cm ≤ 34 cm; 50 % @ 19 °C; <brass> & "ring"'],
];
const written = scripts.flatMap(([id, words]): Sample[] => {
  const quoted = `On 10 Mar 2025, {{me.name}} <{{me.mail}}> wrote:\n> ${words}!\n`;
  const shown = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return [
    sample(`ENC-01-script-${id}`, { text: `${words}.\n\n${quoted}` }, { keep: [`${words}.`, `${words}!`] }),
    sample(
      `ENC-01-script-html-${id}`,
      { html: `<p>${shown}.</p><p>{{me.name}}:</p><blockquote>${shown}!</blockquote>` },
      { keep: [`${words}.`, `${words}!`], pair: 'far' },
    ),
  ];
});

const subjects: readonly Sample[] = [
  sample(
    'ENC-01-subject-iso-2022-jp',
    { text, fields: ['Subject: =?ISO-2022-JP?B?GyRCPz9vKxsoQg==?= {{me.name|ew}}'] },
    { keep: [said, '真鍮'], pair: 'usual' },
  ),
  sample(
    'ENC-01-subject-split',
    { text, fields: ['Subject: Brass =?utf-8?Q?{{me.first|ew}}?=\r\n =?utf-8?Q?_{{me.last|ew}}?='] },
    { keep: [said, 'Brass'] },
  ),
  sample(
    'ENC-02-subject-full-width',
    {
      text,
      fields: [`Subject: =?utf-8?B?${Buffer.from(wide(fill('{{me.mail}}', castOf('usual', 'buyer_to_seller')))).toString('base64')}?=`],
    },
    { keep: [said], answer: 'either' },
  ),
];

export const disguises: readonly Sample[] = [...disguised, ...htmls, ...broken, ...written, ...subjects];
