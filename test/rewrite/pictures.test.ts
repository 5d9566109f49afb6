import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { cleanJpeg } from '../../src/rewrite/metadata/jpeg.ts';
import { cleanPng } from '../../src/rewrite/metadata/png.ts';
import { leastCpu } from '../support/machine.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

function segment(marker: number, data: string | Buffer): Buffer {
  const content = typeof data === 'string' ? bytes(data) : data;
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

const start = Buffer.from([0xff, 0xd8]);
const end = Buffer.from([0xff, 0xd9]);
const jfif = segment(0xe0, `JFIF\0\x01\x01\0\0\x01\0\x01\0\0`);
const tables = segment(0xdb, Buffer.alloc(65, 8));
const frame = segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0]));
const codes = segment(0xc4, Buffer.alloc(28));
const scan = Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 0x3f, 0])), Buffer.from([0xfb, 0xff, 0x00, 0xff, 0xd0, 0x12])]);
const picture = Buffer.concat([tables, frame, codes, scan]);

function exif(orientation: number, little: boolean): Buffer {
  const entry = (tag: number, value: number): Buffer => {
    const it = Buffer.alloc(12);
    const write = (number: number, at: number) => (little ? it.writeUInt16LE(number, at) : it.writeUInt16BE(number, at));
    write(tag, 0);
    write(3, 2);
    if (little) it.writeUInt32LE(1, 4);
    else it.writeUInt32BE(1, 4);
    write(value, 8);
    return it;
  };
  const head = bytes(little ? 'II*\0\x08\0\0\0\x02\0' : 'MM\0*\0\0\0\x08\0\x02');
  return segment(0xe1, Buffer.concat([bytes('Exif\0\0'), head, entry(0x0100, 7), entry(0x0112, orientation), bytes('GPS of Hanna')]));
}

test('a JPEG loses place, camera, owner, comments, profile, previews and what follows it; its pixels stay', () => {
  const secret = [
    exif(1, false),
    segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0Hanna'),
    segment(0xe2, 'ICC_PROFILE\0Hanna'),
    segment(0xe0, 'JFXX\0\x10Hanna'),
    segment(0xed, 'Photoshop 3.0\0Hanna'),
    segment(0xef, 'Hanna'),
    segment(0xfe, 'Hanna'),
    segment(0xee, 'Adobe and Hanna'),
  ];
  const clean = cleanJpeg(Buffer.concat([start, jfif, ...secret, picture, end, bytes('trailer of Hanna')]));
  expect(clean).toEqual(Buffer.concat([start, jfif, picture, end]));
});

test('what Adobe says of the colours stays, and a preview inside the JFIF block goes', () => {
  const adobe = segment(0xee, 'Adobe\0\x64\0\0\0\0\x01');
  const preview = segment(0xe0, `JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01abc`);
  expect(cleanJpeg(Buffer.concat([start, preview, adobe, picture, end]))).toEqual(Buffer.concat([start, jfif, adobe, picture, end]));
});

test.each([
  [6, true],
  [3, false],
])('the orientation %i stays', (orientation, little) => {
  const clean = cleanJpeg(Buffer.concat([start, jfif, exif(orientation, little), exif(8, little), picture, end]));
  if (typeof clean === 'string') throw new Error(clean);
  const block = Buffer.from(clean.slice(2, 38));
  expect(block.toString('latin1', 4, 14)).toBe('Exif\0\0MM\0*');
  expect(block.readUInt16BE(20)).toBe(0x0112);
  expect(block.readUInt16BE(28)).toBe(orientation);
  expect(clean.slice(38)).toEqual(Buffer.concat([jfif, picture, end]));
  expect(cleanJpeg(Buffer.from(clean))).toEqual(clean);
});

test('an orientation that there is not goes', () => {
  expect(cleanJpeg(Buffer.concat([start, jfif, exif(9, true), picture, end]))).toEqual(Buffer.concat([start, jfif, picture, end]));
});

