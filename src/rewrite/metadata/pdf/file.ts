/**
 * The objects of a PDF file (ISO 32000-2 section 7.5), found by reading the file from its beginning to its end: the newest revision of an
 * object is the last one. Its table of places is not asked: it may be wrong or missing, and readers then do as is done here.
 */
import type { Obstacle } from '../cleaned.ts';
import { unfiltered } from './filters.ts';
import { type Cursor, type Dictionary, nameIn, readValue, readWord, resolve, type Stream, skipBlanks, type Value } from './syntax.ts';

export interface PdfFile {
  readonly objects: ReadonlyMap<number, Value>;
  /** Number of the catalog. */
  readonly root: number;
  /** `1.4`. */
  readonly version: string;
  /** It keeps objects in compressed streams. */
  readonly packed: boolean;
}

const maxObjects = 200_000;
const maxUnpacked = 40_000_000;

/** The file as far as it is read. */
interface Reading {
  readonly bytes: Buffer;
  readonly objects: Map<number, Value>;
  /** Streams whose length stands elsewhere: number of the object and where the data begins. */
  readonly unmeasured: Map<number, number>;
  root: number | undefined;
  obstacle: Obstacle | undefined;
  packed: boolean;
  /** Bytes of packed objects. */
  unpacked: number;
  /** Bytes that were looked at, more than once where objects go wrong. */
  work: number;
  /** From here on no stream ends. */
  lastEnd: number;
}

export function readPdf(bytes: Buffer): PdfFile | Obstacle {
  const reading: Reading = {
    bytes,
    objects: new Map(),
    unmeasured: new Map(),
    root: undefined,
    obstacle: undefined,
    packed: false,
    unpacked: 0,
    work: 0,
    lastEnd: bytes.lastIndexOf('endstream'),
  };
  readObjects(reading);
  if (reading.obstacle !== undefined) return reading.obstacle;
  measure(reading);
  const { objects, packed } = reading;
  const root = reading.root ?? [...objects].findLast(([, value]) => nameIn(value, 'Type') === 'Catalog')?.[0];
  const version = /%PDF-([12]\.\d)/.exec(bytes.toString('latin1', 0, 1_100))?.[1] ?? '1.7';
  return root === undefined ? 'damaged' : { objects, root, version, packed };
}

function readObjects(reading: Reading): void {
  const { bytes } = reading;
  const after = (word: string, known: number, at: number): number => (known < 0 || known >= at ? known : bytes.indexOf(word, at));
  let trailer = bytes.indexOf('trailer');
  let next = bytes.indexOf('obj');
  while ((next >= 0 || trailer >= 0) && reading.obstacle === undefined) {
    const isTrailer = trailer >= 0 && (next < 0 || trailer < next);
    const at = isTrailer ? readTrailer(reading, trailer + 7) : readObject(reading, next);
    trailer = after('trailer', trailer, at);
    next = after('obj', next, at);
    if (isTooMuch(reading)) reading.obstacle = 'complex';
  }
}

/** Too many objects, or the same bytes again and again. */
const isTooMuch = ({ work, bytes, unpacked, objects }: Reading): boolean =>
  work > (bytes.length + unpacked) * 3 + 1_000_000 || objects.size > maxObjects;

function readTrailer(reading: Reading, at: number): number {
  const cursor: Cursor = { bytes: reading.bytes, at };
  const value = readValue(cursor);
  reading.work += cursor.at - at;
  if (value?.kind !== 'dictionary') return at;
  takeTrailer(reading, value);
  return cursor.at;
}

function takeTrailer(reading: Reading, { entries }: Dictionary | Stream): void {
  const seal = entries.get('Encrypt');
  if (seal !== undefined && !(seal.kind === 'word' && seal.text === 'null')) reading.obstacle = 'encrypted';
  const root = entries.get('Root');
  if (root?.kind === 'reference') reading.root = root.to;
}

