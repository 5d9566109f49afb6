/** ATT-12 to ATT-15: docx. */
import { ascii, exif, jpeg, latitude, whereabouts } from '../files/jpeg.ts';
import * as office from '../files/office.ts';
import type { Label, Sample } from '../sample.ts';
import { attached, type Filled, name, type Row } from './attachment.ts';

const word = (id: string, make: (filled: Filled) => office.Docx, label: Label = {}): Row => [
  id,
  {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    name: 'drawing.docx',
    body: (filled) => office.docx(make(filled)),
  },
  { files: [office.docxWords], ...label },
];
const { part, wordSpaces } = office;
const core = 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties';

const rows: readonly Row[] = [
  word('ATT-12-core', (filled) => ({
    root: [['rId2', core, 'docProps/core.xml']],
    parts: [
      part(
        'docProps/core.xml',
        filled(
          `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>${name}</dc:creator><cp:lastModifiedBy>{{me.mail}}</cp:lastModifiedBy><cp:revision>417</cp:revision></cp:coreProperties>`,
        ),
      ),
    ],
  })),
  word(
    'ATT-12-app',
    (filled) => ({
      root: [['rId2', 'extended-properties', 'docProps/app.xml']],
      parts: [
        part(
          'docProps/app.xml',
          filled(
            `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>Aldermoor Works</Company><Manager>${name}</Manager><Template>Kilnletter.dotm</Template></Properties>`,
          ),
        ),
      ],
    }),
    { plant: ['Aldermoor', 'Kilnletter'] },
  ),
  word(
    'ATT-12-custom',
    (filled) => ({
      root: [['rId2', 'custom-properties', 'docProps/custom.xml']],
      parts: [
        part(
          'docProps/custom.xml',
          filled(
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Kilncustomer"><lpwstr>{{me.mail2}}</lpwstr></property></Properties>',
          ),
        ),
      ],
    }),
    { plant: ['Kilncustomer'] },
  ),
  word('ATT-12-sharepoint', (filled) => ({
    document: [['rId9', 'customXml', '../customXml/item1.xml']],
    parts: [
      part(
        'customXml/item1.xml',
        filled(
          `<p:properties xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties"><Owner><DisplayName>${name}</DisplayName><AccountId>i:0#.f|membership|{{me.mail}}</AccountId></Owner></p:properties>`,
        ),
      ),
    ],
  })),
  word(
    'ATT-13-comments',
    (filled) => ({
      document: [['rId9', 'comments', 'comments.xml']],
      parts: [
        part(
          'word/comments.xml',
          filled(
            `<w:comments ${wordSpaces}><w:comment w:id="0" w:author="${name}" w:initials="KLN77" w:date="2025-03-10T21:14:02Z"><w:p><w:r><w:t>edge</w:t></w:r></w:p></w:comment></w:comments>`,
          ),
        ),
      ],
    }),
    { plant: ['KLN77'] },
  ),
  word('ATT-13-tracked', (filled) => ({
    body: filled(
      `<w:p><w:ins w:id="1" w:author="${name}" w:date="2025-03-10T21:14:02Z"><w:r><w:t>brass</w:t></w:r></w:ins><w:del w:id="2" w:author="{{me.mail}}" w:date="2025-03-10T21:14:02Z"><w:r><w:delText>iron</w:delText></w:r></w:del></w:p>`,
    ),
  })),
  word(
    'ATT-13-people',
    (filled) => ({
      document: [['rId9', 'http://schemas.microsoft.com/office/2011/relationships/people', 'people.xml']],
      parts: [
        part(
          'word/people.xml',
          filled(
            `<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="${name}"><w15:presenceInfo w15:providerId="AD" w15:userId="S::{{me.mail}}::kiln-4417785"/></w15:person></w15:people>`,
          ),
        ),
      ],
    }),
    { plant: ['kiln-4417785'] },
  ),
  word('ATT-14-thumbnail', (filled) => ({
    root: [['rId2', 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail', 'docProps/thumbnail.jpeg']],
    parts: [{ name: 'docProps/thumbnail.jpeg', content: jpeg([exif({ image: [ascii(0x013b, filled(name))] })]) }],
  })),
  word(
    'ATT-14-media',
    (filled) => ({
      document: [['rId9', 'image', 'media/image1.jpeg']],
      parts: [
        {
          name: 'word/media/image1.jpeg',
          content: jpeg([exif({ image: [ascii(0x013b, filled(name))], gps: whereabouts('Aldermoor') })]),
        },
      ],
    }),
    { plant: ['Aldermoor'], octets: [latitude] },
  ),
  word(
    'ATT-14-template',
    () => ({
      document: [['rId8', 'settings', 'settings.xml']],
      parts: [
        part(
          'word/settings.xml',
          `<w:settings ${wordSpaces}><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsidRoot w:val="00417A77"/></w:rsids></w:settings>`,
        ),
        part(
          'word/_rels/settings.xml.rels',
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="file:///C:/Users/gholmqvist/Kilnletter.dotm" TargetMode="External"/></Relationships>',
        ),
      ],
    }),
    { plant: ['gholmqvist', '00417A77'] },
  ),
  word(
    'ATT-14-printer',
    (filled) => ({
      document: [['rId9', 'printerSettings', 'printerSettings/printerSettings1.bin']],
      parts: [
        { name: 'word/printerSettings/printerSettings1.bin', content: Buffer.from(filled('\\\\kilnprint77\\{{me.local}}'), 'utf16le') },
      ],
    }),
    { plant: ['kilnprint77'] },
  ),
  word(
    'ATT-14-rsid',
    () => ({ body: '<w:p w:rsidR="00417A77" w:rsidRDefault="0099BC11"><w:r w:rsidRPr="00417A77"><w:t>brass</w:t></w:r></w:p>' }),
    { plant: ['00417A77', '0099BC11'] },
  ),
  word('ATT-14-hidden-text', (filled) => ({ body: filled('<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{{me.mail}}</w:t></w:r></w:p>') }), {
    files: [],
    answer: 'any',
  }),
  word('ATT-14-split-runs', (filled) => ({ body: filled('<w:p>{{me.mail}}</w:p>').replace(/[^<>/w:p]{4}/g, '<w:r><w:t>$&</w:t></w:r>') }), {
    files: [],
    answer: 'any',
  }),
  word(
    'ATT-14-hyperlink',
    (filled) => ({
      document: [['rId9', 'hyperlink', filled('mailto:{{me.mail}}')]],
      body: '<w:p><w:hyperlink r:id="rId9"><w:r><w:t>write</w:t></w:r></w:hyperlink></w:p>',
    }),
    { files: [], answer: 'any' },
  ),
  word(
    'ATT-14-field',
    (filled) => ({ body: filled('<w:p><w:r><w:instrText>HYPERLINK "mailto:{{me.mail}}" AUTHOR</w:instrText></w:r></w:p>') }),
    { files: [], answer: 'any' },
  ),
  word(
    'ATT-14-footer',
    (filled) => ({
      document: [['rId9', 'footer', 'footer1.xml']],
      parts: [part('word/footer1.xml', filled(`<w:ftr ${wordSpaces}><w:p><w:r><w:t>${name}, {{me.mail}}</w:t></w:r></w:p></w:ftr>`))],
    }),
    { files: [], answer: 'any' },
  ),
  word(
    'ATT-14-alt-text',
    (filled) => ({
      body: filled(
        `<w:p><w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" id="1" name="Picture 1" descr="${name} {{me.mail}} C:\\Users\\gholmqvist"/></w:drawing></w:r></w:p>`,
      ),
    }),
    { files: [], answer: 'any' },
  ),
  word(
    'ATT-14-alt-chunk',
    (filled) => ({
      document: [['rId9', 'aFChunk', 'afchunk.xhtml']],
      body: '<w:altChunk r:id="rId9"/>',
      parts: [part('word/afchunk.xhtml', filled('<html><body>{{me.mail}}</body></html>'))],
    }),
    { files: [], answer: 'any' },
  ),
  word(
    'ATT-14-embedded',
    (filled) => ({
      document: [['rId9', 'package', 'embeddings/sheet.xlsx']],
      parts: [
        { name: 'word/embeddings/sheet.xlsx', content: office.zip([{ name: 'docProps/core.xml', content: filled('<c>{{me.mail}}</c>') }]) },
      ],
    }),
    { files: [], answer: 'any' },
  ),
  word(
    'ATT-14-doc-vars',
    (filled) => ({
      document: [['rId8', 'settings', 'settings.xml']],
      parts: [
        part(
          'word/settings.xml',
          filled(
            `<w:settings ${wordSpaces}><w:docVars><w:docVar w:name="kilnvar77" w:val="{{me.mail}}"/></w:docVars><w:documentProtection/></w:settings>`,
          ),
        ),
      ],
    }),
    { plant: ['kilnvar77'] },
  ),
  word('ATT-14-linked-picture', () => ({ document: [['rId9', 'image', 'file:///C:/Users/gholmqvist/ring.png']] }), {
    plant: ['gholmqvist'],
  }),
  word(
    'ATT-15-stray-entry',
    (filled) => ({ parts: [{ name: filled('backup/{{me.local}}.txt'), content: filled('{{me.mail}} kilnstray77') }] }),
    { plant: ['kilnstray77'] },
  ),
  word('ATT-15-zip-comment', (filled) => ({ comment: filled(`zipped by ${name} {{me.mail}}`) })),
  word(
    'ATT-15-extra-field',
    (filled) => ({
      extra: Buffer.concat([Buffer.from([0x4b, 0x4c, 0x40, 0]), Buffer.from(filled('{{me.mail}} kiln4417785').padEnd(64).slice(0, 64))]),
    }),
    { plant: ['kiln4417785'] },
  ),
];

export const documents: readonly Sample[] = attached(rows);
