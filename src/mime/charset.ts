/**
 * Charsets (RFC 2045, RFC 2047) to Unicode. Node's decoder (WHATWG Encoding) knows those of real mail; the rest goes to libmime.
 * The one file that imports libmime.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import libmime from 'libmime';
import { matchesIn } from '../model/matches.ts';
import { decodeShifted, isShifted } from './shifted.ts';

/** UTF-7 writes markup and addresses in letters that no filter on the way can see; no client has sent it for twenty years. */
const utf7 = /utf-?7(?!\d)/i;

/** Charsets that Node does not know by the name that mail gives them. */
const otherNames: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  cp50222: 'iso-2022-jp',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-3': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  'utf-8-sig': 'utf-8',
};

/**
 * Decodes text.
 * @param charset as declared; `''` where nothing was declared
 * @returns undefined where it cannot be decoded: UTF-7, or bytes of a charset that nobody knows
 */
export function decodeText(bytes: Buffer, charset: string): string | undefined {
  const label = charset.trim().toLowerCase();
  if (utf7.test(label)) return undefined;
  if (isShifted(label)) return decodeShifted(bytes, label);
  if (/^(?:|utf-?8.*|(?:us-?)?ascii|ansi_x3.*|unknown.*|x-unknown)$/.test(label)) return decodeLikelyUtf8(bytes);
  // A text without a single zero byte has neither a blank nor a line end: it is not what it says it is.
  if (/^(?:utf-?16|ucs-?2|unicode)/.test(label) && isAscii(bytes) && !bytes.includes(0)) return bytes.toString('latin1');
  if (/^(?:utf-?16|ucs-?2|unicode)$/.test(label)) return new TextDecoder(utf16Of(bytes)).decode(bytes);
  const decoder = decoderOf(otherNames[label] ?? label.replace(/^win-?(?=\d)/, 'windows-').replace(/^latin-?(?=\d)/, 'latin'));
  return decoder ? decodeDeclared(bytes, decoder) : decodeRare(bytes, label);
}

/** UTF-8 that says it is something else shows itself: hardly a text of another charset is valid UTF-8. */
function decodeDeclared(bytes: Buffer, decoder: TextDecoder): string {
  const text = decoder.decode(bytes);
  // QUIRK: Node's Big5 has private characters in place of those of Hong Kong.
  if (decoder.encoding === 'big5' && /[\ue000-\uf8ff]/.test(text)) return libmime.decodeWord('big5-hkscs', 'B', bytes.toString('base64'));
  const unlikely = text.includes('\ufffd') || oneByte.test(decoder.encoding);
  return unlikely && isUtf8(bytes) && !isAscii(bytes) ? bytes.toString('utf8') : text;
}

/** Charsets in which every byte is a character, so that no text is ever invalid. */
const oneByte = /^(?:iso-8859|windows|koi8|macintosh|x-mac|ibm)/;

/** UTF-8 is tried before the long tail, since libmime reads a charset it does not know as UTF-8 with holes. */
function decodeRare(bytes: Buffer, label: string): string | undefined {
  const plain = isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  if (plain !== undefined && !shifts.test(plain)) return plain;
  const decoded = libmime.decodeWord(label, 'B', bytes.toString('base64'));
  return decoded.includes('\ufffd') || shifts.test(decoded) ? undefined : decoded;
}

/** Controls that no text has, but charsets that shift or count in more than one byte. */
const shifts = /[\x00-\x08\x0e-\x1b]/;

/** A decoder of Node's, or undefined. */
function decoderOf(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

/**
 * What says it is ASCII or UTF-8, or says nothing, and is neither, is Windows-1252 from a careless client, damaged UTF-8, or Japanese or
 * Korean from a very old one: their escapes give them away.
 */
function decodeLikelyUtf8(bytes: Buffer): string {
  const shift = bytes.indexOf('\x1b$');
  if (shift >= 0 && isAscii(bytes)) {
    const korean = bytes.toString('latin1', shift + 2, shift + 4) === ')C';
    const text = korean ? decodeShifted(bytes, 'iso-2022-kr') : new TextDecoder('iso-2022-jp').decode(bytes);
    if (text !== undefined && !text.includes('\ufffd')) return text;
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  if (isUtf8(bytes)) return text;
  let holes = 0;
  let others = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) holes++;
    else if (code > 0x7f) others++;
  }
  return others > holes ? text : new TextDecoder('windows-1252').decode(bytes);
}

/** By the byte order mark; without one by where the zero bytes of its Latin letters stand. */
function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  let even = 0;
  let odd = 0;
  for (let at = 0; at < Math.min(bytes.length, 1000); at++) {
    if (bytes[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/**
 * Decodes the encoded words of a header value (RFC 2047). One that cannot be decoded becomes U+FFFD.
 * @returns undefined where one of them is in UTF-7
 */
export function decodeWords(value: string): string | undefined {
  if (/=\?[^?]*utf-?7[?*]/i.test(value)) return undefined;
  const out: string[] = [];
  let run: Word[] = [];
  let at = 0;
  for (const match of matchesIn(value, /=\?([^?\s]{1,80})\?([QqBb])\?([^?]*)\?=/g)) {
    const [whole, label = '', encoding = '', content = ''] = match;
    const word = { charset: label.replace(/\*.*$/, '').toLowerCase(), isBase64: /b/i.test(encoding), content };
    const between = value.slice(at, match.index);
    const goesOn = run.length > 0 && between.trim() === '';
    if (!goesOn || run[0]?.charset !== word.charset) out.push(decodeRun(run), goesOn ? '' : between);
    if (goesOn && run[0]?.charset === word.charset) run.push(word);
    else run = [word];
    at = match.index + whole.length;
  }
  return [...out, decodeRun(run), value.slice(at)].join('');
}

interface Word {
  readonly charset: string;
  readonly isBase64: boolean;
  readonly content: string;
}

/** Neighbours in one charset, between which white space means nothing; careless clients cut characters, and base64, at their borders. */
function decodeRun(words: readonly Word[]): string {
  const blocks: Buffer[] = [];
  let base64 = '';
  for (const { isBase64, content } of words) {
    if (isBase64) base64 += content;
    if (base64 !== '' && (!isBase64 || content.endsWith('='))) {
      blocks.push(Buffer.from(base64, 'base64'));
      base64 = '';
    }
    if (!isBase64) blocks.push(bytesOfQ(content));
  }
  if (base64 !== '') blocks.push(Buffer.from(base64, 'base64'));
  return decodeText(Buffer.concat(blocks), words[0]?.charset ?? '') ?? '\ufffd';
}

/** RFC 2047 section 4.2; what is not encoded at all is UTF-8. */
function bytesOfQ(content: string): Buffer {
  const text = Buffer.from(content.replaceAll('_', ' '), 'utf8').toString('latin1');
  return Buffer.from(
    text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
