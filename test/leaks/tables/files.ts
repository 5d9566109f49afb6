/** ATT-16 to ATT-18: doc, plain text, and kinds that are taken out. */
import * as office from '../files/office.ts';
import type { Label, Part, Sample } from '../sample.ts';
import { attached, name, type Row } from './attachment.ts';

const file = (id: string, type: string, fileName: string, body: Part['body'], label: Label = {}): Row => [
  id,
  { type, name: fileName, body },
  label,
];
const ods = (kind: string, content: string): Buffer =>
  office.zip([
    { name: 'mimetype', content: kind },
    { name: 'content.xml', content },
    { name: 'meta.xml', content },
  ]);

const rows: readonly Row[] = [
  file(
    'ATT-16-doc',
    'application/msword',
    'drawing.doc',
    (filled) => office.doc([filled(name), 'Aldermoor Works', filled('{{me.mail}}')]),
    { plant: ['Aldermoor'] },
  ),
  file('ATT-16-doc-as-docx', 'application/octet-stream', 'drawing.docx', (filled) => office.doc([filled(name)])),
  file('ATT-17-xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'sizes.xlsx', (filled) =>
    office.zip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'xl/workbook.xml', content: filled(`<workbook><x>${name}</x></workbook>`) },
      { name: 'docProps/core.xml', content: filled('<c>{{me.mail}}</c>') },
    ]),
  ),
  file('ATT-17-odt', 'application/vnd.oasis.opendocument.text', 'sizes.odt', (filled) =>
    ods('application/vnd.oasis.opendocument.text', filled(`<meta><dc:creator>${name}</dc:creator></meta>`)),
  ),
  file(
    'ATT-17-rtf',
    'application/rtf',
    'sizes.rtf',
    '{\\rtf1\\ansi{\\info{\\author {{me.name}}}{\\operator {{me.mail}}}{\\company Aldermoor}}34 cm}',
    { plant: ['Aldermoor'] },
  ),
  file(
    'ATT-17-zip',
    'application/zip',
    'sizes.zip',
    (filled) => office.zip([{ name: filled('{{me.last}}-kiln77.txt'), content: filled('{{me.mail}}') }]),
    { plant: ['kiln77'] },
  ),
  file(
    'ATT-17-zip-named-docx',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'sizes.docx',
    (filled) => office.zip([{ name: 'readme-kiln77.txt', content: filled('{{me.mail}}') }]),
    { plant: ['kiln77'] },
  ),
  file('ATT-18-txt', 'text/plain; charset=utf-8', 'sizes.txt', 'The ring is 34 centimetres.\nAsk {{me.name}}, {{me.mail}}\n', {
    files: ['The ring is 34 centimetres'],
    answer: 'either',
  }),
  file(
    'ATT-18-txt-utf16',
    'text/plain; charset=utf-16le',
    'sizes.txt',
    (filled) => Buffer.from(`\ufeff${filled('The ring is 34 centimetres. {{me.mail}} {{me.name}}')}`, 'utf16le'),
    { answer: 'either' },
  ),
  file('ATT-18-txt-octets', 'application/octet-stream', 'notes', 'The ring is 34 centimetres.\n{{me.mail2}} {{me.name}}\n', {
    answer: 'either',
  }),
  file(
    'ATT-18-txt-latin',
    'text/plain; charset=iso-8859-1',
    'sizes.txt',
    (filled) => Buffer.from(filled('The ring is 34 centimetres.\r\nAsk {{me.first}} {{me.last}} or {{me.mail}}'), 'latin1'),
    { answer: 'either' },
  ),
  file(
    'ATT-18-txt-safelink',
    'text/plain; charset=utf-8',
    'link.txt',
    'https://eur05.safelinks.protection.outlook.com/?url=x&data=05%7C{{me.percent}}\n',
    { answer: 'either' },
  ),
  file(
    'ATT-18-svg',
    'image/svg+xml',
    'ring.svg',
    '<svg xmlns="http://www.w3.org/2000/svg"><metadata>{{me.name}} {{me.mail}}</metadata><text>kiln77</text></svg>',
    { plant: ['kiln77'], answer: 'either' },
  ),
  file(
    'ATT-18-svg-as-png',
    'image/png',
    'ring.png',
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><desc>{{me.mail}}</desc></svg>',
    { answer: 'either' },
  ),
];

export const files: readonly Sample[] = attached(rows);
