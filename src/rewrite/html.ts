/**
 * HTML written anew from its tokens, by a list of what may be in it (leaks.md HTM): elements that look like something, attributes with
 * values that can only mean a look, links to http and https, pictures that are attached. Nothing that is fetched, run, or tells of a client.
 */
import { escapeHtml, voidElements } from '../mime/html.ts';
import { readStyle } from '../mime/style.ts';
import type { Html, HtmlToken } from '../model/message.ts';
import { attributesFor, linesAfter, safeStyle, writtenAs } from './allowed.ts';
import { applyEdits, type Edit, orderEdits } from './edits.ts';
import { unwrapped, untracked } from './links.ts';
import { linkNames, tells } from './mask.ts';
import { editsFor, type Redactions } from './redact.ts';

type Open = Extract<HtmlToken, { kind: 'open' }>;

interface Writing {
  readonly redactions: Redactions;
  /** From Content-ID as received to Content-ID as sent. */
  readonly pictures: ReadonlyMap<string, string>;
  /** Style attributes and links as they are written, by what they are made of: most stand many times. */
  readonly styles: Map<string, string>;
  readonly links: Map<string, string>;
  readonly out: string[];
  readonly open: OpenElement[];
  /** The first edit that is not yet written. */
  next: number;
}

interface OpenElement {
  /** What is written for it. */
  readonly as: string | undefined;
  /** White space counts in it. */
  readonly pre: boolean;
  /** Where it begins in `out`. */
  readonly from: number;
  /** What its reader sees of it so far: nothing; nothing, since a line of ours was taken out; something. */
  holds: 'nothing' | 'a line less' | 'something';
}

/** Notes come last, each a paragraph. */
export function writeHtml(
  html: Html,
  redactions: Redactions,
  more: { readonly pictures: Writing['pictures']; readonly notes: readonly string[] },
): string {
  const writing: Writing = { redactions, pictures: more.pictures, styles: new Map(), links: new Map(), out: [], open: [], next: 0 };
  html.tokens.forEach((token, index) => {
    if (token.kind === 'text') writing.out.push(textOf(writing, token.text, token.at));
    else if (token.kind === 'open') open(writing, token, redactions.bare.has(index));
    else close(writing);
  });
  while (writing.open.length > 0) close(writing);
  for (const note of more.notes) writing.out.push(`<p>${escapeHtml(note)}</p>\n`);
  return writing.out.join('');
}

/** The Content-IDs that the pictures of the HTML name. */
export function picturesIn(html: Html): Set<string> {
  const names = html.tokens.map((token) =>
    token.kind === 'open' && token.name === 'img' ? contentIdOf(token.attributes.src ?? '') : undefined,
  );
  return new Set(names.filter((name) => name !== undefined));
}

/** The Content-ID in a `cid:` address (RFC 2392). */
function contentIdOf(src: string): string | undefined {
  const id = /^\s*cid:(.*)$/is.exec(src)?.[1]?.trim();
  if (id === undefined) return undefined;
  try {
    return decodeURIComponent(id).replace(/[<>]/g, '');
  } catch {
    return id.replace(/[<>]/g, '');
  }
}

/** The text of a token with the edits that fall into it; one over several tokens shows what it puts in the first. */
function textOf(writing: Writing, text: string, at: number): string {
  const end = at + text.length;
  const edits = writing.redactions.edits.html;
  const own: Edit[] = [];
  for (let index = writing.next; index < edits.length; index++) {
    const edit = edits[index];
    if (edit === undefined || edit.from >= end) break;
    if (edit.to <= end) writing.next = index + 1;
    if (edit.to <= at) continue;
    own.push({ ...edit, from: Math.max(edit.from, at) - at, to: Math.min(edit.to, end) - at, put: edit.from >= at ? edit.put : '' });
  }
  const left = own.length === 0 ? text : applyEdits(text, own);
  if (left.trim() !== '') hold(writing, 'something');
  else if (own.some(({ kind }) => kind === 'line')) hold(writing, 'a line less');
  const shown = escapeHtml(left).replaceAll('\u00a0', '&nbsp;');
  return writing.open.at(-1)?.pre ? shown : shown.replaceAll('\n', ' ');
}

