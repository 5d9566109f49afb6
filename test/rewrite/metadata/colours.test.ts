import { cleanEmf } from '../../../src/rewrite/metadata/emf.ts';
import { cleanProfile } from '../../../src/rewrite/metadata/icc.ts';
import { cleanJpeg2000 } from '../../../src/rewrite/metadata/jpeg2000.ts';
import { cleaned, fixture, traces } from './fixtures.ts';

/** The profile in a WebP file, whole. */
function profileIn(webp: Buffer): Buffer {
  const at = webp.indexOf('ICCP');
  return webp.subarray(at + 8, at + 8 + webp.readUInt32LE(at + 4));
}

function tagOf(profile: Buffer, name: string): string {
  for (let index = 0; index < profile.readUInt32BE(128); index++) {
    const at = 132 + index * 12;
    if (profile.toString('latin1', at, at + 4) !== name) continue;
    const from = profile.readUInt32BE(at + 4);
    return profile.subarray(from, from + profile.readUInt32BE(at + 8)).toString('hex');
  }
  return '';
}

const profile = Buffer.from(profileIn(fixture('photo.webp')));
profile.write('HANNA123', 48, 'latin1');

test('a colour profile keeps its figures and loses its words, its maker and its date', () => {
  const clean = cleanProfile(profile) ?? Buffer.alloc(0);
  for (const tag of ['rXYZ', 'gXYZ', 'bXYZ', 'wtpt', 'rTRC', 'gTRC', 'bTRC']) expect(tagOf(clean, tag)).toBe(tagOf(profile, tag));
  expect(clean.toString('latin1')).not.toMatch(/copyright|artifex|sRGB|IEC/i);
  expect(clean.readUInt32BE(0)).toBe(clean.length);
  expect(clean.subarray(48, 56).every((byte) => byte === 0)).toBe(true);
  expect(cleanProfile(clean)).toEqual(clean);
});

test('words among the figures go', () => {
  const at = profile.readUInt32BE(132 + 4);
  const words = Buffer.from(profile);
  for (let index = 0; index < words.readUInt32BE(128); index++) words.write('text', words.readUInt32BE(132 + index * 12 + 4), 'latin1');
  expect(at).toBeGreaterThan(0);
  expect(cleanProfile(words)).toBeUndefined();
  expect(cleanProfile(Buffer.from('Hanna'))).toBeUndefined();
});

test.each(['photo.jpg', 'photo.png', 'photo.webp'])('%s keeps its colours and the way it is turned', (name) => {
  const clean = cleaned(fixture(name));
  const exif = clean.indexOf('MM\0*', 0, 'latin1');
  expect(clean.readUInt16BE(exif + 10)).toBe(0x0112);
  expect(clean.readUInt16BE(exif + 18)).toBe(6);
  expect(clean.toString('latin1')).toMatch(/ICC_PROFILE\0|iCCP|ICCP/);
});

test.each([
  ['photo.jpg', '\xff\xda', 39],
  ['print.jpg', '\xff\xda', 75],
  ['photo.png', 'IDAT', 60],
  ['photo.jpg', '\xff\xc0', 19],
  ['moving.gif', '\x2c\0\0\0\0', 20],
  ['photo.webp', 'VP8 ', 60],
  ['photo.heic', '\0\0\0L(\x01\xaf', 76],
])('the pixels of %s stay bit by bit', (name, mark, length) => {
  const source = fixture(name);
  const at = source.lastIndexOf(mark, -1, 'latin1');
  expect(at).toBeGreaterThan(0);
  expect(cleaned(source).includes(source.subarray(at, at + length))).toBe(true);
});

/** A box of an ISO base media file. */
function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

const text = (words: string): Buffer => Buffer.from(words, 'latin1');
const item = (number: number, type: string, name: string): Buffer =>
  box('infe', Buffer.from([2, 0, 0, 0, 0, number, 0, 0]), text(`${type}${name}\0`));
