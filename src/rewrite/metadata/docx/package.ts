/** The parts of a Word file (ISO/IEC 29500-2) that go on, and what they refer to. */
import { type UnzipLimits, unzip } from '../../../mime/zip.ts';
import type { Obstacle } from '../cleaned.ts';
import { type Attributes, localName, rewriteXml } from './xml.ts';

export type Parts = ReadonlyMap<string, Uint8Array>;

/** Parts by name: text, looks, pictures, charts. Properties, people, custom XML, embedded documents, settings of printers are not among them. */
const parts =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/(?:_rels\/)?(?:document|styles|settings|fontTable|numbering|footnotes|endnotes|comments|header|footer)\d{0,4}\.xml(?:\.rels)?|word\/theme\/(?:_rels\/)?theme\d{0,3}\.xml(?:\.rels)?|word\/media\/[\w .-]{1,80}|word\/fonts\/[\w.-]{1,80}|word\/(?:charts|diagrams|drawings)\/(?:_rels\/)?[a-z]{1,12}\d{0,4}\.xml(?:\.rels)?)$/i;

const limits: UnzipLimits = { wants: (name) => parts.test(name), maxEntries: 3_000, maxBytes: 50_000_000 };

/** Parts that would make it another kind of file. */
const isProgram = (name: string): boolean => /(?:^|\/)vba[^/]{0,40}$/i.test(name);

export function partsOf(content: Buffer): Parts | Obstacle {
  let scripted = false;
  const found = unzip(content, {
    ...limits,
    wants: (name) => {
      scripted ||= isProgram(name);
      return limits.wants(name);
    },
  });
  if (scripted) return 'scripted';
  return typeof found !== 'string' && isTooMuch(found) ? 'complex' : found;
}

/** A hundred pages have some 100,000 tags. */
const maxTags = 600_000;
const maxXml = 30_000_000;

function isTooMuch(found: Parts): boolean {
  const xml = [...found].flatMap(([name, bytes]) => (/\.(?:xml|rels)$/i.test(name) ? [bytes] : []));
  let tags = 0;
  for (const bytes of xml) for (let at = bytes.indexOf(0x3c); at >= 0 && tags <= maxTags; at = bytes.indexOf(0x3c, at + 1)) tags++;
  return tags > maxTags || xml.reduce((sum, { length }) => sum + length, 0) > maxXml;
}

/** `word/document.xml` for `word/_rels/document.xml.rels`. */
export const sourceOf = (name: string): string => name.replace(/_rels\/([^/]*)\.rels$/i, '$1');

const isExternal = (attributes: Attributes): boolean => attributes.get('TargetMode')?.toLowerCase() === 'external';

/** What a relationship of that part leads to, inside of the package. */
function targetOf(source: string, target: string): string {
  const path: string[] = target.startsWith('/') ? [] : source.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/').toLowerCase();
}

export interface Relationships {
  readonly xml: string;
  /** Ids of what is missing. */
  readonly missing: ReadonlySet<string>;
}

/** The relationships of a part, less those that lead outside or to a part that does not go on. Undefined where they cannot be read. */
export function relationshipsIn(source: string, xml: string, kept: ReadonlySet<string>): Relationships | undefined {
  const missing = new Set<string>();
  const out = rewriteXml(xml, {
    element(name, attributes) {
      if (localName(name) !== 'Relationship') return 'keep';
      if (!isExternal(attributes) && kept.has(targetOf(source, attributes.get('Target') ?? ''))) return 'keep';
      missing.add(attributes.get('Id') ?? '');
      return 'drop';
    },
  });
  return out === undefined ? undefined : { xml: out, missing };
}

/** The list of types, less the parts that do not go on. */
export const typesIn = (xml: string, kept: ReadonlySet<string>): string | undefined =>
  rewriteXml(xml, {
    element: (name, attributes) =>
      localName(name) === 'Override' && !kept.has((attributes.get('PartName') ?? '').replace(/^\//, '').toLowerCase()) ? 'drop' : 'keep',
  });
