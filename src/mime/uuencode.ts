/** uuencode (POSIX.1): lines of 45 bytes in characters from blank to `_`, or in base64. */
import type { EnclosedFile } from './part.ts';

/** The lines from the one that says `begin`, without the marks of a quote; undefined where the quote has ended. */
interface Data {
  readonly at: number;
  readonly own: (index: number) => string | undefined;
}

const isBase64 = ({ at, own }: Data): boolean => own(at)?.startsWith('begin-base64') ?? false;

/** Behind the last line; undefined where no data follows, and somebody only wrote about it. */
export function endOfUu(data: Data): number | undefined {
  const isData = isBase64(data) ? (line: string) => /^[A-Za-z0-9+/]{1,100}={0,2}$/.test(line.trimEnd()) : isUuLine;
  let at = data.at + 1;
  for (let line = data.own(at); line !== undefined && isData(line); line = data.own(at)) at++;
  const count = at - data.at - 1;
  // The line of length nought, and the closing one.
  if (/^[` ]?\s{0,3}$/.test(data.own(at) ?? '-') && data.own(at + 1)?.trim() === 'end') return at + 2;
  if (/^(?:end|====)$/.test(data.own(at)?.trim() ?? '')) return at + 1;
  return count > 1 ? at : undefined;
}

/** The length in the first character fits; blanks at the end may have got lost, and some write a check sum there. */
function isUuLine(line: string): boolean {
  const length = (line.charCodeAt(0) - 32) & 63;
  const expected = Math.ceil(length / 3) * 4 + 1;
  return length > 0 && line.length <= expected + 2 && line.length >= expected - 8 && /^[ -`]+$/.test(line);
}

/** @param end as `endOfUu` gave it */
export function decodeUu(data: Data, end: number): EnclosedFile {
  const filename = (data.own(data.at) ?? '').replace(/^begin(?:-base64)? [0-7]{3,4} /, '').trim();
  const lines: string[] = [];
  for (let at = data.at + 1; at < end; at++) lines.push(data.own(at) ?? '');
  const content = isBase64(data)
    ? Buffer.from(lines.filter((line) => !line.startsWith('====')).join(''), 'base64')
    : Buffer.concat(lines.filter(isUuLine).map(decodeLine));
  return { filename, declaredType: 'application/octet-stream', content };
}

function decodeLine(line: string): Buffer {
  const bytes: number[] = [];
  const sextet = (at: number): number => ((at < line.length ? line.charCodeAt(at) : 32) - 32) & 63;
  for (let at = 1; bytes.length < sextet(0); at += 4) {
    const bits = (sextet(at) << 18) | (sextet(at + 1) << 12) | (sextet(at + 2) << 6) | sextet(at + 3);
    bytes.push(bits >> 16, (bits >> 8) & 255, bits & 255);
  }
  return Buffer.from(bytes.slice(0, sextet(0)));
}
