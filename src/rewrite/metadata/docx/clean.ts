/**
 * Word files (ISO/IEC 29500, OPC) without what they tell about their author: packed anew from the parts that are read. Properties, people,
 * thumbnail, custom XML, embedded documents and settings of printers stay behind; comments and changes lose author and date; links lose
 * their targets; pictures lose what pictures lose. Text and looks stay.
 */
import { fileType } from '../../../mime/filetype.ts';
import { zip } from '../../../mime/zip.ts';
import { bufferOf, type Cleaned } from '../cleaned.ts';
import { cleanPicture } from '../pictures.ts';
import { type Parts, partsOf, relationshipsIn, sourceOf, typesIn } from './package.ts';
import { rulesFor } from './rules.ts';
import { decodeXml, rewriteXml } from './xml.ts';

const typesPart = '[Content_Types].xml';

export function cleanDocx(content: Uint8Array): Cleaned {
  const parts = partsOf(bufferOf(content));
  if (typeof parts === 'string') return parts;
  const files = new Map([...parts].flatMap(([name, bytes]) => mediaOf(name, bytes)));
  if (![...files.keys()].some((name) => /^word\/document\d{0,4}\.xml$/i.test(name))) return 'damaged';
  const kept = new Set([...files.keys()].map((name) => name.toLowerCase()));
  const written = new Map<string, Uint8Array>();
  for (const [name, bytes] of inOrder(files)) {
    const clean = isXml(name) ? cleanPart(name, { bytes, kept, files }) : bytes;
    if (clean === undefined) return 'damaged';
    written.set(name, clean);
  }
  return zip(written);
}

const isXml = (name: string): boolean => /\.(?:xml|rels)$/i.test(name);

/** Readers look for the list of types first. */
const inOrder = (files: Parts): readonly (readonly [string, Uint8Array])[] =>
  [...files].toSorted(([a], [b]) => Number(b === typesPart) - Number(a === typesPart));

/** A picture without what it tells; nothing where it cannot be freed of it. Drawings of Windows (EMF, WMF) lose their description. */
function mediaOf(name: string, bytes: Uint8Array): (readonly [string, Uint8Array])[] {
  if (!name.toLowerCase().startsWith('word/media/')) return [[name, bytes]];
  const clean = cleanPicture(fileType(bytes), bytes);
  return clean === undefined || typeof clean === 'string' ? [] : [[name, clean]];
}

interface Part {
  readonly bytes: Uint8Array;
  /** Names of all parts, in lower case. */
  readonly kept: ReadonlySet<string>;
  readonly files: Parts;
}

function cleanPart(name: string, { bytes, kept, files }: Part): Uint8Array | undefined {
  const xml = decodeXml(bytes);
  if (xml === undefined) return undefined;
  const text =
    name === typesPart ? typesIn(xml, kept) : /\.rels$/i.test(name) ? relationshipsIn(sourceOf(name), xml, kept)?.xml : undefined;
  if (name === typesPart || /\.rels$/i.test(name)) return text === undefined ? undefined : Buffer.from(text);
  const missing = missingFrom(name, files, kept);
  const clean = missing && rewriteXml(xml, rulesFor(missing));
  return clean === undefined ? undefined : Buffer.from(clean);
}

function missingFrom(name: string, files: Parts, kept: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const rels = files.get(name.replace(/([^/]*)$/, '_rels/$1.rels'));
  const xml = rels && decodeXml(rels);
  return xml === undefined ? new Set() : relationshipsIn(name, xml, kept)?.missing;
}
