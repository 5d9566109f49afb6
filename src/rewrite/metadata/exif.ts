/** Exif (CIPA DC-008, a TIFF 6.0 file inside another): the one thing of it that the picture needs, which way up it is. */

const orientationTag = 0x0112;
const maxTags = 200;

/** @returns 1 to 8, or undefined where the first directory says nothing of it */
export function orientationOf(tiff: Buffer): number | undefined {
  const order = tiff.toString('latin1', 0, 4);
  if (tiff.length < 8 || (order !== 'II*\0' && order !== 'MM\0*')) return undefined;
  const little = order.startsWith('II');
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const entries = Math.min(short(directory), maxTags);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    const value = short(at + 8);
    if (short(at) === orientationTag) return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** A TIFF file that says how the picture is to be turned, and nothing else. */
export const tiffWith = (orientation: number): Buffer =>
  Buffer.concat([
    Buffer.from('MM\0*\0\0\0\x08', 'latin1'),
    Buffer.from([0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]),
  ]);
