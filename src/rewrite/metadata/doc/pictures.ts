/** Pictures inside of streams of other programs, where nothing may move: what JPEG segments and PNG chunks tell about the author becomes zeros. */
import { endOfScan, mayStay } from '../jpeg.ts';

const jpegStart = Buffer.from([0xff, 0xd8, 0xff]);
const chunks = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME'].map((text) => Buffer.from(text, 'latin1'));
/** Before a picture ([MS-ODRAW] section 2.2.23): head of the record, one or two ids of 16 bytes, a tag. */
const heads = [25, 41];
const isPicture = (type: number): boolean => type === 0xf01d || type === 0xf02a || type === 0xf01e;

/** Changes the bytes in place. */
export function maskPictures(bytes: Buffer): void {
  for (let at = bytes.indexOf(jpegStart); at >= 0; at = bytes.indexOf(jpegStart, at)) at = maskJpeg(bytes, at);
  maskChunks(bytes);
}

/** Answers where the picture ends. */
function maskJpeg(bytes: Buffer, start: number): number {
  let at = start + 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xd9) {
    const marker = bytes[at + 1] ?? 0;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 4) return at + 1;
    if (!mayStay(marker, bytes.subarray(at, end))) bytes.fill(0, at + 4, end);
    at = marker === 0xda ? endOfScan(bytes, end) : end;
  }
  // What follows the picture in its own record.
  for (const head of heads.filter((length) => start >= length && isPicture(bytes.readUInt16LE(start - length + 2)))) {
    const end = start - head + 8 + bytes.readUInt32LE(start - head + 4);
    if (end > at + 2 && end <= bytes.length) bytes.fill(0, at + 2, end);
  }
  return at + 1;
}

function maskChunks(bytes: Buffer): void {
  const header = bytes.indexOf('IHDR');
  for (const chunk of header < 0 ? [] : chunks) {
    for (let at = bytes.indexOf(chunk, header); at >= 0; at = bytes.indexOf(chunk, at + chunk.length)) {
      const length = bytes.readUInt32BE(at - 4);
      // The word may stand in a text, too: it is a chunk where another one follows.
      const next = bytes.toString('latin1', at + length + 12, at + length + 16);
      if (/^[A-Za-z]{4}$/.test(next)) bytes.fill(0, at + 4, at + 4 + length);
    }
  }
}
