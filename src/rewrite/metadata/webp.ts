/**
 * WebP (RFC 9649) without what it tells about its author: Exif, XMP, words of the colour profile, chunks of programs, what follows its end.
 * The orientation stays in an Exif chunk of its own. One linear scan, nothing is decoded.
 */
import { bufferOf, type Cleaned } from './cleaned.ts';
import { orientationOf, tiffWith } from './exif.ts';
import { cleanProfile } from './icc.ts';

const flags = { profile: 0x20, alpha: 0x10, exif: 0x08, animation: 0x02 } as const;
const pictures = new Set(['VP8 ', 'VP8L']);
const inFrames = new Set([...pictures, 'ALPH']);
/** Header of a frame of a moving picture: place, size, time. */
const frameHeader = 16;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/** The picture alone; `damaged` where there is none. */
export function cleanWebp(content: Uint8Array): Cleaned {
  const bytes = bufferOf(content);
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return 'damaged';
  const chunks = chunksOf(bytes.subarray(12, 8 + bytes.readUInt32LE(4)));
  const simple = chunks[0];
  if (simple && pictures.has(simple.type)) return fileOf([simple]);
  if (simple?.type !== 'VP8X' || simple.data.length < 10) return 'damaged';
  const kept = chunks.slice(1).flatMap(keep);
  if (!kept.some(({ type }) => pictures.has(type) || type === 'ANMF')) return 'damaged';
  return fileOf([{ type: 'VP8X', data: headerFor(simple.data, kept) }, ...kept]);
}

/** Up to one that is longer than what is there. */
function chunksOf(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const end = at + 8 + bytes.readUInt32LE(at + 4);
    if (end > bytes.length) break;
    chunks.push({ type: bytes.toString('latin1', at, at + 4), data: bytes.subarray(at + 8, end) });
    at = end + (end & 1);
  }
  return chunks;
}

function keep({ type, data }: Chunk): Chunk[] {
  if (inFrames.has(type)) return [{ type, data }];
  if (type === 'ANIM') return [{ type, data: data.subarray(0, 6) }];
  if (type === 'ANMF') {
    const inside = chunksOf(data.subarray(frameHeader)).filter((chunk) => inFrames.has(chunk.type));
    return [{ type, data: Buffer.concat([data.subarray(0, frameHeader), ...inside.map(bytesOf)]) }];
  }
  if (type === 'ICCP') {
    const profile = cleanProfile(data);
    return profile ? [{ type, data: profile }] : [];
  }
  if (type !== 'EXIF') return [];
  const orientation = orientationOf(data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data) ?? 1;
  return orientation > 1 ? [{ type, data: tiffWith(orientation) }] : [];
}

/** The header of the extended format: what follows, and the size of the canvas. */
function headerFor(header: Buffer, kept: readonly Chunk[]): Buffer {
  const types = new Set(kept.map(({ type }) => type));
  const copy = Buffer.from(header.subarray(0, 10));
  copy.fill(0, 0, 4);
  copy[0] =
    ((header[0] ?? 0) & (flags.alpha | flags.animation)) | (types.has('ICCP') ? flags.profile : 0) | (types.has('EXIF') ? flags.exif : 0);
  return copy;
}

function bytesOf({ type, data }: Chunk): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length & 1)]);
}

function fileOf(chunks: readonly Chunk[]): Buffer {
  const file = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), ...chunks.map(bytesOf)]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}
