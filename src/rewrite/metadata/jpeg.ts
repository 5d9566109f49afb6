/**
 * JPEG (ITU-T T.81, JFIF, Exif 2.32) without what it tells about its author: place, camera, owner, comments, previews, words of the colour
 * profile, what follows the picture (further pictures, films, archives). Pixels stay bit by bit; the orientation stays in an Exif block of its
 * own, the colours in a profile without words. One linear scan, nothing is decoded.
 */
import { bufferOf, type Cleaned } from './cleaned.ts';
import { orientationOf, tiffWith } from './exif.ts';
import { cleanProfile } from './icc.ts';

const soi = 0xd8;
const eoi = 0xd9;
const sos = 0xda;

/** Frames (SOF0-15 but JPG), tables, restart interval, lines, scans: what a decoder needs. */
const needed = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= 0xda && marker <= 0xdf) || marker === 0xdb;
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** A picture has a dozen or two, one with an embedded document some hundred. */
const maxSegments = 5_000;

const profileName = 'ICC_PROFILE\0';
/** Of a profile, in one segment: 65,535 less length, name and place in the row. */
const maxProfilePiece = 65_519;

interface Scan {
  readonly kept: Buffer[];
  /** Pieces of the colour profile by their place in the row. */
  readonly profile: Map<number, Buffer>;
  /** As the first Exif block says. */
  orientation: number | undefined;
  frames: number;
  scans: number;
}

/** The picture alone; `damaged` where it is none that a decoder could show. */
export function cleanJpeg(content: Uint8Array): Cleaned {
  const bytes = bufferOf(content);
  if (bytes[0] !== 0xff || bytes[1] !== soi) return 'damaged';
  const scan: Scan = { kept: [], profile: new Map(), orientation: undefined, frames: 0, scans: 0 };
  let at = 2;
  for (let count = 0; at >= 0 && at < bytes.length; count++) at = count < maxSegments ? takeSegment(bytes, at, scan) : -1;
  if (at < 0 || scan.frames === 0 || scan.scans === 0) return 'damaged';
  return Buffer.concat([Buffer.from([0xff, soi]), ...aboutPicture(scan), ...scan.kept, Buffer.from([0xff, eoi])]);
}

/** Which way up and in which colours the picture is, where the decoder would guess it otherwise than it is. */
function aboutPicture({ orientation = 1, profile }: Scan): Buffer[] {
  const exif = orientation > 1 ? [segmentOf(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiffWith(orientation)]))] : [];
  const inOrder = [...profile].toSorted(([a], [b]) => a - b).map(([, piece]) => piece);
  const colours = inOrder.length === 0 ? undefined : cleanProfile(Buffer.concat(inOrder));
  if (colours === undefined) return exif;
  const count = Math.ceil(colours.length / maxProfilePiece);
  const pieces = Array.from({ length: count }, (_, index) => {
    const piece = colours.subarray(index * maxProfilePiece, (index + 1) * maxProfilePiece);
    return segmentOf(0xe2, Buffer.concat([Buffer.from(profileName, 'latin1'), Buffer.from([index + 1, count]), piece]));
  });
  return [...exif, ...pieces];
}

function segmentOf(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
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
  keep(marker, bytes.subarray(at, end), scan);
  if (marker !== sos) return end;
  const next = endOfScan(bytes, end);
  scan.kept.push(bytes.subarray(end, next));
  return next;
}

/** What a segment says, as far as it is needed. */
function keep(marker: number, segment: Buffer, scan: Scan): void {
  const says = (name: string): boolean => segment.toString('latin1', 4, 4 + name.length) === name;
  if (mayStay(marker, segment)) scan.kept.push(marker === 0xe0 ? withoutPreview(segment) : segment);
  else if (marker === 0xe1 && says('Exif\0\0')) scan.orientation ??= orientationOf(segment.subarray(10));
  else if (marker === 0xe2 && says(profileName)) scan.profile.set(segment[16] ?? 0, segment.subarray(18));
  if (isFrame(marker)) scan.frames++;
  if (marker === sos) scan.scans++;
}

/** Whether a segment says nothing but what a decoder needs. */
export const mayStay = (marker: number, segment: Buffer): boolean => needed(marker) || isNeutral(marker, segment);

/** JFIF's own block, and Adobe's, which says how the colours are written. */
const isNeutral = (marker: number, segment: Buffer): boolean =>
  (marker === 0xe0 && segment.length >= 18 && segment.toString('latin1', 4, 9) === 'JFIF\0') ||
  (marker === 0xee && segment.length === 16 && segment.toString('latin1', 4, 9) === 'Adobe');

/** JFIF's block can hold a small copy of the picture as it was before it was edited. */
const withoutPreview = (segment: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xe0, 0, 16]), segment.subarray(4, 16), Buffer.from([0, 0])]);

/** Where the next marker stands after the compressed data: restart markers and stuffed bytes belong to it. */
export function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const next = bytes[at + 1];
    if (next === undefined) return bytes.length;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
    at = next === 0xff ? at + 1 : bytes.indexOf(0xff, at + 2);
  }
  return bytes.length;
}
