/** ATT: metadata where no writer of samples puts it, and files that break the rules of their kind. */
import * as jpegs from '../files/jpeg.ts';
import * as office from '../files/office.ts';
import * as pdfs from '../files/pdf.ts';
import * as pictures from '../files/pictures.ts';
import type { Label, Part, Sample } from '../sample.ts';
import { carried, type Row, withPart as file } from './part-rows.ts';

const name = '{{me.name}}';

const photo = (id: string, body: Part['body'], label: Label): Row => file(id, { type: 'image/jpeg', name: 'ring.jpg', body }, label);
const png = (id: string, body: Part['body'], label: Label = {}): Row =>
  file(id, { type: 'image/png', name: 'ring.png', body }, { files: [pictures.pngPixels], ...label });
const paper = (id: string, body: Part['body'], label: Label = {}): Row =>
  file(id, { type: 'application/pdf', name: 'drawing.pdf', body }, { files: [pdfs.pdfWords], ...label });
const word = (id: string, make: (filled: (words: string) => string) => office.Docx, label: Label = {}): Row =>
  file(
    id,
    {
      type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      name: 'drawing.docx',
      body: (filled) => office.docx(make(filled)),
    },
    { files: [office.docxWords], ...label },
  );

const { ascii, exif, jpeg, segment } = jpegs;
const withArtist = (filled: (words: string) => string): Buffer => jpeg([exif({ image: [ascii(0x013b, filled(name))] })]);
const pictureObject = (filled: (words: string) => string): Buffer =>
  pdfs.stream(withArtist(filled), {
    entries: '/Type/XObject/Subtype/Image/Width 24/Height 16/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode',
  });

