/** A PDF file of these objects (ISO 32000-2 section 7.5): header, objects, their places, trailer; no ids, no dates, no older revision. */
import { deflateSync } from 'node:zlib';
import type { PdfFile } from './file.ts';
import type { Value } from './syntax.ts';

/** Objects in one object stream. */
const inOneStream = 200;

interface Written {
  readonly pieces: Buffer[];
  length: number;
  /** By number: kind, place and generation, or object stream and place in it (section 7.5.8.3). */
  readonly places: (readonly [kind: 0 | 1 | 2, first: number, second: number])[];
}

/** @param objects the first has number 1 and is the catalog */
export function writePdf(objects: readonly Value[], { version, packed }: Pick<PdfFile, 'version' | 'packed'>): Buffer {
  const written: Written = { pieces: [], length: 0, places: [[0, 0, 65_535]] };
  put(written, Buffer.from(`%PDF-${packed && version < '1.5' ? '1.5' : version}\n%\xe2\xe3\xcf\xd3\n`, 'latin1'));
  if (packed) writePacked(objects, written);
  else writePlain(objects, written);
  return Buffer.concat(written.pieces);
}

function put(written: Written, ...pieces: readonly Buffer[]): void {
  for (const piece of pieces) {
    written.pieces.push(piece);
    written.length += piece.length;
  }
}

function putObject(written: Written, number: number, value: Value): void {
  written.places[number] = [1, written.length, 0];
  const [head, ...rest] = bytesOf(value);
  put(written, Buffer.from(`${number} 0 obj\n`), head ?? Buffer.alloc(0), ...rest, Buffer.from('\nendobj\n'));
}

function writePlain(objects: readonly Value[], written: Written): void {
  for (const [index, value] of objects.entries()) putObject(written, index + 1, value);
  const start = written.length;
  const rows = written.places.map(
    ([kind, place, generation]) => `${String(place).padStart(10, '0')} ${String(generation).padStart(5, '0')} ${kind === 0 ? 'f' : 'n'} \n`,
  );
  const size = written.places.length;
  put(written, Buffer.from(`xref\n0 ${size}\n${rows.join('')}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`));
}

/** As the source did it: small objects together in compressed streams, their places in another. */
function writePacked(objects: readonly Value[], written: Written): void {
  const small: number[] = [];
  for (const [index, value] of objects.entries()) {
    if (value.kind === 'stream') putObject(written, index + 1, value);
    else small.push(index);
  }
  let number = objects.length + 1;
  for (let from = 0; from < small.length; from += inOneStream) {
    const group = small.slice(from, from + inOneStream);
    putObject(written, number, streamOf(group.map((index) => [index + 1, Buffer.concat(bytesOf(objects[index]))] as const)));
    for (const [place, index] of group.entries()) written.places[index + 1] = [2, number, place];
    number++;
  }
  const start = written.length;
  written.places[number] = [1, start, 0];
  const rows = Buffer.alloc(written.places.length * 8);
  for (const [row, [kind, first, second]] of written.places.entries()) {
    rows.writeUInt8(kind, row * 8);
    rows.writeUIntBE(first, row * 8 + 1, 5);
    rows.writeUInt16BE(second, row * 8 + 6);
  }
  const about = { Type: '/XRef', Size: String(written.places.length), Root: '1 0 R', W: '[1 5 2]' };
  putObject(written, number, packedStream(about, rows));
  put(written, Buffer.from(`startxref\n${start}\n%%EOF\n`));
}

function streamOf(group: readonly (readonly [number: number, bytes: Buffer])[]): Value {
  let at = 0;
  const places = group.map(([number, bytes]) => {
    const place = `${number} ${at}`;
    at += bytes.length + 1;
    return place;
  });
  const head = Buffer.from(`${places.join(' ')} `);
  const bodies = group.flatMap(([, bytes]) => [bytes, Buffer.from(' ')]);
  return packedStream({ Type: '/ObjStm', N: String(group.length), First: String(head.length) }, Buffer.concat([head, ...bodies]));
}

function packedStream(about: Readonly<Record<string, string>>, content: Buffer): Value {
  const data = deflateSync(content);
  const entries = Object.entries({ ...about, Filter: '/FlateDecode', Length: String(data.length) });
  return { kind: 'stream', entries: new Map(entries.map(([key, text]) => [key, { kind: 'word', text }])), data };
}

/** The value as it is written; a stream's data are not copied. */
function bytesOf(value: Value | undefined): readonly Buffer[] {
  if (value?.kind !== 'stream') return [Buffer.from(value === undefined ? 'null' : textOf(value), 'latin1')];
  const head = `${textOf({ kind: 'dictionary', entries: value.entries })}\nstream\n`;
  return [Buffer.from(head, 'latin1'), value.data, Buffer.from('\nendstream')];
}

/** One character a byte. */
function textOf(value: Value): string {
  switch (value.kind) {
    case 'word':
      return value.text;
    case 'name':
      return nameText(value.name);
    case 'string':
      return `<${value.bytes.toString('hex')}>`;
    case 'reference':
      return `${value.to} 0 R`;
    case 'array':
      return `[${value.items.map(textOf).join(' ')}]`;
    default:
      return `<<${[...value.entries].map(([key, entry]) => `${nameText(key)} ${textOf(entry)}`).join('')}>>`;
  }
}

const nameText = (name: string): string =>
  `/${name.replace(/[^!"$&'*+,.0-9:;=?@A-Z\\^_`a-z|~-]/g, (char) => `#${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
