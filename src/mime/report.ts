/**
 * Mail that a mail system wrote, read as far as it can be: delivery reports (RFC 3464, RFC 6522, RFC 6533) and the many that follow no RFC.
 * Unlike a person's message it is not refused for being malformed: whatever the bytes, something is read, within limits, and nothing thrown.
 */
import { type Mailbox, parseMailbox } from '../model/address.ts';
import type { Field } from '../model/message.ts';
import { decodeText } from './charset.ts';
import { cleanLine, cleanText } from './clean.ts';
import { fieldValue } from './header.ts';
import { readHtml } from './html.ts';
import { split } from './parse.ts';
import type { Part } from './part.ts';
import { readStatus, type StatusGroup } from './status.ts';
import { subjectOf } from './subject.ts';
import { decodeTransfer } from './transfer.ts';

export interface Report {
  /** Of the report itself. */
  readonly fields: readonly Field[];
  /** Decoded. */
  readonly subject: string;
  /** One for each recipient that the machine-readable part names; empty where there is no such part. */
  readonly recipients: readonly StatusGroup[];
  /** What people are told, without the returned message where that is a part of its own; LF line ends. */
  readonly text: string;
  /** The other kinds of multipart/report (RFC 6522): `disposition-notification`, `feedback-report` …; `''` for none. */
  readonly otherKind: string;
  /** What Message-ID the returned message may have, without brackets, the likeliest first. */
  readonly messageIds: readonly string[];
  /** Addresses that a field of the header says it failed for (Exim, Gmail). */
  readonly failed: readonly Mailbox[];
}

/** Reports return the whole message at times; what they say themselves stands at the top. */
const maxBytes = 1_048_576;
const maxHeader = 65_536;
const maxFields = 500;
const maxTextBytes = 65_536;
const maxIds = 5;
const maxFailed = 20;

export async function readReport(raw: Uint8Array): Promise<Report> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, maxBytes));
  const { fields, bodyAt } = headerOf(bytes);
  const root = await split(bytes, { fields, bodyAt }).catch(() => plainPart(bytes.subarray(bodyAt)));
  const parts = unwrapped(partsOf(root), await innerParts(root));
  const type = fieldValue(fields, 'content-type').toLowerCase();
  const text = textOf(parts);
  return {
    fields,
    subject: subjectOf({ fields }),
    recipients: parts.filter(isStatus).flatMap((part) => readStatus(bytesOf(part).toString('utf8'))),
    text,
    otherKind: otherKindOf(type, parts),
    messageIds: [...new Set([...parts.filter(isReturned).flatMap(idOf), ...idsIn(text)])].slice(0, maxIds),
    failed: failedIn(fields),
  };
}

/** The fields and where the body begins; lines that are none are left out, and what goes over a limit. */
function headerOf(raw: Buffer): { readonly fields: readonly Field[]; readonly bodyAt: number } {
  const ends = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')];
  const [crlf = -1, lf = -1] = ends;
  const end = crlf >= 0 && (lf < 0 || crlf < lf) ? crlf : lf;
  const bodyAt = end < 0 ? raw.length : end + (end === crlf ? 4 : 2);
  return { fields: fieldsOf(raw.toString('latin1', 0, Math.min(end < 0 ? raw.length : end, maxHeader))), bodyAt };
}

/** Fields of a header block in latin1; 8-bit values are UTF-8 where they can be. */
function fieldsOf(block: string): Field[] {
  const lines = block.replace(/\r?\n[ \t]/g, ' ').split(/\r?\n/, maxFields);
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (!/^[\x21-\x39\x3b-\x7e]{1,100}$/.test(name)) return [];
    const value = line.slice(colon + 1).trim();
    return [{ name, value: cleanLine(/[\x80-\xff]/.test(value) ? (decodeText(Buffer.from(value, 'latin1'), '') ?? '') : value) }];
  });
}

const plainPart = (body: Buffer): Part => ({
  type: 'text/plain',
  charset: '',
  flowed: false,
  deleteSpace: false,
  encoding: '',
  disposition: '',
  filename: '',
  contentId: '',
  body,
  children: [],
});

/** All parts that are no multipart, in their order. */
const partsOf = (part: Part): readonly Part[] => (part.children.length === 0 ? [part] : part.children.flatMap(partsOf));

const isStatus = ({ type }: Part): boolean => /^message\/(?:global-)?delivery-status$/.test(type);
const isReturned = ({ type }: Part): boolean => /^(?:message\/(?:rfc822|global|global-headers|partial)|text\/rfc822-headers)$/.test(type);

/** Some systems pass a report on as an attachment: then it is the message inside that tells. */
async function innerParts(root: Part): Promise<readonly Part[]> {
  if (partsOf(root).some(isStatus)) return [];
  const inside = partsOf(root).find(({ type }) => type === 'message/rfc822');
  if (!inside) return [];
  const bytes = bytesOf(inside);
  const { fields, bodyAt } = headerOf(bytes);
  if (!/^multipart\/report\b/i.test(fieldValue(fields, 'content-type'))) return [];
  return split(bytes, { fields, bodyAt }).then(partsOf, () => []);
}

const unwrapped = (outer: readonly Part[], inner: readonly Part[]): readonly Part[] => (inner.some(isStatus) ? inner : outer);

function otherKindOf(type: string, parts: readonly Part[]): string {
  const kinds = ['disposition-notification', 'feedback-report'];
  return kinds.find((kind) => type.includes(`report-type=${kind}`) || type.includes(`report-type="${kind}`) || hasType(parts, kind)) ?? '';
}

const hasType = (parts: readonly Part[], kind: string): boolean => parts.some(({ type }) => type === `message/${kind}`);

/** Decoded, the first 64 kB of it; as it stands where the encoding is none. */
function bytesOf({ body, encoding }: Part): Buffer {
  return (decodeTransfer(body.subarray(0, maxTextBytes * 2), encoding) ?? body).subarray(0, maxTextBytes);
}

/** The texts before the returned message; of text and HTML that say the same, both. */
function textOf(parts: readonly Part[]): string {
  const end = parts.findIndex(isReturned);
  const told = (end < 0 ? parts : parts.slice(0, end)).filter(({ type }) => type === 'text/plain' || type === 'text/html');
  return told.map(readText).join('\n').slice(0, maxTextBytes);
}

function readText(part: Part): string {
  const bytes = bytesOf(part);
  const text = cleanText(decodeText(bytes, part.charset) ?? bytes.toString('latin1'));
  if (part.type !== 'text/html') return text;
  try {
    return readHtml(text).plain;
  } catch {
    return '';
  }
}

function idOf(part: Part): string[] {
  const { fields } = headerOf(bytesOf(part));
  return idsIn(`message-id: ${fieldValue(fields, 'message-id')}`);
}

/** In lines that look like the field of a returned header. */
function idsIn(text: string): string[] {
  const lines = text.split('\n').filter((line) => /^[> \t]{0,8}message-id:/i.test(line));
  return lines.slice(0, maxIds).flatMap((line) => /<([^<>\s]{3,250})>/.exec(line.slice(0, 400))?.[1] ?? []);
}

const failedIn = (fields: readonly Field[]): Mailbox[] =>
  fields
    .filter(({ name }) => name === 'x-failed-recipients')
    .flatMap(({ value }) => value.split(',', maxFailed))
    .flatMap((address) => parseMailbox(address.trim()) ?? [])
    .slice(0, maxFailed);
