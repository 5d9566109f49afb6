/**
 * HEIC and HEIF (ISO/IEC 23008-12 in boxes of ISO/IEC 14496-12) without what they tell about their author: Exif, XMP, names and notes, films
 * beside the picture, what follows its end. Nothing moves, since places in the file are counted from its beginning: what goes becomes zeros.
 * The orientation is a property of the picture (`irot`, `imir`) and stays.
 */
import { type Box, boxesIn, endOfText, fittingBoxes, fullBox } from './boxes.ts';
import { bufferOf, type Cleaned } from './cleaned.ts';
import { cleanProfile } from './icc.ts';
import { extentsOf } from './item-places.ts';

/** Kinds of items that are pictures, or say how pictures are put together. */
const pictures = new Set(['hvc1', 'hev1', 'lhv1', 'av01', 'avc1', 'vvc1', 'grid', 'iden', 'iovl', 'tmap']);
const keptInMeta = new Set(['hdlr', 'pitm', 'iloc', 'iinf', 'iref', 'iprp', 'idat', 'dinf', 'grpl']);
const keptProperties = new Set(
  'ispe pixi pasp hvcC lhvC av1C avcC vvcC colr irot imir clap auxC clli mdcv cclv amve a1op a1lx lsel oinf rloc tols reve ndwt'.split(' '),
);
/** An Exif item that says nothing, after the length of what stands before it: readers complain of zeros. */
const emptyExif = Buffer.from('\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0', 'latin1');

/** The picture alone; `damaged` where its boxes do not fit into one another. */
export function cleanHeif(content: Uint8Array): Cleaned {
  const source = bufferOf(content);
  const top = fittingBoxes(source, { from: 0, to: source.length });
  const end = top.findLast(({ type }) => type === 'meta' || type === 'mdat' || type === 'ftyp')?.end ?? 0;
  if (top[0]?.type !== 'ftyp') return 'damaged';
  const bytes = Buffer.from(source.subarray(0, end));
  const meta = top.filter(({ type }) => type === 'meta');
  if (meta.length > 1) return 'damaged';
  const places = meta[0] === undefined ? { pictures: [], exif: [] } : cleanMeta(bytes, meta[0]);
  if (places === undefined) return 'damaged';
  for (const box of top.filter(({ start }) => start < end)) {
    if (box.type === 'mdat') blankBut(bytes, box, places.pictures);
    else if (box.type !== 'ftyp' && box.type !== 'meta') free(bytes, box);
  }
  for (const { from, to } of places.exif) if (to - from >= emptyExif.length && isBlank(bytes, from)) emptyExif.copy(bytes, from);
  return bytes;
}

const isBlank = (bytes: Buffer, from: number): boolean => bytes.subarray(from, from + emptyExif.length).every((byte) => byte === 0);

interface Range {
  readonly from: number;
  readonly to: number;
}

interface Places {
  readonly pictures: readonly Range[];
  readonly exif: readonly Range[];
}

/** Cleans the box of descriptions. Answers where the items stand, or undefined where that cannot be told. */
function cleanMeta(bytes: Buffer, meta: Box): Places | undefined {
  const boxes = boxesIn(bytes, { from: meta.body + 4, to: meta.end });
  const one = (type: string): Box | undefined => boxes?.find((box) => box.type === type);
  const [iinf, iloc, iprp, idat] = [one('iinf'), one('iloc'), one('iprp'), one('idat')];
  const types = iinf && cleanItems(bytes, iinf);
  const places = types && iloc && extentsOf(bytes, iloc, idat);
  if (boxes === undefined || places === undefined || (iprp && !cleanProperties(bytes, iprp))) return undefined;
  if (places.some(({ from, to }) => from < 0 || to > bytes.length)) return undefined;
  const kept = places.filter(({ item }) => pictures.has(types?.get(item) ?? ''));
  for (const box of boxes) cleanBox(bytes, box, { kept, isFirst: one(box.type) === box });
  const exif = places.filter(({ item, from }) => types?.get(item) === 'Exif' && from >= meta.end);
  return { pictures: kept, exif };
}

function cleanBox(bytes: Buffer, box: Box, { kept, isFirst }: { readonly kept: readonly Range[]; readonly isFirst: boolean }): void {
  if (box.type === 'hdlr') bytes.fill(0, Math.min(box.end, box.body + 12), box.end);
  else if (box.type === 'idat') blankBut(bytes, box, kept);
  else if (!keptInMeta.has(box.type) || !isFirst) free(bytes, box);
}

/** Takes the names from the list of items. Answers of which type each is. */
function cleanItems(bytes: Buffer, iinf: Box): ReadonlyMap<number, string> | undefined {
  const { version } = fullBox(bytes, iinf);
  const entries = boxesIn(bytes, { from: iinf.body + (version === 0 ? 6 : 8), to: iinf.end });
  if (entries === undefined) return undefined;
  const types = new Map<number, string>();
  for (const entry of entries) {
    const about = fullBox(bytes, entry);
    const typeAt = entry.body + 4 + (about.version >= 3 ? 6 : 4);
    if (entry.type !== 'infe' || about.version < 2 || typeAt + 4 > entry.end) return undefined;
    const type = bytes.toString('latin1', typeAt, typeAt + 4);
    types.set(about.version >= 3 ? bytes.readUInt32BE(entry.body + 4) : bytes.readUInt16BE(entry.body + 4), type);
    // The name; behind it stands the media type of items that are no pictures, which goes with it.
    bytes.fill(0, typeAt + 4, entry.end);
  }
  return types;
}

/** Properties that say something in words go, colour profiles lose theirs. False where it cannot be done. */
function cleanProperties(bytes: Buffer, iprp: Box): boolean {
  const ipco = boxesIn(bytes, { from: iprp.body, to: iprp.end })?.find(({ type }) => type === 'ipco');
  const properties = ipco && boxesIn(bytes, { from: ipco.body, to: ipco.end });
  if (properties === undefined) return false;
  for (const box of properties) {
    if (!keptProperties.has(box.type)) free(bytes, box);
    else if (box.type === 'auxC') bytes.fill(0, endOfText(bytes, box.body + 4, box.end), box.end);
    else if (box.type === 'colr' && !cleanColours(bytes, box)) return false;
  }
  return true;
}

function cleanColours(bytes: Buffer, box: Box): boolean {
  const from = box.body + 4;
  if (!['prof', 'rICC'].includes(bytes.toString('latin1', box.body, from))) return true;
  const profile = cleanProfile(bytes.subarray(from, box.end));
  if (profile === undefined || profile.length > box.end - from) return false;
  bytes.fill(0, from, box.end);
  profile.copy(bytes, from);
  return true;
}

/** What no picture needs becomes zeros. */
function blankBut(bytes: Buffer, box: Box, kept: readonly Range[]): void {
  let at = box.body;
  for (const { from, to } of kept.toSorted((a, b) => a.from - b.from)) {
    if (to <= at || from >= box.end) continue;
    bytes.fill(0, at, Math.max(at, from));
    at = Math.min(box.end, Math.max(at, to));
  }
  bytes.fill(0, at, box.end);
}

/** A box that readers pass over (ISO/IEC 14496-12 section 8.1.2), of the same length. */
function free(bytes: Buffer, box: Box): void {
  bytes.write('free', box.start + 4, 'latin1');
  bytes.fill(0, box.body, box.end);
}
