/** What the codes in a PDF's strings stand for (ISO 32000-2 section 9.10), as far as the font says it. */
import { TextDecoder } from 'node:util';
import { utf16Swapped } from './utf16.ts';
import { unfiltered } from '../../../../src/rewrite/metadata/pdf/filters.ts';
import {
  type Cursor,
  entryIn,
  itemsOf,
  nameIn,
  type Objects,
  readValue,
  readWord,
  resolve,
  skipBlanks,
  type Value,
} from '../../../../src/rewrite/metadata/pdf/syntax.ts';

export type Decode = (bytes: Buffer) => string;

const maxMap = 2_000_000;
const maxCodes = 70_000;

export function fontDecoder(font: Value, objects: Objects): Decode {
  const map = resolve(entryIn(font, 'ToUnicode'), objects);
  const source = map?.kind === 'stream' ? unfiltered(map, maxMap, objects) : undefined;
  if (source) return mapped(source);
  if (nameIn(font, 'Subtype') === 'Type0') return utf16Swapped;
  const letters = new Map(differencesOf(resolve(entryIn(font, 'Encoding'), objects), objects));
  const latin = new TextDecoder('windows-1252');
  return (bytes) =>
    letters.size === 0 ? latin.decode(bytes) : [...bytes].map((code) => letters.get(code) ?? latin.decode(Buffer.from([code]))).join('');
}

/** By the font's own table from codes to Unicode (section 9.10.3). */
function mapped(source: Buffer): Decode {
  const { letters, width } = readMap(source);
  return (bytes) => {
    const out: string[] = [];
    for (let at = 0; at + width <= bytes.length; at += width) out.push(letters.get(bytes.readUIntBE(at, width)) ?? '');
    return out.join('');
  };
}

interface CodeMap {
  readonly letters: Map<number, string>;
  /** Bytes of a code. */
  width: 1 | 2;
}

function readMap(bytes: Buffer): CodeMap {
  const map: CodeMap = { letters: new Map(), width: 2 };
  const cursor: Cursor = { bytes, at: 0 };
  let operands: Value[] = [];
  while (cursor.at < bytes.length && map.letters.size < maxCodes) {
    skipBlanks(cursor);
    const isWord = /[a-z]/i.test(String.fromCharCode(bytes[cursor.at] ?? 0));
    const value = isWord ? undefined : readValue(cursor);
    if (value) operands.push(value);
    else {
      const operator = readWord(cursor);
      if (operator === '') cursor.at++;
      takeRows(map, operator, operands);
      operands = [];
    }
  }
  return map;
}

function takeRows(map: CodeMap, operator: string, operands: readonly Value[]): void {
  if (operator === 'endcodespacerange') map.width = operands.some((item) => item.kind === 'string' && item.bytes.length === 1) ? 1 : 2;
  const row = operator === 'endbfchar' ? 2 : operator === 'endbfrange' ? 3 : 0;
  for (let at = 0; row > 0 && at + row <= operands.length; at += row) {
    if (row === 2) put(map, operands[at], operands[at + 1]);
    else putRange(map, operands.slice(at, at + 3));
  }
}

const codeOf = (value: Value | undefined): number =>
  value?.kind === 'string' && value.bytes.length > 0 && value.bytes.length <= 4 ? value.bytes.readUIntBE(0, value.bytes.length) : -1;

const unicodeOf = (value: Value | undefined): string => (value?.kind === 'string' ? utf16Swapped(value.bytes) : '');

const put = ({ letters }: CodeMap, code: Value | undefined, letter: Value | undefined): void => {
  letters.set(codeOf(code), unicodeOf(letter));
};

/** First code, last code, the letter of the first one or the letters of all. */
function putRange({ letters }: CodeMap, [from, to, letter]: readonly Value[]): void {
  const [first, last] = [codeOf(from), codeOf(to)];
  const start = unicodeOf(letter);
  for (let code = first; code >= 0 && code <= last && letters.size < maxCodes; code++) {
    if (letter?.kind === 'array') letters.set(code, unicodeOf(letter.items[code - first]));
    else if (start !== '') letters.set(code, start.slice(0, -1) + String.fromCharCode(start.charCodeAt(start.length - 1) + code - first));
  }
}

/** Names of letters other than letters (Adobe Glyph List). */
const named: Readonly<Record<string, string>> = {
  space: ' ',
  at: '@',
  period: '.',
  comma: ',',
  hyphen: '-',
  underscore: '_',
  plus: '+',
  colon: ':',
  slash: '/',
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
};

/** Codes that an encoding gives another letter: a code, then the names of the letters from there on. */
function* differencesOf(encoding: Value | undefined, objects: Objects): Generator<readonly [number, string]> {
  let code = 0;
  for (const item of itemsOf(entryIn(encoding, 'Differences'), objects)) {
    if (item.kind === 'word') code = Number(item.text);
    if (item.kind === 'name') yield [code++, letterOf(item.name)];
  }
}

function letterOf(name: string): string {
  const hex = /^u(?:ni)?([0-9A-F]{4})/.exec(name)?.[1];
  return hex === undefined ? (named[name] ?? (name.length === 1 ? name : '')) : String.fromCharCode(Number.parseInt(hex, 16));
}
