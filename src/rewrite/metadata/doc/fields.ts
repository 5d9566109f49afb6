/**
 * Fields and links in the text of a Word 97 file ([MS-DOC] sections 2.8.35, 2.4.1): their codes hold mailboxes, paths and authors. Codes become
 * blanks, so that nothing moves; what the reader sees of a field stays.
 */
import { isHarmless } from '../fields.ts';

/** Index of the piece table's place in the file information block. */
const pieceTable = 33;
const pairs = 154;
const maxPieces = 100_000;
const begin = 0x13;
const separator = 0x14;
const end = 0x15;
const maxCode = 1_000;

/** Class ids of monikers ([MS-OSHARED] section 2.3.7). */
const urlMoniker = Buffer.from('e0c9ea79f9bace118c8200aa004ba90b', 'hex');
const fileMoniker = Buffer.from('0303000000000000c000000000000046', 'hex');

export interface Piece {
  readonly from: number;
  readonly to: number;
  /** Bytes of a character. */
  readonly width: 1 | 2;
}

/** A field whose end has not come. */
interface Field {
  code: string;
  /** Where the characters of the code stand; undefined once the separator came. */
  places: { readonly at: number; readonly width: 1 | 2 }[] | undefined;
}

/** @param text the stream of the text, changed in place; it begins with the file information block */
export function maskFields(text: Buffer, table: Buffer): void {
  const open: Field[] = [];
  for (const { from, to, width } of piecesOf(text, table)) {
    for (let at = from; at + width <= to; at += width) {
      takeCharacter(width === 1 ? (text[at] ?? 0) : text.readUInt16LE(at), { at, width }, { text, open });
    }
  }
  for (const field of open) close(text, field);
}

interface Walk {
  readonly text: Buffer;
  readonly open: Field[];
}

function takeCharacter(char: number, place: { readonly at: number; readonly width: 1 | 2 }, { text, open }: Walk): void {
  const field = open.at(-1);
  if (char === begin) open.push({ code: '', places: [] });
  else if (field && (char === separator || char === end)) {
    close(text, field);
    if (char === end) open.pop();
  } else if (char >= 0x20 && field?.places) {
    if (field.code.length < maxCode) field.code += String.fromCharCode(char);
    field.places.push(place);
  }
}

/** The code is whole: it stays, or becomes blanks. */
function close(text: Buffer, field: Field): void {
  const isShort = field.code.length < maxCode;
  if (field.places && !(isShort && isHarmless(field.code))) {
    for (const { at, width } of field.places) {
      text[at] = 0x20;
      if (width === 2) text[at + 1] = 0;
    }
  }
  field.places = undefined;
}

/** Where the text stands: in pieces of one or two bytes a character. */
export function piecesOf(text: Buffer, table: Buffer): readonly Piece[] {
  const at = pairs + pieceTable * 8;
  if (at + 8 > text.length) return [];
  const from = text.readUInt32LE(at);
  const clx = table.subarray(from, from + text.readUInt32LE(at + 4));
  let start = 0;
  while (start + 5 <= clx.length && clx[start] === 1) start += 3 + clx.readUInt16LE(start + 1);
  if (start + 5 > clx.length || clx[start] !== 2) return [];
  const list = clx.subarray(start + 5, start + 5 + clx.readUInt32LE(start + 1));
  const count = Math.min(maxPieces, Math.floor((list.length - 4) / 12));
  return Array.from({ length: Math.max(0, count) }, (_, index) => pieceAt(list, index, { count, length: text.length }));
}

function pieceAt(list: Buffer, index: number, text: { readonly count: number; readonly length: number }): Piece {
  const characters = list.readUInt32LE(index * 4 + 4) - list.readUInt32LE(index * 4);
  const place = list.readUInt32LE((text.count + 1) * 4 + index * 8 + 2);
  const isNarrow = (place & 0x40000000) !== 0;
  const width = isNarrow ? 1 : 2;
  const from = isNarrow ? (place & 0x3fffffff) / 2 : place & 0x3fffffff;
  return { from, to: Math.min(text.length, from + Math.max(0, characters) * width), width };
}

/** Targets of links, wherever they stand. Changes the bytes in place. */
export function maskLinks(bytes: Buffer): void {
  maskBehind(bytes, urlMoniker, (at) => [at + 4, at + 4 + bytes.readUInt32LE(at)]);
  // A count of steps upwards and a length come before the path, which comes once more behind it in UTF-16.
  maskBehind(bytes, fileMoniker, (at) => [at + 6, at + 46 + bytes.readUInt32LE(at + 2) * 3]);
}

function maskBehind(bytes: Buffer, id: Buffer, place: (at: number) => readonly [from: number, to: number]): void {
  for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id, at + id.length)) {
    if (at + id.length + 10 > bytes.length) return;
    const [from, to] = place(at + id.length);
    if (to <= bytes.length) bytes.fill(0, from, to);
  }
}
