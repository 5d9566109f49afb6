/** JPEG 2000 (ISO/IEC 15444-1), as it stands in PDFs: boxes with notes (XML, UUID, rights) go, and the comment in the code stream. */
import { fittingBoxes } from './boxes.ts';
import { bufferOf, type Cleaned } from './cleaned.ts';

const kept = new Set(['jP  ', 'ftyp', 'jp2h', 'jp2c']);
const startOfCodes = 0xff4f;
const startOfTile = 0xff90;
const comment = 0xff64;

export function cleanJpeg2000(content: Uint8Array): Cleaned {
  const bytes = bufferOf(content);
  if (bytes.length > 2 && bytes.readUInt16BE(0) === startOfCodes) return withoutComment(bytes);
  const boxes = fittingBoxes(bytes, { from: 0, to: bytes.length }).filter(({ type }) => kept.has(type));
  if (!boxes.some(({ type }) => type === 'jp2c')) return 'damaged';
  return Buffer.concat(
    boxes.flatMap(({ type, start, body, end }) =>
      type === 'jp2c' ? [bytes.subarray(start, body), withoutComment(bytes.subarray(body, end))] : [bytes.subarray(start, end)],
    ),
  );
}

/** The comment's words become blanks, so that lengths stay. */
function withoutComment(codes: Buffer): Buffer {
  const copy = Buffer.from(codes);
  let at = 2;
  while (at + 4 <= copy.length && copy.readUInt16BE(at) !== startOfTile) {
    const end = at + 2 + copy.readUInt16BE(at + 2);
    if (copy.readUInt16BE(at) === comment) copy.fill(0x20, Math.min(at + 6, end), end);
    at = end;
  }
  return copy;
}
