/** Drawings of Windows ([MS-EMF]), as they stand in Word files: the description names the program, the drawing and often its author. */
import { bufferOf, type Cleaned } from './cleaned.ts';

const headerRecord = 1;
const comment = 70;
const maxRecords = 200_000;

export function cleanEmf(content: Uint8Array): Cleaned {
  const bytes = Buffer.from(bufferOf(content));
  if (bytes.length < 88 || bytes.readUInt32LE(0) !== headerRecord) return 'damaged';
  const [length, from] = [bytes.readUInt32LE(60) * 2, bytes.readUInt32LE(64)];
  if (length > 0 && from >= 88 && from + length <= bytes.length) bytes.fill(0, from, from + length);
  let at = 0;
  for (let count = 0; at + 8 <= bytes.length && count < maxRecords; count++) {
    const size = bytes.readUInt32LE(at + 4);
    if (size < 8 || at + size > bytes.length) return at === 0 ? 'damaged' : bytes.subarray(0, at);
    // Comments hold what programs want; those of EMF+ (section 2.3.3.2) hold the drawing itself.
    if (bytes.readUInt32LE(at) === comment && bytes.toString('latin1', at + 12, at + 16) !== 'EMF+') bytes.fill(0, at + 12, at + size);
    at += size;
  }
  return bytes.subarray(0, at);
}
