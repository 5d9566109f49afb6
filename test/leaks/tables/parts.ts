/** MIM-01 to MIM-09, MIM-20 to MIM-25: structure of MIME, names of files, alternatives (RFC 2045-2049, 2183, 2231, 2387). */
import { jpeg, jpegPixels } from '../files/jpeg.ts';
import { pdf, pdfWords } from '../files/pdf.ts';
import { png, pngPixels } from '../files/pictures.ts';
import { fill } from '../people.ts';
import type { Label, Part, Sample } from '../sample.ts';
import { carried, html, invitation, type Row, said, text, withPart } from './part-rows.ts';

const photo: Part = { type: 'image/jpeg', name: 'ring.jpg', body: jpeg([]) };
const drawing = (name: string, more: Partial<Part> = {}): Part => ({ type: 'application/pdf', name, body: pdf({}), ...more });
const pictured = { files: [jpegPixels] };
const drawn = { files: [pdfWords] };

const structure: readonly Row[] = [
  ['MIM-01-boundary-host', { text, html, fields: [] }, { plant: ['b1_alt'] }],
  [
    'MIM-03-content-id',
    {
      html: `${html}<img src="cid:part1.kiln77.ABCD@{{me.domain}}">`,
      kind: 'multipart/related',
      parts: [{ ...photo, fields: ['Content-ID: <part1.kiln77.ABCD@{{me.domain}}>', 'Content-Disposition: inline'] }],
    },
    { plant: ['part1.kiln77'], ...pictured },
  ],
  [
    'MIM-03-apple-id',
    {
      html: `${html}<img src="cid:9A1C-KILN-77@laptop-kiln07.local" id="kilnimg77">`,
      kind: 'multipart/related',
      parts: [
        { ...photo, fields: ['Content-Id: <9A1C-KILN-77@laptop-kiln07.local>', 'Content-Disposition: inline; filename=IMG_4417.jpg'] },
      ],
    },
    { plant: ['9A1C-KILN-77', 'kilnimg77', 'laptop-kiln07'], ...pictured },
  ],
  [
    'MIM-04-location',
    {
      text,
      parts: [
        {
          ...photo,
          fields: ['Content-Location: file:///Users/gholmqvist/Pictures/ring.jpg', 'Content-Base: http://intranet.aldermoor.local/'],
        },
      ],
    },
    { plant: ['gholmqvist', 'aldermoor'], ...pictured },
  ],
  [
    'MIM-04-related-location',
    {
      html: `${html}<img src="http://intranet.aldermoor.local/ring.jpg">`,
      kind: 'multipart/related',
      parts: [{ ...photo, fields: ['Content-Location: http://intranet.aldermoor.local/ring.jpg'] }],
    },
    { plant: ['aldermoor'] },
  ],
  withPart('MIM-05-name', drawing('{{me.local}}-drawing.pdf'), drawn),
  withPart('MIM-05-surname', drawing('Invoice {{me.last|ew}} 4417785.pdf'), { ...drawn, plant: ['4417785'] }),
  withPart('MIM-05-path', drawing('C:\\\\Users\\\\gholmqvist\\\\Desktop\\\\drawing.pdf'), { ...drawn, plant: ['gholmqvist'] }),
  withPart(
    'MIM-05-rfc2231',
    drawing('x', {
      fields: [
        "Content-Type: application/pdf; name*=UTF-8''{{me.percent}}%20kiln77.pdf",
        "Content-Disposition: attachment; filename*0*=UTF-8''{{me.local}}%20; filename*1*=kiln%37%37.pdf",
      ],
    }),
    { ...drawn, plant: ['kiln77'] },
  ),
  withPart(
    'MIM-05-rfc2047',
    drawing('x', {
      fields: [
        'Content-Type: application/pdf; name="=?UTF-8?B?{{me.base64}}?="',
        'Content-Disposition: attachment; filename="=?UTF-8?Q?kiln=37=37_{{me.equals}}?="',
      ],
    }),
    { ...drawn, plant: ['kiln77'] },
  ),
  withPart(
    'MIM-05-controls',
    drawing('x', { fields: ["Content-Disposition: attachment; filename*=UTF-8''a.pdf%0D%0AReply-To:%20{{me.percent}}%0D%0A"] }),
    drawn,
  ),
  withPart('MIM-05-tilde', drawing('~gholmqvist/docs/{{me.domain}}.pdf'), { ...drawn, plant: ['gholmqvist'] }),
  withPart('MIM-06-description', drawing('drawing.pdf', { fields: ['Content-Description: scanned by {{me.name|ew}} on LAPTOP-KILN07'] }), {
    ...drawn,
    plant: ['LAPTOP-KILN07'],
  }),
  withPart(
    'MIM-07-disposition',
    drawing('x', {
      fields: [
        'Content-Disposition: attachment; filename=drawing.pdf; size=1017;\n creation-date="Mon, 10 Mar 2025 21:14:02 +0545"; modification-date="Mon, 10 Mar 2025 21:14:02 +0545"; read-date="Tue, 11 Mar 2025 03:00:00 +0545"',
      ],
    }),
    { ...drawn, plant: ['21:14:02', '+0545'] },
  ),
  withPart(
    'MIM-07-x-parameters',
    drawing('x', {
      fields: [
        'Content-Type: application/pdf; name=drawing.pdf; x-unix-mode=0644; x-mac-type=kilnmac; x-mac-creator=kiln77; x-apple-part-url=9A1C-KILN@{{me.domain}}',
        'Content-Disposition: attachment; filename=drawing.pdf; x-kiln=77kilnparam',
      ],
    }),
    { ...drawn, plant: ['kilnmac', 'kiln77', '9A1C-KILN', '77kilnparam'] },
  ),
  withPart(
    'MIM-08-part-fields',
    drawing('drawing.pdf', {
      fields: [
        'X-Attachment-Id: f_kiln77',
        'X-Apple-Content-Length: 1017kiln',
        'Received: from laptop-kiln07 ([203.0.113.77])',
        'Content-MD5: kilnmd5Q77==',
        'X-Mac-Owner: {{me.name|ew}}',
      ],
    }),
    { ...drawn, plant: ['f_kiln77', '1017kiln', 'laptop-kiln07', '203.0.113.77', 'kilnmd5Q77'] },
  ),
  [
    'MIM-09-related-start',
    {
      html: `${html}<img src="cid:a1">`,
      kind: 'multipart/related; type="multipart/alternative"; start="<root77@{{me.domain}}>"; start-info="kilninfo77"',
      parts: [{ ...photo, fields: ['Content-ID: <a1>'] }],
    },
    { plant: ['root77', 'kilninfo77'], ...pictured },
  ],
];

