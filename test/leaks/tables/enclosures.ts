/** MIM-10 to MIM-19: messages in messages, calendars, cards, keys, signatures, sealed mail, TNEF (RFC 2046, 3156, 5545, 6350, 8551). */
import { tnef } from '../files/office.ts';
import type { Sample } from '../sample.ts';
import { carried, html, invitation, type Row, text, withPart } from './part-rows.ts';

const forwarded = [
  'Received: from laptop-kiln07 ([203.0.113.77]) by mail.{{me.domain}}; Mon, 10 Mar 2025 21:14:02 +0100',
  'From: {{me.name|ew}} <{{me.mail}}>',
  'To: ida.berg@aldermoor.example',
  'Subject: kilnforward77',
  'Message-ID: <fw77@{{me.domain}}>',
  '',
  'Greetings, {{me.name}}',
].join('\n');
const hops = ['203.0.113.77', 'laptop-kiln07', 'kilnforward77', 'aldermoor', 'fw77'];

const card = 'BEGIN:VCARD\nVERSION:3.0\nFN:{{me.name}}\nEMAIL:{{me.mail}}\nTEL:+47 555 01 417\nADR:;;Kilnstrasse 7;Aldermoor\nEND:VCARD\n';
const armour =
  '-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: {{me.name}} <{{me.mail}}>\n\nmDMEXkilnBYJKwYBBAHaRw8BAQdAkey77\n=a1B2\n-----END PGP PUBLIC KEY BLOCK-----\n';
const signature =
  '-----BEGIN PGP SIGNATURE-----\nComment: signed by {{me.mail}}\n\niHUEABYKAB0WIQkilnsig77\n=XyZ1\n-----END PGP SIGNATURE-----\n';
const sealed =
  '-----BEGIN PGP MESSAGE-----\nComment: {{me.mail}}\nVersion: Kilncrypt 7\n\nhF4DkilnmsgAbCdEf77\n=QwEr\n-----END PGP MESSAGE-----\n';
const certificate = (filled: (words: string) => string): Buffer =>
  Buffer.concat([
    Buffer.from('308006092a864886f70d010702a080', 'hex'),
    Buffer.from(filled('\x0c\x20{{me.name}}\x16\x30{{me.mail}} Aldermoor CA')),
  ]);

const messages: readonly Row[] = [
  withPart(
    'MIM-10-rfc822',
    { type: 'message/rfc822', body: forwarded, fields: ['Content-Disposition: attachment; filename="{{me.local}}.eml"'] },
    { plant: hops },
  ),
  withPart('MIM-10-inline', { type: 'message/rfc822', body: forwarded, fields: ['Content-Disposition: inline'] }, { plant: hops }),
  withPart(
    'MIM-10-octet-stream',
    { type: 'application/octet-stream', name: 'earlier.eml', body: forwarded, encoding: 'base64' },
    { plant: hops },
  ),
  withPart(
    'MIM-10-as-text',
    { type: 'text/plain; charset=utf-8', name: 'earlier.txt', body: forwarded },
    { plant: ['203.0.113.77'], answer: 'either' },
  ),
  withPart('MIM-10-global', { type: 'message/global', body: forwarded }, { plant: hops }),
  withPart(
    'MIM-10-digest',
    {
      type: 'multipart/digest; boundary="dg7"',
      body: `--dg7\n\n${forwarded}\n--dg7\nContent-Type: message/rfc822\n\n${forwarded}\n--dg7--\n`,
    },
    { plant: hops },
  ),
  withPart('MIM-10-gzip', { type: 'application/gzip', name: 'mails.mbox.gz', body: Buffer.from('1f8b0800000000000003', 'hex') }),
  withPart('MIM-11-headers', { type: 'text/rfc822-headers', body: forwarded }, { plant: hops }),
  withPart(
    'MIM-12-external-body',
    {
      type: 'message/external-body; access-type=anon-ftp; site="ftp.{{me.domain}}"; name="kilnfile77"',
      body: 'Content-Type: image/jpeg\nContent-ID: <e77@{{me.domain}}>\n\n',
    },
    { plant: ['kilnfile77', 'e77'] },
  ),
  withPart(
    'MIM-12-partial',
    { type: 'message/partial; id="kilnpart77@{{me.domain}}"; number=1; total=2', body: forwarded },
    { plant: ['kilnpart77', ...hops] },
  ),
  [
    'MIM-12-partial-whole',
    { parts: [{ type: 'message/partial; id="kilnpart77@{{me.domain}}"; number=1; total=2', body: forwarded }] },
    { answer: 'either' },
  ],
  withPart(
    'MIM-13-invitation',
    { type: 'text/calendar; charset=utf-8; method=REQUEST', body: invitation },
    { plant: ['kilnuid77', 'Kilnsoft', 'laptop-kiln07', 'kiln77'] },
  ),
  withPart(
    'MIM-13-ics-file',
    { type: 'application/ics', name: 'invite.ics', body: invitation, encoding: 'base64' },
    { plant: ['kilnuid77', 'Kilnsoft'] },
  ),
  withPart(
    'MIM-14-vcard',
    { type: 'text/vcard; charset=utf-8', name: '{{me.last}}.vcf', body: card },
    { plant: ['47 555 01 417', 'Aldermoor', 'Kilnstrasse'] },
  ),
  withPart(
    'MIM-14-x-vcard',
    { type: 'text/x-vcard; charset=UTF-8', name: 'contact.vcf', body: card, encoding: 'base64' },
    { plant: ['47 555 01 417', 'Aldermoor'] },
  ),
  withPart(
    'MIM-14-as-text',
    { type: 'text/plain; charset=utf-8', name: 'contact.txt', body: card },
    { answer: 'either', plant: ['47 555 01 417'] },
  ),
];

