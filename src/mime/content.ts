/**
 * The tree of parts as a reader sees it (RFC 2046): which texts make the text, which the HTML, and which parts are files. A text beside an
 * HTML part, such as the footer of a mailing list or the lines between the pictures of Apple Mail, reaches readers of both.
 */
import type { File, Html, Message } from '../model/message.ts';
import { Refusal, replies } from '../model/reply.ts';
import { decodeText } from './charset.ts';
import { cleanLine, cleanText } from './clean.ts';
import { fileType } from './filetype.ts';
import { unflow } from './flowed.ts';
import { escapeHtml, joinHtml, readHtml, TooComplex } from './html.ts';
import type { Part } from './part.ts';
import { decodeTransfer } from './transfer.ts';

const maxTextBytes = 1_048_576;
const maxFilename = 255;

/** Other forms of the same text, which no reader of ours is given: they would pass unjudged. */
const otherForms = new Set(['text/enriched', 'text/richtext', 'text/watch-html', 'text/x-amp-html', 'text/x-web-markdown']);

type Piece = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'html'; readonly source: string };

/** What of a part is shown to those who read text, to those who read HTML, and beside it. */
interface Views {
  readonly text: readonly Piece[];
  readonly html: readonly Piece[];
  readonly files: readonly File[];
}

const unreadable = (cause: string): Refusal => new Refusal(replies.unreadable, { cause });

/** @throws Refusal `unreadable` as `parse` says. */
export function contentOf(root: Part): Omit<Message, 'subject'> {
  const { text, html, files } = viewsOf(root);
  if (!html.some(({ kind }) => kind === 'html')) return { ...(text.length > 0 && { text: textOf(text) }), files };
  try {
    const read = joinHtml(html.map(htmlOf));
    const plain = text.some(({ kind }) => kind === 'text') ? textOf(text) : '';
    return plain.trim() === '' ? { html: read, files } : { text: plain, html: read, files };
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    if (text.length === 0 || text.some(({ kind }) => kind === 'html')) throw unreadable('the HTML is too complex');
    return { text: textOf(text), files };
  }
}

const textOf = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (piece.kind === 'text' ? piece.text : readHtml(piece.source).plain)).join('\n');

const htmlOf = (piece: Piece): Html =>
  readHtml(piece.kind === 'html' ? piece.source : `<div style="white-space:pre-wrap">${escapeHtml(piece.text)}</div>`);

function viewsOf(part: Part, parent?: Part): Views {
  if (part.type.startsWith('multipart/')) return multipartOf(part);
  if (!isText(part, parent)) return { text: [], html: [], files: isShadow(part, parent) ? [] : [fileOf(part)] };
  const text = readText(part);
  const piece: Piece = part.type === 'text/html' ? { kind: 'html', source: text } : { kind: 'text', text };
  return { text: [piece], html: [piece], files: [] };
}

/** A named text is a file, but not where it is the message itself or one of its forms. */
function isText({ type, disposition, filename }: Part, parent?: Part): boolean {
  if ((type !== 'text/plain' && type !== 'text/html') || disposition === 'attachment') return false;
  return filename === '' || parent === undefined || parent.type === 'multipart/alternative';
}

/** What stands beside another part and says the same: further forms of the text, the resource fork of a Mac file (RFC 1740). */
const isShadow = ({ type }: Part, parent?: Part): boolean =>
  (parent?.type === 'multipart/alternative' && otherForms.has(type)) ||
  (parent?.type === 'multipart/appledouble' && type === 'application/applefile');

function multipartOf(part: Part): Views {
  if (part.children.length === 0) throw unreadable('a multipart without parts');
  const views = part.children.map((child) => viewsOf(child, part));
  const files = views.flatMap((view) => view.files);
  if (part.type !== 'multipart/alternative')
    return { text: views.flatMap(({ text }) => text), html: views.flatMap(({ html }) => html), files };
  const shown = views.filter(({ text }) => text.length > 0);
  const plain = shown.find(({ text }) => text.some(({ kind }) => kind === 'text')) ?? shown.at(-1);
  const rich = shown.findLast(({ html }) => html.some(({ kind }) => kind === 'html')) ?? shown.at(-1);
  return { text: plain?.text ?? [], html: rich?.html ?? [], files };
}

function fileOf(part: Part): File {
  const content = decoded(part);
  return {
    filename: cleanLine(part.filename).slice(0, maxFilename).toWellFormed(),
    declaredType: part.type,
    type: fileType(content),
    ...(part.contentId !== '' && { contentId: part.contentId }),
    content,
  };
}

function decoded({ body, encoding }: Part): Buffer {
  const bytes = decodeTransfer(body, encoding);
  if (bytes === undefined) throw unreadable('a part in an unknown encoding');
  return bytes;
}

function readText(part: Part): string {
  const bytes = decoded(part);
  if (bytes.length > maxTextBytes) throw unreadable('a text over 1 MB');
  const text = decodeText(bytes, part.charset === '' && part.type === 'text/html' ? charsetOf(bytes) : part.charset);
  if (text === undefined) throw unreadable('a text in a charset that cannot be decoded');
  const clean = cleanText(text);
  return part.flowed && part.type === 'text/plain' ? unflow(clean, part.deleteSpace) : clean;
}

/** What HTML says of itself where the part does not. */
const charsetOf = (bytes: Buffer): string =>
  /<meta[^>]{0,200}charset=["']?([\w-]{1,40})/i.exec(bytes.toString('latin1', 0, 2048))?.[1] ?? '';
