/** Which stretches of a message are new, quoted, or a signature: only new text can break a rule. */
import type { Html, Message } from '../../model/message.ts';
import type { Finding } from '../../model/verdict.ts';
import { type Container, containersOf } from './containers.ts';
import { type Line, regionsOfLines } from './lines.ts';

type Region = Finding['region'];

/** A stretch of the text or of `Html.plain` that is all of one region. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly region: Region;
}

/** The regions of a message. */
export interface Regions {
  readonly text: readonly Stretch[];
  readonly html: readonly Stretch[];
  /** The region at an offset of the text or of `Html.plain`. */
  readonly at: (part: 'text' | 'html', offset: number) => Region;
  /** The region of an element, by its index in `Html.tokens`. */
  readonly ofToken: (token: number) => Region;
}

/** Finds the regions of both alternatives; what one of them tells of a line counts for the same line of the other. */
export function regionsOf({ text = '', html }: Message): Regions {
  const containers = html === undefined ? [] : containersOf(html.tokens);
  const textLines = linesOf(text);
  const htmlLines = html === undefined ? [] : htmlLinesOf(html, containers);
  const own = { text: regionsOfLines(textLines), html: regionsOfLines(htmlLines) };
  const both = text !== '' && htmlLines.length > 0;
  const inText = stretchesOf(textLines, both ? adopted(textLines, own.text, settled(htmlLines, own.html)) : own.text);
  const inHtml = stretchesOf(htmlLines, both ? adopted(htmlLines, own.html, settled(textLines, own.text)) : own.html);
  const ofToken = (index: number): Region => {
    const token = html?.tokens[index];
    const container = containers[index];
    if (container !== undefined || token === undefined) return container ?? 'new';
    return regionAt(inHtml, trailing(html, token.at) ? lastUncontained(htmlLines) : token.at);
  };
  return { text: inText, html: inHtml, at: (part, offset) => regionAt(part === 'text' ? inText : inHtml, offset), ofToken };
}

const trailing = (html: Html | undefined, at: number): boolean =>
  html !== undefined && html.plain.length - at < 8 && html.plain.slice(at).trim() === '';

/** An element below the last line goes with the last line that stood in no container. */
const lastUncontained = (lines: readonly Line[]): number =>
  lines.findLast(({ container, text }) => container === undefined && text.trim() !== '')?.from ?? -1;

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end + 1;
    lines.push({ text: text.slice(from, end < 0 ? to : end), from, to });
    from = to;
  }
  return lines;
}

/** Lines of the visible text, cut where a container begins or ends. */
function htmlLinesOf(html: Html, containers: readonly (Container | undefined)[]): Line[] {
  const borders: { readonly at: number; readonly container: Container | undefined }[] = [];
  for (const [index, token] of html.tokens.entries()) {
    if (token.kind !== 'text') continue;
    const container = containers[index];
    if (borders.at(-1)?.container !== container || borders.length === 0) borders.push({ at: token.at, container });
  }
  return borders.flatMap(({ at, container }, index) => {
    const from = index === 0 ? 0 : at;
    const to = borders[index + 1]?.at ?? html.plain.length;
    const lines = linesOf(html.plain.slice(from, to));
    return lines.map((line): Line => ({ text: line.text, from: line.from + from, to: line.to + from, ...(container && { container }) }));
  });
}

const squeezed = (text: string): string => (/[^\S ]|[>*]| {2}/.test(text) ? text.replace(/[\s>\u00a0*]+/g, ' ') : text).trim();

/** Lines of one alternative that stand only in quotes or only in the signature. */
function settled(lines: readonly Line[], regions: readonly Region[]): ReadonlyMap<string, Region> {
  const found = new Map<string, Region>();
  for (const [at, line] of lines.entries()) {
    const key = squeezed(line.text);
    const region = regions[at] ?? 'new';
    if (key !== '') found.set(key, found.get(key) === 'new' ? 'new' : region);
  }
  return found;
}

function adopted(lines: readonly Line[], regions: readonly Region[], other: ReadonlyMap<string, Region>): Region[] {
  return regions.map((region, at) => (region === 'new' ? (other.get(squeezed(lines[at]?.text ?? '')) ?? region) : region));
}

/** Neighbours of one region become one stretch; a blank line goes with what stands above it. */
function stretchesOf(lines: readonly Line[], regions: readonly Region[]): Stretch[] {
  const stretches: { from: number; to: number; region: Region }[] = [];
  for (const [at, { text, from, to }] of lines.entries()) {
    const last = stretches.at(-1);
    const region = regions[at] ?? 'new';
    if (last !== undefined && (last.region === region || text.trim() === '')) last.to = to;
    else stretches.push({ from, to, region });
  }
  return stretches;
}

/** By halving: there may be very many stretches. */
function regionAt(stretches: readonly Stretch[], offset: number): Region {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return offset < 0 ? 'new' : (stretches[low]?.region ?? 'new');
}
