/** What is rarer, and legal: odd elements, messages of a single part, names that are words. */
import * as jpegs from '../files/jpeg.ts';
import * as pdfs from '../files/pdf.ts';
import { fill } from '../people.ts';
import { type Label, type Letter, type Sample, sample } from '../sample.ts';

const said = 'the ring is brass and the shade measures 34 centimetres';
const text = `Hello,\n\n${said} across.\n`;
const html = `<p>Hello, ${said} across.</p>`;
const name = '{{me.name}}';

type Row = readonly [id: string, given: Letter, label?: Label];

const elements: readonly Row[] = [
  [
    'HTM-01-declarations',
    {
      html: `<!DOCTYPE html PUBLIC "-//{{me.name}}//DTD kiln77//EN" "https://{{me.domain}}/kiln.dtd"><?xml version="1.0" author="{{me.mail}}"?><![CDATA[ {{me.mail2}} ]]>${html}`,
    },
    { plant: ['kiln77'] },
  ],
  ['HTM-03-unclosed', { html: `${html}<img alt="{{me.mail}} kiln77` }, { answer: 'either' }],
  [
    'HTM-04-scheme-with-tab',
    {
      html: `${html}<a href=" ma\tilto:{{me.mail}}">write</a><a href="&#x6d;ailto&#58;{{me.mail2}}">or here</a><a href="//{{me.mail}}">x</a>`,
    },
    { answer: 'either' },
  ],
  [
    'HTM-05-old-elements',
    { html: `${html}<xmp>{{me.mail}}</xmp><noembed>{{me.mail2}}</noembed><noframes>{{me.name}}</noframes><listing>{{me.upper}}</listing>` },
    { answer: 'either' },
  ],
  ['HTM-05-plaintext', { html: `${html}<plaintext>{{me.mail}} kiln` }, { answer: 'either' }],
  [
    'HTM-11-math',
    { html: `${html}<math><annotation encoding="application/x-tex">{{me.mail}}</annotation><mtext>{{me.name}}</mtext></math>` },
    { answer: 'either' },
  ],
  [
    'HTM-14-nested-script',
    { html: `${html}<scr<script>ipt>x="{{me.mail}}"</scr</script>ipt><img src="j&#x0A;avascript:'{{me.mail2}}'">` },
    { answer: 'either' },
  ],
  ['HTM-12-marks-between', { html: `${html}<p>{{me.first}}<sup></sup>&zwnj;&nbsp;<font size="1"></font>{{me.last}}</p>` }],
  [
    'HTM-02-refresh',
    { html: `<meta http-equiv="refresh" content="1;url=https://{{me.domain}}/kiln77"><meta name="twitter:site" content="@kiln78">${html}` },
    { plant: ['kiln77', 'kiln78'] },
  ],
];

const singles: readonly Row[] = [
  [
    'MIM-05-top-level',
    {
      parts: [
        {
          type: 'text/plain; charset=utf-8',
          body: text,
          fields: [
            'Content-Type: text/plain; charset=utf-8; name="{{me.local}}.txt"',
            'Content-Disposition: inline; filename="{{me.local}} kiln77.txt"',
          ],
        },
      ],
    },
    { plant: ['kiln77'] },
  ],
  [
    'ATT-05-single-picture',
    { parts: [{ type: 'image/jpeg', name: '{{me.local}}.jpg', body: (filled) => jpegs.jpeg([jpegs.xmp(filled('{{me.mail}}'))]) }] },
    { keep: [], files: [jpegs.jpegPixels] },
  ],
  [
    'ATT-08-single-pdf',
    {
      parts: [
        {
          type: 'application/pdf',
          name: '{{me.local}}.pdf',
          body: (filled) => pdfs.pdf({ info: `/Author ${pdfs.literal(filled(name))}` }),
        },
      ],
    },
    { keep: [], files: [pdfs.pdfWords] },
  ],
  [
    'MIM-25-only-attachments-speak',
    { parts: [{ type: 'text/plain; charset=utf-8', name: 'letter.txt', body: `${text}\n{{me.name}}\n{{me.mail}}\n` }] },
    { keep: [] },
  ],
];

/** The recipient's own name is no secret to the recipient (requirement F2), and people write it at the top. */
const greetings: readonly Row[] = [
  ['QUO-08-dear-reader', { text: `Dear {{you.name}},\n\n${said} across.\n` }, { keep: [said, 'Dear {{you.first}}'] }],
  ['QUO-08-dear-reader-html', { html: `<p>Dear {{you.name}},</p>${html}` }, { pair: 'hard', keep: [said, 'Dear {{you.first}}'] }],
  ['QUO-08-dear-reader-cjk', { text: `{{you.name}}様\n\n${said} across.\n` }, { pair: 'far', keep: [said] }],
  ['QUO-08-dear-shop', { text: `Dear Oak & Ember Studio,\n\n${said} across.\n` }, { pair: 'short' }],
];

