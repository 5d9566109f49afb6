/**
 * HTML as a reader sees it: one linear walk that gives a flat list of tokens, their text with white space folded as a browser does
 * (CSS Text section 4.1), what is hidden, and what would be fetched. The one file that imports htmlparser2.
 */
import { Parser } from 'htmlparser2';
import type { Html, HtmlToken } from '../model/message.ts';
import { cssResources, resourcesOf } from './resources.ts';
import { isCamouflaged, type Paint, paintOf, paper } from './colour.ts';
import { type Look, lookOf, readStyle, type Style } from './style.ts';
import { type Element, elementFor, readSheets, type StyleSheet } from './stylesheet.ts';

const maxDepth = 200;
const maxTags = 20_000;

/** Over 200 levels deep or over 20,000 tags: such HTML is made to stall its readers. */
export class TooComplex extends Error {
  override readonly name = 'TooComplex';
}

/** Elements without an end (HTML section 13.1.2), as the parser knows them. */
export const voidElements: ReadonlySet<string> = new Set(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'.split(' '),
);

/** Nobody's text: code and what stands in the title bar. */
const mute = new Set(['script', 'style', 'title']);
/** Shown by no mail client, or only in place of what it cannot show. */
const unseen = new Set('template noscript svg math object applet video audio canvas iframe noframes noembed datalist xml'.split(' '));
const preformatted = new Set(['pre', 'textarea', 'xmp', 'listing', 'plaintext']);
const blocks = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody tfoot thead tr ul xmp listing'
  ).split(' '),
);
/** Blocks with an empty line before and after them. */
const spaced = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** An element that is open. */
interface Open extends Element {
  readonly gone: boolean;
  readonly faint: boolean;
  readonly paint: Paint;
  readonly pre: boolean;
  readonly breaks: number;
}

type Text = { readonly kind: 'text'; text: string; readonly at: number };

interface Reading {
  readonly tokens: (Text | Exclude<HtmlToken, { kind: 'text' }>)[];
  readonly plain: string[];
  readonly hidden: string[];
  readonly resources: { url: string; by: string; at: number }[];
  readonly open: Open[];
  readonly sheet: StyleSheet | undefined;
  readonly outside: Open;
  /** Of style attributes and of what they and the sheets say together, each read once: most stand many times. */
  readonly styles: Map<string, Style>;
  readonly looks: Map<Style, Look>;
  length: number;
  /** Line breaks that `plain` ends with; endless at its beginning. */
  breaks: number;
  /** `plain` ends with white space, or is empty. */
  blank: boolean;
  /** A cell of a table has ended: what follows in the row is not part of its text. */
  cellEnded: boolean;
  tags: number;
}

const outside: Open = { name: '', id: '', classes: [], gone: false, faint: false, paint: paper, pre: false, breaks: 0 };

