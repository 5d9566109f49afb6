/**
 * What a PDF says, for the gate alone (ISO 32000): its streams inflated, and the text that they show, also through the maps from glyphs to
 * characters. No reader of documents: it finds streams by their key words, so that nothing escapes which no table of contents names.
 */
import { inflateSync } from 'node:zlib';
import { matchesIn } from '../../model/matches.ts';

const maxStreams = 20_000;
const maxInflated = 48 << 20;
const maxMaps = 24;
const maxShown = 4 << 20;

export const isPdf = (bytes: Buffer): boolean => bytes.subarray(0, 1024).includes('%PDF-');

export interface Opened {
  readonly texts: readonly string[];
  readonly streams: readonly Buffer[];
}

/** Undefined where there is more in it than the gate looks through. */
export function openPdf(bytes: Buffer): Opened | undefined {
  const streams = streamsOf(bytes);
  if (streams === undefined) return undefined;
  const sources = streams.map((stream) => stream.toString('latin1'));
  const maps = sources
    .filter((source) => source.includes('beginbf'))
    .slice(0, maxMaps)
    .map(glyphsOf);
  const shown = sources.filter((source) => /T[jJ]\b/.test(source)).flatMap((source) => shownTexts(source, maps));
  return { texts: [...shown, hexTexts(bytes.toString('latin1')), ...sources.map(hexTexts)].filter((text) => text !== ''), streams };
}

const maxHex = 4 << 20;

/** Strings written in hexadecimal: Latin letters, or UTF-16 with its mark (ISO 32000-1 section 7.9.2). */
function hexTexts(source: string): string {
  const texts: string[] = [];
  let length = 0;
  for (const [, hex = ''] of matchesIn(source, /<([0-9a-f\s]{8,4000})>/gi)) {
    const bytes = Buffer.from(hex.replace(/\s/g, ''), 'hex');
    texts.push(bytes.length > 1 && bytes.readUInt16BE(0) === 0xfeff ? utf16(bytes.toString('hex')) : bytes.toString('latin1'));
    length += hex.length;
    if (length > maxHex) break;
  }
  return texts.join('\n');
}

/** Undefined where there are too many, or too much in them. */
function streamsOf(bytes: Buffer): Buffer[] | undefined {
  const streams: Buffer[] = [];
  let room = maxInflated;
  let tried = 0;
  for (const packed of packedStreams(bytes)) {
    const stream = inflated(packed, room);
    if (stream === 'much' || ++tried > maxStreams) return undefined;
    if (stream === undefined) continue;
    streams.push(stream);
    room -= stream.length;
  }
  return streams;
}

/** What stands between `stream` and `endstream` and was packed; pixels of pictures say nothing. */
function* packedStreams(bytes: Buffer): Generator<Buffer> {
  let end = 0;
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    if (bytes.toString('latin1', Math.max(0, at - 3), at) === 'end') continue;
    if (end < at) end = bytes.indexOf('endstream', at);
    if (end < 0) end = bytes.length;
    const head = headOf(bytes, at);
    if (/\/Fl(?:ateDecode)?\b/.test(head) && !/\/Subtype\s*\/Image/.test(head))
      yield bytes.subarray(at + (bytes[at + 6] === 13 ? 8 : 7), end);
  }
}

/** The dictionary before a stream. */
function headOf(bytes: Buffer, at: number): string {
  const before = bytes.toString('latin1', Math.max(0, at - 1024), at);
  return before.slice(Math.max(0, before.lastIndexOf(' obj'), before.lastIndexOf('endstream')));
}

/** What can be inflated of it, as lenient as readers are. */
function inflated(packed: Buffer, room: number): Buffer | 'much' | undefined {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, room), finishFlush: 2 });
  } catch (error) {
    return error instanceof RangeError ? 'much' : undefined;
  }
}

/** From the code of a glyph, in hexadecimal, to its characters. */
type Glyphs = ReadonlyMap<string, string>;