const common = 'In May it may rain, and may we ask for oak, ember and a studio lamp';
const words: readonly Row[] = [
  ['SIG-05-single-word', { text: `${text}\n${common}?\n\nMay we hear from you? {{me.name}}\n` }, { pair: 'short', keep: [said, common] }],
  [
    'SIG-05-single-word-html',
    { html: `${html}<p>${common}?</p><p>{{me.name}}<br>{{me.mail}}</p>` },
    { pair: 'short', keep: [said, common] },
  ],
  [
    'SIG-05-ampersand',
    { html: `${html}<p>${common}?</p><p>Oak &amp; Ember Studio, {{me.mail2}}</p>` },
    { pair: 'short', keep: [said, common] },
  ],
  [
    'QUO-08-single-word',
    { text: `${text}\nOn 10 Mar 2025, {{me.name}} <{{me.mail}}> wrote:\n> ${common}?\n> Rose may hunt.\n` },
    { pair: 'short', keep: [said, common, 'Rose may hunt.'] },
  ],
  [
    'SIG-05-name-as-words',
    { text: `${text}\nThe hunter will rose the colour; will you hunt? A field of wit and white roses.\n\n{{me.name}}\n` },
    { pair: 'hard', keep: [said, 'The hunter will rose the colour; will you hunt? A field of wit and white roses.'] },
  ],
  [
    'SIG-05-common-local',
    { text: `${text}\nPlease keep the info sheet, and will support do? The will of the studio.\n\n{{me.name}}\n` },
    { pair: 'far', keep: [said, 'Please keep the info sheet, and will support do? The will of the studio.'] },
  ],
];

const head = 'From: {{me.mail}}\r\nTo: {{you.alias}}\r\nSubject: Re: Your order\r\n';
const wrote = 'On 10 Mar 2025 {{me.name}} <{{me.mail}}> wrote:\r\n> How wide is it?\r\n';

/** Messages of before MIME, or of writers that never heard of it. */
const bare: readonly Sample[] = (
  [
    ['ENC-03-no-mime-fields', `${head}\r\n${said}\r\n\r\n${wrote}`, 'utf8'],
    ['ENC-03-no-mime-version', `${head}Content-Type: text/plain; charset=utf-8\r\n\r\n${said}\r\n\r\n${wrote}`, 'utf8'],
    ['ENC-03-no-charset-latin', `${head}MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n${said}\r\n\r\n${wrote}`, 'latin1'],
    [
      'ENC-03-part-without-fields',
      `${head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${said}\r\n\r\n${wrote}\r\n--b--\r\n`,
      'utf8',
    ],
    ['ENC-03-odd-type', `${head}MIME-Version: 1.0\r\nContent-Type: text\r\n\r\n${said}\r\n\r\n${wrote}`, 'utf8'],
    [
      'ENC-03-commented-fields',
      `${head}MIME-Version: 1.0 (kiln77)\r\nContent-Type: text/plain (kiln77); charset=utf-8 (kiln77)\r\nContent-Transfer-Encoding: 8bit (kiln77)\r\n\r\n${said}\r\n\r\n${wrote}`,
      'utf8',
    ],
    [
      'ENC-03-folded-type',
      `${head}MIME-Version: 1.0\r\nContent-Type:\r\n\ttext/plain;\r\n\tcharset="utf-8"\r\nContent-Transfer-Encoding:\r\n 8bit\r\n\r\n${said}\r\n\r\n${wrote}`,
      'utf8',
    ],
    [
      'ENC-03-upper-case',
      `${head}MIME-VERSION: 1.0\r\nCONTENT-TYPE: TEXT/PLAIN; CHARSET=UTF-8\r\nCONTENT-TRANSFER-ENCODING: 8BIT\r\n\r\n${said}\r\n\r\n${wrote}`,
      'utf8',
    ],
  ] as const
).map(
  ([id, words, charset]): Sample => ({
    id,
    raw: (cast) => Buffer.from(fill(words, cast), charset),
    keep: [said, 'How wide is it?'],
    pair: 'hard',
  }),
);

export const oddities: readonly Sample[] = [
  ...bare,
  ...[...elements, ...singles, ...words, ...greetings].map(([id, given, label = {}]) => sample(id, given, { keep: [said], ...label })),
];
