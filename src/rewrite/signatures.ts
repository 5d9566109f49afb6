/**
 * Signatures as mail programs put them below a text: cut at the delimiter of RFC 3676 section 4.3 and out of the elements in which clients keep them
 * (leaks.md SIG-01, SIG-02). A signature tells who writes, where and how to reach them; nothing in it is said to the reader.
 */
import { voidElements } from '../mime/html.ts';
import { matchesIn } from '../model/matches.ts';
import type { Html, HtmlToken } from '../model/message.ts';
import type { Edit } from './edits.ts';
import { beginsAttribution, isLabelled } from './naming/standing.ts';

/** What is longer is a text below a line, and stays. */
const maxLines = 25;
const maxLength = 2_000;

/** What of a text is a signature below its delimiter, up to quoted mail. Nothing where there is nothing above it. */
export function signatureCuts(text: string, quotes: readonly number[] = []): Edit[] {
  const cuts: Edit[] = [];
  const delimiter = /^(?:--|––)[ \u00a0\t]{0,4}$/gm;
  for (let match = delimiter.exec(text); match !== null; match = delimiter.exec(text)) {
    const from = match.index;
    const to = endOfSignature(text, from + match[0].length + 1, quotes);
    const isShort = to - from <= maxLength;
    delimiter.lastIndex = isShort ? Math.max(to, from + match[0].length) : from + match[0].length;
    if (isShort && text.slice(0, from).trim() !== '') cuts.push({ from, to, put: '', kind: 'note' });
  }
  return cuts;
}

/** Endless where too many lines follow. */
function endOfSignature(text: string, from: number, quotes: readonly number[]): number {
  const quote = quotes.find((at) => at >= from) ?? text.length;
  let at = Math.min(from, text.length);
  for (let lines = 0; at < quote; lines++) {
    if (lines > maxLines) return Number.POSITIVE_INFINITY;
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    if (isQuoteStart(text, at, end)) return at;
    at = end + 1;
  }
  return Math.min(quote, text.length);
}

/** A marked line, an attribution, the line above them, or two fields of a header one below the other. */
function isQuoteStart(text: string, from: number, end: number): boolean {
  const line = text.slice(from, Math.min(end, from + 200));
  if (line.trim() === '') return false;
  if (/^\s{0,8}[>|＞]/.test(line) || /^[\s*]{0,4}[-_=]{4,}/.test(line)) return true;
  if (isLabelled(line)) return isLabelled(text.slice(end + 1, end + 200).split('\n', 1)[0] ?? '');
  return beginsAttribution(line, text.slice(end + 1, end + 200).split('\n', 1)[0] ?? '');
}

const classes =
  /(?:^|\s)(?:gmail_signature|moz-signature|protonmail_signature_block(?:-user)?|protonmail_signature_block-proton|zmail_signature|yahoo_signature|email-signature|mail-signature|mail_signature|signature|mailSignature|bloop_sign|AppleMailSignature|ms-outlook-mobile-signature|mobile-signature|x?_?Signature)(?:\s|$)/i;
const ids =
  /^(?:x_)*(?:signature|divtagdefaultwrapper_signature|AppleMailSignature|ms-outlook-mobile-signature|mail-editor-reference-message-signature|ymail_android_signature(?:_link)?|bloop_sign_\w{1,40}|zm-_id_-?\w{1,40}_signature|proton_signature|composer_signature)$/i;

/** Elements in which clients keep signatures, and what stands below the delimiter, as changes to `Html.plain`. */
export function htmlSignatureCuts({ tokens, plain }: Html): Edit[] {
  const cuts: Edit[] = [];
  const quotes: number[] = [];
  let depth = 0;
  let begun: { readonly at: number; readonly depth: number } | undefined;
  for (const token of tokens) {
    if (token.kind === 'open') {
      if (isQuote(token)) quotes.push(token.at);
      if (voidElements.has(token.name)) continue;
      depth++;
      if (isSignature(token)) begun ??= { at: token.at, depth };
    } else if (token.kind === 'close' && depth-- === begun?.depth) {
      cuts.push({ from: begun.at, to: token.at, put: '', kind: 'note' });
      begun = undefined;
    }
  }
  return [...cuts.filter(({ from, to }) => to - from <= maxLength), ...signatureCuts(plain, quotes)];
}

type Open = Extract<HtmlToken, { kind: 'open' }>;

const isQuote = ({ name, attributes }: Open): boolean =>
  name === 'blockquote' || /gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra/.test(attributes.class ?? '');

const isSignature = ({ attributes }: Open): boolean => classes.test(attributes.class ?? '') || ids.test(attributes.id ?? '');

/** The marks that Outlook leaves in the text where the HTML has a picture: `[cid:image001.png@01DB926E.8C0F4A90]`. */
export const pictureMarks = (text: string): Edit[] =>
  text.includes('[cid:')
    ? [...matchesIn(text, /\[cid:[^\]\s]{1,300}\]/g)].map(
        ({ 0: mark, index }): Edit => ({ from: index, to: index + mark.length, put: '', kind: 'note' }),
      )
    : [];
