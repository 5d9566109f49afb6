/** What a PDF's dictionaries are (ISO 32000-2 section 7.7), which does not show in themselves: found from the catalog down. */
import { playing, programs, type Role } from './keys.ts';
import { type Dictionary, entryIn, itemsOf, type Objects, resolve, type Stream, type Value } from './syntax.ts';

/** Whether something that the catalog leads to is a program. */
export function isScripted(catalog: Value, objects: Objects): boolean {
  const seen = new Set<Value>();
  const waiting: Value[] = [catalog];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    const found = resolve(value, objects);
    if (found === undefined || seen.has(found)) continue;
    seen.add(found);
    if ((found.kind === 'dictionary' || found.kind === 'stream') && isProgram(found, objects)) return true;
    for (const inner of valuesIn(found)) waiting.push(inner);
  }
  return false;
}

function valuesIn(value: Value): Iterable<Value> {
  if (value.kind === 'array') return value.items;
  return value.kind === 'dictionary' || value.kind === 'stream' ? value.entries.values() : [];
}

function isProgram({ entries }: Dictionary | Stream, objects: Objects): boolean {
  const name = (key: string): string => {
    const entry = resolve(entries.get(key), objects);
    return entry?.kind === 'name' ? entry.name : '';
  };
  const has = (key: string): boolean => {
    const entry = resolve(entries.get(key), objects);
    return entry !== undefined && !(entry.kind === 'word' && entry.text === 'null');
  };
  if (programs.has(name('S')) || (has('JS') && entries.has('S'))) return true;
  return (has('XFA') && entries.has('Fields')) || (playing.has(name('Subtype')) && entries.has('Rect'));
}

export function rolesIn(catalog: Dictionary, objects: Objects): ReadonlyMap<Value, Role> {
  const roles = new Map<Value, Role>([[catalog, 'catalog']]);
  const form = resolve(catalog.entries.get('AcroForm'), objects);
  for (const field of itemsOf(entryIn(form, 'Fields'), objects)) give(field, 'annotation', { roles, objects });
  give(catalog.entries.get('Pages'), 'pages', { roles, objects });
  for (const [page, role] of [...roles])
    if (role === 'page') for (const note of itemsOf(entryIn(page, 'Annots'), objects)) give(note, 'annotation', { roles, objects });
  if (form) roles.set(form, 'form');
  const names = resolve(catalog.entries.get('Names'), objects);
  if (names) roles.set(names, 'names');
  return roles;
}

interface Given {
  readonly roles: Map<Value, Role>;
  readonly objects: Objects;
}

/** To a node of a tree and to all below it; nodes of the page tree without children are pages. */
function give(from: Value | undefined, role: Role, { roles, objects }: Given): void {
  const waiting: Value[] = from === undefined ? [] : [from];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    const found = resolve(value, objects);
    if (found?.kind !== 'dictionary' || roles.has(found)) continue;
    const kids = found.entries.get('Kids');
    roles.set(found, role === 'pages' && kids === undefined ? 'page' : role);
    for (const kid of itemsOf(kids, objects)) waiting.push(kid);
  }
}
