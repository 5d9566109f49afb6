/** ATT-06, ATT-07: PNG, GIF, WebP and HEIC. */
import * as jpegs from '../files/jpeg.ts';
import * as pictures from '../files/pictures.ts';
import type { Label, Sample } from '../sample.ts';
import { attached, type Filled, name, type Row } from './attachment.ts';

const { ascii } = jpegs;

const picture = (id: string, type: string, make: (filled: Filled) => Buffer, label: Label): Row => [
  id,
  { type, name: `ring.${type.slice(6)}`, body: make },
  label,
];
const png = (id: string, make: (filled: Filled) => Buffer, label: Label = {}): Row =>
  picture(id, 'image/png', make, { files: [pictures.pngPixels], ...label });
const gif = (id: string, make: (filled: Filled) => Buffer, label: Label = {}): Row =>
  picture(id, 'image/gif', make, { files: [pictures.gifPixels], ...label });
const webp = (id: string, make: (filled: Filled) => Buffer, label: Label = {}): Row =>
  picture(id, 'image/webp', make, { files: [pictures.webpPixels], ...label });

const rows: readonly Row[] = [
  png(
    'ATT-06-text',
    (filled) => pictures.png([pictures.chunk('tEXt', filled('Author\0{{me.mail}}')), pictures.chunk('tEXt', 'Software\0Kilnshot 7')]),
    { plant: ['Kilnshot'] },
  ),
  png('ATT-06-ztxt', (filled) => pictures.png([pictures.ztxt('Comment', filled(`${name} <{{me.mail}}> at the kiln in Aldermoor`))]), {
    plant: ['Aldermoor'],
  }),
  png('ATT-06-itxt-xmp', (filled) => pictures.png([pictures.itxt('XML:com.adobe.xmp', jpegs.packet(filled(name)))])),
  png(
    'ATT-06-exif',
    (filled) =>
      pictures.png([pictures.chunk('eXIf', jpegs.tiff({ image: [ascii(0x013b, filled(name))], gps: jpegs.whereabouts('Aldermoor') }))]),
    { plant: ['Aldermoor'], octets: [jpegs.latitude] },
  ),
  png(
    'ATT-06-iccp',
    (filled) =>
      pictures.png([
        pictures.chunk(
          'iCCP',
          Buffer.concat([Buffer.from('kilnprofile\0\0'), pictures.ztxt('x', filled(`desc ${name}`)).subarray(11, -4)]),
        ),
      ]),
    { plant: ['kilnprofile'] },
  ),
  png(
    'ATT-06-private-chunk',
    (filled) =>
      pictures.png([
        pictures.chunk('kiLn', filled('{{me.mail2}} 4417785')),
        pictures.chunk('tIME', Buffer.from([7, 0xe9, 3, 11, 8, 12, 44])),
      ]),
    { plant: ['4417785'] },
  ),
  png('ATT-06-after-end', (filled) => pictures.png([], filled(`PK\x03\x04 {{me.mail}} ${name} Aldermoor`)), { plant: ['Aldermoor'] }),
  gif('ATT-07-gif-comment', (filled) => pictures.gif({ comment: filled(`made by ${name} on LAPTOP-KILN07`) }), {
    plant: ['LAPTOP-KILN07'],
  }),
  gif('ATT-07-gif-xmp', (filled) => pictures.gif({ xmp: jpegs.packet(filled(name)) })),
  gif('ATT-07-gif-trailer', (filled) => pictures.gif({ trailer: filled('{{me.mail}} Aldermoor') }), { plant: ['Aldermoor'] }),
  webp(
    'ATT-07-webp-exif',
    (filled) => pictures.webp({ exif: jpegs.tiff({ image: [ascii(0x013b, filled(name))], gps: jpegs.whereabouts('Aldermoor') }) }),
    { plant: ['Aldermoor'], octets: [jpegs.latitude] },
  ),
  webp('ATT-07-webp-xmp', (filled) => pictures.webp({ xmp: jpegs.packet(filled('{{me.mail}}')) })),
  [
    'ATT-07-heic',
    { type: 'image/heic', name: 'IMG_4417.heic', body: pictures.heic },
    { files: [pictures.heicPixels], plant: [...pictures.heicSecrets, 'IMG_4417'] },
  ],
];

export const otherPictures: readonly Sample[] = attached(rows);
