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

/** In `Rows.ends`: each character of the row stands for one of the original. */
const EVEN = -1;

/** Rows of the folded text and where they came from; lists of numbers, for a text that is made for it may have a row for each character. */
interface Rows {
  /** Where each begins in the folded text, and in the original one. */
  readonly starts: number[];
  readonly origins: number[];
  /** Where it ends in the original text, or `EVEN`. */
  readonly ends: number[];
}

/** Grows with what is written. */
class Sheet {
  readonly pieces: string[] = [];
  readonly rows: Rows = { starts: [], origins: [], ends: [] };
  length = 0;
  /** A piece that stands for the whole of what it came from. */
  write(piece: string, from: number, to: number): void {
    if (piece.length === 1 && to - from === 1) this.copy(piece, from);
    else this.add(piece, from, to);
  }
  /** A piece whose characters stand for one each. */
  copy(piece: string, from: number): void {
    const { starts, origins, ends } = this.rows;
    const goesOn = ends.at(-1) === EVEN && from - (origins.at(-1) ?? 0) === this.length - (starts.at(-1) ?? 0);
    if (goesOn) {
      this.pieces.push(piece);
      this.length += piece.length;
    } else this.add(piece, from, EVEN);
  }
  private add(piece: string, from: number, end: number): void {
    this.rows.starts.push(this.length);
    this.rows.origins.push(from);
    this.rows.ends.push(end);
    this.pieces.push(piece);
    this.length += piece.length;
  }
}

/** Folds a text; linear in its length. Plain ASCII, most of most texts, is taken over in stretches. */
export function fold(source: string): Folded {
  const sheet = new Sheet();
  let at = 0;
  while (at < source.length) {
    const plainTo = plainEnd(source, at);
    if (plainTo > at) {
      sheet.copy(source.slice(at, plainTo).toLowerCase().replaceAll('`', "'"), at);
      at = plainTo;
    } else at = isBlank(source.charCodeAt(at)) ? foldBlanks(source, at, sheet) : foldOther(source, at, sheet);
  }
  const { rows, length } = sheet;
  const origin: Folded['origin'] = (offset, edge = 'start') => {
    if (offset >= length) return source.length;
    const row = rowAt(rows.starts, offset);
    const [start = 0, from = 0, end = EVEN] = [rows.starts[row], rows.origins[row], rows.ends[row]];
    if (end !== EVEN) return edge === 'start' ? from : end;
    return from + offset - start + (edge === 'start' ? 0 : 1);
  };
  return { text: narrowed(undoLookAlikes(sheet.pieces.join(''))), origin };
}

/**
 * QUIRK: V8 keeps a piece of a wide string (two bytes a character) wide, whatever stands in it, and one wide piece makes the whole wide; patterns
 * take half as long again over a wide string.
 */
const narrowed = (text: string): string => (/[^\x00-\xff]/.test(text) ? text : Buffer.from(text, 'latin1').toString('latin1'));

/** By halving: the last row that begins at `offset` or before. */
function rowAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where plain ASCII ends in which blanks and line breaks stand alone: each of its characters stands for itself. */
function plainEnd(source: string, from: number): number {
  let at = from;
  for (; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code > 0x20 && code < 0x7f) continue;
    if ((code !== 0x20 && code !== 0x0a) || isBlank(source.charCodeAt(at + 1))) break;
  }
  return at > from && isMarkAt(source, at) && source.charCodeAt(at - 1) > 0x20 ? at - 1 : at;
}

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
