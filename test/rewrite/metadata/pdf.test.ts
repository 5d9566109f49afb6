import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { cleanPdf } from '../../../src/rewrite/metadata/pdf/clean.ts';
import { cleaned, fixture, refusal, traces } from './fixtures.ts';
import { leastCpu } from '../../support/machine.ts';

const hanna = 'Hanna Lindqvist hanna.lindqvist@mailer.example';
const hex = `<FEFF${Buffer.from(hanna, 'utf16le').swap16().toString('hex')}>`;
const page = '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n';
const font = '5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n';

const stream = (number: number, data: string | Buffer, about = ''): Buffer =>
  Buffer.concat([
    Buffer.from(`${number} 0 obj<<${about}/Length ${Buffer.byteLength(data)}>>stream\n`),
    Buffer.from(data),
    Buffer.from('\nendstream endobj\n'),
  ]);

interface Shape {
  /** Of the catalog and the page, beside what they need. */
  readonly catalog?: string;
  readonly page?: string;
  readonly trailer?: string;
  readonly objects?: string | Buffer;
  readonly text?: string;
}

function pdf({ catalog = '', page: more = '', trailer = '', objects = '', text = '(Return label) Tj' }: Shape = {}): Buffer {
  return Buffer.concat([
    Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R${catalog}>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n`),
    Buffer.from(page.replace('<</Type/Page', `<</Type/Page${more}`) + font),
    stream(4, `BT /F1 12 Tf 20 100 Td ${text} ET`),
    Buffer.from(objects),
    Buffer.from(`trailer<</Root 1 0 R${trailer}>>\n%%EOF\n`),
  ]);
}

const out = (content: Buffer): string => cleaned(content).toString('latin1');

test.each<[string, Shape]>([
  ['Info', { objects: `9 0 obj<</Author(${hanna})>>endobj\n`, trailer: '/Info 9 0 R' }],
  ['Info as UTF-16 in hex', { objects: `9 0 obj<</Author ${hex}>>endobj\n`, trailer: '/Info 9 0 R' }],
  ['Info of the wrong type', { objects: `9 0 obj[(${hanna})]endobj\n`, trailer: '/Info 9 0 R' }],
  ['Info in the trailer', { trailer: `/Info<</Title(${hanna})>>` }],
  ['ids', { trailer: `/ID[(${hanna})(${hanna})]` }],
  ['XMP', { catalog: '/Metadata 9 0 R', objects: stream(9, `<x>${hanna}</x>`, '/Type/Metadata/Subtype/XML') }],
  ['packed XMP of a page', { page: '/Metadata 9 0 R', objects: stream(9, deflateSync(hanna), '/Filter/FlateDecode') }],
  ['XMP of a drawing', { page: '/Group<</S/Transparency/Metadata 9 0 R>>', objects: stream(9, hanna) }],
  ['private data of a program', { page: `/PieceInfo<</Word<</Private(${hanna})>>>>/LastModified(D:2024-05-04)` }],
  [
    'author, name and dates of a note',
    { page: `/Annots[<</Subtype/Text/Rect[0 0 9 9]/T(${hanna})/M(${hanna})/NM(${hanna})/Contents(ok)>>]` },
  ],
  [
    'a file as a note',
    { page: `/Annots[9 0 R]`, objects: `9 0 obj<</Subtype/FileAttachment/Rect[0 0 9 9]/FS<</Type/Filespec/F(${hanna})>>>>endobj\n` },
  ],
  ['files inside', { catalog: `/Names<</EmbeddedFiles<</Names[(${hanna})9 0 R]>>>>`, objects: stream(9, hanna, '/Type/EmbeddedFile') }],
  ['associated files', { catalog: '/AF[9 0 R]', objects: `9 0 obj<</Type/Filespec/F(${hanna})>>endobj\n` }],
  ['a link to a mailbox', { page: `/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(mailto:${hanna})>>>>]` }],
  ['a link outside', { page: `/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/F(${hanna})>>>>]` }],
  ['what no page refers to', { objects: `9 0 obj(${hanna})endobj\n` }],
  ['own entries of the catalog and the page', { catalog: `/Owner(${hanna})`, page: `/Owner(${hanna})` }],
  [
    'a page that was taken out',
    { catalog: '/Dests<</a[9 0 R/Fit]>>', objects: `9 0 obj<</Type/Page/Contents 10 0 R>>endobj\n10 0 obj(${hanna})endobj\n` },
  ],
  ['a signature', { catalog: '/AcroForm<</Fields[9 0 R]>>', objects: `9 0 obj<</FT/Sig/T(S)/V<</Type/Sig/Name(${hanna})>>>>endobj\n` }],
  ['threads of an article', { catalog: `/Threads[<</I<</Author(${hanna})>>>>]` }],
])('a PDF loses %s', (_, shape) => {
  const content = pdf(shape);
  expect(traces(content).length).toBeGreaterThan(0);
  expect(traces(cleaned(content))).toEqual([]);
  expect(out(content)).toContain('(Return label) Tj');
});

test('an older revision goes', () => {
  const first = pdf({ text: `(${hanna}) Tj` });
  const second = Buffer.concat([
    first,
    stream(4, 'BT /F1 12 Tf 20 100 Td (Return label) Tj ET'),
    Buffer.from('trailer<</Root 1 0 R/Prev 1>>\n%%EOF\n'),
  ]);
  expect(traces(first).length).toBeGreaterThan(0);
  expect(traces(cleaned(second))).toEqual([]);
  expect(out(second)).toContain('(Return label) Tj');
});

test('Info in an object stream goes, what pages need in it stays', () => {
  const info = `<</Author(${hanna})>>`;
  const packed = deflateSync(`20 0 21 ${info.length + 1} ${info} <</Type/ExtGState/LW 7>>`);
  const about = `/Type/ObjStm/N 2/First ${`20 0 21 ${info.length + 1} `.length}/Filter/FlateDecode`;
  const content = pdf({ page: '/Group 21 0 R', objects: stream(9, packed, about), trailer: '/Info 20 0 R' });
  expect(traces(content).length).toBeGreaterThan(0);
  const clean = cleaned(content);
  expect(traces(clean)).toEqual([]);
  expect(clean.toString('latin1')).toMatch(/^%PDF-1\.5[\s\S]+\/ObjStm[\s\S]+\/XRef/);
});

test('what a reader needs stays: outlines, names of fields, notes, a table of colours, jumps inside', () => {
  const clean = out(
    pdf({
      catalog: '/Outlines 10 0 R/AcroForm<</Fields[9 0 R]>>/Lang(en)',
      page: '/Annots[9 0 R<</Subtype/Text/Rect[0 0 9 9]/Contents(Cut here)>><</Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/D[3 0 R/Fit]>>>>]',
      objects: `9 0 obj<</Subtype/Widget/FT/Tx/T(order)/V(302)/Rect[0 0 9 9]>>endobj
        10 0 obj<</First 11 0 R/Last 11 0 R/Count 1>>endobj 11 0 obj<</Title(Chapter)/Parent 10 0 R/Dest[3 0 R/Fit]/F 2>>endobj
        `,
    }),
  );
  for (const word of ['order', '302', 'Cut here', 'Chapter', 'en']) expect(clean).toContain(Buffer.from(word).toString('hex'));
  expect(clean).toMatch(/\/S ?\/GoTo/);
});

test('an entry whose words go is not written at all', () => {
  expect(out(pdf({ page: '/Group<</Q(Hanna)/S/Transparency>>' }))).toContain('/Group <</S /Transparency>>');
});

test('pictures inside lose what pictures lose', () => {
  const photo = fixture('photo.jpg');
  const about = '/Type/XObject/Subtype/Image/Width 24/Height 16/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode';
  const content = pdf({ page: '/Thumb 9 0 R', objects: stream(9, photo, about) })
    .toString('latin1')
    .replace('/Font<<', '/XObject<</I 9 0 R>>/Font<<');
  const clean = cleaned(Buffer.from(content, 'latin1'));
  expect(traces(clean)).toEqual([]);
  expect(clean.includes(photo.subarray(-300, -50).subarray(0, 100))).toBe(true);
});

const scripted = 'it contains a program (script or macro)';
test.each<[string, Shape, string]>([
  ['a script at the start', { catalog: '/OpenAction<</S/JavaScript/JS(app.alert(1))>>' }, scripted],
  ['a script under an escaped name', { catalog: '/OpenAction<</S/J#61vaScript/JS(app.alert(1))>>' }, scripted],
  ['scripts by name', { catalog: '/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS 4 0 R>>]>>>>' }, scripted],
  ['a script of a page', { page: '/AA<</O<</S/JavaScript/JS(a)>>>>' }, scripted],
  [
    'a script in a chain',
    { page: '/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/D[3 0 R]/Next[<</S/JavaScript/JS(a)>>]>>>>]' },
    scripted,
  ],
  ['a program to start', { catalog: '/OpenAction<</S/Launch/F(cmd.exe)>>' }, scripted],
  ['a form in XFA', { catalog: '/AcroForm<</Fields[]/XFA 4 0 R>>' }, scripted],
  ['a film', { page: '/Annots[<</Subtype/RichMedia/Rect[0 0 9 9]>>]' }, scripted],
  ['a seal', { trailer: '/Encrypt<</Filter/Standard/V 1>>' }, 'it is encrypted or needs a password'],
  ['no pages', { objects: '2 0 obj null endobj\n' }, 'the file is damaged'],
  ['a picture that is none', { page: '/Thumb 4 0 R/Group 9 0 R', objects: stream(9, 'x', '/Filter/DCTDecode') }, 'the file is damaged'],
])('a PDF with %s stays behind', (_, shape, reason) => {
  expect(refusal(pdf(shape))).toBe(reason);
});

test('a PDF without a table of places, with data that nobody can unpack and with a length that is wrong, goes on', () => {
  const content = pdf({ objects: stream(9, Buffer.alloc(999, 7), '/Filter/FlateDecode') });
  const wrong = Buffer.from(content.toString('latin1').replace(/\/Length \d+/, '/Length 9999'), 'latin1');
  expect(out(wrong)).toContain('(Return label) Tj');
  expect(out(Buffer.concat([Buffer.from('\n \n%PDF-1.3\n'), content.subarray(9)])).startsWith('%PDF-1.3')).toBe(true);
});

test('a length that stands behind its stream is found, also where the data look like an end', () => {
  const data = 'BT (a) Tj ET % endstream endobj';
  const content = pdf({
    page: '/Group 9 0 R',
    objects: `9 0 obj<</Length 10 0 R>>stream\n${data}\nendstream endobj\n10 0 obj ${data.length} endobj\n`,
  });
  expect(out(content)).toContain(data);
});

test('a name planted where a program keeps such things never survives', () => {
  const place = fc.constantFrom<(secret: string) => Shape>(
    (secret) => ({ catalog: `/X${secret}` }),
    (secret) => ({ page: `/Y<</Z[${secret}]>>` }),
    (secret) => ({ page: `/Group<</Q ${secret}>>` }),
    (secret) => ({ page: `/Annots[<</Subtype/Square/Rect[0 0 9 9]/Q2 ${secret}/Subj ${secret}/RC ${secret}>>]` }),
    (secret) => ({ trailer: `/Info<</K${secret}>>` }),
    (secret) => ({ objects: `30 0 obj[[${secret}]]endobj\n`, page: '/Group<</Deep 30 0 R>>' }),
  );
  const form = fc.constantFrom(
    `(${hanna})`,
    hex,
    `(${[...hanna].map((char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`).join('')})`,
  );
  fc.assert(fc.property(place, form, (shape, secret) => expect(traces(cleaned(pdf(shape(secret))))).toEqual([])));
});

const bomb = (part: string | Buffer, bytes = 2_000_000): Buffer => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(bytes, part)]);
const zeros = deflateSync(Buffer.alloc(45_000_000));

