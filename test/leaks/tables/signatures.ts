/** SIG: how people and programs sign. The words above must arrive; the card must not. */
import { jpeg } from '../files/jpeg.ts';
import { png } from '../files/pictures.ts';
import { type Label, type Letter, type Sample, sample } from '../sample.ts';

const said = 'the ring is brass and the shade measures 34 centimetres';
const text = `Hello,\n\n${said} across.\n\n`;
const html = `<div>Hello,</div><div>${said} across.</div>`;
const phone = '+47 555 01 417';
const card = '{{me.name}}\nAldermoor Works, Kilnstrasse 7\nTel. +47 555 01 417\n{{me.mail}}\nwww.{{me.domain}}\n';
const site = '<a href="https://www.{{me.domain}}/?utm=kiln77">www.{{me.domain}}</a>';

type Row = readonly [id: string, given: Letter, label?: Label];

const plain: readonly Row[] = [
  ['SIG-01-dashes', { text: `${text}-- \n${card}` }, { plant: [phone, 'Kilnstrasse'] }],
  ['SIG-01-dashes-no-blank', { text: `${text}--\n${card}` }, { plant: [phone] }],
  [
    'SIG-01-quoted-printable',
    { parts: [{ type: 'text/plain; charset=utf-8', body: `${text}-- \n${card}`, encoding: 'quoted-printable' }] },
    { plant: [phone, 'Kilnstrasse'] },
  ],
  [
    'SIG-01-flowed',
    {
      parts: [
        {
          type: 'text/plain; charset=utf-8; format=flowed',
          body: `Hello,\n\nthe ring is brass \nand the shade measures 34 centimetres across.\n\n-- \n${card}`,
        },
      ],
    },
    { plant: [phone, 'Kilnstrasse'] },
  ],
  [
    'SIG-01-flowed-delsp',
    {
      parts: [
        {
          type: 'text/plain; charset=utf-8; format=flowed; delsp=yes',
          body: `Hello,\n\nthe ring is brass  \nand the shade measures 34 centimetres across.\n\n-- \n${card}`,
        },
      ],
    },
    { plant: [phone, 'Kilnstrasse'] },
  ],
  [
    'SIG-01-above-quote',
    { text: `${text}-- \n${card}\nOn 9 Mar 2025, {{you.shown}} <{{you.alias}}> wrote:\n\n> How wide is the shade?\n` },
    { plant: [phone], keep: [said, 'How wide is the shade?'] },
  ],
  ['SIG-01-underscores', { text: `${text}________________________________\n${card}` }, { plant: [phone] }],
  ['SIG-04-iphone', { text: `${text}Sent from {{me.first}} {{me.last}}'s iPhone\n` }],
  ['SIG-04-von-meinem', { text: `${text}Von meinem iPhone gesendet\n\nBegin forwarded message: {{me.mail}}\n` }],
  ['SIG-04-galaxy', { text: `${text}Envoyé depuis le Samsung de {{me.name}}, {{me.mail}}\n` }],
  ['SIG-04-outlook-app', { text: `${text}Get Outlook for Android<https://aka.ms/AAb9ysg?u={{me.percent}}>\n` }],
  ['SIG-04-yahoo', { text: `${text}Yahoo Mail: account of {{me.mail}}. Search, organise, conquer\n` }],
  ['SIG-04-zh', { text: `${text}发自{{me.name}}的iPhone\n` }],
  ['SIG-05-no-delimiter', { text: `${text}Kind regards\n{{me.name}}\n` }],
  ['SIG-05-card', { text: `${text}Kind regards\n\n${card}` }, { plant: [phone] }],
  ['SIG-05-upper', { text: `${text}KIND REGARDS\n{{me.reversed}}\n{{me.upper}}\n` }],
  ['SIG-05-hard-name', { text: `${text}Best wishes,\n{{me.name}}\n` }, { pair: 'hard' }],
  ['SIG-05-cjk-name', { text: `${text}よろしくお願いします。\n{{me.name}}\n` }, { pair: 'far', keep: [said, 'よろしくお願いします'] }],
  [
    'SIG-05-common-words',
    { text: `${text}The colour rose will do, and I may hunt for a wider one. Will you wait?\n\n{{me.name}}\n` },
    { pair: 'far', keep: [said, 'The colour rose will do, and I may hunt for a wider one. Will you wait?'] },
  ],
  [
    'SIG-05-rose',
    { text: `${text}The rose colour rose in the kiln; a rose is fine.\n\nRegards, {{me.name}}\n` },
    { pair: 'hard', keep: [said, 'The rose colour rose in the kiln; a rose is fine'] },
  ],
  ['SIG-05-initial', { text: `${text}Regards,\n{{me.initial}}. {{me.last}}\n` }, { plant: ['{{me.initial}}. {{me.last}}'] }],
  ['SIG-05-middle-initial', { text: `${text}Regards,\n{{me.first}} M. {{me.last}}\n` }, { plant: ['{{me.first}} M. {{me.last}}'] }],
  ['SIG-05-own-site', { text: `${text}Regards,\n{{me.first}} (www.{{me.domain}})\n` }, { answer: 'either' }],
  ['SIG-05-idn-site', { text: `${text}-- \n{{me.first}}, {{me.unicode}}\n` }, { pair: 'hard', plant: ['{{me.unicode}}'] }],
  ['SIG-05-titles', { text: `${text}Mit freundlichen Grüßen\nDr. {{me.name}}, Dipl.-Ing.\n` }, { pair: 'hard' }],
  [
    'SIG-06-fingerprint',
    {
      text: `${text}-- \n{{me.name}}\nPGP: 8F3C 77AA 12BD 0011 2233  4455 6677 8899 AABB CCDD\nhttps://meet.aldermoor.example/{{me.local}}\n`,
    },
    { plant: ['meet.aldermoor.example'] },
  ],
  [
    'SIG-06-social',
    { text: `${text}-- \n{{me.first}}\nfacebook.com/kiln.{{me.last}} | instagram.com/kiln77works\n` },
    { plant: ['instagram.com/kiln77works'] },
  ],
];