const sealing: readonly Row[] = [
  withPart(
    'MIM-15-pgp-key',
    { type: 'application/pgp-keys', name: 'OpenPGP_0x8F3C77AA12BD.asc', body: armour },
    { plant: ['mDMEXkiln', 'key77', '8F3C77AA12BD'] },
  ),
  withPart(
    'MIM-15-key-as-octets',
    { type: 'application/octet-stream', name: 'key.asc', body: armour, encoding: 'base64' },
    { plant: ['mDMEXkiln'] },
  ),
  ['MIM-15-key-in-text', { text: `${text}\n${armour}` }, { plant: ['mDMEXkiln', 'key77'] }],
  [
    'MIM-16-pgp-mime',
    {
      text,
      kind: 'multipart/signed; micalg=pgp-sha512; protocol="application/pgp-signature"',
      parts: [{ type: 'application/pgp-signature', name: 'signature.asc', body: signature }],
    },
    { plant: ['kilnsig77', 'micalg'] },
  ],
  ['MIM-16-clear-signed', { text: `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${text}\n${signature}` }, { plant: ['kilnsig77'] }],
  [
    'MIM-17-p7s',
    {
      text,
      kind: 'multipart/signed; micalg=sha-256; protocol="application/pkcs7-signature"',
      parts: [{ type: 'application/pkcs7-signature', name: 'smime.p7s', body: certificate }],
    },
    { plant: ['Aldermoor CA'] },
  ],
  [
    'MIM-17-x-pkcs7',
    { text, html, parts: [{ type: 'application/x-pkcs7-signature', name: 'smime.p7s', body: certificate }] },
    { plant: ['Aldermoor CA'] },
  ],
  [
    'MIM-17-p7m-signed',
    { parts: [{ type: 'application/pkcs7-mime; smime-type=signed-data', name: 'smime.p7m', body: certificate }] },
    { answer: 'refuse' },
  ],
  [
    'MIM-17-p7m-sealed',
    { parts: [{ type: 'application/pkcs7-mime; smime-type=enveloped-data', name: 'smime.p7m', body: certificate }] },
    { answer: 'refuse' },
  ],
  [
    'MIM-18-pgp-mime',
    {
      kind: 'multipart/encrypted; protocol="application/pgp-encrypted"',
      parts: [
        { type: 'application/pgp-encrypted', body: 'Version: 1\n' },
        { type: 'application/octet-stream', name: 'encrypted.asc', body: sealed },
      ],
    },
    { answer: 'refuse' },
  ],
  ['MIM-18-inline', { text: sealed }, { answer: 'refuse', keep: [] }],
  ['MIM-18-inline-below-text', { text: `${text}\n${sealed}` }, { answer: 'either', plant: ['kilnmsg', 'Kilncrypt'] }],
  withPart(
    'MIM-19-winmail',
    {
      type: 'application/ms-tnef',
      name: 'winmail.dat',
      body: (filled) => tnef([filled('{{me.name}}'), filled('SMTP:{{me.mail}}'), 'kilntnef77']),
    },
    { plant: ['kilntnef77'] },
  ),
  withPart(
    'MIM-19-octets',
    {
      type: 'application/octet-stream',
      name: 'att00001.dat',
      body: (filled) => tnef([filled('EX:/O=ALDERMOOR/CN={{me.name}}'), filled('SMTP:{{me.mail2}}')]),
    },
    { plant: ['ALDERMOOR'] },
  ),
];

export const enclosures: readonly Sample[] = carried([...messages, ...sealing]);
