/**
 * A message from its parts (RFC 5322, RFC 2045, RFC 2046): 7-bit, lines of at most 998 octets, nothing in it that was not given, no random
 * bytes and no clock. The one file that imports nodemailer's builders: encoded words, quoted-printable, folding.
 */
import { encodeWord, foldLines } from 'nodemailer/lib/mime-funcs';
import { encode as toQuotedPrintable, wrap as wrapQuotedPrintable } from 'nodemailer/lib/qp';

/** A text of the message; LF line ends, encoded here. */
export interface TextPart {
  readonly kind: 'text';
  readonly type: 'text/plain' | 'text/html';
  readonly text: string;
}

export interface FilePart {
  readonly kind: 'file';
  /** Media type with its parameters, but `name`. */
  readonly type: string;
  /** ASCII letters, digits, `-` and `.`. */
  readonly filename: string;
  /** Without brackets; the part is then shown in the HTML. */
  readonly contentId?: string;
  readonly content: Uint8Array;
}

export interface Multipart {
  readonly kind: 'multipart';
  readonly type: 'multipart/mixed' | 'multipart/related' | 'multipart/alternative' | 'multipart/report; report-type=delivery-status';
  readonly parts: readonly OutgoingPart[];
}

/** Fields as the content of a part of a report (RFC 3464 section 2.1, RFC 6522 section 4); a blank line stands between two groups. */
export interface FieldsPart {
  readonly kind: 'fields';
  readonly type: 'message/delivery-status' | 'text/rfc822-headers';
  readonly groups: readonly (readonly OutgoingField[])[];
}

export type OutgoingPart = TextPart | FilePart | FieldsPart | Multipart;

/** Name and value of a field, the value ready for the wire but not folded. */
export type OutgoingField = readonly [name: string, value: string];

const maxWordRun = 70;

/**
 * Builds the message.
 * @param seed makes the boundaries: something that an author cannot know before
 */
export function compose(fields: readonly OutgoingField[], body: OutgoingPart, seed: string): Buffer {
  const lines = [...fields, ['MIME-Version', '1.0'] as const].map(foldedField);
  return written([Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1'), ...built(body, seed)]);
}

/** Octets as they are to stand in the message, or those of a file, which are encoded when their place is known. */
type Piece = Buffer | { readonly file: Buffer };

/** One memory for all: of a file nothing is kept in between, neither its base64 nor the part that it is in. */
function written(pieces: readonly Piece[]): Buffer {
  const lengthOf = (piece: Piece): number => (Buffer.isBuffer(piece) ? piece.length : base64Length(piece.file));
  const message = Buffer.allocUnsafe(pieces.reduce((sum, piece) => sum + lengthOf(piece), 0));
  let to = 0;
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) piece.copy(message, to);
    else writeBase64(piece.file, message, to);
    to += lengthOf(piece);
  }
  return message;
}

/** An unstructured value: as it is where it is plain ASCII that no reader could take for an encoded word, else encoded words (RFC 2047). */
export const unstructured = (text: string): string => (isPlain(text) ? text : encodeWord(text, encodingOf(text), 52));