/** @param at of the word `obj`. Answers where to read on. */
function readObject(reading: Reading, at: number): number {
  const { bytes } = reading;
  const number = /(?:^|[^\d])(\d{1,10})[\s\0]{1,8}\d{1,5}[\s\0]{0,8}$/.exec(bytes.toString('latin1', Math.max(0, at - 32), at))?.[1];
  if (number === undefined) return at + 3;
  const cursor: Cursor = { bytes, at: at + 3 };
  const value = readValue(cursor);
  reading.work += cursor.at - at;
  if (value === undefined) return at + 3;
  const stream = value.kind === 'dictionary' ? readStream(reading, cursor, { value, number: Number(number) }) : undefined;
  take(reading, Number(number), stream ?? value);
  return cursor.at;
}

function take(reading: Reading, number: number, value: Value): void {
  const type = nameIn(value, 'Type');
  if (value.kind === 'stream' && type === 'XRef') takeTrailer(reading, value);
  else if (value.kind === 'stream' && type === 'ObjStm') unpack(reading, value);
  else reading.objects.set(number, value);
}

/** The data behind a dictionary, where there are some. */
function readStream(reading: Reading, cursor: Cursor, object: { readonly value: Dictionary; readonly number: number }): Stream | undefined {
  const { bytes } = reading;
  const before = cursor.at;
  skipBlanks(cursor);
  if (readWord(cursor) !== 'stream' || cursor.at > reading.lastEnd) {
    cursor.at = before;
    return undefined;
  }
  if (bytes[cursor.at] === 13) cursor.at++;
  if (bytes[cursor.at] === 10) cursor.at++;
  const from = cursor.at;
  const { entries } = object.value;
  const length = entries.get('Length');
  const told = length?.kind === 'word' ? endAt(bytes, from, Number(length.text)) : undefined;
  if (told === undefined && length?.kind === 'reference') reading.unmeasured.set(object.number, from);
  const end = told ?? bytes.indexOf('endstream', from);
  cursor.at = end + 'endstream'.length;
  return { kind: 'stream', entries, data: bytes.subarray(from, told ?? withoutLineEnd(bytes, from, end)) };
}

/** Where data of this length end; undefined where no `endstream` follows. */
function endAt(bytes: Buffer, from: number, length: number): number | undefined {
  const end = from + length;
  const follows = Number.isSafeInteger(end) && length >= 0 && /^\s{0,3}endstream/.test(bytes.toString('latin1', end, end + 12));
  return follows ? end : undefined;
}

function withoutLineEnd(bytes: Buffer, from: number, end: number): number {
  const lf = end > from && bytes[end - 1] === 10 ? end - 1 : end;
  return lf > from && bytes[lf - 1] === 13 ? lf - 1 : lf;
}

/** Lengths that stood behind their streams. */
function measure({ bytes, objects, unmeasured }: Reading): void {
  for (const [number, from] of unmeasured) {
    const stream = objects.get(number);
    const length = stream?.kind === 'stream' ? resolve(stream.entries.get('Length'), objects) : undefined;
    const end = length?.kind === 'word' ? endAt(bytes, from, Number(length.text)) : undefined;
    if (stream?.kind === 'stream' && end !== undefined) objects.set(number, { ...stream, data: bytes.subarray(from, end) });
  }
}

/** The objects in an object stream (section 7.5.7): numbers and places first, then the objects. */
function unpack(reading: Reading, stream: Stream): void {
  reading.packed = true;
  const bytes = unfiltered(stream, maxUnpacked - reading.unpacked);
  if (bytes === undefined) {
    reading.obstacle = 'complex';
    return;
  }
  reading.unpacked += bytes.length;
  const [count, first] = [numberIn(stream, 'N'), numberIn(stream, 'First')];
  const head: Cursor = { bytes: bytes.subarray(0, first), at: 0 };
  for (let index = 0; index < count && head.at < head.bytes.length; index++) {
    skipBlanks(head);
    const number = Number(readWord(head));
    skipBlanks(head);
    const cursor: Cursor = { bytes, at: first + Number(readWord(head)) };
    const from = cursor.at;
    if (!Number.isSafeInteger(number) || !Number.isSafeInteger(from)) return;
    const value = readValue(cursor);
    reading.work += cursor.at - from;
    if (value !== undefined) reading.objects.set(number, value);
    if (isTooMuch(reading)) return;
  }
}

function numberIn({ entries }: Stream, key: string): number {
  const value = entries.get(key);
  const number = value?.kind === 'word' ? Number(value.text) : 0;
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}