function open(writing: Writing, token: Open, bare: boolean): void {
  const { name } = token;
  if (name === 'br' && isInLine(writing, token.at)) return;
  const from = writing.out.length;
  if (name === 'img') writing.out.push(imageOf(writing, token, bare));
  if (name === 'img' || name === 'hr') hold(writing, 'something');
  const as = name === 'img' ? undefined : writtenAs(name);
  const style = as === undefined ? '' : styleOf(writing, token);
  if (as !== undefined) writing.out.push(`<${as}${attributesFor(name, token.attributes)}${style}${linkOf(writing, token, bare)}>`);
  if (voidElements.has(name)) {
    if (as !== undefined && linesAfter.has(as)) writing.out.push(lineBreak(writing));
    return;
  }
  const around = writing.open.at(-1)?.pre ?? false;
  writing.open.push({ as, pre: around || name === 'pre' || style.includes('white-space:pre'), from, holds: 'nothing' });
}

function hold({ open }: Writing, what: OpenElement['holds']): void {
  const around = open.at(-1);
  if (around && around.holds !== 'something') around.holds = what;
}

/** Whether what stands here goes with a line of ours. */
function isInLine({ redactions, next }: Writing, at: number): boolean {
  const edits = redactions.edits.html;
  for (let index = next; index < edits.length; index++) {
    const edit = edits[index];
    if (edit === undefined || edit.from > at) return false;
    if (edit.kind === 'line' && at < edit.to) return true;
  }
  return false;
}

function close(writing: Writing): void {
  const closed = writing.open.pop();
  if (closed === undefined) return;
  if (closed.holds !== 'nothing') hold(writing, closed.holds);
  if (closed.holds === 'a line less') writing.out.length = closed.from;
  if (closed.holds === 'a line less' || closed.as === undefined) return;
  writing.out.push(`</${closed.as}>`);
  if (linesAfter.has(closed.as)) writing.out.push(lineBreak(writing));
}

/** Keeps the lines of the source short, where white space does not count. */
const lineBreak = (writing: Writing): string => (writing.open.at(-1)?.pre ? '' : '\n');

function styleOf({ styles }: Writing, { name, attributes }: Open): string {
  const { style: source = '', class: classes = '' } = attributes;
  // QUIRK: Outlook writes every line as a paragraph and takes its margins away in a style sheet, which does not pass.
  const isTight = (name === 'p' || name === 'li') && classes.startsWith('Mso');
  if (source === '' && !isTight) return '';
  const key = isTight ? `${source}\0` : source;
  const known = styles.get(key);
  if (known !== undefined) return known;
  const style = new Map(readStyle(source));
  if (isTight && !style.has('margin')) style.set('margin', '0');
  const css = safeStyle(style);
  const written = css === '' ? '' : ` style="${escapeHtml(css)}"`;
  styles.set(key, written);
  return written;
}

/** Only links that a browser opens pass, and only if their address names none of the parties. */
function linkOf({ redactions, links }: Writing, { name, attributes }: Open, bare: boolean): string {
  if (name !== 'a' || bare) return '';
  const { href = '' } = attributes;
  const link = links.get(href) ?? linkTo(href, redactions);
  links.set(href, link);
  return link;
}

function linkTo(source: string, redactions: Redactions): string {
  const href = untracked(unwrapped(source.replace(/[\t\n\r]/g, '').trim()));
  if (!/^https?:\/\/[^\s]+$/i.test(href)) return '';
  if (linkNames(href, redactions.needles) || editsFor(href, redactions.banned, redactions.needles).length > 0) return '';
  return ` href="${escapeHtml(href)}" rel="noreferrer noopener"`;
}

/** An attached picture under its new name, or in place of any other one its text. */
function imageOf(writing: Writing, token: Open, bare: boolean): string {
  const { pictures, redactions } = writing;
  const { attributes } = token;
  const alt = bare ? '' : (attributes.alt ?? '').replace(/\s+/g, ' ').trim();
  const shown = applyEdits(alt, orderEdits(editsFor(alt, redactions.banned, redactions.needles)));
  const id = pictures.get(contentIdOf(attributes.src ?? '') ?? '');
  if (id === undefined) return shown === '' || tells(shown, redactions.needles) ? '' : escapeHtml(`[${shown}]`);
  return `<img src="cid:${id}" alt="${escapeHtml(shown)}"${attributesFor('img', attributes)}${styleOf(writing, token)}>`;
}
