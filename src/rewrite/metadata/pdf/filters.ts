/** What a stream holds once its filters are undone (ISO 32000-2 section 7.4), as far as they are those of texts and not of pictures. */
import { constants, inflateRawSync } from 'node:zlib';
import { itemsOf, type nameIn, type Objects, type Stream } from './syntax.ts';

const maxFilters = 4;

/** The filters' names, the one to be undone first in front. */
export const filtersOf = ({ entries }: Stream, objects: Objects = new Map()): readonly string[] =>
  itemsOf(entries.get('Filter'), objects).map((item) => (item.kind === 'name' ? item.name : '?'));

/** @returns undefined where a filter is not known, the data are broken, or more than `max` bytes come of them */
export function unfiltered(stream: Stream, max: number, objects: Objects = new Map()): Buffer | undefined {
  const filters = filtersOf(stream, objects);
  // Predictors (section 7.4.4.4) are for pictures and tables of places.
  const isPredicted = itemsOf(stream.entries.get('DecodeParms'), objects).some((item) => predictorOf(item, objects) > 1);
  if (filters.length > maxFilters || isPredicted) return undefined;
  let data: Buffer | undefined = stream.data;
  for (const filter of filters) data = data && undo(filter, data, max);
  return data && data.length <= max ? data : undefined;
}

function predictorOf(parameters: Parameters<typeof nameIn>[0], objects: Objects): number {
  const found = itemsOf(parameters, objects)[0];
  const value = found?.kind === 'dictionary' ? found.entries.get('Predictor') : undefined;
  return value?.kind === 'word' ? Number(value.text) : 1;
}

function undo(filter: string, data: Buffer, max: number): Buffer | undefined {
  if (filter === 'FlateDecode' || filter === 'Fl') return inflate(data, max);
  if (filter === 'ASCIIHexDecode' || filter === 'AHx') return Buffer.from(data.toString('latin1').replace(/[^0-9a-f]/gi, ''), 'hex');
  return filter === 'ASCII85Decode' || filter === 'A85' ? fromAscii85(data) : undefined;
}

/** As readers do: a checksum that is wrong and an end that is missing do not count (RFC 1950, RFC 1951). */
export function inflate(data: Buffer, max: number): Buffer | undefined {
  if (max <= 0) return undefined;
  try {
    return inflateRawSync(data.subarray(2), { maxOutputLength: max, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}

/** Five characters from `!` to `u` are four bytes, `z` is four zeros, `~` ends them. */
function fromAscii85(data: Buffer): Buffer {
  const out: number[] = [];
  let group: number[] = [];
  for (const byte of data) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0);
    else if (byte >= 0x21 && byte <= 0x75) group.push(byte - 0x21);
    if (group.length < 5) continue;
    out.push(...fourOf(group));
    group = [];
  }
  if (group.length > 1) out.push(...fourOf([...group, 84, 84, 84, 84].slice(0, 5)).slice(0, group.length - 1));
  return Buffer.from(out);
}

function fourOf(group: readonly number[]): number[] {
  const number = group.reduce((sum, digit) => sum * 85 + digit, 0);
  return [(number / 0x1000000) & 255, (number >> 16) & 255, (number >> 8) & 255, number & 255];
}
