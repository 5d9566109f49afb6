/**
 * ZIP archives (APPNOTE.TXT sections 4.3.7, 4.3.12, 4.3.16): their names, enough to tell a Word file from an app; unpacked within limits; and
 * packed anew, without what tells about who packed them. The one file that imports fflate.
 */
import { unzipSync, type Zippable, zipSync } from 'fflate';

const localHeader = Buffer.from('PK\x03\x04', 'latin1');
const centralHeader = Buffer.from('PK\x01\x02', 'latin1');
const endOfDirectory = Buffer.from('PK\x05\x06', 'latin1');
const maxEntries = 5_000;

export interface ZipEntries {
  readonly names: readonly string[];
  /** The first 100 bytes of the first entry where it is stored as it is: the media type of OpenDocument and EPUB. */
  readonly first: string;
}

/** Reads the directory, or the entries one after the other where there is none that can be found. Linear. */
export function zipEntries(content: Buffer): ZipEntries {
  const end = content.lastIndexOf(endOfDirectory);
  const directory = end >= 0 && end + 20 <= content.length ? content.readUInt32LE(end + 16) : -1;
  const central = directory >= 0 ? centralNames(content, directory) : [];
  return { names: central.length > 0 ? central : localNames(content), first: firstStored(content) };
}

function centralNames(content: Buffer, from: number): string[] {
  const names: string[] = [];
  let at = from;
  while (names.length < maxEntries && at + 46 <= content.length && content.subarray(at, at + 4).equals(centralHeader)) {
    const length = content.readUInt16LE(at + 28);
    names.push(content.toString('latin1', at + 46, at + 46 + length));
    at += 46 + length + content.readUInt16LE(at + 30) + content.readUInt16LE(at + 32);
  }
  return names;
}

function localNames(content: Buffer): string[] {
  const names: string[] = [];
  let at = content.indexOf(localHeader);
  while (names.length < maxEntries && at >= 0 && at + 30 <= content.length) {
    const length = content.readUInt16LE(at + 26);
    names.push(content.toString('latin1', at + 30, at + 30 + length));
    at = content.indexOf(localHeader, at + 30 + length);
  }
  return names;
}

function firstStored(content: Buffer): string {
  if (content.length < 30 || content.readUInt16LE(8) !== 0) return '';
  const from = 30 + content.readUInt16LE(26) + content.readUInt16LE(28);
  return content.toString('latin1', from, from + Math.min(100, content.readUInt32LE(18)));
}

export interface UnzipLimits {
  /** Entries that are unpacked; the others are not looked into. */
  readonly wants: (name: string) => boolean;
  readonly maxEntries: number;
  /** Bytes of all wanted entries, as the directory says. */
  readonly maxBytes: number;
}

/** The wanted entries by name. No more is unpacked of one than the directory says. */
export function unzip(content: Buffer, limits: UnzipLimits): ReadonlyMap<string, Uint8Array> | 'damaged' | 'encrypted' | 'complex' {
  const end = content.lastIndexOf(endOfDirectory);
  if (end < 0 || end + 22 > content.length) return 'damaged';
  if (isSealed(content, content.readUInt32LE(end + 16))) return 'encrypted';
  let entries = 0;
  let bytes = 0;
  let tooMuch = false;
  try {
    // QUIRK: fflate looks for the directory in the last 64 KB alone; what stands behind it is cut off.
    const files = unzipSync(content.subarray(0, end + 22 + content.readUInt16LE(end + 20)), {
      filter: ({ name, originalSize }) => {
        tooMuch ||= ++entries > limits.maxEntries;
        if (tooMuch || !limits.wants(name)) return false;
        bytes += originalSize;
        tooMuch = bytes > limits.maxBytes;
        return !tooMuch;
      },
    });
    return tooMuch ? 'complex' : new Map(Object.entries(files));
  } catch {
    return 'damaged';
  }
}

/** Whether an entry of the directory is encrypted (section 4.4.4). */
function isSealed(content: Buffer, from: number): boolean {
  let at = from;
  for (let count = 0; count < maxEntries && at + 46 <= content.length && content.subarray(at, at + 4).equals(centralHeader); count++) {
    if (content.readUInt16LE(at + 8) & 1) return true;
    at += 46 + content.readUInt16LE(at + 28) + content.readUInt16LE(at + 30) + content.readUInt16LE(at + 32);
  }
  return false;
}

/** An archive of these files in this order; no comments, no extra fields, all of one date. Pictures are packed already. */
export function zip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const rows: Zippable = {};
  for (const [name, content] of files) rows[name] = [content, { level: /\.(?:png|jpe?g|gif|webp)$/i.test(name) ? 0 : 6 }];
  return zipSync(rows, { mtime: new Date(1980, 0, 1) });
}
