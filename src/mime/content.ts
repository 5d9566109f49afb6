/**
 * The tree of parts as a reader sees it (RFC 2046): which texts make the text, which the HTML, and which parts are files. A text beside an
 * HTML part, such as the footer of a mailing list or the lines between the pictures of Apple Mail, reaches readers of both.
 */
import type { File, Html, Message } from '../model/message.ts';
import { Refusal, replies } from '../model/reply.ts';
import { decodeText } from './charset.ts';
import { cleanLine, cleanText } from './clean.ts';
import { mayEnclose, unwrap } from './enclosed.ts';
import { plainOfEnriched } from './enriched.ts';
import { unflow } from './flowed.ts';
import { escapeHtml, joinHtml, readHtml, TooComplex } from './html.ts';
import { isMachinery, isOtherForm, isSealed, kindOf } from './kind.ts';
import type { EnclosedFile, Part } from './part.ts';
import { decodeTransfer } from './transfer.ts';

const maxTextBytes = 1_048_576;
const maxFilename = 255;

type Piece = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'html'; readonly source: string };

/** What of a part is shown to those who read text, to those who read HTML, and beside it. */
interface Views {
  readonly text: readonly Piece[];
  readonly html: readonly Piece[];
  readonly files: readonly File[];
}

/** Where a part stands. */
interface Place {
  readonly parent?: Part;
  /** Somewhere in a multipart/signed. */
  readonly signed: boolean;
}

const unreadable = (cause: string): Refusal => new Refusal(replies.unreadable, { cause });
const sealed = (): Refusal => new Refusal(replies.sealed, { cause: 'the message is encrypted' });

/** @throws Refusal `unreadable`, `sealed` as `parse` says. */
export function contentOf(root: Part): Omit<Message, 'subject'> {
  const { text, html, files } = viewsOf(root, { signed: false });
  if (text.every(isBlank) && files.some(isSealedFile)) throw sealed();
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

const isBlank = (piece: Piece): boolean => piece.kind === 'text' && piece.text.trim() === '';

/** An encrypted file with no word beside it is a sealed message, whatever it calls itself. */
const isSealedFile = ({ type, content }: File): boolean =>
  type === 'pgp' && !/-----BEGIN PGP (?:PUBLIC|PRIVATE|SIGNATURE)/.test(Buffer.from(content.subarray(0, 1000)).toString('latin1'));

const textOf = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (piece.kind === 'text' ? piece.text : readHtml(piece.source).plain)).join('\n');

const htmlOf = (piece: Piece): Html =>
  readHtml(piece.kind === 'html' ? piece.source : `<div style="white-space:pre-wrap">${escapeHtml(piece.text)}</div>`);

function viewsOf(part: Part, place: Place): Views {
  if (part.ambiguous) throw unreadable('a part that says in two ways how it is to be read');
  if (isSealed(part, place.parent)) throw sealed();
  if (part.type.startsWith('multipart/')) return multipartOf(part, place);
  if (!isText(part, place)) {
    const file = fileOf(part);
    return { text: [], html: [], files: isMachinery(part, file.type, place) ? [] : [file] };
  }
  const text = readText(part);
  return part.type === 'text/html' ? viewsOfHtml(text, place) : viewsOfText(text, part);
}

/** @param part whose lines are broken for the way, or marked up: not before its blocks are out, for these are lines too */
function viewsOfText(source: string, part?: Part): Views {
  const { text, files, sealed: isSealedText } = unwrap(source);
  if (isSealedText) throw sealed();
  const piece: Piece = { kind: 'text', text: part === undefined ? text : asTyped(text, part) };
  return { text: [piece], html: [piece], files: files.map(enclosedFile) };
}

/** HTML that carries what is taken out of a text becomes one; its files come with the text beside it, where there is one. */
function viewsOfHtml(source: string, { parent }: Place): Views {
  const piece: Piece = { kind: 'html', source };
  const asText = mayEnclose(source) ? unwrappedHtml(source) : undefined;
  if (asText === undefined) return { text: [piece], html: [piece], files: [] };
  return parent?.type === 'multipart/alternative' && parent.children.length > 1 ? { ...asText, files: [] } : asText;
}