const places = (method: number, rows: readonly (readonly [number, number])[]): Buffer =>
  box(
    'iloc',
    Buffer.from([1, 0, 0, 0, 0x44, 0, 0, rows.length]),
    ...rows.map(([from, length], index) => {
      const row = Buffer.from([0, index + 1, 0, method, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
      row.writeUInt32BE(from, 8);
      row.writeUInt32BE(length, 12);
      return row;
    }),
  );

test('HEIC: notes, names and films go from wherever they are kept, the picture stays', () => {
  const hanna = 'Hanna Lindqvist ';
  const ftyp = box('ftyp', text('heic\0\0\0\0mif1'));
  const info = box(
    'iinf',
    Buffer.from([0, 0, 0, 0, 0, 3]),
    item(1, 'hvc1', hanna),
    item(2, 'Exif', hanna),
    item(3, 'mime', `${hanna}\0${hanna}`),
  );
  const inside = box('idat', text('PIXELS'), text(hanna), text(hanna));
  const meta = box(
    'meta',
    Buffer.alloc(4),
    box('hdlr', Buffer.from('\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1'), text(`${hanna}\0`)),
    info,
    places(1, [
      [0, 6],
      [6, 16],
      [22, 16],
    ]),
    inside,
    box('iprp', box('ipco', box('ispe', Buffer.alloc(12)), box('udes', text(hanna)), box('irot', Buffer.from([1])))),
    box('uuid', text(hanna)),
  );
  const source = Buffer.concat([ftyp, meta, box('uuid', text(hanna)), box('mdat', text(hanna)), box('mpvd', text(hanna))]);
  const clean = cleaned(source);
  expect(traces(source).length).toBeGreaterThan(5);
  expect(traces(clean)).toEqual([]);
  expect(clean.includes('PIXELS')).toBe(true);
  expect(clean.includes(box('irot', Buffer.from([1])))).toBe(true);
  expect(() => cleaned(Buffer.concat([ftyp, box('meta', Buffer.alloc(4), info)]))).toThrow('damaged');
});

test('JPEG 2000: comments, notes and rights go, codes stay', () => {
  const codes = Buffer.from('ff4fff64000e000148616e6e61204c696e64ff90000affd9', 'hex');
  const start = [box('jP  ', text('\r\n\x87\n')), box('ftyp', text('jp2 ')), box('jp2h', text('size'))];
  const notes = [box('xml ', text('Hanna')), box('uuid', text('Hanna')), box('jp2i', text('Hanna'))];
  const clean = Buffer.from(cleanJpeg2000(Buffer.concat([...start, ...notes, box('jp2c', codes), text('Hanna')])));
  const blank = Buffer.from(`ff4fff64000e0001${'20'.repeat(10)}ff90000affd9`, 'hex');
  expect(clean).toEqual(Buffer.concat([...start, box('jp2c', blank)]));
  expect(cleanJpeg2000(codes)).toEqual(blank);
  expect(cleanJpeg2000(text('Hanna'))).toBe('damaged');
});

test('a drawing of Windows loses its description and its comments', () => {
  const head = Buffer.alloc(108);
  head.writeUInt32LE(1);
  head.writeUInt32LE(108, 4);
  head.write(' EMF', 40, 'latin1');
  head.writeUInt32LE(10, 60);
  head.writeUInt32LE(88, 64);
  head.write('Hanna Lind', 88, 'utf16le');
  const record = (type: number, data: string): Buffer => {
    const bytes = Buffer.alloc(12 + data.length);
    bytes.writeUInt32LE(type);
    bytes.writeUInt32LE(bytes.length, 4);
    bytes.write(data, 12, 'latin1');
    return bytes;
  };
  const drawing = Buffer.concat([record(70, 'EMF+line'), record(27, 'line')]);
  const clean = Buffer.from(cleanEmf(Buffer.concat([head, record(70, 'Hanna123'), drawing, text('Hanna')])));
  expect(traces(clean)).toEqual([]);
  expect(clean.includes(drawing)).toBe(true);
  expect(cleanEmf(text('Hanna'))).toBe('damaged');
});
