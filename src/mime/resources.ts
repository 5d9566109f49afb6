/**
 * Remote resources that a mail client might fetch by itself when the message is opened: whoever serves one learns when and where it was
 * read (leaks.md HTM-07). HTTPLeaks lists the ways. Links that wait for a click are none.
 */

export interface Resource {
  readonly url: string;
  /** The element and attribute, or the style, that names it. */
  readonly by: string;
}

/** Attributes whose value is fetched, on whatever element they stand. */
const fetched = new Set([
  'src',
  'background',
  'poster',
  'data',
  'lowsrc',
  'dynsrc',
  'xlink:href',
  'code',
  'archive',
  'codebase',
  'classid',
  'manifest',
  'icon',
  'movie',
]);
const fetchedSets = new Set(['srcset', 'imagesrcset']);
/** Elements whose href is fetched and not followed. */
const fetchedHrefs = new Set(['link', 'image', 'use', 'feImage', 'base', 'v:image', 'v:imagedata']);

const remote = /^(?:https?|ftp):|^\/\//i;

/** The address as a browser reads it, or undefined where it is not remote. */
export function remoteUrl(value: string): string | undefined {
  const url = value
    .replace(/[\t\n\r]/g, '')
    .trim()
    .replaceAll('\\', '/');
  return remote.test(url) ? url : undefined;
}

export function resourcesOf(name: string, attributes: Readonly<Record<string, string>>): Resource[] {
  const found: Resource[] = [];
  for (const attribute of Object.keys(attributes)) {
    const value = attributes[attribute] ?? '';
    if (attribute === 'style' || attribute === 'fill' || attribute === 'filter') found.push(...cssResources(value, `${name} ${attribute}`));
    else for (const candidate of candidatesOf(name, attribute, value)) push(found, candidate, `${name} ${attribute}`);
  }
  if (name === 'meta' && /refresh/i.test(attributes['http-equiv'] ?? '')) {
    push(found, /url\s{0,9}=\s{0,9}["']?([^"']+)/i.exec(attributes.content ?? '')?.[1] ?? '', 'meta refresh');
  }
  return found;
}

const none: readonly string[] = [];

function candidatesOf(name: string, attribute: string, value: string): readonly string[] {
  if (fetched.has(attribute) || (attribute === 'href' && fetchedHrefs.has(name))) return [value];
  return fetchedSets.has(attribute) ? value.split(/[\s,]+/) : none;
}

function push(found: Resource[], value: string, by: string): void {
  const url = remoteUrl(value);
  if (url !== undefined) found.push({ url, by });
}

/**
 * Addresses in CSS: in `url()`, `@import`, `image-set()` or wherever else. Anything that looks like one counts, for CSS has more ways to
 * write it than a list could hold; `data:` has none.
 */
export function cssResources(source: string, by: string): Resource[] {
  const css = source.includes('\\') ? unescapeCss(source) : source;
  const found: Resource[] = [];
  for (let at = css.indexOf('//'); at >= 0; at = css.indexOf('//', at + 2)) {
    const scheme = /(?:https?|ftp):$/i.exec(css.slice(Math.max(0, at - 6), at))?.[0] ?? '';
    const before = css.charAt(at - scheme.length - 1);
    if (scheme === '' && !/[\s("']/.test(before)) continue;
    const end = css.slice(at, at + 2048).search(/["')\s;]/);
    const to = end < 0 ? at + 2048 : at + end;
    push(found, css.slice(at - scheme.length, to), by);
    at = to;
  }
  return found;
}

/** CSS escapes (CSS Syntax section 4.3.7), which write `url` as `\75rl`. */
const unescapeCss = (css: string): string =>
  css.replace(/\\(?:([0-9a-f]{1,6})\s?|([^\n]))/gi, (_, hex: string | undefined, char: string | undefined) =>
    hex === undefined ? (char ?? '') : codePoint(Number.parseInt(hex, 16)),
  );

const codePoint = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');
