/**
 * Charsets that write two-byte characters in 7 bits by shifting in and out, which Node's decoder refuses: ISO-2022-KR (RFC 1557),
 * ISO-2022-CN (RFC 1922, without the planes of CNS 11643) and HZ (RFC 1843). Undecoded they are letters that no filter understands.
 */
import { TextDecoder } from 'node:util';

interface Shifts {
  /** What is no character: it shifts out to two bytes a character, or in to ASCII, or says nothing. A line begins shifted in. */
  readonly marks: RegExp;
  readonly out: string;
  readonly in: string;
  /** The same characters in 8 bits, as Node knows them. */
  readonly as: 'euc-kr' | 'gbk';
}

const charsets: Readonly<Record<string, Shifts>> = {
  'iso-2022-kr': { marks: /(\x0e|\x0f|\n|\x1b\$\)C)/, out: '\x0e', in: '\x0f', as: 'euc-kr' },
  'iso-2022-cn': { marks: /(\x0e|\x0f|\n|\x1b\$\)A)/, out: '\x0e', in: '\x0f', as: 'gbk' },
  'hz-gb-2312': { marks: /(~\{|~\}|~~|~\r?\n|\n)/, out: '~{', in: '~}', as: 'gbk' },
};
const otherNames: Readonly<Record<string, string>> = {
  csiso2022kr: 'iso-2022-kr',
  csiso2022cn: 'iso-2022-cn',
  'iso-2022-cn-ext': 'iso-2022-cn',
  hz: 'hz-gb-2312',
};

/** Marks that stand for a character. */
const meanings: Readonly<Record<string, string>> = { '\n': '\n', '~~': '~' };

/** Whether the charset is one of these. */
export const isShifted = (charset: string): boolean => Object.hasOwn(charsets, otherNames[charset] ?? charset);

/** @returns undefined where something stands in it that the charset does not know, or we do not. Linear. */
export function decodeShifted(bytes: Buffer, charset: string): string | undefined {
  const shifts = charsets[otherNames[charset] ?? charset];
  if (shifts === undefined) return undefined;
  let shifted = false;
  const pieces = bytes
    .toString('latin1')
    .split(shifts.marks)
    .map((piece, index) => {
      if (index % 2 === 0) return shifted ? raised(piece) : piece;
      shifted = piece === shifts.out || (shifted && piece !== shifts.in && piece !== '\n');
      return meanings[piece] ?? '';
    });
  const eightBits = Buffer.from(pieces.join(''), 'latin1');
  if (bytes.some((byte) => byte > 0x7e) || eightBits.includes(0x1b)) return undefined;
  const text = new TextDecoder(shifts.as).decode(eightBits);
  return text.includes('\ufffd') ? undefined : text;
}

const raised = (piece: string): string => piece.replace(/[\x21-\x7e]/g, (char) => String.fromCharCode(char.charCodeAt(0) | 0x80));
