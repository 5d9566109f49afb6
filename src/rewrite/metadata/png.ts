/** PNG (ISO/IEC 15948) without what it tells about its author: texts, Exif, colour profile, times, private chunks, what follows its end. */

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** The chunk IEND: no data, its checksum. */
const emptyEnd = Buffer.from('\0\0\0\0IEND\xae\x42\x60\x82', 'latin1');
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'sRGB', 'pHYs', 'IDAT', 'IEND']);

/**
 * The picture alone, or undefined where it is none that a decoder could show. One linear scan, nothing is decoded.
 * Where a chunk's length is wrong, what follows is left out up to the end mark: decoders show the lines before it.
 */
export function cleanPng(content: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (!bytes.subarray(0, 8).equals(signature)) return undefined;
  const chunks: Buffer[] = [];
  const seen = new Set<string>();
  let at = 8;
  while (at + 12 <= bytes.length && !seen.has('IEND')) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (seen.size === 0 && type !== 'IHDR') return undefined;
    if (end > bytes.length || !/^[A-Za-z]{4}$/.test(type)) break;
    seen.add(type);
    if (kept.has(type)) chunks.push(bytes.subarray(at, end));
    at = end;
  }
  if (!seen.has('IDAT')) return undefined;
  return Buffer.concat([signature, ...chunks, ...(seen.has('IEND') ? [] : [emptyEnd])]);
}
