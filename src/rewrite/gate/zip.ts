/**
 * What a zip file holds, for the gate alone: it walks the central directory (APPNOTE 4.3.12), as readers do, and knows no more than that.
 * `undefined` is a file that it cannot open, or that is made to be too much: such a file does not pass.
 */
import { crc32, inflateRawSync } from 'node:zlib';

const maxEntries = 2_000;
const maxInflated = 48 << 20;

export interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
}

export const isZip = (bytes: Buffer): boolean => bytes.readUInt32LE(0) === 0x04034b50;

export function entriesOf(bytes: Buffer): Entry[] | undefined {
  const end = bytes.lastIndexOf('PK\x05\x06', bytes.length, 'latin1');
  if (end < 0 || end + 22 > bytes.length) return undefined;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > maxEntries) return undefined;
  const entries: Entry[] = [];
  let room = maxInflated;
  for (let index = 0; index < count; index++) {
    const entry = entryAt(bytes, at, room);
    if (entry === undefined) return undefined;
    entries.push(entry);
    room -= entry.bytes.length;
    at = entry.next;
  }
  return entries;
}

function entryAt(bytes: Buffer, at: number, room: number): (Entry & { readonly next: number }) | undefined {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return undefined;
  const [flags, method, sum, packed] = [
    bytes.readUInt16LE(at + 8),
    bytes.readUInt16LE(at + 10),
    bytes.readUInt32LE(at + 16),
    bytes.readUInt32LE(at + 20),
  ];
  const [nameLength, extraLength, commentLength] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
  const local = bytes.readUInt32LE(at + 42);
  if ((flags & 1) !== 0 || local + 30 > bytes.length) return undefined;
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const content = unpacked(bytes.subarray(from, from + packed), method, room);
  if (content === undefined || content.length > room || crc32(content) !== sum) return undefined;
  const next = at + 46 + nameLength + extraLength + commentLength;
  return { name: bytes.toString('utf8', at + 46, at + 46 + nameLength), bytes: content, next };
}

function unpacked(packed: Buffer, method: number, room: number): Buffer | undefined {
  if (method === 0) return packed;
  try {
    return method === 8 ? inflateRawSync(packed, { maxOutputLength: Math.max(1, room) }) : undefined;
  } catch {
    return undefined;
  }
}

/** XML as a reader sees it: a paragraph's pieces without what stands between them, entities decoded; and its attributes. */
export function xmlTexts(source: string): string[] {
  const decoded = (text: string): string =>
    text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
      const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
      if (name !== undefined) return { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[name.toLowerCase()] ?? whole;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
  const seen = source.replace(/<(\/?)([\w:]+)[^<>]*>/g, (_, slash: string, name: string) => {
    if (/^(?:\w+:)?(?:p|tr|tc|row|si)$/.test(name) && slash !== '') return '\n';
    return /^(?:\w+:)?(?:tab|br|cr|space|s)$/.test(name) ? ' ' : '';
  });
  return [decoded(seen), decoded(source)];
}
