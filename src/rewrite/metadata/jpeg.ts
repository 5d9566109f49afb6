/**
 * JPEG (ITU-T T.81, JFIF, Exif 2.32) without what it tells about its author: place, camera, owner, comments, previews, colour profile, what
 * follows the picture. Pixels stay bit by bit; the orientation stays in an Exif block of its own. One linear scan, nothing is decoded.
 */

const soi = 0xd8;
const eoi = 0xd9;
const sos = 0xda;

/** Frames (SOF0-15 but JPG), tables, restart interval, lines, scans: what a decoder needs. */
const needed = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= 0xda && marker <= 0xdf) || marker === 0xdb;
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** A picture has a dozen or two, one with an embedded document some hundred. */
const maxSegments = 5_000;

interface Scan {
  readonly kept: Buffer[];
  orientation: number;
  frames: number;
  scans: number;
}

/** The picture alone, or undefined where it is none that a decoder could show. */
export function cleanJpeg(content: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes[0] !== 0xff || bytes[1] !== soi) return undefined;
  const scan: Scan = { kept: [], orientation: 1, frames: 0, scans: 0 };
  let at = 2;
  for (let count = 0; at >= 0 && at < bytes.length; count++) at = count < maxSegments ? takeSegment(bytes, at, scan) : -1;
  if (at < 0 || scan.frames === 0 || scan.scans === 0) return undefined;
  const orientation = scan.orientation > 1 && scan.orientation <= 8 ? [exifWith(scan.orientation)] : [];
  return Buffer.concat([Buffer.from([0xff, soi]), ...orientation, ...scan.kept, Buffer.from([0xff, eoi])]);
}

/** Takes the segment that begins here. Answers where the next one does: the end of the bytes after the last one, -1 where there is none. */
function takeSegment(bytes: Buffer, from: number, scan: Scan): number {
  if (bytes[from] !== 0xff) return -1;
  let at = from;
  while (bytes[at + 1] === 0xff) at++;
  const marker = bytes[at + 1] ?? eoi;
  if (marker === eoi) return bytes.length;
  const end = at + 4 <= bytes.length ? at + 2 + bytes.readUInt16BE(at + 2) : -1;
  if (end < at + 4 || end > bytes.length) return -1;
  const segment = bytes.subarray(at, end);
  if (needed(marker) || isNeutral(marker, segment)) scan.kept.push(marker === 0xe0 ? withoutPreview(segment) : segment);
  if (marker === 0xe1) scan.orientation = orientationOf(segment) ?? scan.orientation;
  if (isFrame(marker)) scan.frames++;
  if (marker !== sos) return end;
  scan.scans++;
  const next = endOfScan(bytes, end);
  scan.kept.push(bytes.subarray(end, next));
  return next;
}

/** JFIF's own block, and Adobe's, which says how the colours are written. */
const isNeutral = (marker: number, segment: Buffer): boolean =>
  (marker === 0xe0 && segment.length >= 18 && segment.toString('latin1', 4, 9) === 'JFIF\0') ||
  (marker === 0xee && segment.length === 16 && segment.toString('latin1', 4, 9) === 'Adobe');

/** JFIF's block can hold a small copy of the picture as it was before it was edited. */
const withoutPreview = (segment: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xe0, 0, 16]), segment.subarray(4, 16), Buffer.from([0, 0])]);

/** Where the next marker stands after the compressed data: restart markers and stuffed bytes belong to it. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return bytes.length;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** The tag Orientation (0x0112) of the first directory. */
function orientationOf(segment: Buffer): number | undefined {
  const tiff = segment.subarray(10);
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0' || tiff.length < 8) return undefined;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const entries = Math.min(short(directory), 100);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (short(at) === 0x0112) return short(at + 8);
  }
  return undefined;
}

/** An Exif block that says how the picture is to be turned, and nothing else. */
const exifWith = (orientation: number): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xe1, 0, 34]),
    Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1'),
    Buffer.from([0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]),
  ]);
