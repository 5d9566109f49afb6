/**
 * The words of a PDF as a reader sees them (ISO 32000-2 section 9), for the search alone: what its pages show, and what its notes, outlines
 * and forms say. Where letters stand on the page is not worked out.
 */
import { bufferOf } from '../../../../src/rewrite/metadata/cleaned.ts';
import { utf16 } from '../../../../src/rewrite/metadata/utf16.ts';
import { utf16Swapped } from './utf16.ts';
import { readPdf } from '../../../../src/rewrite/metadata/pdf/file.ts';
import { unfiltered } from '../../../../src/rewrite/metadata/pdf/filters.ts';
import { type Decode, fontDecoder } from './pdf-fonts.ts';
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

/** Bytes of all pages' content. */
const maxContent = 12_000_000;
const maxLevels = 8;

interface Looking {
  readonly objects: Objects;
  readonly fonts: Map<Value, Decode>;
  /** Drawings that were looked into: once is enough. */
  readonly seen: Set<Value>;
  left: number;
}

/** Texts in which words may stand: with a blank where the pen moves, and without. Nothing where it is no PDF. */
export function* textsOfPdf(content: Uint8Array): Generator<string> {
  const file = readPdf(bufferOf(content));
  if (typeof file === 'string') return;
  const looking: Looking = { objects: file.objects, fonts: new Map(), seen: new Set(), left: maxContent };
  for (const value of file.objects.values()) {
    const words = [...stringsIn(value)].join('\n');
    if (words !== '') yield words;
    if (nameIn(value, 'Type') === 'Page') yield* textsOfPage(value, looking);
  }
}

function* stringsIn(value: Value): Generator<string> {
  const waiting: Value[] = [value];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (one.kind === 'string') yield wordsOf(one.bytes);
    if (one.kind === 'array') waiting.push(...one.items);
    if (one.kind === 'dictionary' || one.kind === 'stream') waiting.push(...one.entries.values());
  }
}

/** A text string (section 7.9.2.2): UTF-16 or UTF-8 with its mark, or one character a byte. */
function wordsOf(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16Swapped(bytes.subarray(2));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes.subarray(2));
  return bytes[0] === 0xef && bytes[1] === 0xbb ? bytes.toString('utf8', 3) : bytes.toString('latin1');
}

function* textsOfPage(page: Value, looking: Looking): Generator<string> {
  const { objects } = looking;
  const pieces = itemsOf(entryIn(page, 'Contents'), objects).map((item) => contentOf(resolve(item, objects), looking));
  const shown: string[] = [];
  show(
    Buffer.concat(pieces.flatMap((piece) => [piece, Buffer.from('\n')])),
    { resources: inherited(page, objects), shown, level: 0 },
    looking,
  );
  for (const note of itemsOf(entryIn(page, 'Annots'), objects)) {
    const looks = resolve(entryIn(resolve(entryIn(resolve(note, objects), 'AP'), objects), 'N'), objects);
    for (const look of looks?.kind === 'dictionary' ? looks.entries.values() : [looks])
      showDrawing(look, { resources: undefined, shown, level: 0 }, looking);
  }
  if (shown.length === 0) return;
  yield shown.join('').replaceAll(move, ' ');
  yield shown.join('').replaceAll(move, '');
}

function contentOf(stream: Value | undefined, looking: Looking): Buffer {
  const content = stream?.kind === 'stream' ? unfiltered(stream, looking.left, looking.objects) : undefined;
  looking.left -= content?.length ?? 0;
  return content ?? Buffer.alloc(0);
}

/** The resources of a page may stand in a node above it. */
function inherited(page: Value, objects: Objects): Value | undefined {
  let node: Value | undefined = page;
  for (let step = 0; step < 50 && node !== undefined; step++) {
    const resources = resolve(entryIn(node, 'Resources'), objects);
    if (resources) return resources;
    node = resolve(entryIn(node, 'Parent'), objects);
  }
  return undefined;
}

/** Where the pen moves on: a blank, or nothing. */
const move = '\u0000';
/** In thousandths of the letters' size: more is a gap between words. */
const gap = -180;

interface Canvas {
  readonly resources: Value | undefined;
  readonly shown: string[];
  readonly level: number;
}

