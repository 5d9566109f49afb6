/** Boxes of ISO base media files (ISO/IEC 14496-12 section 4.2), and of JPEG 2000 files, which are built alike. */

export interface Box {
  readonly type: string;
  readonly start: number;
  /** Where its content begins. */
  readonly body: number;
  readonly end: number;
}

const maxBoxes = 20_000;

/** The boxes that fit into a run of bytes one after the other, up to what is none. */
export function fittingBoxes(bytes: Buffer, { from, to }: { readonly from: number; readonly to: number }): Box[] {
  const boxes: Box[] = [];
  let at = from;
  while (at + 8 <= to && boxes.length < maxBoxes) {
    const size = bytes.readUInt32BE(at);
    const wide = size === 1 && at + 16 <= to;
    const length = wide ? Number(bytes.readBigUInt64BE(at + 8)) : size === 0 ? to - at : size;
    const body = at + (wide ? 16 : 8);
    if (at + length < body || at + length > to) break;
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at, body, end: at + length });
    at += length;
  }
  return boxes;
}

/** The boxes of a run of bytes; undefined where it holds something else. */
export function boxesIn(bytes: Buffer, run: { readonly from: number; readonly to: number }): Box[] | undefined {
  const boxes = fittingBoxes(bytes, run);
  return (boxes.at(-1)?.end ?? run.from) + 8 > run.to ? boxes : undefined;
}

/** Version of a full box; 255 where there is no room for one. */
export const fullBox = (bytes: Buffer, { body, end }: Box): { readonly version: number } => ({
  version: body + 4 <= end ? (bytes[body] ?? 255) : 255,
});

/** Behind the NUL that ends a text; the end where there is none. */
export function endOfText(bytes: Buffer, from: number, end: number): number {
  const nul = bytes.indexOf(0, from);
  return nul < 0 || nul >= end ? end : nul + 1;
}
