/** ATT-01 to ATT-05: photos as cameras and programs write them. They must arrive with their pixels. */
import * as jpegs from '../files/jpeg.ts';
import { type Label, type Part, type Sample, sample } from '../sample.ts';
import { attached, type Filled, keep, name, type Row } from './attachment.ts';

const { ascii, wide, exif, jpeg, segment } = jpegs;

const photo = (id: string, make: (filled: Filled) => Buffer, label: Label = {}, part: Partial<Part> = {}): Row => [
  id,
  { type: 'image/jpeg', name: 'ring.jpg', body: make, ...part },
  { files: [jpegs.jpegPixels], ...label },
];
const preview = jpeg([segment(0xfe, 'kilnpreview77')]);

const shots: readonly Row[] = [
  photo(
    'ATT-01-artist',
    (filled) =>
      jpeg([
        exif({ image: [ascii(0x010f, 'Kilncam'), ascii(0x013b, filled(name)), ascii(0x8298, filled(`(c) ${name}`))], orientation: 6 }),
      ]),
    { plant: ['Kilncam'] },
  ),
  photo('ATT-01-gps', () => jpeg([exif({ image: [ascii(0x0110, 'Kilncam 7')], gps: jpegs.whereabouts('Aldermoor Kilnstrasse') })]), {
    plant: ['Aldermoor'],
    octets: [jpegs.latitude],
  }),
  photo(
    'ATT-01-owner-serial',
    (filled) => jpeg([exif({ camera: [ascii(0xa430, filled(name)), ascii(0xa431, 'KILN4417785'), ascii(0xa435, 'LENS9981177')] })]),
    { plant: ['KILN4417785', 'LENS9981177'] },
  ),
  photo(
    'ATT-01-makernote',
    (filled) =>
      jpeg([
        exif({
          camera: [
            jpegs.bytes(0x927c, Buffer.from(filled('Kiln\0\x01OWNER {{me.mail}} SN 4417785 fw 1.7'))),
            jpegs.bytes(0x9286, Buffer.from(filled(`ASCII\0\0\0by ${name}`))),
          ],
        }),
      ]),
    { plant: ['SN 4417785'] },
  ),
  photo(
    'ATT-01-xpauthor',
    (filled) =>
      jpeg([exif({ image: [wide(0x9c9d, filled(name)), wide(0x9c9c, filled('for {{me.mail2}}')), wide(0x9c9b, 'Aldermoor kiln')] })]),
    { plant: ['Aldermoor'] },
  ),
  photo('ATT-01-thumbnail', () => jpeg([exif({ image: [ascii(0x0131, 'Kilnsoft 3')], thumbnail: preview })]), {
    plant: ['kilnpreview77', 'Kilnsoft'],
  }),
  photo(
    'ATT-01-second-exif',
    (filled) => jpeg([exif({ orientation: 1 }), exif({ image: [ascii(0x013b, filled(name))], gps: jpegs.whereabouts('Aldermoor') })]),
    { plant: ['Aldermoor'], octets: [jpegs.latitude] },
  ),
  photo('ATT-01-big-endian-unknown', (filled) => jpeg([segment(0xe1, filled(`Exif\0\0MM\0*not a directory ${name} {{me.mail}}`))])),
  photo('ATT-02-xmp', (filled) => jpeg([jpegs.xmp(filled(name))])),
  photo('ATT-02-extended-xmp', (filled) =>
    jpeg([
      jpegs.xmp('x'),
      segment(
        0xe1,
        filled(`http://ns.adobe.com/xmp/extension/\0${'4B494C4E77'.repeat(4).slice(0, 32)}\0\0\0\x40\0\0\0\0<history who="{{me.mail}}"/>`),
      ),
    ]),
  ),
  photo('ATT-02-iptc', (filled) => jpeg([jpegs.iptc(filled(`${name} 4417785`))]), { plant: ['4417785'] }),
  photo('ATT-02-comment', (filled) => jpeg([segment(0xfe, filled('File written by {{me.local}} on LAPTOP-KILN07 {{me.mail}}'))]), {
    plant: ['LAPTOP-KILN07'],
  }),
  photo(
    'ATT-02-unknown-app',
    (filled) => jpeg([segment(0xe9, filled('KILN\0{{me.mail}}')), segment(0xec, 'Ducky kiln4417'), segment(0xef, 'Aldermoor')]),
    { plant: ['kiln4417', 'Aldermoor'] },
  ),
  photo('ATT-02-jfxx-preview', () => jpeg([segment(0xe0, Buffer.concat([Buffer.from('JFXX\0\x10', 'latin1'), preview]))]), {
    plant: ['kilnpreview77'],
  }),
  photo('ATT-03-icc', (filled) => jpeg([jpegs.icc(filled(`${name} monitor 4417785`))]), { plant: ['4417785'] }),
  photo('ATT-04-motion-photo', (filled) => jpeg([], filled('\0\0\0\x18ftypmp42\0\0\0\0 moov udta {{me.mail}} Aldermoor')), {
    plant: ['Aldermoor'],
  }),
  photo(
    'ATT-04-second-picture',
    (filled) => jpeg([segment(0xe2, 'MPF\0II*\0kilnmpf77')], jpeg([exif({ image: [ascii(0x013b, filled(name))] })])),
    { plant: ['kilnmpf77'] },
  ),
  photo(
    'ATT-05-wrong-type',
    (filled) => jpeg([exif({ image: [ascii(0x013b, filled(name))] })]),
    {},
    { type: 'image/png', name: 'ring.png' },
  ),
  photo(
    'ATT-05-octet-stream',
    (filled) => jpeg([exif({ image: [ascii(0x013b, filled(name))] })]),
    {},
    { type: 'application/octet-stream', name: 'ring.dat' },
  ),
  photo('ATT-05-named-pdf', (filled) => jpeg([jpegs.xmp(filled(name))]), {}, { type: 'application/pdf', name: 'ring.pdf' }),
];

const inlined: Sample = sample(
  'ATT-05-inline-cid',
  {
    html: '<p>the picture shows the ring:</p><img src="cid:ring77@laptop-kiln07.local" alt="{{me.name}} ring">',
    kind: 'multipart/related',
    parts: [
      {
        type: 'image/jpeg',
        name: 'image001.jpg',
        fields: ['Content-ID: <ring77@laptop-kiln07.local>', 'Content-Disposition: inline; filename="image001.jpg"'],
        body: (filled) => jpeg([exif({ image: [ascii(0x013b, filled(name))] })]),
      },
    ],
  },
  { keep, files: [jpegs.jpegPixels], plant: ['laptop-kiln07', 'ring77'] },
);

export const photos: readonly Sample[] = [...attached(shots), inlined];