/** @throws TooComplex */
export function readHtml(source: string): Html {
  const sheet = readSheets(source);
  const reading: Reading = {
    tokens: [],
    plain: [],
    hidden: [],
    resources: [],
    open: [],
    sheet,
    outside: sheet?.hasUnknownGrounds ? { ...outside, paint: { ...paper, ground: undefined } } : outside,
    styles: new Map(),
    looks: new Map(),
    length: 0,
    breaks: Number.POSITIVE_INFINITY,
    blank: true,
    cellEnded: false,
    tags: 0,
  };
  const parser = new Parser({
    onopentag: (name, attributes) => openElement(reading, name, attributes),
    onclosetag: (name) => closeElement(reading, name),
    ontext: (text) => readText(reading, text),
    oncomment: (comment) => {
      // Some clients show what others take for a comment: its resources count, its text does not.
      if (/^\[if/i.test(comment)) readResources(reading, comment.slice(comment.indexOf('>') + 1));
    },
  });
  parser.end(source);
  const { tokens, plain, hidden, resources } = reading;
  return { tokens, plain: plain.join(''), hidden: hidden.join('\n'), resources };
}

const nothing: Html = { tokens: [], plain: '', hidden: '', resources: [] };

/** Several pieces shown one below the other, each in a block of its own, as one. */
export function joinHtml(pieces: readonly Html[]): Html {
  if (pieces.length < 2) return pieces[0] ?? nothing;
  const tokens: HtmlToken[] = [];
  const resources: Html['resources'][number][] = [];
  let plain = '';
  for (const piece of pieces) {
    if (plain !== '' && !plain.endsWith('\n')) plain += '\n';
    const at = plain.length;
    const moved = piece.tokens.map((token) => ({ ...token, at: token.at + at }));
    plain += piece.plain;
    tokens.push({ kind: 'open', name: 'div', attributes: {}, at }, ...moved, { kind: 'close', name: 'div', at: plain.length });
    resources.push(...piece.resources.map((resource) => ({ ...resource, at: resource.at + at })));
  }
  const hidden = pieces.map((piece) => piece.hidden).filter((text) => text !== '');
  return { tokens, plain, hidden: hidden.join('\n'), resources };
}

/** Text as HTML source, for element content and quoted attribute values alike. */
export const escapeHtml = (text: string): string =>
  /[&<>"]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;') : text;

/** Entities can write what `cleanText` has removed. */
const clean = (text: string): string => (controls.test(text) ? text.replace(/\r\n?/g, '\n').replace(everyControl, '') : text);

const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;
const everyControl = new RegExp(controls, 'g');

function countTag(reading: Reading, depth: number): void {
  if (++reading.tags > maxTags || depth > maxDepth) throw new TooComplex();
}

/** @param attributes its own: they are cleaned in place */
function openElement(reading: Reading, name: string, attributes: Record<string, string>): void {
  countTag(reading, reading.open.length);
  for (const key of Object.keys(attributes)) {
    const value = attributes[key] ?? '';
    if (controls.test(value)) attributes[key] = clean(value);
  }
  for (const resource of resourcesOf(name, attributes)) reading.resources.push({ ...resource, at: reading.length });
  if (attributes.srcdoc !== undefined) {
    reading.hidden.push(attributes.srcdoc);
    readResources(reading, attributes.srcdoc);
  }
  const element = elementOf(reading, name, attributes);
  if (!element.gone) {
    if (isCell(name)) separate(reading);
    else breakLine(reading, element.breaks);
    reading.tokens.push({ kind: 'open', name, attributes, at: reading.length });
    if (name === 'br') write(reading, '\n');
    // A picture in a line is as good as a word: the blank after it counts.
    if (name === 'img') reading.blank = false;
  }
  if (!voidElements.has(name)) reading.open.push(element);
}

function elementOf(reading: Reading, name: string, attributes: Readonly<Record<string, string>>): Open {
  const around = reading.open.at(-1) ?? reading.outside;
  const source = attributes.style ?? '';
  const own = once(reading.styles, source, readStyle);
  const element = elementFor(name, attributes);
  const style = reading.sheet?.styleOf(element, reading.open, source) ?? own;
  const look = once(reading.looks, style, lookOf);
  const space = own.get('white-space');
  return {
    ...element,
    gone: around.gone || mute.has(name) || unseen.has(name) || attributes.hidden !== undefined || look.gone,
    faint: look.faint ?? around.faint,
    paint: paintOf(name, attributes, style, around.paint),
    pre: space === undefined ? around.pre || preformatted.has(name) : /^(?:pre|break)/.test(space),
    breaks: breaksOf(name, attributes, own.get('margin')),
  };
}

/** What was made of it before, or is made now. */
function once<From, To>(known: Map<From, To>, from: From, make: (from: From) => To): To {
  const made = known.get(from) ?? make(from);
  known.set(from, made);
  return made;
}

function closeElement(reading: Reading, name: string): void {
  // QUIRK: htmlparser2 also closes an element whose start tag broke off at the end of the source and was never opened.
  const closed = reading.open.at(-1)?.name === name ? reading.open.pop() : undefined;
  if (closed === undefined || closed.gone) return;
  reading.tokens.push({ kind: 'close', name, at: reading.length });
  if (isCell(name)) reading.cellEnded = true;
  breakLine(reading, closed.breaks);
}

/** How many line breaks stand at least before and after an element. */
function breaksOf(name: string, attributes: Readonly<Record<string, string>>, margin: string | undefined): number {
  if (!blocks.has(name)) return 0;
  // QUIRK: Outlook writes every line as a paragraph and takes its margins away in a style sheet.
  const tight = margin !== undefined || /^Mso/.test(attributes.class ?? '');
  return spaced.has(name) && !tight ? 2 : 1;
}

function readText(reading: Reading, source: string): void {
  const around = reading.open.at(-1) ?? reading.outside;
  const text = clean(source);
  if (around.name === 'style')
    for (const resource of cssResources(text, 'style')) reading.resources.push({ ...resource, at: reading.length });
  if (mute.has(around.name)) return;
  const isBlank = text.trim() === '';
  if (!around.gone && !around.faint && !isCamouflaged(around.paint)) showText(reading, text, { pre: around.pre, isBlank });
  else if (!isBlank) reading.hidden.push(text.trim());
}

function showText(reading: Reading, text: string, { pre, isBlank }: { readonly pre: boolean; readonly isBlank: boolean }): void {
  if (reading.cellEnded && !isBlank) separate(reading);
  const shown = pre ? text : fold(text, reading.blank);
  if (shown === '') return;
  const last = reading.tokens.at(-1);
  if (last?.kind === 'text' && last.at + last.text.length === reading.length) last.text += shown;
  else reading.tokens.push({ kind: 'text', text: shown, at: reading.length });
  write(reading, shown);
}

/** White space as one blank; none where there is some already, or where a line begins. */
function fold(text: string, blank: boolean): string {
  const folded = text.replace(/[\t\n\f][ \t\n\f]*| [ \t\n\f]+/g, ' ');
  return blank && folded.startsWith(' ') ? folded.slice(1) : folded;
}

/** Adds to `plain`. */
function write(reading: Reading, text: string): void {
  reading.plain.push(text);
  reading.length += text.length;
  reading.blank = text.endsWith(' ') || text.endsWith('\t') || text.endsWith('\n');
  if (text === '\n') reading.breaks++;
  else reading.breaks = text.endsWith('\n') ? 1 : 0;
}

function breakLine(reading: Reading, breaks: number): void {
  while (reading.breaks < breaks) write(reading, '\n');
}

const isCell = (name: string): boolean => name === 'td' || name === 'th';

/** Between two cells of a table. */
function separate(reading: Reading): void {
  reading.cellEnded = false;
  if (reading.breaks === 0 && reading.plain.at(-1) !== '\t') write(reading, '\t');
}

/** Only what would be fetched, of source that is not shown. */
function readResources(reading: Reading, source: string): void {
  let within = '';
  const note = (found: readonly { url: string; by: string }[]) => {
    for (const resource of found) reading.resources.push({ ...resource, at: reading.length });
  };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      countTag(reading, 0);
      within = name;
      note(resourcesOf(name, attributes));
    },
    ontext: (text) => {
      if (within === 'style') note(cssResources(text, 'style'));
    },
  });
  parser.end(source);
}
