/**
 * PDF (ISO 32000-2) without what it tells about its author: the file is written anew from what its pages need. Info, XMP, ids, dates, authors
 * of notes, files inside, private data of programs, older revisions and what no page refers to are not written; links that lead outside go;
 * pictures inside lose what pictures lose. What pages look like stays: their content is not touched.
 */
import { bufferOf, type Cleaned, type Obstacle } from '../cleaned.ts';
import { readPdf } from './file.ts';
import { inside, mayHoldWords, mayStay, type Role } from './keys.ts';
import { isScripted, rolesIn } from './roles.ts';
import { cleanStream } from './streams.ts';
import { type Dictionary, entryIn, itemsOf, nameIn, nothing, type Objects, resolve, type Stream, type Value } from './syntax.ts';
import { writePdf } from './write.ts';

export function cleanPdf(content: Uint8Array): Cleaned {
  const file = readPdf(bufferOf(content));
  if (typeof file === 'string') return file;
  const catalog = file.objects.get(file.root);
  const pages = resolve(entryIn(catalog, 'Pages'), file.objects);
  if (catalog?.kind !== 'dictionary' || pages?.kind !== 'dictionary') return 'damaged';
  if (isScripted(catalog, file.objects)) return 'scripted';
  const cleaning: Cleaning = {
    objects: file.objects,
    roles: rolesIn(catalog, file.objects),
    numbers: new Map(),
    waiting: [],
    obstacle: undefined,
  };
  renumber(file.root, false, cleaning);
  const written = writeAll(cleaning);
  return cleaning.obstacle ?? writePdf(written, file);
}

interface Cleaning {
  readonly objects: Objects;
  readonly roles: ReadonlyMap<Value, Role>;
  /** New numbers by old ones. */
  readonly numbers: Map<number, number>;
  /** Old numbers of objects that are still to be written, and whether strings in them are shown. */
  readonly waiting: (readonly [number: number, hasWords: boolean])[];
  obstacle: Obstacle | undefined;
}

/** The objects in the order in which they were met, which is that of their new numbers: from 1, the catalog first. */
function writeAll(cleaning: Cleaning): readonly Value[] {
  const { waiting, objects } = cleaning;
  const written: Value[] = [];
  for (let index = 0; index < waiting.length && cleaning.obstacle === undefined; index++) {
    const [number, hasWords] = waiting[index] ?? [0, false];
    written.push(clean(resolve(objects.get(number), objects) ?? nothing, hasWords, cleaning));
  }
  return written;
}

function clean(value: Value, hasWords: boolean, cleaning: Cleaning): Value {
  switch (value.kind) {
    case 'string':
      return hasWords ? value : { kind: 'string', bytes: Buffer.alloc(0) };
    case 'array':
      return cleanArray(value.items, hasWords, cleaning);
    case 'reference':
      return renumber(value.to, hasWords, cleaning);
    case 'dictionary':
      return cleanDictionary(value, cleaning);
    case 'stream':
      return cleanData(value, cleaning);
    default:
      return value;
  }
}

function renumber(number: number, hasWords: boolean, cleaning: Cleaning): Value {
  const { numbers, objects, waiting } = cleaning;
  if (!objects.has(number)) return nothing;
  const known = numbers.get(number);
  if (known !== undefined) return { kind: 'reference', to: known };
  const to = numbers.size + 1;
  numbers.set(number, to);
  waiting.push([number, hasWords]);
  return { kind: 'reference', to };
}

function cleanArray(items: readonly Value[], hasWords: boolean, cleaning: Cleaning): Value {
  const first = items[0]?.kind === 'name' ? items[0].name : '';
  // The colours of `[/Indexed base last table]` may be written as a string.
  const isTable = first === 'Indexed' || first === 'I';
  return { kind: 'array', items: items.map((item) => clean(item, hasWords || isTable, cleaning)) };
}

function cleanDictionary(value: Dictionary, cleaning: Cleaning): Value {
  const role = cleaning.roles.get(value) ?? 'other';
  const type = nameIn(value, 'Type');
  // A page that belongs to no page tree is one that was taken out.
  const isStray = role === 'other' && (type === 'Page' || type === 'Pages' || type === 'Catalog');
  if (isStray || type === 'Filespec' || type === 'F') return nothing;
  return { kind: 'dictionary', entries: cleanEntries(value, role, cleaning) };
}

function cleanEntries({ entries }: Dictionary | Stream, role: Role, cleaning: Cleaning): Map<string, Value> {
  const kept = new Map<string, Value>();
  for (const [key, value] of entries) {
    if (!mayStay(role, key) || goesFrom(entries, key, { role, objects: cleaning.objects })) continue;
    const shown = key === 'Annots' ? notesIn(value, cleaning) : value;
    const hasWords = mayHoldWords(key) && !(key === 'T' && role !== 'annotation');
    if (shown.kind === 'string' && !hasWords) continue;
    kept.set(key, clean(shown, hasWords, cleaning));
  }
  return kept;
}

interface Look {
  readonly role: Role;
  readonly objects: Objects;
}

/** Entries that go for what they hold. */
function goesFrom(entries: ReadonlyMap<string, Value>, key: string, { role, objects }: Look): boolean {
  const value = resolve(entries.get(key), objects);
  // An action; under the same key attributes of structure elements, which have no kind.
  if (key === 'A' || key === 'PA') return nameIn(value, 'S') !== '' && !inside.has(nameIn(value, 'S'));
  if (key === 'Next') return nameIn(value, 'S') !== '' || value?.kind === 'array';
  if (role !== 'annotation') return false;
  // The name of a field, against the author of a note.
  if (key === 'T') return nameIn({ kind: 'dictionary', entries }, 'Subtype') !== 'Widget' && !entries.has('FT') && !entries.has('Kids');
  // A signature is one no more, and names who signed.
  return (key === 'V' || key === 'DV') && value?.kind === 'dictionary';
}

/** The notes of a page, without those that hold a file. A link that leads nowhere now stays: its frame may be drawn. */
const notesIn = (value: Value, { objects }: Cleaning): Value => ({
  kind: 'array',
  items: itemsOf(value, objects).filter((item) => nameIn(resolve(item, objects), 'Subtype') !== 'FileAttachment'),
});

function cleanData(stream: Stream, cleaning: Cleaning): Value {
  if (nameIn(stream, 'Type') === 'EmbeddedFile' || nameIn(stream, 'Type') === 'Metadata') return nothing;
  const cleaned = cleanStream(stream, cleaning.objects);
  if (typeof cleaned === 'string') {
    cleaning.obstacle = cleaned;
    return nothing;
  }
  const about = new Map([...cleaned.entries].filter(([key]) => key !== 'Length' && key !== 'F'));
  const entries = cleanEntries({ ...cleaned, entries: about }, 'other', cleaning);
  entries.set('Length', { kind: 'word', text: String(cleaned.data.length) });
  return { kind: 'stream', entries, data: cleaned.data };
}