/** As a text, by the lines that are seen or else by those of the source; undefined where nothing is to be taken out of either. */
function unwrappedHtml(source: string): Views | undefined {
  for (const form of [source, `<pre>${source}</pre>`]) {
    const plain = plainOf(form);
    const views = viewsOfText(plain);
    if (views.text.some((piece) => piece.kind === 'text' && piece.text !== plain)) return views;
  }
  return undefined;
}

/** What is too complex is told where the HTML is read for good. */
function plainOf(source: string): string {
  try {
    return readHtml(source).plain;
  } catch (error) {
    if (error instanceof TooComplex) return '';
    throw error;
  }
}

const texts = new Set([
  'text/plain',
  'text/html',
  'text/enriched',
  'text/richtext',
  'text/markdown',
  'text/x-web-markdown',
  'application/pgp',
]);

/** A named text is a file, but not where it is the message itself or one of its forms. */
function isText(part: Part, { parent }: Place): boolean {
  const { type, disposition, filename } = part;
  if (!texts.has(type) || disposition === 'attachment') return false;
  return filename === '' || parent === undefined || parent.type === 'multipart/alternative' || isOnlyText(part, parent);
}

/** Gateways of phones name the text of a message too. */
function isOnlyText(part: Part, parent: Part): boolean {
  const shown = parent.children.filter(
    ({ type, disposition }) => type.startsWith('multipart/') || (texts.has(type) && disposition !== 'attachment'),
  );
  return shown[0] === part && shown.every(({ filename }) => filename !== '');
}

function multipartOf(part: Part, { signed }: Place): Views {
  if (part.children.length === 0) throw unreadable('a multipart without parts');
  const place = { parent: part, signed: signed || part.type === 'multipart/signed' };
  if (part.type === 'multipart/alternative') return alternativeOf(part, place);
  const views = part.children.map((child) => viewsOf(child, place));
  return { text: views.flatMap(({ text }) => text), html: views.flatMap(({ html }) => html), files: views.flatMap(({ files }) => files) };
}

/** The plainest and the richest form that readers of ours are given; the files of all, but for what only says the same again. */
function alternativeOf({ children }: Part, place: Place): Views {
  const usual = children.filter((child) => !isOtherForm(child)).map((child) => viewsOf(child, place));
  const saidSo = usual.some(({ text }) => text.some((piece) => !isBlank(piece)));
  const views = saidSo ? usual : children.map((child) => viewsOf(child, place));
  const shown = views.filter(({ text }) => text.length > 0);
  const plain = shown.find(({ text }) => text.some(({ kind }) => kind === 'text')) ?? shown.at(-1);
  const rich = shown.findLast(({ html }) => html.some(({ kind }) => kind === 'html')) ?? shown.at(-1);
  return { text: plain?.text ?? [], html: rich?.html ?? [], files: views.flatMap(({ files }) => files) };
}

function fileOf(part: Part): File {
  const content = decoded(part);
  const filename = cleanLine(part.filename).slice(0, maxFilename).toWellFormed();
  return {
    filename,
    declaredType: part.type,
    type: kindOf(content, part.type, filename),
    ...(part.contentId !== '' && { contentId: part.contentId }),
    content,
  };
}

const enclosedFile = ({ filename, declaredType, content }: EnclosedFile): File => {
  const name = cleanLine(filename).slice(0, maxFilename).toWellFormed();
  return { filename: name, declaredType, type: kindOf(content, declaredType, name), content };
};

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
  return cleanText(text);
}

/** The text as it was typed. */
function asTyped(text: string, { type, flowed, deleteSpace }: Part): string {
  if (/^text\/(?:enriched|richtext)$/.test(type)) return plainOfEnriched(text);
  return flowed && type === 'text/plain' ? unflow(text, deleteSpace) : text;
}

/** What HTML says of itself where the part does not. */
const charsetOf = (bytes: Buffer): string =>
  /<meta[^>]{0,200}charset=["']?([\w-]{1,40})/i.exec(bytes.toString('latin1', 0, 2048))?.[1] ?? '';