/** A display name: quoted where it is plain ASCII, else encoded words. */
export const phrase = (name: string): string =>
  isPlain(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encodeWord(name, encodingOf(name), 52);

const isPlain = (text: string): boolean =>
  /^[\x20-\x7e]*$/.test(text) && !text.includes('=?') && text.split(' ').every((word) => word.length <= maxWordRun);

const encodingOf = (text: string): 'Q' | 'B' => (shareOfAscii(text) > 0.5 ? 'Q' : 'B');

const shareOfAscii = (text: string): number => (text.length - text.replace(/[\x00-\x7e]+/g, '').length) / text.length;

const foldedField = ([name, value]: OutgoingField): string => foldLines(`${name}: ${value.replace(/[\r\n]+/g, ' ')}`, 76);

/** Header and body of a part. No boundary begins as another one does, whatever the level. */
function built(part: OutgoingPart, seed: string, level = 1): Piece[] {
  if (part.kind === 'text') return builtText(part);
  if (part.kind === 'file') return builtFile(part);
  if (part.kind === 'fields') return builtFields(part);
  const boundary = `=_${level}_${seed}`;
  const inner = part.parts.flatMap((child) => [
    Buffer.from(`--${boundary}\r\n`, 'latin1'),
    ...built(child, seed, level + 1),
    Buffer.from('\r\n', 'latin1'),
  ]);
  const head = Buffer.from(`Content-Type: ${part.type};\r\n boundary="${boundary}"\r\n\r\n`, 'latin1');
  return [head, ...inner, Buffer.from(`--${boundary}--\r\n`, 'latin1')];
}

function builtText({ type, text }: TextPart): Buffer[] {
  const lines = text.replaceAll('\n', '\r\n');
  const [encoding, body] = is7bit(text)
    ? ['7bit', lines]
    : shareOfAscii(text) > 0.8
      ? ['quoted-printable', wrapQuotedPrintable(quotedPrintable(lines), 76)]
      : ['base64', written([{ file: Buffer.from(lines, 'utf8') }]).toString('latin1')];
  return [Buffer.from(`Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`, 'latin1')];
}

/** Most of a text stands for itself: only the rest is handed to the encoder, run by run. */
const quotedPrintable = (text: string): string =>
  text.replaceAll('=', '=3D').replace(/[^\t\r\n\x20-\x7e]+|[\t ](?=[\r\n]|$)/g, (run) => toQuotedPrintable(run));

const is7bit = (text: string): boolean => /^[\t\n\x20-\x7e]*$/.test(text) && text.split('\n').every((line) => line.length <= 990);

function builtFile({ type, filename, contentId, content }: FilePart): Piece[] {
  const head = [
    `Content-Type: ${type};\r\n name="${filename}"`,
    `Content-Disposition: ${contentId === undefined ? 'attachment' : 'inline'};\r\n filename="${filename}"`,
    ...(contentId === undefined ? [] : [`Content-ID: <${contentId}>`]),
    'Content-Transfer-Encoding: base64',
  ];
  const file = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return [Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), { file }, Buffer.from('\r\n', 'latin1')];
}

/** Of base64 (RFC 2045 section 6.8), in octets before and behind: 19 groups of 3. */
const lineOctets = 57;
const lineLength = 76;
const linesAtOnce = 1_024;

/** With its line ends, the last line without one. */
function base64Length({ length }: Uint8Array): number {
  const digits = 4 * Math.ceil(length / 3);
  return digits + 2 * Math.max(0, Math.ceil(digits / lineLength) - 1);
}

/** Natively encoded, many lines at once, and cut into lines on the way to their place. */
function writeBase64(bytes: Buffer, message: Buffer, start: number): void {
  const block = Buffer.allocUnsafe(Math.min(base64Length(bytes), linesAtOnce * lineLength));
  let to = start;
  for (let from = 0; from < bytes.length; from += linesAtOnce * lineOctets) {
    const end = block.write(bytes.toString('base64', from, from + linesAtOnce * lineOctets), 'latin1');
    for (let at = 0; at < end; at += lineLength) {
      if (to > start) {
        message[to++] = 13;
        message[to++] = 10;
      }
      to += block.copy(message, to, at, Math.min(end, at + lineLength));
    }
  }
}

/** RFC 3464 section 2.1 allows 7bit alone, so the values are ASCII, or encoded words. */
function builtFields({ type, groups }: FieldsPart): Buffer[] {
  const body = groups.map((fields) => fields.map((field) => `${foldedField(field)}\r\n`).join('')).join('\r\n');
  return [Buffer.from(`Content-Type: ${type}\r\nContent-Transfer-Encoding: 7bit\r\n\r\n${body}`, 'latin1')];
}