test.each<[string, Buffer]>([
  ['objects', bomb('1 0 obj<</A 1>>endobj\n')],
  ['beginnings of objects', bomb('1 0 obj[')],
  ['beginnings of texts', bomb('1 0 obj(')],
  ['beginnings of hex', bomb('1 0 obj<a')],
  ['streams without an end', bomb('1 0 obj<<>>stream\n')],
  ['streams of one end', Buffer.concat([bomb('1 0 obj<<>>stream\n'), Buffer.from('endstream')])],
  ['trailers', bomb('trailer<</Root 1 0 R>>')],
  ['levels', pdf({ page: `/Group ${'['.repeat(500_000)}` })],
  ['references in a circle', pdf({ catalog: '/Outlines 9 0 R', objects: '9 0 obj 10 0 R endobj 10 0 obj 9 0 R endobj\n' })],
  ['objects in a stream that is a bomb', pdf({ objects: stream(9, zeros, '/Type/ObjStm/N 9/First 9/Filter/FlateDecode') })],
  [
    'the same object many times',
    pdf({
      objects: stream(9, deflateSync(`${'1 9 '.repeat(90_000)}${'['.repeat(90)}`), '/Type/ObjStm/N 90000/First 360000/Filter/FlateDecode'),
    }),
  ],
  ['kids', pdf({ objects: `2 0 obj<</Type/Pages/Kids[${'2 0 R '.repeat(200_000)}]>>endobj\n` })],
])('a PDF that is a bomb of %s takes less than two seconds', async (_, content) => {
  const work = () => expect(cleanPdf(content)).toBeDefined();
  expect(await leastCpu(work, 2_000)).toBeLessThan(2_000);
});
