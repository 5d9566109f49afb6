/**
 * PNG (ISO/IEC 15948) without what it tells about its author: texts, Exif, words of the colour profile, times, private chunks, what follows
 * its end. What a decoder needs, and what says which colours the numbers mean, stays; the orientation stays in an Exif chunk of its own.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { bufferOf, type Cleaned } from './cleaned.ts';
import { orientationOf, tiffWith } from './exif.ts';
import { cleanProfile } from './icc.ts';

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Most bytes that a chunk can hold where it is what its name says; also those of moving pictures (APNG). */
const kept: ReadonlyMap<string, number> = new Map([
  ...(['IDAT', 'fdAT'] as const).map((type) => [type, Number.MAX_SAFE_INTEGER] as const),
  ...Object.entries({ IHDR: 13, PLTE: 768, tRNS: 256, gAMA: 4, cHRM: 32, sRGB: 1, sBIT: 4, cICP: 4, bKGD: 6, pHYs: 9, acTL: 8, fcTL: 26 }),
]);
const maxProfile = 2_000_000;

/**
 * The picture alone; `damaged` where it is none that a decoder could show. One linear scan, no pixel is decoded.
 * Where a chunk's length is wrong, what follows is left out up to the end mark: decoders show the lines before it.
 */
export function cleanPng(content: Uint8Array): Cleaned {
  const bytes = bufferOf(content);
  if (!bytes.subarray(0, 8).equals(signature)) return 'damaged';
  const chunks: Buffer[] = [];
  const seen = new Set<string>();
  let at = 8;
  while (at + 12 <= bytes.length && !seen.has('IEND')) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (seen.size === 0 && type !== 'IHDR') return 'damaged';
    if (end > bytes.length || !/^[A-Za-z]{4}$/.test(type)) break;
    const chunk = keep(type, bytes.subarray(at, end), seen.has(type));
    seen.add(type);
    if (chunk) chunks.push(chunk);
    at = end;
  }
  if (!seen.has('IDAT')) return 'damaged';
  return Buffer.concat([signature, ...chunks, ...(seen.has('IEND') ? [] : [chunkOf('IEND', Buffer.alloc(0))])]);
}

function keep(type: string, chunk: Buffer, again: boolean): Buffer | undefined {
  if (type === 'IEND') return chunkOf('IEND', Buffer.alloc(0));
  if (chunk.length - 12 <= (kept.get(type) ?? -1)) return chunk;
  const data = chunk.subarray(8, chunk.length - 4);
  if (type === 'iCCP' && !again) return profileIn(data);
  const orientation = type === 'eXIf' && !again ? (orientationOf(data) ?? 1) : 1;
  return orientation > 1 ? chunkOf('eXIf', tiffWith(orientation)) : undefined;
}

/** A name that ends with NUL, the way it is packed (0: zlib), the profile. */
function profileIn(data: Buffer): Buffer | undefined {
  const name = data.indexOf(0);
  if (name < 0 || name > 79 || data[name + 1] !== 0) return undefined;
  try {
    const profile = cleanProfile(inflateSync(data.subarray(name + 2), { maxOutputLength: maxProfile }));
    return profile && chunkOf('iCCP', Buffer.concat([Buffer.from('-\0\0', 'latin1'), deflateSync(profile)]));
  } catch {
    return undefined;
  }
}

function chunkOf(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}
