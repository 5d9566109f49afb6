/** ATT-08 to ATT-11: PDF. */
import { packet } from '../files/jpeg.ts';
import * as pdfs from '../files/pdf.ts';
import { fill } from '../people.ts';
import type { Label, Part, Sample } from '../sample.ts';
import { attached, type Filled, name, type Row } from './attachment.ts';

const paper = (id: string, make: (filled: Filled) => Buffer, label: Label = {}, part: Partial<Part> = {}): Row => [
  id,
  { type: 'application/pdf', name: 'drawing.pdf', body: make, ...part },
  { files: [pdfs.pdfWords], ...label },
];
const { hexText, literal, stream } = pdfs;
/** Letters one by one, as programs that space them write. */
const kerned = (words: string): string => `[${[...words].map((char) => `(${char})-12`).join('')}]`;
const embedded = (filled: Filled): Buffer =>
  stream(filled(`{{me.mail}} ${name} price list of Aldermoor`), { entries: '/Type/EmbeddedFile', deflated: true });

const rows: readonly Row[] = [
  paper(
    'ATT-08-info',
    (filled) =>
      pdfs.pdf({
        info: `/Author ${literal(filled(name))}/Creator(Kilnword 7)/Producer(Kilnprint 3 on LAPTOP-KILN07)/Title(C:\\\\Users\\\\gholmqvist\\\\ring.docx)`,
      }),
    { plant: ['Kilnword', 'LAPTOP-KILN07', 'gholmqvist'] },
  ),
  paper('ATT-08-utf16-hex', (filled) => pdfs.pdf({ info: `/Author ${hexText(filled(name))}/Subject ${hexText(filled('{{me.mail}}'))}` })),
  paper(
    'ATT-08-escaped',
    (filled) =>
      pdfs.pdf({
        info: `/Author(${[...filled('{{me.mail}}')].map((char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`).join('')})/Keywords(Aldermoor)`,
      }),
    { plant: ['Aldermoor'] },
  ),
  paper(
    'ATT-08-wrong-type',
    (filled) => pdfs.pdf({ info: `/Author ${literal(filled(name))}` }),
    {},
    { type: 'application/octet-stream', name: 'drawing.bin' },
  ),
  paper(
    'ATT-08-custom-keys',
    (filled) =>
      pdfs.pdf({
        info: `/Company(Aldermoor Works)/SourceModified(D:20250310211402+05'45')/KilnUser ${literal(filled('{{me.mail2}}'))}/CreationDate(D:20250310211402+05'45')`,
      }),
    { plant: ['Aldermoor', "20250310211402+05'45"] },
  ),
  paper('ATT-09-xmp', (filled) => pdfs.pdf({ xmp: packet(filled(name)) })),
  paper('ATT-09-xmp-deflated', (filled) => pdfs.pdf({ xmp: packet(filled('{{me.mail}}')), deflated: true })),
  paper('ATT-09-object-stream', (filled) => pdfs.pdfInObjectStream(`/Author ${literal(filled(name))}/Creator(Kilnword 7)`), {
    plant: ['Kilnword'],
  }),
  paper('ATT-09-xmp-of-page', (filled) =>
    pdfs.pdf({
      page: '/Metadata 10 0 R',
      objects: [stream(packet(filled('{{me.mail}}')), { entries: '/Type/Metadata/Subtype/XML', deflated: true })],
    }),
  ),
  paper(
    'ATT-10-older-revision',
    (filled) => pdfs.pdf({ info: '/Title(ring)', older: `/Author ${literal(filled(name))}/Subject(Aldermoor 4417785)` }),
    { plant: ['Aldermoor', '4417785'] },
  ),
  paper(
    'ATT-10-annotation-author',
    (filled) =>
      pdfs.pdf({
        page: '/Annots[10 0 R]',
        objects: [
          `<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/T ${literal(filled(name))}/NM(kiln-4417785)/Contents(Mind the edge)/M(D:20250310211402)>>`,
        ],
      }),
    { plant: ['kiln-4417785'] },
  ),
  paper(
    'ATT-10-file-attachment',
    (filled) =>
      pdfs.pdf({
        page: '/Annots[10 0 R]',
        objects: [
          '<</Type/Annot/Subtype/FileAttachment/Rect[10 10 30 30]/FS 11 0 R>>',
          '<</Type/Filespec/F(prices-kiln77.txt)/EF<</F 12 0 R>>>>',
          embedded(filled),
        ],
      }),
    { plant: ['prices-kiln77', 'Aldermoor'] },
  ),
  paper(
    'ATT-10-embedded-file',
    (filled) =>
      pdfs.pdf({
        catalog: '/Names<</EmbeddedFiles<</Names[(prices-kiln77.txt)10 0 R]>>>>',
        objects: ['<</Type/Filespec/F(prices-kiln77.txt)/EF<</F 11 0 R>>>>', embedded(filled)],
      }),
    { plant: ['prices-kiln77', 'Aldermoor'] },
  ),
  paper(
    'ATT-10-piece-info',
    (filled) =>
      pdfs.pdf({
        page: '/PieceInfo<</Kilndraw<</LastModified(D:20250310211402)/Private 10 0 R>>>>',
        objects: [`<</User ${literal(filled(name))}/Path(file:///Users/gholmqvist/ring.ai)>>`],
      }),
    { plant: ['gholmqvist'] },
  ),
  paper(
    'ATT-10-unused-object',
    (filled) =>
      pdfs.pdf({ objects: [`<</Kiln ${literal(filled('{{me.mail}}'))}>>`, stream(filled('{{me.mail2}} Aldermoor'), { deflated: true })] }),
    { plant: ['Aldermoor'] },
  ),
  paper('ATT-10-id', () => pdfs.pdf({ info: '/Title(ring)' }), { octets: [Buffer.from('4b494c4e373700112233445566778899')] }),
  paper(
    'ATT-10-form-field',
    (filled) =>
      pdfs.pdf({
        catalog: '/AcroForm<</Fields[10 0 R]>>',
        page: '/Annots[10 0 R]',
        objects: [`<</Type/Annot/Subtype/Widget/FT/Tx/T(buyer)/Rect[10 10 90 30]/V ${literal(filled(name))}>>`],
      }),
    { files: [], answer: 'any' },
  ),
  paper(
    'ATT-10-outline',
    (filled) =>
      pdfs.pdf({
        catalog: '/Outlines 10 0 R',
        objects: ['<</Type/Outlines/First 11 0 R/Last 11 0 R/Count 1>>', `<</Title ${literal(filled('{{me.mail}}'))}/Parent 10 0 R>>`],
      }),
    { files: [], answer: 'any' },
  ),
  paper(
    'ATT-10-alt-text',
    (filled) =>
      pdfs.pdf({
        catalog: '/StructTreeRoot 10 0 R',
        objects: ['<</Type/StructTreeRoot/K 11 0 R>>', `<</Type/StructElem/S/Figure/P 10 0 R/Alt ${literal(filled(name))}>>`],
      }),
    { files: [], answer: 'any' },
  ),
  paper(
    'ATT-10-words',
    (filled) =>
      pdfs.pdf({
        page: '/Contents[4 0 R 10 0 R]',
        objects: [stream(`BT /F1 12 Tf 20 60 Td ${literal(filled('{{me.mail}}'))} Tj ET`, { deflated: true })],
      }),
    { files: [], answer: 'any' },
  ),
  paper(
    'ATT-10-words-kerned',
    (filled) =>
      pdfs.pdf({
        page: '/Contents[4 0 R 10 0 R]',
        objects: [stream(`BT /F1 12 Tf 20 60 Td ${kerned(filled('{{me.mail}}'))} TJ ET`, { deflated: true })],
      }),
    { files: [], answer: 'any', planted: (cast) => [kerned(fill('{{me.mail}}', cast))] },
  ),
  paper(
    'ATT-10-script',
    (filled) =>
      pdfs.pdf({
        catalog: '/OpenAction 10 0 R',
        objects: [`<</S/JavaScript/JS ${literal(filled('app.launchURL("mailto:{{me.mail}}")'))}>>`],
      }),
    { files: [], answer: 'any' },
  ),
  paper(
    'ATT-10-xfa',
    (filled) =>
      pdfs.pdf({
        catalog: '/AcroForm<</Fields[]/XFA 10 0 R>>',
        objects: [stream(filled('<xdp><user>{{me.mail}}</user></xdp>'), { deflated: true })],
      }),
    { files: [], answer: 'any' },
  ),
  paper(
    'ATT-11-mailto',
    (filled) =>
      pdfs.pdf({
        page: '/Annots[10 0 R]',
        objects: [`<</Type/Annot/Subtype/Link/Rect[10 10 90 30]/A<</S/URI/URI(mailto:${filled('{{me.mail}}')})>>>>`],
      }),
    { answer: 'any', files: [] },
  ),
  paper(
    'ATT-11-own-site',
    (filled) =>
      pdfs.pdf({
        page: '/Annots[10 0 R]',
        objects: [`<</Type/Annot/Subtype/Link/Rect[10 10 90 30]/A<</S/URI/URI(https://${filled('{{me.domain}}')}/?c=kiln77)>>>>`],
      }),
    { answer: 'any', files: [], plant: ['kiln77'] },
  ),
];

export const papers: readonly Sample[] = attached(rows);
