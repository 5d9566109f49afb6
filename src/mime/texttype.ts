/** Which kind of text a file is, as far as a program would do more with it than show it. */
import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** By how the text begins, after a byte order mark and white space. */
const beginnings: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['ics', /^BEGIN:VCALENDAR/i],
  ['vcf', /^BEGIN:VCARD/i],
  ['pgp', /^-----BEGIN PGP /],
  ['pem', /^-----BEGIN [A-Z0-9 ]{1,40}-----/],
  ['step', /^ISO-10303-21;/],
  ['sh', /^#!/],
  ['html', /^<(?:!doctype\s+html|html|head|body|script|iframe|table|div|style|title|meta|a|p|br|h\d)\b/i],
  ['svg', /^<svg\b/i],
  ['uue', /^begin [0-7]{3} \S/],
  ['mbox', /^From \S+ /],
];

/** Fields that begin a message: a text that starts with any other word and a colon is a text. */
const mailField =
  /^(?:received|return-path|from|to|date|subject|message-id|mime-version|delivered-to|content-type|dkim-signature|x-[\w-]{1,60}):/i;

const probeLength = 4096;

/** The kind of a text file, `txt` where it is no more than that; undefined where the content is no text. Linear. */
export function textType(bytes: Buffer): string | undefined {
  const text = probeOf(bytes);
  if (text === undefined) return undefined;
  const start = text.replace(/^[\ufeff\s]+/, '');
  if (/^<(?:\?xml|!--|!doctype)/i.test(start)) return markupType(start);
  const known = beginnings.find(([, pattern]) => pattern.test(start));
  if (known) return known[0];
  return isMail(start) ? 'eml' : 'txt';
}

function markupType(start: string): string {
  const element = /<(?:!doctype\s{1,9})?(svg|html)\b/i.exec(start)?.[1]?.toLowerCase();
  return element ?? (start.startsWith('<!--') ? 'html' : 'xml');
}

/** Two fields of mail in the first lines, the first line being one. */
function isMail(start: string): boolean {
  const lines = start.split('\n', 40);
  return mailField.test(lines[0] ?? '') && lines.filter((line) => mailField.test(line)).length > 1;
}

/** The beginning as text; undefined where there are bytes that no text has. */
function probeOf(bytes: Buffer): string | undefined {
  // QUIRK: in Node 24.21 `toString('utf16le')` of an odd number of bytes at an odd address kills the process (nodejs/node pull request 64697).
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes.subarray(2, probeLength));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2, probeLength));
  for (const byte of bytes) if (byte < 32 && !isTextControl(byte)) return undefined;
  const probe = bytes.subarray(0, probeLength);
  return isUtf8(bytes) ? probe.toString('utf8') : probe.toString('latin1');
}

/** TAB, LF, VT, FF, CR, and the escape of ISO-2022. */
const isTextControl = (byte: number): boolean => (byte >= 9 && byte <= 13) || byte === 27;
