/**
 * What a text carries inside it, from the time before MIME: OpenPGP armour and clear-signed text (RFC 9580 sections 6 and 7), PEM
 * (RFC 7468), uuencode (POSIX), yEnc, BinHex (RFC 1741). Signatures go, files come out, a sealed message is told as such. Linear.
 */
import type { EnclosedFile } from './part.ts';
import { decodeUu, endOfUu } from './uuencode.ts';

export interface Unwrapped {
  /** Without the blocks. */
  readonly text: string;
  readonly files: readonly EnclosedFile[];
  /** An encrypted OpenPGP message stands in it, and not as a quote. */
  readonly sealed: boolean;
}

const maxFiles = 20;

interface Reading {
  readonly lines: readonly string[];
  readonly out: string[];
  readonly files: EnclosedFile[];
  /** Marks of the quote in which clear-signed text goes on; undefined outside of it. */
  clear: string | undefined;
  sealed: boolean;
}

/** A block: where it ends, what it holds; nothing that anybody would miss where there is no file. */
interface Block {
  readonly end: number;
  readonly file?: EnclosedFile;
  readonly sealed?: boolean;
}

/** Signed text may hold signed text. */
const maxLayers = 3;

/** @param text with LF line ends */
export function unwrap(text: string): Unwrapped {
  let unwrapped: Unwrapped = { text, files: [], sealed: false };
  for (let layer = 0; layer < maxLayers && mayEnclose(unwrapped.text); layer++) {
    const inner = unwrapOnce(unwrapped.text);
    unwrapped = {
      text: inner.text,
      files: [...unwrapped.files, ...inner.files].slice(0, maxFiles),
      sealed: unwrapped.sealed || inner.sealed,
    };
  }
  return unwrapped;
}

function unwrapOnce(text: string): Unwrapped {
  const reading: Reading = { lines: text.split('\n'), out: [], files: [], clear: undefined, sealed: false };
  for (let at = 0; at < reading.lines.length; ) at = step(reading, at);
  return { text: reading.out.join('\n'), files: reading.files, sealed: reading.sealed };
}

/** A quick look: whether there is anything to take out. */
export const mayEnclose = (text: string): boolean =>
  text.includes('-----BEGIN ') ||
  (text.includes('begin') && /^[>|\t ]{0,40}(?:begin |begin-base64 |=ybegin )/m.test(text)) ||
  text.includes('converted with BinHex');

/** Takes a line, or the block that begins in it; answers where to go on. */
function step(reading: Reading, at: number): number {
  const line = reading.lines[at] ?? '';
  const marks = /^[>|\t ]{0,40}/.exec(line)?.[0] ?? '';
  const label = labelOf(line.slice(marks.length));
  if (label === 'PGP SIGNED MESSAGE') {
    reading.clear = marks;
    return endOfHashes(reading.lines, at + 1, marks);
  }
  const block = label === undefined ? fileAt(reading.lines, at, marks) : armourAt(reading.lines, at, { marks, label });
  if (!block) {
    reading.out.push(reading.clear === undefined ? line : unescaped(line, reading.clear));
    return at + 1;
  }
  if (label === 'PGP SIGNATURE') reading.clear = undefined;
  // Who quotes a message has not written what was sealed in it, and nobody misses its files.
  const isQuote = marks.trim() !== '';
  if (block.file && !isQuote) reading.files.push(block.file);
  reading.sealed ||= block.sealed === true && !isQuote;
  return block.end;
}

const labelOf = (line: string): string | undefined => /^-----BEGIN ([A-Z0-9 ,/]{1,60})-----\s{0,9}$/.exec(line)?.[1];

/** A block without armour. */
function fileAt(lines: readonly string[], at: number, marks: string): Block | undefined {
  const line = lines[at]?.slice(marks.length) ?? '';
  if (/^begin(?:-base64)? [0-7]{3,4} \S/.test(line)) return uuAt(lines, at, marks);
  if (line.startsWith('=ybegin ')) return yencAt(lines, at);
  return line.startsWith('(This file must be converted with BinHex') ? binhexAt(lines, at, marks) : undefined;
}

