/**
 * What a file is, by its content and never by its name or declared type: a table of signatures (magic numbers), with a look into the
 * containers that Word files share with other kinds. The names are those of the policy's cases: `pdf`, `jpeg`, `docx`, `exe` …
 */
import { textType } from './texttype.ts';
import { zipEntries } from './zip.ts';

type Row = readonly [kind: string, signature: string, at?: number];

/** Kind, signature (one character a byte), where it begins (0 if not given). The first that fits counts. */
const table: readonly Row[] = [
  ['png', '\x89PNG\r\n\x1a\n'],
  ['jpeg', '\xff\xd8\xff'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['rar', 'Rar!\x1a\x07'],
  ['7z', '7z\xbc\xaf\x27\x1c'],
  ['gz', '\x1f\x8b'],
  ['bz2', 'BZh'],
  ['xz', '\xfd7zXZ\x00'],
  ['zst', '\x28\xb5\x2f\xfd'],
  ['cab', 'MSCF'],
  ['tar', 'ustar', 257],
  ['iso', 'CD001', 32769],
  ['elf', '\x7fELF'],
  ['class', '\xca\xfe\xba\xbe'],
  ['macho', '\xfe\xed\xfa\xce'],
  ['macho', '\xfe\xed\xfa\xcf'],
  ['macho', '\xce\xfa\xed\xfe'],
  ['macho', '\xcf\xfa\xed\xfe'],
  ['wasm', '\x00asm'],
  ['lnk', 'L\x00\x00\x00\x01\x14\x02\x00'],
  ['chm', 'ITSF'],
  ['swf', 'FWS'],
  ['swf', 'CWS'],
  ['tnef', '\x78\x9f\x3e\x22'],
  ['tiff', 'II*\x00'],
  ['tiff', 'MM\x00*'],
  ['psd', '8BPS'],
  ['ico', '\x00\x00\x01\x00'],
  ['emf', ' EMF', 40],
  ['dwg', 'AC10'],
  ['skp', '\xff\xfe\xff\x0eS\x00k\x00e\x00t\x00c\x00h\x00'],
  ['djvu', 'AT&TFORM'],
  ['rtf', '{\\rtf'],
  ['ps', '%!PS'],
  ['ps', '\xc5\xd0\xd3\xc6'],
  ['mp3', 'ID3'],
  ['ogg', 'OggS'],
  ['flac', 'fLaC'],
  ['flv', 'FLV\x01'],
  ['sqlite', 'SQLite format 3\x00'],
  ['woff', 'wOFF'],
  ['woff', 'wOF2'],
  ['ttf', '\x00\x01\x00\x00\x00'],
  ['otf', 'OTTO'],
];
const signatures = table.map(([kind, signature, at]) => ({ kind, signature: Buffer.from(signature, 'latin1'), at }));

/** What the major brand of an ISO base media file (ISO/IEC 14496-12) says; other brands are `mp4`. */
const brands: Readonly<Record<string, string>> = {
  heic: 'heic',
  heix: 'heic',
  heim: 'heic',
  heis: 'heic',
  hevc: 'heic',
  hevx: 'heic',
  mif1: 'heic',
  msf1: 'heic',
  avif: 'avif',
  avis: 'avif',
  'qt  ': 'mov',
  'M4A ': 'm4a',
  'M4B ': 'm4a',
  'crx ': 'cr3',
};

/** Entries that tell a ZIP container's kind, by the beginning of their name; the first row that fits counts. */
const containers: readonly (readonly [kind: string, entry: string])[] = [
  ['docm', 'word/vbaProject'],
  ['docm', 'word/vbaData'],
  ['docx', 'word/document'],
  ['xlsx', 'xl/workbook'],
  ['pptx', 'ppt/presentation'],
  ['vsdx', 'visio/document'],
  ['apk', 'AndroidManifest.xml'],
  ['jar', 'META-INF/MANIFEST.MF'],
  ['pages', 'Index/Document.iwa'],
  ['3mf', '3D/'],
];

const openDocuments: Readonly<Record<string, string>> = {
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/epub+zip': 'epub',
};

/** What the root storage of an OLE2 file says it is: the first number of its class id. */
const classIds: Readonly<Record<string, string>> = {
  '20906': 'doc',
  '20900': 'doc',
  '20820': 'xls',
  '20810': 'xls',
  '64818d10': 'ppt',
  '20d0b': 'msg',
};

/** Streams that tell an OLE2 file's kind. */
const streams: readonly (readonly [kind: string, name: string])[] = [
  ['doc', 'WordDocument'],
  ['xls', 'Workbook'],
  ['ppt', 'PowerPoint Document'],
  ['msg', '__properties_version1.0'],
  ['encrypted', 'EncryptedPackage'],
];

/** The kind of a file by its content; `unknown` where nothing fits. Linear. */
export function fileType(content: Uint8Array): string {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.length === 0) return 'unknown';
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return zipType(bytes);
  if (startsWith(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return oleType(bytes);
  if (startsWith(bytes, 'RIFF')) return riffType(bytes);
  if (startsWith(bytes, 'ftyp', 4)) return brands[bytes.toString('latin1', 8, 12)] ?? 'mp4';
  if (startsWith(bytes, '\x1a\x45\xdf\xa3')) return bytes.subarray(0, 100).includes('webm') ? 'webm' : 'mkv';
  if (startsWith(bytes, 'MZ')) return 'exe';
  if (/^(?:\xef\xbb\xbf)?[\s\0]{0,64}%PDF-/.test(bytes.toString('latin1', 0, 80))) return 'pdf';
  const known = signatures.find(({ signature, at }) => startsWith(bytes, signature, at));
  return known?.kind ?? textType(evenIfWide(bytes)) ?? rareType(bytes);
}

/**
 * Without half a character at the end of UTF-16.
 * QUIRK: Node 24's `toString('utf16le')` of an odd number of bytes at an odd place in memory writes behind its own memory, and the process dies
 * (nodejs/node pull request 64697).
 */
const evenIfWide = (bytes: Buffer): Buffer => (bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.subarray(0, bytes.length & ~1) : bytes);

const startsWith = (bytes: Buffer, signature: string | Buffer, at = 0): boolean =>
  bytes.subarray(at, at + signature.length).equals(typeof signature === 'string' ? Buffer.from(signature, 'latin1') : signature);

/** Signatures so short that text begins with them too. */
function rareType(bytes: Buffer): string {
  if (startsWith(bytes, 'BM')) return 'bmp';
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0) return 'mp3';
  if (bytes[0] === 0x30 && bytes.subarray(0, 60).includes(Buffer.from('2a864886f70d0107', 'hex'))) return 'pkcs7';
  return 'unknown';
}

function riffType(bytes: Buffer): string {
  const form = bytes.toString('latin1', 8, 12);
  return form === 'WEBP' ? 'webp' : form === 'WAVE' ? 'wav' : form === 'AVI ' ? 'avi' : 'riff';
}

function zipType(bytes: Buffer): string {
  const { names, first } = zipEntries(bytes);
  const document = openDocuments[first.trim()];
  if (document !== undefined) return document;
  return containers.find(([, entry]) => names.some((name) => name.startsWith(entry)))?.[0] ?? 'zip';
}

function oleType(bytes: Buffer): string {
  const sector = bytes.length >= 512 ? 2 ** bytes.readUInt16LE(30) : 0;
  const root = sector === 512 || sector === 4096 ? (bytes.readUInt32LE(48) + 1) * sector : -1;
  const byClass = root >= 0 && root + 96 <= bytes.length ? classIds[bytes.readUInt32LE(root + 80).toString(16)] : undefined;
  return byClass ?? streams.find(([, name]) => bytes.includes(Buffer.from(name, 'utf16le')))?.[0] ?? 'ole';
}
