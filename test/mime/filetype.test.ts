import fc from 'fast-check';
import { fileType } from '../../src/mime/filetype.ts';
import { leastCpu } from '../support/machine.ts';

/** A ZIP archive of empty stored entries, with or without its directory. */
function zip(names: readonly string[], directory: boolean): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const name of names) {
    const local = Buffer.alloc(30 + name.length);
    local.write('PK\x03\x04', 0, 'latin1');
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30, 'latin1');
    const central = Buffer.alloc(46 + name.length);
    central.write('PK\x01\x02', 0, 'latin1');
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    central.write(name, 46, 'latin1');
    at += local.length;
    locals.push(local);
    centrals.push(central);
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...(directory ? [...centrals, end] : [])]);
}

const ole = (stream: string): Buffer =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(stream, 'utf16le')]);

/** An OLE2 file whose root storage has this class id, with a stream of another kind in it. */
function oleOf(classId: string, stream: string): Buffer {
  const file = Buffer.concat([ole(''), Buffer.alloc(2_048), Buffer.from(stream, 'utf16le')]);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  Buffer.from(classId, 'hex').copy(file, 1_024 + 80);
  return file;
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

const files: readonly (readonly [type: string, content: Buffer])[] = [
  ['pdf', bytes('%PDF-1.7\n')],
  ['pdf', bytes('\xef\xbb\xbf\n%PDF-1.7\n')],
  ['png', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
  ['jpeg', bytes('\xff\xd8\xff\xe0\0\x10JFIF')],
  ['gif', bytes('GIF89a\x01\0')],
  ['webp', bytes('RIFF\x1a\0\0\0WEBPVP8L')],
  ['wav', bytes('RIFF\x1a\0\0\0WAVEfmt ')],
  ['heic', bytes('\0\0\0\x18ftypheic\0\0\0\0')],
  ['heic', bytes('\0\0\0\x18ftypmif1\0\0\0\0')],
  ['mov', bytes('\0\0\0\x14ftypqt  ')],
  ['mp4', bytes('\0\0\0\x18ftypisom')],
  ['doc', ole('WordDocument')],
  ['xls', ole('Workbook')],
  ['xls', oleOf('2008020000000000c000000000000046', 'WordDocument')],
  ['doc', oleOf('0609020000000000c000000000000046', 'Workbook')],
  ['msg', ole('__properties_version1.0')],
  ['encrypted', ole('EncryptedPackage')],
  ['ole', ole('Else')],
  ['docx', zip(['[Content_Types].xml', '_rels/.rels', 'word/document.xml'], true)],
  ['docx', zip(['[Content_Types].xml', 'word/document.xml'], false)],
  ['docx', Buffer.concat([zip(['word/document.xml'], true), Buffer.alloc(100_000)])],
  ['docm', zip(['word/document.xml', 'word/vbaProject.bin'], true)],
  ['xlsx', zip(['xl/workbook.xml'], true)],
  ['apk', zip(['AndroidManifest.xml', 'META-INF/MANIFEST.MF'], true)],
  ['jar', zip(['META-INF/MANIFEST.MF'], true)],
  ['zip', zip(['parts.txt'], true)],
  ['zip', bytes('PK\x05\x06')],
  ['rar', bytes('Rar!\x1a\x07\x01\0')],
  ['7z', bytes('7z\xbc\xaf\x27\x1c')],
  ['gz', bytes('\x1f\x8b\x08')],
  ['exe', bytes('MZ\x90\0')],
  ['elf', bytes('\x7fELF\x02')],
  ['tnef', bytes('\x78\x9f\x3e\x22')],
  ['iso', Buffer.concat([Buffer.alloc(32768), bytes('\x01CD001')])],
  ['rtf', bytes('{\\rtf1 x}')],
  ['bmp', bytes('BM\x9a\0\0\0')],
  ['emf', Buffer.concat([Buffer.from([1, 0, 0, 0]), Buffer.alloc(36), bytes(' EMF')])],
  ['html', bytes('  <!DOCTYPE html><p>x')],
  ['html', bytes('<script>alert(1)</script>')],
  ['html', bytes('<?xml version="1.0"?><html xmlns="x">')],
  ['html', Buffer.from('\ufeff<html>', 'utf16le')],
  ['svg', bytes('<?xml version="1.0"?>\n<!-- x --><svg xmlns="x">')],
  ['svg', bytes('<svg>')],
  ['ics', bytes('BEGIN:VCALENDAR\r\n')],
  ['vcf', bytes('BEGIN:VCARD\r\n')],
  ['pgp', bytes('-----BEGIN PGP PUBLIC KEY BLOCK-----\n')],
  ['eml', bytes('Received: from x\r\nFrom: a@b.example\r\nSubject: y\r\n\r\nz')],
  ['sh', bytes('#!/bin/sh\n')],
  ['step', bytes('ISO-10303-21;\nHEADER;')],
  ['txt', bytes('Thank you for the order.\r\n')],
  ['txt', bytes('Subject: only one line of it\r\nand then text')],
  ['txt', Buffer.from('grün, 绿', 'utf8')],
  ['txt', bytes('gr\xfcn')],
  ['txt', Buffer.from('\ufeffgrün', 'utf16le')],
  ['txt', bytes('MOTZ is no program, BM no bitmap')],
  ['unknown', Buffer.alloc(0)],
  ['unknown', Buffer.alloc(100)],
  ['unknown', bytes('a\0b\x01\x02')],
];

test.each(files.map(([type, content], index) => [type, index, content] as const))('%s (%i)', (type, _, content) => {
  expect(fileType(content)).toBe(type);
});

test('answers for any bytes, of any beginning', () => {
  const beginning = fc.constantFrom(...files.map(([, content]) => content.subarray(0, 600)));
  fc.assert(
    fc.property(beginning, fc.uint8Array(), fc.nat(600), (start, rest, cut) => {
      expect(typeof fileType(Buffer.concat([start.subarray(0, cut), rest]))).toBe('string');
    }),
  );
});

test.each([
  ['local headers', 'PK\x03\x04'],
  ['directory ends', 'PK\x05\x06'],
  ['blanks', ' '],
  ['lines of mail', 'X-a: b\n'],
  ['tags', '<!--'],
])('10 MB of %s are looked at within a moment', async (_, part) => {
  const content = Buffer.alloc(10_000_000, part, 'latin1');
  const work = () => {
    fileType(content);
  };
  expect(await leastCpu(work, 1_500)).toBeLessThan(1_500);
});

test('half a character of UTF-16 does no harm, wherever it lies', () => {
  const bytes = Buffer.alloc(8_000, 'a\0', 'latin1');
  for (let length = 3; length < 5_000; length += 2) {
    const file = bytes.subarray(1, 1 + length);
    file.write('\xff\xfe', 'latin1');
    expect(fileType(file)).toBe('txt');
  }
});
