/** A photo as cameras and programs write it: EXIF (CIPA DC-008), XMP, IPTC, ICC, comments, a preview, bytes behind the end. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const base = readFileSync(join(import.meta.dirname, 'base.jpg'));
const scanAt = base.indexOf(Buffer.from([0xff, 0xda]));

/** What makes the picture: it must arrive untouched. */
export const jpegPixels: Uint8Array = base.subarray(scanAt + 14, base.length - 2);

export function segment(marker: number, content: string | Buffer): Buffer {
  const body = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** The base picture with more segments after its first ones. */
export const jpeg = (segments: readonly Buffer[], trailer: Buffer | string = ''): Buffer =>
  Buffer.concat([base.subarray(0, 20), ...segments, base.subarray(20), Buffer.from(trailer)]);

const progressive = readFileSync(join(import.meta.dirname, 'progressive.jpg'));
const lastScanAt = progressive.lastIndexOf(Buffer.from([0xff, 0xda]));

/** The last scan of a progressive picture. */
export const lastScan: Uint8Array = progressive.subarray(lastScanAt + 10, progressive.length - 2);

/** A progressive picture with more segments between its scans, where a reader of the first ones does not look. */
export const betweenScans = (segments: readonly Buffer[]): Buffer =>
  Buffer.concat([progressive.subarray(0, lastScanAt), ...segments, progressive.subarray(lastScanAt)]);

export type Tag = readonly [id: number, type: number, value: Buffer];

export const ascii = (id: number, text: string): Tag => [id, 2, Buffer.from(`${text}\0`, 'utf8')];
export const bytes = (id: number, value: Buffer): Tag => [id, 7, value];
/** XPAuthor and its kin: UTF-16 in a BYTE array. */
export const wide = (id: number, text: string): Tag => [id, 1, Buffer.from(`${text}\0`, 'utf16le')];
const short = (id: number, value: number): Tag => [id, 3, Buffer.from([value & 255, value >> 8])];
const long = (id: number, value: number): Tag => {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(value);
  return [id, 4, four];
};
const unitOf: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1 };

export interface Exif {
  readonly image?: readonly Tag[];
  readonly camera?: readonly Tag[];
  readonly gps?: readonly Tag[];
  readonly orientation?: number;
  readonly thumbnail?: Buffer;
}

/** One directory at an offset, values behind it. */
function directory(tags: readonly Tag[], at: number, next: number): Buffer {
  const sorted = tags.toSorted(([one], [other]) => one - other);
  const head = Buffer.alloc(2 + sorted.length * 12 + 4);
  head.writeUInt16LE(sorted.length);
  const values: Buffer[] = [];
  let free = at + head.length;
  sorted.forEach(([id, type, value], index) => {
    const row = 2 + index * 12;
    head.writeUInt16LE(id, row);
    head.writeUInt16LE(type, row + 2);
    head.writeUInt32LE(value.length / (unitOf[type] ?? 1), row + 4);
    if (value.length <= 4) value.copy(head, row + 8);
    else {
      head.writeUInt32LE(free, row + 8);
      const even = Buffer.concat([value, Buffer.alloc(value.length & 1)]);
      values.push(even);
      free += even.length;
    }
  });
  head.writeUInt32LE(next, head.length - 4);
  return Buffer.concat([head, ...values]);
}

/** The TIFF block: little endian, directories one behind the other. */
export function tiff({ image = [], camera = [], gps = [], orientation, thumbnail }: Exif): Buffer {
  const links = (exifAt: number, gpsAt: number): Tag[] => [
    ...image,
    ...(orientation ? [short(0x0112, orientation)] : []),
    ...(camera.length > 0 ? [long(0x8769, exifAt)] : []),
    ...(gps.length > 0 ? [long(0x8825, gpsAt)] : []),
  ];
  const exifAt = 8 + directory(links(0, 0), 8, 0).length;
  const exif = camera.length > 0 ? directory(camera, exifAt, 0) : Buffer.alloc(0);
  const gpsAt = exifAt + exif.length;
  const place = gps.length > 0 ? directory(gps, gpsAt, 0) : Buffer.alloc(0);
  const previewAt = gpsAt + place.length;
  const preview = thumbnail ? previewIn(thumbnail, previewAt) : Buffer.alloc(0);
  const first = directory(links(exifAt, gpsAt), 8, thumbnail ? previewAt : 0);
  return Buffer.concat([Buffer.from('II*\0\x08\0\0\0', 'latin1'), first, exif, place, preview]);
}

function previewIn(thumbnail: Buffer, at: number): Buffer {
  const size = directory([long(0x0201, 0), long(0x0202, 0)], at, 0).length;
  return Buffer.concat([directory([long(0x0201, at + size), long(0x0202, thumbnail.length)], at, 0), thumbnail]);
}

export const exif = (given: Exif): Buffer => segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff(given)]));

export const xmp = (text: string): Buffer => segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${packet(text)}`);

/** RDF as Adobe's programs write it. */
export const packet = (text: string): string =>
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>${text}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

/** Photoshop's resource block with one IPTC-IIM record: By-line. */
export function iptc(byLine: string): Buffer {
  const text = Buffer.from(byLine);
  const record = Buffer.concat([Buffer.from([0x1c, 2, 80, text.length >> 8, text.length & 255]), text]);
  const even = Buffer.concat([record, Buffer.alloc(record.length & 1)]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(record.length);
  return segment(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0', 'latin1'), size, even]));
}

/** An ICC profile in name only: its description is what tells. */
export function icc(description: string): Buffer {
  const text = Buffer.from(description);
  const profile = Buffer.alloc(132);
  profile.write('acsp', 36, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length + 1);
  return segment(
    0xe2,
    Buffer.concat([
      Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'),
      profile,
      Buffer.from('desc\0\0\0\0', 'latin1'),
      length,
      text,
      Buffer.alloc(1),
    ]),
  );
}

const rational = (...numbers: readonly number[]): Buffer => {
  const all = Buffer.alloc(numbers.length * 8);
  numbers.forEach((number, index) => {
    all.writeUInt32LE(number, index * 8);
    all.writeUInt32LE(1, index * 8 + 4);
  });
  return all;
};

/** How 59° 26' 41" N stands in the file. */
export const latitude: Uint8Array = rational(59, 26, 41);

/** 59° 26' 41", with the text that some cameras add. */
export const whereabouts = (area: string): readonly Tag[] => [
  ascii(1, 'N'),
  [2, 5, Buffer.from(latitude)],
  ascii(3, 'E'),
  [4, 5, rational(10, 46, 12)],
  ascii(0x12, 'WGS-84'),
  bytes(0x1c, Buffer.from(`ASCII\0\0\0${area}`, 'latin1')),
];