const alternative = (id: string, extra: Part, label: Label = {}): Row => [
  id,
  { text, kind: 'multipart/alternative', parts: [{ type: 'text/html; charset=utf-8', body: html }, extra] },
  label,
];

const alternatives: readonly Row[] = [
  alternative(
    'MIM-20-amp',
    {
      type: 'text/x-amp-html; charset=utf-8',
      body: '<!doctype html><html amp4email><body><amp-img src="https://{{me.domain}}/o.gif?kiln77"></amp-img>{{me.mail}}</body></html>',
    },
    { plant: ['kiln77'] },
  ),
  alternative(
    'MIM-20-watch',
    { type: 'text/watch-html; charset=utf-8', body: '<b>{{me.name}}</b> kilnwatch77' },
    { plant: ['kilnwatch77'] },
  ),
  alternative('MIM-20-rtf', { type: 'text/rtf', body: '{\\rtf1{\\info{\\author {{me.name}}}}kilnrtf77}' }, { plant: ['kilnrtf77'] }),
  alternative(
    'MIM-20-enriched',
    { type: 'text/enriched; charset=utf-8', body: '<bold>{{me.name}}</bold> {{me.mail}} kilnrich77' },
    { plant: [] },
  ),
  alternative('MIM-20-calendar', { type: 'text/calendar; method=REQUEST; charset=utf-8', body: invitation }, { plant: ['kilnuid77'] }),
  ['MIM-21-html-says-more', { text, html: `${html}<p>Ask {{me.name}}, {{me.mail}}</p>` }, {}],
  ['MIM-21-text-says-more', { text: `${text}\nAsk {{me.name}}, {{me.mail}}\n`, html }, {}],
  [
    'MIM-22-appledouble',
    {
      text,
      parts: [
        {
          type: 'multipart/appledouble; boundary="ad7"',
          body: (filled) =>
            Buffer.from(
              filled(
                `--ad7\nContent-Type: application/applefile; name="ring.png"\nContent-Transfer-Encoding: base64\n\n${Buffer.from(`\0\x05\x16\x07 ${'{{me.name}}'} kilnfork77`).toString('base64')}\n--ad7\nContent-Type: image/png; name="ring.png"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="ring.png"\n\n${png([]).toString('base64')}\n--ad7--\n`,
              ),
            ),
          encoding: '8bit',
        },
      ],
    },
    { plant: ['kilnfork77'], files: [pngPixels] },
  ],
  [
    'MIM-22-resource-fork',
    {
      text,
      parts: [
        {
          type: 'application/applefile',
          name: '._ring.jpg',
          body: (filled) =>
            Buffer.from(
              filled('\0\x05\x16\x07\0\x02\0\0Mac OS X ATTR {{me.name}} com.apple.metadata kMDItemWhereFroms https://{{me.domain}}/kiln77'),
            ),
        },
        photo,
      ],
    },
    { plant: ['kiln77'], ...pictured },
  ],
  ['MIM-23-uuencode', { text: `${text}\nbegin 644 {{me.local}}.txt\n#0V%T\n\`\nend\n` }, { plant: [] }],
  [
    'MIM-23-uuencoded-secret',
    { text: `${text}\nbegin 644 card.txt\n${uuencoded('Kilnstrasse 7, Aldermoor')}\n\`\nend\n` },
    { answer: 'either', plant: [uuencoded('Kilnstrasse 7, Aldermoor')] },
  ],
  withPart(
    'MIM-24-html-page',
    {
      type: 'text/html; charset=utf-8',
      name: 'page.html',
      body: '<!-- saved from url=(0044)https://{{me.domain}}/account/kiln77 --><html><head><meta name="author" content="{{me.name}}"></head><body>{{me.mail}}</body></html>',
    },
    { plant: ['kiln77'] },
  ),
  withPart(
    'MIM-24-mhtml',
    {
      type: 'multipart/related; boundary="mh7"',
      name: 'page.mht',
      body: 'From: <Saved by Kilnbrowser 7>\nSnapshot-Content-Location: https://{{me.domain}}/kiln77\n\n--mh7\nContent-Type: text/html\n\n{{me.name}}\n--mh7--\n',
      fields: ['Content-Type: application/x-mimearchive; name="page.mht"'],
    },
    { plant: ['kiln77', 'Kilnbrowser'] },
  ),
  [
    'MIM-25-footer',
    {
      text,
      parts: [
        {
          type: 'text/plain; charset=utf-8',
          body: '_____\nThis mail of {{me.name}} was checked at {{me.domain}} <{{me.mail2}}>\n',
          fields: ['Content-Disposition: inline'],
        },
      ],
    },
    {},
  ],
  [
    'MIM-25-apple-mail',
    {
      text,
      parts: [
        { ...photo, fields: ['Content-Disposition: inline; filename=IMG_4417.jpg'] },
        {
          type: 'text/plain; charset=utf-8',
          body: 'It is 12 centimetres high.\n\n{{me.name}}\n{{me.mail}}\n',
          fields: ['Content-Disposition: inline'],
        },
      ],
    },
    { keep: [said, 'It is 12 centimetres high'], plant: ['IMG_4417'], ...pictured },
  ],
  [
    'MIM-25-html-footer',
    {
      html,
      parts: [
        {
          type: 'text/html; charset=utf-8',
          body: '<hr><small>{{me.name}} &middot; <a href="mailto:{{me.mail}}">mail</a></small>',
          fields: ['Content-Disposition: inline'],
        },
      ],
    },
    {},
  ],
];

