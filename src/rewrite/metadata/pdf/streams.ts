/** Streams of a PDF that are files of their own kind, pictures and colour profiles: they lose what such files lose elsewhere. */
import { deflateSync } from 'node:zlib';
import type { Cleaned, Obstacle } from '../cleaned.ts';
import { bufferOf } from '../cleaned.ts';
import { cleanProfile } from '../icc.ts';
import { cleanJpeg } from '../jpeg.ts';
import { cleanJpeg2000 } from '../jpeg2000.ts';
import { filtersOf, unfiltered } from './filters.ts';
import { itemsOf, nothing, type Objects, type Stream, type Value } from './syntax.ts';

const maxInflated = 30_000_000;

const cleaners: Readonly<Record<string, (content: Uint8Array) => Cleaned>> = {
  DCTDecode: cleanJpeg,
  DCT: cleanJpeg,
  JPXDecode: cleanJpeg2000,
};

/** The stream as it may leave; most stay as they are. */
export function cleanStream(stream: Stream, objects: Objects): Stream | Obstacle {
  const filters = filtersOf(stream, objects);
  const last = filters.at(-1) ?? '';
  const clean = Object.hasOwn(cleaners, last) ? cleaners[last] : undefined;
  if (!clean) return isProfile(stream, filters) ? withoutWords(stream, objects) : stream;
  const before: Value = { kind: 'array', items: filters.slice(0, -1).map((name) => ({ kind: 'name', name })) };
  const packed = { ...stream, entries: new Map([['Filter', before]]) };
  const picture = filters.length === 1 ? stream.data : unfiltered(packed, maxInflated);
  if (picture === undefined) return 'damaged';
  const data = clean(picture);
  if (typeof data === 'string') return data;
  return withData(stream, { data: bufferOf(data), filter: last, parameters: itemsOf(stream.entries.get('DecodeParms'), objects).at(-1) });
}

/** An ICC profile says how many colours it has, and nothing of its kind (ISO 32000-2 section 8.6.5.5). */
const isProfile = ({ entries }: Stream, filters: readonly string[]): boolean =>
  entries.has('N') && !entries.has('Type') && !entries.has('Subtype') && filters.length <= 2;

/** A profile that cannot be read is left empty: readers then go by the number of its colours. */
function withoutWords(stream: Stream, objects: Objects): Stream {
  const profile = unfiltered(stream, maxInflated, objects);
  if (profile?.toString('latin1', 36, 40) !== 'acsp') return stream;
  return withData(stream, { data: deflateSync(cleanProfile(profile) ?? Buffer.alloc(0)), filter: 'FlateDecode', parameters: undefined });
}

interface Content {
  readonly data: Buffer;
  readonly filter: string;
  readonly parameters: Value | undefined;
}

function withData(stream: Stream, { data, filter, parameters }: Content): Stream {
  const entries = new Map(stream.entries);
  entries.set('Filter', { kind: 'name', name: filter });
  if (parameters === undefined || parameters === nothing) entries.delete('DecodeParms');
  else entries.set('DecodeParms', parameters);
  return { kind: 'stream', entries, data };
}
