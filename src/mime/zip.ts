/** The names in a ZIP archive (APPNOTE.TXT sections 4.3.7, 4.3.12, 4.3.16): enough to tell a Word file from an app; nothing is unpacked. */

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