function glyphsOf(source: string): Glyphs {
  const glyphs = new Map<string, string>();
  for (const [, chars = ''] of matchesIn(source, /beginbfchar([\s\S]{0,40000}?)endbfchar/g)) {
    for (const [, code = '', to = ''] of matchesIn(chars, /<([0-9a-f]{2,8})>\s{0,9}<([0-9a-f]{2,64})>/gi))
      glyphs.set(code.toLowerCase(), utf16(to));
  }
  for (const [, ranges = ''] of matchesIn(source, /beginbfrange([\s\S]{0,40000}?)endbfrange/g)) addRanges(ranges, glyphs);
  return glyphs;
}

function addRanges(ranges: string, glyphs: Map<string, string>): void {
  for (const match of matchesIn(ranges, /<([0-9a-f]{2,8})>\s{0,9}<([0-9a-f]{2,8})>\s{0,9}(?:<([0-9a-f]{2,64})>|\[([^\]]{0,20000})\])/gi)) {
    const [, low = '', high = '', first, list] = match;
    const [from, to] = [Number.parseInt(low, 16), Number.parseInt(high, 16)];
    const many = list?.match(/[0-9a-f]{2,64}/gi) ?? [];
    for (let code = from; code <= to && code - from < 65_536 && glyphs.size < 70_000; code++) {
      const start =
        first === undefined ? many[code - from] : (Number.parseInt(first.slice(-4), 16) + code - from).toString(16).padStart(4, '0');
      if (start !== undefined) glyphs.set(code.toString(16).padStart(low.length, '0'), utf16((first ?? '').slice(0, -4) + start));
    }
  }
}

const utf16 = (hex: string): string =>
  Buffer.from(hex.slice(0, hex.length < 4 ? 4 : hex.length - (hex.length % 4)).padStart(4, '0'), 'hex')
    .swap16()
    .toString('utf16le');

/** A string of a content stream, an array of them with the distances between, or the end of what is shown at once. */
const token =
  /\(((?:[^()\\]|\\[\s\S]){0,60000})\)|<([0-9a-f\s]{2,60000})>|(-?\d{3,6})(?:\.\d{1,6})?(?=[\s<(\]])|\b(T[jJdDm*]|ET)\b|['"](?=\s)/gi;

/** The text in its order: pieces joined where they are near one another, and all of them joined. */
function shownTexts(source: string, maps: readonly Glyphs[]): string[] {
  const pieces: (string | ' ')[] = [];
  let length = 0;
  for (const [, literal, hex, distance, operator] of matchesIn(source, token)) {
    if (literal !== undefined) pieces.push(Buffer.from(unescaped(literal), 'latin1').toString('hex'));
    else if (hex !== undefined) pieces.push(hex.replace(/\s/g, '').toLowerCase());
    else if (operator !== undefined || Number(distance) < -180) pieces.push(' ');
    length += pieces.at(-1)?.length ?? 0;
    if (length > maxShown) break;
  }
  const read = (decode: (hex: string) => string): string[] => {
    const texts = pieces.map((piece) => (piece === ' ' ? ' ' : decode(piece)));
    return [texts.join(''), texts.filter((text) => text !== ' ').join('')];
  };
  return [
    (hex: string) => Buffer.from(hex, 'hex').toString('latin1'),
    ...maps.map((glyphs) => (hex: string) => mapped(hex, glyphs)),
  ].flatMap(read);
}

function mapped(hex: string, glyphs: Glyphs): string {
  const width = glyphs.keys().next().value?.length ?? 4;
  let text = '';
  for (let at = 0; at + width <= hex.length; at += width) text += glyphs.get(hex.slice(at, at + width)) ?? '';
  return text;
}

const unescaped = (literal: string): string =>
  literal.replace(/\\([0-7]{1,3}|\r\n|[\s\S])/g, (_, sign: string) =>
    /^[0-7]/.test(sign)
      ? String.fromCharCode(Number.parseInt(sign, 8) & 255)
      : ({ n: '\n', r: '\r', t: '\t', b: '', f: '', '\n': '', '\r': '', '\r\n': '' }[sign] ?? sign),
  );