/** Reads the operators of a content stream (section 7.8.2) and collects what they show. */
function show(content: Buffer, canvas: Canvas, looking: Looking): void {
  const pen: Pen = { cursor: { bytes: content, at: 0 }, canvas, decode: (bytes) => bytes.toString('latin1') };
  const { cursor } = pen;
  let operands: Value[] = [];
  while (cursor.at < content.length) {
    skipBlanks(cursor);
    const operand = isOperand(content[cursor.at]) ? readValue(cursor) : undefined;
    if (operand) {
      operands.push(operand);
      if (operands.length > maxOperands) operands = operands.slice(-10);
    } else {
      const operator = readWord(cursor);
      if (operator === '') cursor.at++;
      follow(operator, operands, { pen, looking });
      operands = [];
    }
  }
}

const maxOperands = 100;

interface Pen {
  readonly cursor: Cursor;
  readonly canvas: Canvas;
  decode: Decode;
}

function follow(operator: string, operands: readonly Value[], { pen, looking }: { readonly pen: Pen; readonly looking: Looking }): void {
  const { canvas, cursor } = pen;
  if (moving.has(operator)) canvas.shown.push(move);
  if (showing.has(operator)) canvas.shown.push(...lettersOf(operands.at(-1), pen.decode));
  else if (operator === 'Tf') pen.decode = fontIn(operands, canvas, looking) ?? pen.decode;
  else if (operator === 'Do') showDrawing(resourceIn(canvas, 'XObject', { operands, looking }), canvas, looking);
  else if (operator === 'ID') skipPicture(cursor);
  else if (operator === 'BDC' || operator === 'DP') for (const value of operands) canvas.shown.push(...stringsIn(value));
}

const moving = new Set(['Td', 'TD', 'T*', 'Tm', 'BT', 'ET', "'", '"']);
const showing = new Set(['Tj', 'TJ', "'", '"']);

/** Names, strings, arrays, dictionaries and numbers begin so. */
const isOperand = (byte: number | undefined): boolean => byte !== undefined && '/(<[+-.0123456789'.includes(String.fromCharCode(byte));

function* lettersOf(value: Value | undefined, decode: Decode): Generator<string> {
  for (const item of value?.kind === 'array' ? value.items : value ? [value] : []) {
    if (item.kind === 'string') yield decode(item.bytes);
    else if (item.kind === 'word' && Number(item.text) < gap) yield move;
  }
}

interface Named {
  readonly operands: readonly Value[];
  readonly looking: Looking;
}

function resourceIn({ resources }: Canvas, kind: string, { operands, looking: { objects } }: Named): Value | undefined {
  const name = operands.find((operand) => operand.kind === 'name');
  return name?.kind === 'name' ? resolve(entryIn(resolve(entryIn(resources, kind), objects), name.name), objects) : undefined;
}

function fontIn(operands: readonly Value[], canvas: Canvas, looking: Looking): Decode | undefined {
  const font = resourceIn(canvas, 'Font', { operands, looking });
  if (font === undefined) return undefined;
  const decode = looking.fonts.get(font) ?? fontDecoder(font, looking.objects);
  looking.fonts.set(font, decode);
  return decode;
}

function showDrawing(drawing: Value | undefined, canvas: Canvas, looking: Looking): void {
  const found = resolve(drawing, looking.objects);
  if (found?.kind !== 'stream' || nameIn(found, 'Subtype') === 'Image' || looking.seen.has(found) || canvas.level > maxLevels) return;
  looking.seen.add(found);
  const resources = resolve(entryIn(found, 'Resources'), looking.objects) ?? canvas.resources;
  show(contentOf(found, looking), { resources, shown: canvas.shown, level: canvas.level + 1 }, looking);
}

/** A picture between the operators: up to `EI` with a blank before it. */
function skipPicture(cursor: Cursor): void {
  let at = cursor.bytes.indexOf('EI', cursor.at);
  while (at > 0 && (cursor.bytes[at - 1] ?? 0) > 0x20) at = cursor.bytes.indexOf('EI', at + 2);
  cursor.at = at < 0 ? cursor.bytes.length : at + 2;
}
