/**
 * What a part is: by its content first. Where the content is no more than text, what it is said to be counts too, for a program would
 * open it as that: a calendar, a card, the header of another mail. And which parts nobody misses.
 */
import { fileType } from './filetype.ts';
import type { Part } from './part.ts';

/** Kinds that a program may take for something else. */
const weak = new Set(['txt', 'xml', 'unknown']);

/** By what the declared type begins with; the first that fits counts. */
const declared: readonly (readonly [beginning: string, kind: string])[] = [
  ['message/', 'eml'],
  ['text/rfc822', 'eml'],
  ['text/calendar', 'ics'],
  ['text/x-vcalendar', 'ics'],
  ['application/ics', 'ics'],
  ['application/calendar', 'ics'],
  ['text/vcard', 'vcf'],
  ['text/x-vcard', 'vcf'],
  ['text/directory', 'vcf'],
  ['application/vcard', 'vcf'],
  ['application/pgp', 'pgp'],
  ['application/pkcs7', 'pkcs7'],
  ['application/x-pkcs7', 'pkcs7'],
  ['application/pkix', 'pem'],
  ['application/x-x509', 'pem'],
  ['application/x-pem', 'pem'],
  ['application/ms-tnef', 'tnef'],
  ['application/vnd.ms-tnef', 'tnef'],
  ['application/mac-binhex', 'hqx'],
  ['application/applefile', 'applefile'],
  ['application/x-yenc', 'yenc'],
  ['text/html', 'html'],
  ['text/x-amp-html', 'html'],
  ['text/watch-html', 'html'],
  ['application/xhtml', 'html'],
  ['image/svg', 'svg'],
  ['text/rtf', 'rtf'],
  ['application/rtf', 'rtf'],
];

/** By the end of the name, where the declared type says nothing. */
const named =
  /\.(?:(eml|mht|mhtml)|(ics|vcs|ifb)|(vcf|vcard)|(pgp|gpg|sig)|(p7[mscbr])|(hqx)|(html?|xhtml|shtml)|(svg)|(rtf))$|^(winmail\.dat)$/i;
const namedKinds = ['eml', 'ics', 'vcf', 'pgp', 'pkcs7', 'hqx', 'html', 'svg', 'rtf', 'tnef'];

/** The kind as `fileType` gives it, or of a text the kind that it is said to be. */
export function kindOf(content: Uint8Array, type: string, filename: string): string {
  const found = fileType(content);
  if (!weak.has(found)) return found;
  const said = declared.find(([beginning]) => type.startsWith(beginning))?.[1];
  const group = named.exec(filename.trim())?.findIndex((match, index) => index > 0 && match !== undefined) ?? -1;
  return said ?? namedKinds[group - 1] ?? found;
}

/** Other forms of the same text (RFC 2046 section 5.1.4), which no reader of ours is given: they would pass unjudged. */
const otherForms = new Set([
  'text/enriched',
  'text/richtext',
  'text/markdown',
  'text/x-web-markdown',
  'text/watch-html',
  'text/x-amp-html',
  'text/calendar',
  'text/rtf',
  'application/rtf',
]);

/** Beside a text that says the same, nobody misses it. */
export const isOtherForm = ({ type }: Part): boolean => otherForms.has(type);

const signatureTypes = new Set(['application/pgp-signature', 'application/pkcs7-signature', 'application/x-pkcs7-signature']);
const signatureKinds = new Set(['pgp', 'pkcs7', 'pem', 'txt', 'unknown']);

/**
 * A part that no person put there and none looks for: a signature, the key that mail clients add to signed mail, the resource fork of a Mac
 * file (RFC 1740).
 * @param kind as found
 */
export function isMachinery({ type, filename }: Part, kind: string, around: { readonly parent?: Part; readonly signed: boolean }): boolean {
  if (around.parent?.type === 'multipart/appledouble' && type === 'application/applefile') return true;
  if (around.signed && type === 'application/pgp-keys' && kind === 'pgp') return true;
  return (signatureTypes.has(type) || /^(?:smime\.p7s|signature\.asc)$/i.test(filename)) && signatureKinds.has(kind);
}

const sealedMime = /^application\/(?:x-)?pkcs7-mime$/;

/**
 * The content of a message that only its recipient can open, or whose text lies within a signature (RFC 8551 section 3): it cannot be
 * judged. A sealed file beside a text is a file.
 */
export function isSealed({ type, filename }: Part, parent?: Part): boolean {
  if (type === 'multipart/encrypted' || type === 'application/pgp-encrypted') return true;
  if (/^smime\.p7[mz]$/i.test(filename)) return true;
  return sealedMime.test(type) && !/\.p7[cbr]$/i.test(filename) && (parent === undefined || filename === '');
}