test('several scans stay, and a picture that was cut off gets its end', () => {
  const progressive = Buffer.concat([start, picture, codes, scan]);
  expect(cleanJpeg(progressive)).toEqual(Buffer.concat([progressive, end]));
});

test.each([
  ['nothing but a start', Buffer.concat([start, end])],
  ['no scan', Buffer.concat([start, tables, frame, end])],
  ['a segment longer than the file', Buffer.concat([start, segment(0xe1, 'x').subarray(0, 2), Buffer.from([0xff, 0xff]), picture])],
  ['a segment shorter than its own length', Buffer.concat([start, Buffer.from([0xff, 0xe1, 0, 1]), picture, end])],
  ['no marker where one must be', Buffer.concat([start, bytes('Hanna'), picture, end])],
  ['no JPEG', bytes('Hanna')],
])('no picture: %s', (_, content) => {
  expect(cleanJpeg(content)).toBe('damaged');
});

function chunk(type: string, data: string | Buffer = ''): Buffer {
  const body = Buffer.concat([bytes(type), typeof data === 'string' ? bytes(data) : data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(body.length - 4);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

const mark = bytes('\x89PNG\r\n\x1a\n');
const ihdr = chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]));
const idat = chunk('IDAT', deflateSync(Buffer.from([0, 255, 0, 0])));
const iend = chunk('IEND');

test('a PNG keeps what is needed to show it, and nothing else', () => {
  const secret = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'iCCP', 'tIME', 'prVt', 'gAMA', 'sRGB'].map((type) => chunk(type, 'Hanna'));
  const clean = cleanPng(
    Buffer.concat([mark, ihdr, ...secret, chunk('gAMA', '\0\0\xb1\x8f'), idat, chunk('tEXt', 'Hanna'), iend, bytes('Hanna')]),
  );
  expect(clean).toEqual(Buffer.concat([mark, ihdr, chunk('gAMA', '\0\0\xb1\x8f'), idat, iend]));
});

test('a PNG whose chunks go wrong ends there', () => {
  expect(cleanPng(Buffer.concat([mark, ihdr, idat, Buffer.from([0xb9]), iend, bytes('Hanna')]))).toEqual(
    Buffer.concat([mark, ihdr, idat, iend]),
  );
});

test.each([
  ['no picture data', Buffer.concat([mark, ihdr, iend])],
  ['no header', Buffer.concat([mark, idat, iend])],
  ['no PNG', bytes('Hanna')],
])('no picture: %s', (_, content) => {
  expect(cleanPng(content)).toBe('damaged');
});

test('damaged pictures are cleaned or refused, never worse; what is cleaned stays as it is', () => {
  const pictures = fc.constantFrom(
    Buffer.concat([start, jfif, exif(6, true), picture, end]),
    Buffer.concat([mark, ihdr, chunk('tEXt', 'Hanna'), idat, iend]),
  );
  const damage = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 5 });
  fc.assert(
    fc.property(pictures, damage, fc.nat(400), (whole, changes, cut) => {
      const content = Buffer.from(whole.subarray(0, Math.max(8, whole.length - cut)));
      for (const [at, byte] of changes) if (at < content.length) content[at] = byte;
      for (const clean of [cleanJpeg, cleanPng]) {
        const once = clean(content);
        if (typeof once !== 'string') expect(clean(once)).toEqual(once);
      }
    }),
  );
});

test.each([
  ['markers', '\xff'],
  ['restart markers', '\xff\xd0'],
  ['empty segments', '\xff\xfe\0\x02'],
  ['scans', '\xff\xda\0\x02'],
])('10 MB of %s take less than two seconds', async (_, part) => {
  const jpeg = Buffer.concat([start, picture, Buffer.alloc(10_000_000, part, 'latin1')]);
  const png = Buffer.concat([mark, ihdr, Buffer.alloc(10_000_000, '\0\0\0\0abcd\0\0\0\0', 'latin1')]);
  const clean = () => [cleanJpeg(jpeg), cleanPng(png)];
  expect(await leastCpu(clean, 2_000)).toBeLessThan(2_000);
});
