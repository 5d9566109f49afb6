/**
 * Undoes the disguises of single characters, with a map back to the text as it was written: compatibility forms (NFKC: full-width,
 * circled, mathematical), look-alikes of other scripts, invisible characters, emoji digits. Letters are lower case, a run of blanks
 * is one blank, a line break `\n`, an empty line `\n\n`; quotes, apostrophes and dashes are the plain ones. Words are left alone.
 */

/** A folded text and where its characters came from. */
export interface Folded {
  readonly text: string;
  /** Where the character at this folded offset begins (or ends) in the original text. */
  readonly origin: (at: number, edge?: 'start' | 'end') => number;
}

/** Cyrillic, Greek and phonetic letters with the Latin ones they look like; only undone in words that have Latin letters too. */
const lookAlikes: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'аa еe оo рp сc уy хx іi јj ѕs ԁd һh ӏl ԛq ԝw кk мm тt вb нh гr пn ѡw ёe ' +
    'αa εe οo ρp ιi κk νv τt υu χx ηn γy ωw βb μm ' +
    'ɡg ıi ɩi'
  )
    .split(' ')
    .map((pair) => [pair[0] ?? '', pair[1] ?? '']),
);

/** Quotes, apostrophes and dashes in their plain form. */
const plainSigns: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'‘’‚‛′`´ʼ＇'].map((it) => [it, "'"])),
  ...Object.fromEntries([...'“”„‟″«»〝〞'].map((it) => [it, '"'])),
  ...Object.fromEntries([...'‐‑‒–—―−﹣－⁃➖'].map((it) => [it, '-'])),
  '。': '.',
  '｡': '.',
  '．': '.',
  '․': '.',
  '﹒': '.',
};

/** Decimal digits of other scripts by the first of the ten; enclosed digits that NFKC leaves alone by the one for 1. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50] as const;
const ones = [0x2776, 0x2780, 0x278a, 0x24f5] as const;

/** Letters in dark circles and boxes by the first of the 26. */
const firstLetters = [0x1f150, 0x1f170] as const;

const invisible = /^(?:[\p{Cf}\p{Cc}\u115f\u1160\u3164\uffa0]|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|\u20e3|[\ufe00-\ufe0f])$/u;
const mark = /^\p{M}$/u;

/** One source character without its disguise; `''` where it is invisible. */
function plainOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const sign = plainSigns[character];
  if (sign !== undefined) return sign;
  if (invisible.test(character)) return '';
  const digit = enclosedDigit(code);
  if (digit !== undefined) return digit;
  for (const first of firstLetters) if (code >= first && code < first + 26) return String.fromCharCode(0x61 + code - first);
  if (character === '🔟') return '10';
  return character.normalize('NFKC').toLowerCase();
}

function enclosedDigit(code: number): string | undefined {
  if (code < 0x660) return undefined;
  for (const zero of zeros) if (code >= zero && code < zero + 10) return String(code - zero);
  for (const one of ones) if (code >= one && code < one + 9) return String(code - one + 1);
  return code === 0x24ff || code === 0x1f10b || code === 0x1f10c ? '0' : undefined;
}

const known = new Map<string, string>();

/** Most characters come again and again; the table is bounded. */
function cachedPlainOf(character: string): string {
  const found = known.get(character);
  if (found !== undefined) return found;
  const plain = plainOf(character);
  if (known.size < 4096) known.set(character, plain);
  return plain;
}

const isBlank = (code: number): boolean =>
  code === 0x20 ||
  (code >= 0x09 && code <= 0x0d) ||
  code === 0xa0 ||
  code === 0x3000 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x1680;

/** Grows with what is written. */
class Sheet {
  readonly pieces: string[] = [];
  starts: Uint32Array;
  ends: Uint32Array;
  length = 0;
  constructor(size: number) {
    this.starts = new Uint32Array(size);
    this.ends = new Uint32Array(size);
  }
  write(piece: string, start: number, end: number): void {
    if (this.length + piece.length > this.starts.length) this.grow(piece.length);
    this.pieces.push(piece);
    for (let at = 0; at < piece.length; at++) {
      this.starts[this.length] = start;
      this.ends[this.length++] = end;
    }
  }
  private grow(by: number): void {
    const size = this.starts.length * 2 + by;
    const [starts, ends] = [new Uint32Array(size), new Uint32Array(size)];
    starts.set(this.starts);
    ends.set(this.ends);
    this.starts = starts;
    this.ends = ends;
  }
}

/** Folds a text; linear in its length. */
export function fold(source: string): Folded {
  const sheet = new Sheet(source.length + 16);
  let at = 0;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (isBlank(code)) at = foldBlanks(source, at, sheet);
    else if (code > 0x20 && code < 0x7f && !isMarkAt(source, at + 1)) {
      sheet.write(code === 0x60 ? "'" : lower(code), at, at + 1);
      at += 1;
    } else at = foldOther(source, at, sheet);
  }
  const text = undoLookAlikes(sheet.pieces.join(''));
  const { starts, ends, length } = sheet;
  const last = source.length;
  const origin: Folded['origin'] = (offset, edge = 'start') => {
    if (offset >= length) return last;
    return (edge === 'start' ? starts[offset] : ends[offset]) ?? last;
  };
  return { text, origin };
}

const letters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code).toLowerCase());
const lower = (code: number): string => letters[code] ?? '';

function isMarkAt(source: string, at: number): boolean {
  const code = source.charCodeAt(at);
  return code >= 0x300 && code < 0x370;
}

/** A run of blanks becomes one, a line break or an empty line. */
function foldBlanks(source: string, from: number, sheet: Sheet): number {
  let at = from;
  let breaks = 0;
  while (at < source.length && isBlank(source.charCodeAt(at))) {
    const code = source.charCodeAt(at++);
    if (code === 0x0a || code === 0x2028 || code === 0x2029) breaks++;
  }
  sheet.write(breaks === 0 ? ' ' : breaks === 1 ? '\n' : '\n\n', from, at);
  return at;
}

/** A character with the marks that follow it (eight at most, so that nobody stacks thousands). */
function foldOther(source: string, from: number, sheet: Sheet): number {
  const character = String.fromCodePoint(source.codePointAt(from) ?? 0);
  let at = from + character.length;
  let cluster = character;
  while (at < source.length && at - from < 8) {
    const code = source.charCodeAt(at);
    const next = code < 0x300 ? '' : String.fromCodePoint(source.codePointAt(at) ?? 0);
    if (next === '' || !mark.test(next)) break;
    if (!invisible.test(next)) cluster += next;
    at += next.length;
  }
  const plain = cluster === character ? cachedPlainOf(character) : cluster.normalize('NFKC').toLowerCase();
  if (plain !== '') sheet.write(plain, from, at);
  return at;
}

const foreignLetter = /[\u0370-\u03ff\u0400-\u052f\u0261\u0131\u0269]/;
const latinLetter = /[a-z]/;

/** Word by word (between blanks): Cyrillic and Greek text stays as it is. Every replacement has the length of what it replaces. */
function undoLookAlikes(text: string): string {
  if (!foreignLetter.test(text)) return text;
  return text.replace(/[^\s]+/g, (word) => {
    if (!foreignLetter.test(word) || !latinLetter.test(word)) return word;
    return [...word].map((letter) => lookAlikes[letter] ?? letter).join('');
  });
}