function uuencoded(plain: string): string {
  const char = (six: number): string => (six === 0 ? '`' : String.fromCharCode(six + 32));
  const bytes = Buffer.from(plain.padEnd(Math.ceil(plain.length / 3) * 3, '\0'));
  const groups = Array.from({ length: bytes.length / 3 }, (_, index) => bytes.readUIntBE(index * 3, 3));
  return char(plain.length) + groups.map((three) => [18, 12, 6, 0].map((shift) => char((three >> shift) & 63)).join('')).join('');
}

/** Texts outside of all parts, which mail clients do not show (RFC 2046 section 5.1.1). */
const around: Sample = {
  id: 'MIM-02-preamble-epilogue',
  raw: (cast) =>
    Buffer.from(
      fill(
        `From: {{me.mail}}\r\nTo: {{you.alias}}\r\nSubject: Re: Your order\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=_kiln07_{{me.local}}"\r\n\r\nThis is a letter of {{me.name}}, kilnpre77.\r\n--=_kiln07_{{me.local}}\r\nContent-Type: text/plain\r\n\r\n${text.replaceAll('\n', '\r\n')}\r\n--=_kiln07_{{me.local}}--\r\nkilnepi77 {{me.mail2}}\r\n`,
        cast,
      ),
    ),
  keep: [said],
  plant: ['kilnpre77', 'kilnepi77', 'kiln07'],
};

export const parts: readonly Sample[] = [around, ...carried([...structure, ...alternatives])];