const files: readonly Row[] = [
  photo(
    'ATT-02-between-scans',
    (filled) => jpegs.betweenScans([segment(0xfe, filled('by {{me.mail}}')), segment(0xe1, filled(`Exif\0\0II*\0 ${name}`))]),
    { files: [jpegs.lastScan] },
  ),
  photo('ATT-02-fill-bytes', (filled) => jpeg([Buffer.from([0xff, 0xff, 0xff]), segment(0xfe, filled('by {{me.mail}}'))]), {
    files: [jpegs.jpegPixels],
  }),
  photo(
    'ATT-02-many-comments',
    (filled) => jpeg(Array.from({ length: 50 }, (_, index) => segment(0xfe, filled(`kiln77-${index} {{me.name}}`)))),
    { files: [jpegs.jpegPixels], plant: ['kiln77-49'] },
  ),
  png('ATT-06-behind-pixels', (filled) =>
    pictures.png([], '', [
      pictures.chunk('tEXt', filled('Author\0{{me.mail}}')),
      pictures.chunk('eXIf', jpegs.tiff({ image: [ascii(0x013b, filled(name))] })),
    ]),
  ),
  png('ATT-06-suggested-palette', (filled) =>
    pictures.png([pictures.chunk('sPLT', filled(`${name}\0\x08`)), pictures.chunk('dSIG', filled('{{me.mail}}'))]),
  ),
  file(
    'ATT-07-webp-unknown-chunk',
    {
      type: 'image/webp',
      name: 'ring.webp',
      body: (filled) =>
        Buffer.concat([pictures.webp({ more: [pictures.riff('KILN', Buffer.from(filled('{{me.mail}}')))] }), Buffer.from(filled(name))]),
    },
    { files: [pictures.webpPixels] },
  ),
  paper('ATT-10-comment-lines', (filled) => Buffer.concat([pdfs.pdf({}), Buffer.from(filled('% printed by {{me.mail}}\n%%EOF\n'))])),
  paper('ATT-10-junk-around', (filled) => Buffer.concat([Buffer.from(filled('@PJL SET USERNAME="{{me.local}} kiln77"\n')), pdfs.pdf({})]), {
    answer: 'either',
    files: [],
  }),
  paper(
    'ATT-10-junk-before-hex',
    (filled) => Buffer.concat([Buffer.from('\x1b%-12345X@PJL\n'), pdfs.pdf({ info: `/Author ${pdfs.hexText(filled(name))}` })]),
    { answer: 'any', files: [] },
  ),
  paper('ATT-10-picture-in-pdf', (filled) => pdfs.pdf({ page: '/Thumb 10 0 R', objects: [pictureObject(filled)] })),
  paper(
    'ATT-10-layers',
    (filled) =>
      pdfs.pdf({
        catalog: '/OCProperties<</OCGs[10 0 R]/D<</Order[10 0 R]/Creator(Kilndraw 7)>>>>',
        objects: [`<</Type/OCG/Name ${pdfs.literal(filled(name))}>>`],
      }),
    { files: [], answer: 'any' },
  ),
  paper(
    'ATT-10-sealed',
    () =>
      Buffer.from(
        pdfs
          .pdf({})
          .toString('latin1')
          .replace('/Root 1 0 R', '/Root 1 0 R/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<4B49>/U<4C4E>>>'),
        'latin1',
      ),
    { files: [], answer: 'either' },
  ),
  word('ATT-13-moves-and-formats', (filled) => ({
    body: filled(
      `<w:p><w:pPr><w:pPrChange w:id="3" w:author="${name}" w:date="2025-03-10T21:14:02Z"><w:pPr/></w:pPrChange></w:pPr><w:moveFrom w:id="4" w:author="{{me.mail}}"><w:r><w:rPr><w:rPrChange w:id="5" w:author="${name}"/></w:rPr><w:t>a</w:t></w:r></w:moveFrom></w:p>`,
    ),
  })),
  word('ATT-13-single-quotes', (filled) => ({
    body: filled(`<w:p><w:ins w:id='1' w:author='${name}' w:date='2025-03-10T21:14:02Z'><w:r><w:t>brass</w:t></w:r></w:ins></w:p>`),
  })),
  word('ATT-13-other-prefix', (filled) => ({
    body: filled(
      `<x:p xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><x:ins x:id="1" x:author="${name}"><x:r><x:t>brass</x:t></x:r></x:ins></x:p>`,
    ),
  })),
  word('ATT-14-xml-comment', (filled) => ({ body: filled('<!-- {{me.mail}} --><?kiln {{me.name}}?>') })),
  word(
    'ATT-14-footnotes',
    (filled) => ({
      document: [['rId9', 'footnotes', 'footnotes.xml']],
      parts: [
        office.part(
          'word/footnotes.xml',
          filled(
            `<w:footnotes ${office.wordSpaces}><w:footnote w:id="1"><w:p><w:r><w:t>${name}</w:t></w:r></w:p></w:footnote></w:footnotes>`,
          ),
        ),
      ],
    }),
    { files: [], answer: 'any' },
  ),
  word(
    'ATT-14-bookmark',
    (filled) => ({
      body: filled(
        '<w:p><w:bookmarkStart w:id="0" w:name="{{me.local}}"/><w:sdt><w:sdtPr><w:alias w:val="{{me.name}}"/><w:tag w:val="{{me.mail}}"/></w:sdtPr></w:sdt></w:p>',
      ),
    }),
    { files: [], answer: 'any' },
  ),
  word('ATT-12-core-elsewhere', (filled) => ({
    root: [
      [
        'rId2',
        'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
        'package/services/metadata/core-properties/kiln.psmdcp',
      ],
    ],
    parts: [
      office.part(
        'package/services/metadata/core-properties/kiln.psmdcp',
        filled(`<coreProperties><creator>${name}</creator></coreProperties>`),
      ),
    ],
  })),
  word('ATT-12-entities', (filled) => ({
    root: [['rId2', 'extended-properties', 'docProps/app.xml']],
    parts: [
      office.part(
        'docProps/app.xml',
        `<Properties><Manager>${[...filled(name)].map((char) => `&#${char.codePointAt(0)};`).join('')}</Manager></Properties>`,
      ),
    ],
  })),
  file(
    'ATT-07-heic-xmp',
    { type: 'image/heic', name: 'ring.heic', body: pictures.heicXmp },
    { files: [pictures.heicPixels], plant: ['Holmqvist', 'Kilnxmp77'] },
  ),
  paper('ATT-08-escaped-key', (filled) => pdfs.pdf({ info: `/Auth#6fr ${pdfs.literal(filled(name))}/#4billn#20Key(kiln77)` }), {
    plant: ['kiln77'],
  }),
  paper('ATT-08-utf8-string', (filled) => pdfs.pdf({ info: `/Author<EFBBBF${Buffer.from(filled(name)).toString('hex')}>` })),
  paper('ATT-08-indirect', (filled) => pdfs.pdf({ info: '/Author 10 0 R', objects: [pdfs.literal(filled('{{me.mail}}'))] })),
  paper(
    'ATT-10-broken-places',
    (filled) =>
      Buffer.from(
        pdfs
          .pdf({ info: `/Author ${pdfs.literal(filled(name))}` })
          .toString('latin1')
          .replace(/startxref\n\d+/, 'startxref\n7'),
        'latin1',
      ),
    { files: [], answer: 'either' },
  ),
  word('ATT-13-utf16-part', (filled) => ({
    document: [['rId9', 'comments', 'comments.xml']],
    parts: [
      {
        name: 'word/comments.xml',
        content: Buffer.from(
          filled(
            `\ufeff<?xml version="1.0" encoding="UTF-16"?><w:comments ${office.wordSpaces}><w:comment w:id="0" w:author="${name}"/></w:comments>`,
          ),
          'utf16le',
        ),
      },
    ],
  })),
  word(
    'ATT-15-duplicate-entry',
    (filled) => ({
      parts: [
        office.part(
          'word/document.xml',
          filled(`<w:document ${office.wordSpaces}><w:body><w:p><w:r><w:t>{{me.mail}}</w:t></w:r></w:p></w:body></w:document>`),
        ),
      ],
    }),
    { files: [], answer: 'any' },
  ),
  word(
    'ATT-14-macros',
    (filled) => ({
      document: [['rId9', 'http://schemas.microsoft.com/office/2006/relationships/vbaProject', 'vbaProject.bin']],
      parts: [
        { name: 'word/vbaProject.bin', content: office.ole({ PROJECT: Buffer.from(filled('ID="kiln77" HostExtender {{me.mail}}')) }) },
      ],
    }),
    { files: [], answer: 'any' },
  ),
  file(
    'ATT-15-trailing',
    {
      type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      name: 'drawing.docx',
      body: (filled) => Buffer.concat([office.docx({}), Buffer.from(filled('\0\0{{me.mail}}'))]),
    },
    { answer: 'either' },
  ),
  file(
    'ATT-18-txt-utf16be',
    {
      type: 'text/plain',
      name: 'sizes.txt',
      body: (filled) => Buffer.from(`\ufeffThe ring is 34 centimetres. ${filled(`${name} {{me.mail}}`)}`, 'utf16le').swap16(),
    },
    { answer: 'either' },
  ),
];

export const oddFiles: readonly Sample[] = carried(files);
