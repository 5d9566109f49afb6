/** PNG (RFC 2083), GIF, WebP and HEIC with what programs write beside the pixels. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, name));

export function chunk(type: string, content: string | Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(content)]);
  const all = Buffer.alloc(body.length + 8);
  all.writeUInt32BE(body.length - 4);
  body.copy(all, 4);
  all.writeUInt32BE(crc32(body), body.length + 4);
  return all;
}

const rows = Buffer.from(Array.from({ length: 6 }, (_, y) => [0, ...Array.from({ length: 18 }, (_, x) => (x * 13 + y * 31) & 255)]).flat());
const idat = deflateSync(rows);

/** Six pixels by six, RGB. */
export const pngPixels: Uint8Array = rows;

export function png(before: readonly Buffer[], after: Buffer | string = '', behind: readonly Buffer[] = []): Buffer {
  const ihdr = Buffer.from([0, 0, 0, 6, 0, 0, 0, 6, 8, 2, 0, 0, 0]);
  const head = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([head, chunk('IHDR', ihdr), ...before, chunk('IDAT', idat), ...behind, chunk('IEND', ''), Buffer.from(after)]);
}

export const ztxt = (key: string, text: string): Buffer =>
  chunk('zTXt', Buffer.concat([Buffer.from(`${key}\0\0`), deflateSync(Buffer.from(text))]));
export const itxt = (key: string, text: string): Buffer => chunk('iTXt', `${key}\0\0\0\0\0${text}`);

const gifBase = fixture('base.gif');
const gifImage = gifBase.indexOf(Buffer.from([0x2c, 0, 0, 0, 0, 24]));
export const gifPixels: Uint8Array = gifBase.subarray(gifImage, gifBase.length - 1);

const blocksOf = (text: string): Buffer => {
  const body = Buffer.from(text);
  const blocks: Buffer[] = [];
  for (let at = 0; at < body.length; at += 255) blocks.push(Buffer.from([Math.min(255, body.length - at)]), body.subarray(at, at + 255));
  return Buffer.concat([...blocks, Buffer.alloc(1)]);
};

export function gif({
  comment,
  xmp,
  trailer = '',
}: {
  readonly comment?: string;
  readonly xmp?: string;
  readonly trailer?: string;
}): Buffer {
  const extensions = [
    ...(comment ? [Buffer.from([0x21, 0xfe]), blocksOf(comment)] : []),
    ...(xmp ? [Buffer.from('\x21\xff\x0bXMP DataXMP', 'latin1'), blocksOf(xmp)] : []),
  ];
  return Buffer.concat([gifBase.subarray(0, gifImage), ...extensions, gifBase.subarray(gifImage), Buffer.from(trailer)]);
}

const webpBase = fixture('base.webp');
const webpSize = webpBase.readUInt32LE(16);
export const webpPixels: Uint8Array = webpBase.subarray(20, 20 + webpSize);

export const riff = (type: string, body: Buffer): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(type, 'latin1'), size, body, Buffer.alloc(body.length & 1)]);
};

/** Extended format: VP8X announces EXIF (8) and XMP (4). */
export function webp({
  exif,
  xmp,
  more: others = [],
}: {
  readonly exif?: Buffer;
  readonly xmp?: string;
  readonly more?: readonly Buffer[];
}): Buffer {
  const flags = (exif ? 8 : 0) | (xmp ? 4 : 0);
  const vp8x = riff('VP8X', Buffer.from([flags, 0, 0, 0, 23, 0, 0, 15, 0, 0]));
  const more = [...(exif ? [riff('EXIF', exif)] : []), ...(xmp ? [riff('XMP ', Buffer.from(xmp))] : [])];
  return riff('RIFF', Buffer.concat([Buffer.from('WEBP'), vp8x, webpBase.subarray(12), ...more, ...others]));
}

/** Of heif-enc, with EXIF of exiftool: artist, owner, serial number, place. */
export const heic = fixture('base.heic');
export const heicSecrets = ['Holmqvist', 'KILN4417785'];
/** The same with XMP, by exiftool. */
export const heicXmp = fixture('xmp.heic');
/** The coded picture, without its length. */
export const heicPixels: Uint8Array = heic.subarray(424, 760);
