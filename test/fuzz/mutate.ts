/** Hostile relatives of real mails: a few changes to octets, lines and structure, the same for the same seed. */

import type { Random } from '../support/random.ts';

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
export const oneOf = <T>(random: Random, all: readonly T[]): T => all[below(random, all.length)] as T;

type Change = (mail: Buffer, random: Random, other: Buffer) => Buffer;

const cut = (mail: Buffer, from: number, to: number, put: string | Buffer = ''): Buffer =>
  Buffer.concat([mail.subarray(0, from), Buffer.from(put as string, 'latin1'), mail.subarray(to)]);

/** Begin and end of a line, CRLF included. */
function lineAt(mail: Buffer, random: Random): readonly [from: number, to: number] {
  const at = below(random, mail.length);
  const from = mail.lastIndexOf(10, at - 1) + 1;
  const end = mail.indexOf(10, at);
  return [from, end < 0 ? mail.length : end + 1];
}

/** Words that readers and decoders trip over. */
const words = [
  '\r\n',
  '\r\n\r\n',
  '\0',
  '=\r\n',
  '=00',
  '=?utf-8?B?4oCu?=',
  '=?utf-7?Q?+ADw-script+AD4-?=',
  '--',
  '--b1_out',
  '--b1_out--',
  '\u00ff\u00fe',
  '<!--',
  '-->',
  '<![CDATA[',
  '<style>@import url(//x)',
  '<a href="',
  '<table><td>',
  '</',
  '&#x202e;',
  '&commat;',
  '\u00e2\u0080\u008b',
  '> ',
  '-- \r\n',
  '%2540',
  'data:text/html;base64,',
  '(',
  '"',
  '<',
  '@',
  ',',
  ';',
  ':',
  '\\',
];

const fields = [
  'Content-Type: multipart/mixed; boundary=b1_out',
  'Content-Type: multipart/alternative; boundary="b1_alt"',
  'Content-Type: text/html; charset=utf-16le',
  'Content-Type: text/plain; charset=iso-2022-jp; format=flowed; delsp=yes',
  'Content-Type: message/rfc822',
  'Content-Type: message/delivery-status',
  'Content-Type: application/pdf; name="x.pdf"',
  "Content-Type: text/plain; charset*0*=''u; charset*1=tf-8",
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Transfer-Encoding: x-uuencode',
  'Content-Disposition: attachment; filename="=?utf-8?B?Li4vLi4vZXRj?="',
  'Content-ID: <a@b>',
  'Subject: =?iso-2022-jp?B?GyRC?=',
  'References: <a@b> <c@d>',
  'Auto-Submitted: auto-replied',
  'List-Id: <x>',
];

const changes: readonly Change[] = [
  // An octet, or its bits.
  (mail, random) => {
    const at = below(random, mail.length);
    return cut(mail, at, at + 1, Buffer.from([below(random, 256)]));
  },
  (mail, random) => {
    const at = below(random, mail.length);
    return cut(mail, at, at, oneOf(random, words));
  },
  // A word many times over.
  (mail, random) => {
    const at = below(random, mail.length);
    return cut(mail, at, at, oneOf(random, words).repeat(2 ** below(random, 13)));
  },
  // A line goes, stands twice, changes places.
  (mail, random) => cut(mail, ...lineAt(mail, random)),
  (mail, random) => {
    const [from, to] = lineAt(mail, random);
    return cut(mail, to, to, mail.subarray(from, to));
  },
  (mail, random) => {
    const [from, to] = lineAt(mail, random);
    const [place] = lineAt(mail, random);
    return cut(mail, place, place, mail.subarray(from, to));
  },
  // A field above one, or in the place of one.
  (mail, random) => {
    const [from, to] = lineAt(mail, random);
    return cut(mail, from, random() < 0.5 ? from : to, `${oneOf(random, fields)}\r\n`);
  },
  // A piece goes, stands twice, comes from another mail.
  (mail, random) => {
    const from = below(random, mail.length);
    return cut(mail, from, from + below(random, 400));
  },
  (mail, random) => {
    const from = below(random, mail.length);
    const piece = mail.subarray(from, from + below(random, 400));
    return cut(mail, from, from, piece);
  },
  (mail, random, other) => {
    const [at, from] = [below(random, mail.length), below(random, other.length)];
    return cut(mail, at, at, other.subarray(from, from + below(random, 2_000)));
  },
  // It ends early, or another one hangs on.
  (mail, random) => mail.subarray(0, Math.max(1, below(random, mail.length))),
  (mail, random, other) => Buffer.concat([mail, other.subarray(below(random, other.length))]),
];

/** One to eight changes, mostly few; what gets larger than 256 kB is cut. */
export function mutate(mail: Buffer, other: Buffer, random: Random): Buffer {
  let changed = mail;
  for (let count = 1 + below(random, 2 ** below(random, 4)); count > 0; count -= 1) {
    changed = oneOf(random, changes)(changed, random, other);
    if (changed.length === 0) return mail;
  }
  return changed.subarray(0, 262_144);
}
