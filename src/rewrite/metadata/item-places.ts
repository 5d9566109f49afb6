/** Where the items of a HEIF file stand (ISO/IEC 14496-12 section 8.11.3, the box `iloc`). */
import { type Box, fullBox } from './boxes.ts';

export interface Place {
  readonly item: number;
  readonly from: number;
  readonly to: number;
}

const maxExtents = 50_000;

/** Reads numbers one after the other; beyond the end of the box they are NaN. */
interface Cursor {
  readonly bytes: Buffer;
  readonly end: number;
  at: number;
}

function take(cursor: Cursor, length: number): number {
  const { bytes, at, end } = cursor;
  cursor.at += length;
  if (cursor.at > end) return Number.NaN;
  if (length === 8) return Number(bytes.readBigUInt64BE(at));
  return length === 0 ? 0 : bytes.readUIntBE(at, length);
}

/** How many bytes the numbers of the box take. */
interface Widths {
  readonly version: number;
  readonly offset: number;
  readonly length: number;
  readonly base: number;
  readonly index: number;
}

/** @returns undefined where an item stands outside the file, or in a way that nobody uses for pictures */
export function extentsOf(bytes: Buffer, iloc: Box, idat: Box | undefined): readonly Place[] | undefined {
  const { version } = fullBox(bytes, iloc);
  const cursor: Cursor = { bytes, end: iloc.end, at: iloc.body + 4 };
  const sizes = take(cursor, 2);
  const [offset, length, base, index] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, version === 0 ? 0 : sizes & 15];
  if (version > 2 || [offset, length, base, index].some((size) => size !== 0 && size !== 4 && size !== 8)) return undefined;
  const widths: Widths = { version, offset, length, base, index };
  const places: Place[] = [];
  const items = take(cursor, version < 2 ? 2 : 4);
  for (let count = 0; count < items; count++) if (!takeItem(cursor, widths, { idat, places })) return undefined;
  return places.some(({ from, to }) => Number.isNaN(from) || Number.isNaN(to)) ? undefined : places;
}

interface Found {
  readonly idat: Box | undefined;
  readonly places: Place[];
}

/** Adds the places of the next item. False where they cannot be read. */
function takeItem(cursor: Cursor, { version, offset, length, base, index }: Widths, { idat, places }: Found): boolean {
  const item = take(cursor, version < 2 ? 2 : 4);
  const method = version === 0 ? 0 : take(cursor, 2) & 15;
  const isElsewhere = take(cursor, 2) !== 0;
  const origin = method === 1 ? (idat?.body ?? Number.NaN) : 0;
  const start = origin + take(cursor, base);
  const extents = take(cursor, 2);
  if (method > 1 || isElsewhere || !(extents <= maxExtents - places.length)) return false;
  for (let extent = 0; extent < extents; extent++) {
    take(cursor, index);
    const from = start + take(cursor, offset);
    const size = take(cursor, length);
    // No length: as far as the file goes.
    places.push({ item, from, to: length === 0 || size === 0 ? cursor.bytes.length : from + size });
  }
  return true;
}
