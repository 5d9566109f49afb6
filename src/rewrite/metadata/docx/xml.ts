/** XML (W3C XML 1.0) as Word writes it, changed element by element in one pass; nothing but elements and text is written again. */
import { TextDecoder } from 'node:util';

/** Values as they are written, entities and all. */
export type Attributes = Map<string, string>;

export interface Rules {
  /** `drop`: with all that is in it; `unwrap`: what is in it stays. May change the attributes. */
  readonly element: (name: string, attributes: Attributes) => 'keep' | 'drop' | 'unwrap';
  /** A text, by the element that it stands in. */
  readonly text?: (text: string, inside: string) => string;
}

const maxLevels = 2_000;

/** The name without its prefix: which prefix a namespace has is up to who writes. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** UTF-8, or UTF-16 with its mark (XML 1.0 section 4.3.3); undefined for other encodings. */
export function decodeXml(bytes: Uint8Array): string | undefined {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const text = new TextDecoder(bytes[0] === 0xfe ? 'utf-16be' : isWide ? 'utf-16le' : 'utf-8').decode(bytes);
  const encoding = /^\s*<\?xml[^>]{0,100}encoding\s{0,5}=\s{0,5}["']([\w-]{1,40})/.exec(text)?.[1]?.toLowerCase() ?? 'utf-8';
  return isWide || /^(?:utf-?8|us-ascii)$/.test(encoding) ? text : undefined;
}

/** Where a walk through the text stands. */
interface Walk {
  readonly out: string[];
  /** Open elements that were kept or unwrapped. */
  readonly open: { readonly name: string; readonly written: boolean }[];
  /** Depth inside of a dropped element; 0 outside. */
  dropped: number;
}

/** The text as it is to be written; undefined where it is not well-formed, has a document type, or goes too deep. */
export function rewriteXml(source: string, rules: Rules): string | undefined {
  const walk: Walk = { out: ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'], open: [], dropped: 0 };
  let at = 0;
  while (at < source.length) {
    const start = source.indexOf('<', at);
    takeText(source.slice(at, start < 0 ? source.length : start), walk, rules);
    if (start < 0) break;
    const end = takeMarkup(source, start, { walk, rules });
    if (end < 0 || walk.open.length + walk.dropped > maxLevels) return undefined;
    at = end;
  }
  return walk.open.length === 0 && walk.dropped === 0 ? walk.out.join('') : undefined;
}

function takeText(text: string, { out, open, dropped }: Walk, rules: Rules): void {
  const inside = open.at(-1)?.name;
  if (text === '' || dropped > 0 || inside === undefined) return;
  out.push(rules.text ? rules.text(text, inside) : text);
}

/** Answers where the markup ends, -1 where it is none. */
function takeMarkup(source: string, start: number, { walk, rules }: { readonly walk: Walk; readonly rules: Rules }): number {
  const after = (mark: string, from: number): number => {
    const end = source.indexOf(mark, from);
    return end < 0 ? -1 : end + mark.length;
  };
  if (source.startsWith('<?', start)) return after('?>', start);
  if (source.startsWith('<!--', start)) return after('-->', start + 4);
  if (source.startsWith('<![CDATA[', start)) {
    const end = after(']]>', start);
    const text = source.slice(start + 9, Math.max(start + 9, end - 3));
    if (end >= 0) takeText(text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'), walk, rules);
    return end;
  }
  if (source.startsWith('<!', start)) return -1;
  const end = endOfTag(source, start);
  if (end < 0) return -1;
  const tag = source.slice(start + 1, end - 1);
  if (tag.startsWith('/')) return takeClose(tag.slice(1).trim(), walk) ? end : -1;
  return takeOpen(tag, walk, rules) ? end : -1;
}

/** Behind the `>` that stands in no quotes; -1 where there is none. */
function endOfTag(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at];
    if (char === '>') return at + 1;
    if (char !== '"' && char !== "'") continue;
    at = source.indexOf(char, at + 1);
    if (at < 0) return -1;
  }
  return -1;
}

function takeClose(name: string, walk: Walk): boolean {
  if (walk.dropped > 0) {
    walk.dropped--;
    return true;
  }
  const last = walk.open.pop();
  if (last?.written) walk.out.push(`</${name}>`);
  return last?.name === name;
}

function takeOpen(tag: string, walk: Walk, rules: Rules): boolean {
  const isEmpty = tag.endsWith('/');
  const inner = isEmpty ? tag.slice(0, -1) : tag;
  const name = /^[^\s=<>"'/]+/.exec(inner)?.[0];
  if (name === undefined) return false;
  if (walk.dropped > 0) {
    if (!isEmpty) walk.dropped++;
    return true;
  }
  const attributes = attributesOf(inner.slice(name.length));
  if (attributes === undefined) return false;
  const fate = rules.element(name, attributes);
  if (fate === 'keep') walk.out.push(tagOf(name, attributes, isEmpty));
  if (fate === 'drop') walk.dropped = isEmpty ? 0 : 1;
  else if (!isEmpty) walk.open.push({ name, written: fate === 'keep' });
  return true;
}

const tagOf = (name: string, attributes: Attributes, isEmpty: boolean): string =>
  `<${name}${[...attributes].map(([key, value]) => ` ${key}="${value}"`).join('')}${isEmpty ? '/' : ''}>`;

/** Undefined where something else than attributes stands in the tag. */
function attributesOf(text: string): Attributes | undefined {
  const attributes: Attributes = new Map();
  const pattern = /\s*([^\s=<>"'/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
  let at = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [, name = '', double, single = ''] = match;
    attributes.set(name, double ?? single.replaceAll('"', '&quot;'));
    at = pattern.lastIndex;
  }
  return text.slice(at).trim() === '' ? attributes : undefined;
}