const image = (id: string) => ({
  type: 'image/png',
  name: 'logo.png',
  fields: [`Content-ID: <${id}>`, 'Content-Disposition: inline; filename=logo.png'],
  body: png([]),
});

const rich: readonly Row[] = [
  [
    'SIG-02-gmail',
    {
      text,
      html: `${html}<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div>{{me.name}}<br>${phone}<br>${site}</div></div>`,
    },
    { plant: [phone, 'utm=kiln77'] },
  ],
  ['SIG-02-thunderbird', { html: `${html}<pre class="moz-signature" cols="72">-- \n${card}</pre>` }, { plant: [phone] }],
  [
    'SIG-02-thunderbird-div',
    { html: `${html}<div class="moz-signature">-- <br>{{me.name}}<br>{{me.mail}}<br>${phone}</div>` },
    { plant: [phone] },
  ],
  [
    'SIG-02-apple',
    { html: `${html}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr" id="AppleMailSignature">{{me.name}}<div>${phone}</div></div>` },
    { plant: [phone] },
  ],
  [
    'SIG-02-outlook',
    { html: `${html}<div id="Signature"><p>{{me.name}}</p><p>Tel. ${phone}</p><p><a href="mailto:{{me.mail}}">{{me.mail}}</a></p></div>` },
    { plant: [phone] },
  ],
  [
    'SIG-02-outlook-mobile',
    {
      html: `${html}<div id="ms-outlook-mobile-signature"><div>Get <a href="https://aka.ms/o0ukef?u={{me.percent}}">Outlook for iOS</a></div><div>{{me.name}}</div></div>`,
    },
    {},
  ],
  [
    'SIG-02-proton',
    {
      html: `${html}<div class="protonmail_signature_block"><div class="protonmail_signature_block-user">{{me.name}}, {{me.mail}}</div></div>`,
    },
    {},
  ],
  [
    'SIG-03-card-table',
    {
      html: `${html}<table cellpadding="0"><tr><td><img src="https://{{me.domain}}/logo.png?u=kiln77" alt="{{me.name}}"></td><td><b>{{me.name}}</b><br>Aldermoor Works<br>T ${phone}<br><a href="mailto:{{me.mail}}">{{me.mail}}</a><br>${site}</td></tr></table>`,
    },
    { plant: [phone, 'kiln77'] },
  ],
  [
    'SIG-03-logo-cid',
    {
      html: `${html}<p><a href="https://{{me.domain}}"><img src="cid:logo@{{me.domain}}" alt="{{me.domain}}"></a></p>`,
      kind: 'multipart/related',
      parts: [image('logo@{{me.domain}}')],
    },
  ],
  [
    'SIG-03-disclaimer',
    {
      text: `${text}This e-mail of {{me.name}} <{{me.mail2}}> is confidential. If you are not the intended reader, tell postmaster@{{me.domain}}.\n`,
    },
  ],
  [
    'SIG-03-business-card-photo',
    {
      html: `${html}<img src="cid:me" title="{{me.name}}">`,
      kind: 'multipart/related',
      parts: [{ type: 'image/jpeg', name: '{{me.last}}.jpg', fields: ['Content-ID: <me>'], body: jpeg([]) }],
    },
  ],
  ['SIG-05-html-name', { html: `${html}<div>Kind regards,</div><div><b>{{me.first}}</b> <i>{{me.last}}</i></div>` }],
  ['SIG-05-html-hard', { html: `${html}<div>Kind regards,</div><div>{{me.name}}</div>` }, { pair: 'hard' }],
  ['SIG-05-html-cjk', { html: `${html}<div>{{me.name}}</div>` }, { pair: 'far' }],
  [
    'SIG-06-html-social',
    {
      html: `${html}<div class="gmail_signature"><a href="https://www.linkedin.com/in/{{me.local}}">LinkedIn</a> <a href="https://calendly.com/kiln77works">Book a call</a></div>`,
    },
    { plant: ['kiln77works'] },
  ],
];

export const signatures: readonly Sample[] = [...plain, ...rich].map(([id, given, label = {}]) =>
  sample(id, given, { keep: [said], ...label }),
);
