/**
 * Charsets (RFC 2045, RFC 2047) to Unicode. Node's decoder (WHATWG Encoding) knows those of real mail; the rest goes to libmime.
 * The one file that imports libmime.
 */
import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import libmime from 'libmime';

/** UTF-7 writes markup and addresses in letters that no filter on the way can see; no client has sent it for twenty years. */
const utf7 = /utf-?7(?!\d)/i;

/** Charsets that Node does not know by the name that mail gives them. */
const otherNames: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
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
  if (/^(?:|utf-?8.*|(?:us-?)?ascii|ansi_x3.*|unknown.*|x-unknown)$/.test(label)) return decodeLikelyUtf8(bytes);
  if (/^(?:utf-?16|ucs-?2|unicode)$/.test(label)) return new TextDecoder(utf16Of(bytes)).decode(bytes);
  const decoder = decoderOf(otherNames[label] ?? label.replace(/^win-?(?=\d)/, 'windows-').replace(/^latin-?(?=\d)/, 'latin'));
  if (decoder) return decoder.decode(bytes);
  // UTF-8 is tried before the long tail, since libmime reads a charset it does not know as UTF-8 with holes.
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const decoded = libmime.decodeWord(label, 'B', bytes.toString('base64'));
  return decoded.includes('\ufffd') ? undefined : decoded;
}

/** A decoder of Node's, or undefined. */
function decoderOf(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

/** What says it is ASCII or UTF-8, or says nothing, and is neither, is Windows-1252 from a careless client, or damaged UTF-8. */
function decodeLikelyUtf8(bytes: Buffer): string {
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

/** Decodes the encoded words of a header value (RFC 2047); undefined where one of them is in UTF-7. */
export function decodeWords(value: string): string | undefined {
  if (/=\?[^?]*utf-?7[?*]/i.test(value)) return undefined;
  return libmime.decodeWords(value);
}