/** The line without the marks of its quote; undefined where it has others. */
function ownText(line: string | undefined, marks: string): string | undefined {
  if (line === undefined || marks === '') return line;
  if (line.startsWith(marks)) return line.slice(marks.length);
  return line.startsWith(marks.trimEnd()) ? line.slice(marks.trimEnd().length) : undefined;
}

/** RFC 9580 section 7.2: a line of clear-signed text that begins with a dash has `- ` before it. */
function unescaped(line: string, marks: string): string {
  const own = ownText(line, marks);
  return own?.startsWith('- ') ? line.slice(0, line.length - own.length) + own.slice(2) : line;
}

const isField = (line: string): boolean => /^[A-Za-z][\w-]{0,40}:(?: |$)/.test(line);

/** Behind the fields of a clear-signed text and the empty line that ends them. */
function endOfHashes(lines: readonly string[], from: number, marks: string): number {
  let at = from;
  while (at < from + 10 && isField(ownText(lines[at], marks) ?? '')) at++;
  return ownText(lines[at], marks)?.trim() === '' ? at + 1 : at;
}

/** Data that stands in lines of base64, at least one of them too long for a word. */
function armourAt(lines: readonly string[], at: number, { marks, label }: { readonly marks: string; readonly label: string }) {
  let end = at + 1;
  let last = at;
  let hasData = false;
  for (; end < lines.length; end++) {
    const line = ownText(lines[end], marks)?.trimEnd();
    if (line === undefined) break;
    if (/^-----END [A-Z0-9 ,/]{1,60}-----$/.test(line)) return armourOf(lines, { at, end: end + 1, label, hasData });
    const isData = /^[A-Za-z0-9+/=]{16,}$/.test(line);
    if (isData) last = end;
    hasData ||= isData;
    if (!isData && line !== '' && !/^[A-Za-z0-9+/=]{1,15}$/.test(line) && (!isField(line) || hasData)) break;
  }
  return armourOf(lines, { at, end: last + 1, label, hasData });
}

function armourOf(
  lines: readonly string[],
  { at, end, label, hasData }: { readonly at: number; readonly end: number; readonly label: string; readonly hasData: boolean },
): Block | undefined {
  if (label === 'PGP SIGNATURE') return { end };
  // Somebody may write about such a line.
  if (!hasData) return undefined;
  if (/^PGP MESSAGE\b/.test(label)) return { end, sealed: true };
  const declaredType = label.startsWith('PGP ') ? 'application/pgp-keys' : 'application/x-pem-file';
  return { end, file: { filename: '', declaredType, content: Buffer.from(lines.slice(at, end).join('\n')) } };
}

function uuAt(lines: readonly string[], at: number, marks: string): Block | undefined {
  const data = { at, own: (index: number) => ownText(lines[index], marks) };
  const end = endOfUu(data);
  return end === undefined ? undefined : { end, file: decodeUu(data, end) };
}

/** Its bytes did not come through the charset whole: it can only go. */
function yencAt(lines: readonly string[], at: number): Block | undefined {
  let end = at + 1;
  while (end < lines.length && !/^[>|\t ]{0,40}=yend\b/.test(lines[end - 1] ?? '')) end++;
  return { end, file: { filename: '', declaredType: 'application/x-yenc', content: Buffer.from(lines.slice(at, end).join('\n')) } };
}

function binhexAt(lines: readonly string[], at: number, marks: string): Block | undefined {
  let end = at + 1;
  while (ownText(lines[end], marks)?.trim() === '') end++;
  if (!ownText(lines[end], marks)?.startsWith(':')) return undefined;
  while (/^[!-r]{1,80}\s{0,3}$/.test(ownText(lines[end], marks) ?? '')) end++;
  const content = Buffer.from(lines.slice(at, end).join('\n'));
  return { end, file: { filename: '', declaredType: 'application/mac-binhex40', content } };
}
