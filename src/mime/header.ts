/**
 * The header of a message (RFC 5322 section 2.2), read strictly and in linear time before any library sees a byte: what one reader takes
 * for a field and the next one for text is how mail is forged.
 */
import { isUtf8 } from 'node:buffer';
import { parseMailbox } from '../model/address.ts';
import type { Field, Header } from '../model/message.ts';
import { Refusal, replies } from '../model/reply.ts';
import { readAuthor } from './author.ts';

const maxBytes = 102_400;
const maxLines = 1_000;
const maxIdLength = 250;
const maxReferences = 100;
const maxAddressees = 100;

/** Fields that stand once at most (RFC 5322 section 3.6, RFC 2045): of two, every reader takes another one. */
const singletons = new Set([
  'subject',
  'date',
  'sender',
  'to',
  'cc',
  'message-id',
  'in-reply-to',
  'references',
  'content-type',
  'content-transfer-encoding',
  'content-disposition',
  'content-id',
]);

const fieldName = /^[\x21-\x39\x3b-\x7e]+$/;

const unreadable = (cause: string): Refusal => new Refusal(replies.unreadable, { cause });
const badAuthor = (cause: string): Refusal => new Refusal(replies.badAuthor, { cause });

/**
 * Reads the header of a received message.
 * @throws Refusal `unreadable`: no header, over 100 kB or 1,000 lines, a line that is no field, a field twice that may stand once;
 *   `badAuthor`: not exactly one From field with exactly one valid mailbox.
 */
export function readHeader(raw: Uint8Array): Header {
  const { lines, bodyAt } = linesOf(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  const fields = lines.map(fieldOf);
  if (fields.length === 0) throw unreadable('there is no header');
  checkSingletons(fields);
  const messageId = idsOf(fields, 'message-id')[0];
  return {
    fields,
    author: authorOf(fields),
    addressees: addresseesOf(fields),
    ...(messageId !== undefined && { messageId }),
    inReplyTo: idsOf(fields, 'in-reply-to'),
    references: idsOf(fields, 'references'),
    bodyAt,
  };
}

/** The value of the first field of that name, as it stands in the header; `''` where there is none. */
export const fieldValue = (fields: readonly Field[], name: string): string => fields.find((field) => field.name === name)?.value ?? '';

/** The fields, each with its folded lines as one, and where the body begins. */
function linesOf(raw: Buffer): { readonly lines: readonly Buffer[]; readonly bodyAt: number } {
  const lines: Buffer[] = [];
  let fieldAt = -1;
  for (const { at, next } of physicalLines(raw)) {
    const first = raw[at];
    const folded = first === 32 || first === 9;
    if (folded && fieldAt < 0) throw unreadable('the header begins with a folded line');
    if (folded) continue;
    if (fieldAt >= 0) lines.push(raw.subarray(fieldAt, at));
    fieldAt = at;
    if (first === 10 || (first === 13 && raw[at + 1] === 10)) return { lines, bodyAt: next };
  }
  if (fieldAt >= 0) lines.push(raw.subarray(fieldAt));
  return { lines, bodyAt: raw.length };
}

/** Where each line begins and the next one does, within the limits of a header. */
function* physicalLines(raw: Buffer): Generator<{ readonly at: number; readonly next: number }> {
  let at = 0;
  for (let count = 0; at < raw.length; count++) {
    const lf = raw.indexOf(10, at);
    const next = lf < 0 ? raw.length : lf + 1;
    if (next > maxBytes) throw unreadable('the header is over 100 kB');
    if (count > maxLines) throw unreadable('the header has over 1,000 lines');
    yield { at, next };
    at = next;
  }
}

function fieldOf(line: Buffer): Field {
  const colon = line.indexOf(58);
  if (colon < 0) throw unreadable('a header line without a colon');
  const name = line.toString('latin1', 0, colon);
  if (!fieldName.test(name)) throw unreadable('a header field with an impossible name');
  const bytes = line.subarray(colon + 1);
  // Raw 8-bit text is UTF-8 (RFC 6532) or, from old clients, some charset that nobody tells.
  const value = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1').replace(/\r?\n/g, '');
  if (/[\r\0]/.test(value)) throw unreadable('a bare CR or a NUL in the header');
  return { name: name.toLowerCase(), value: value.trim() };
}

function checkSingletons(fields: readonly Field[]): void {
  const seen = new Set<string>();
  for (const { name } of fields) {
    if (singletons.has(name) && seen.has(name)) throw unreadable(`the field ${name} stands twice`);
    seen.add(name);
  }
}

function authorOf(fields: readonly Field[]): Header['author'] {
  const values = fields.filter(({ name }) => name === 'from');
  const [from] = values;
  if (from === undefined) throw badAuthor('there is no From field');
  if (values.length > 1) throw badAuthor('the field From stands twice');
  const author = readAuthor(from.value);
  if (author === undefined) throw badAuthor('From does not hold exactly one mailbox');
  return author;
}

/** The newest message ids of a field, without brackets: the last ones, for a mail client adds at the end (RFC 5322 section 3.6.4). */
function idsOf(fields: readonly Field[], name: string): string[] {
  const value = fieldValue(fields, name);
  const ids: string[] = [];
  for (let open = value.indexOf('<'); open >= 0; open = value.indexOf('<', open + 1)) {
    const close = value.indexOf('>', open + 1);
    if (close < 0) break;
    const id = close - open - 1 > maxIdLength ? '' : value.slice(open + 1, close);
    if (/^[^\s<>\x00-\x1f\x7f]+$/.test(id)) ids.push(id);
  }
  return ids.slice(-maxReferences);
}

const besideAt = /[^\s"(),:;<>@[\\\]]/;

/** Every address that stands in To and Cc, in names too: enough to see whether one of ours is among them. */
function addresseesOf(fields: readonly Field[]): string[] {
  const found: string[] = [];
  for (const { name, value } of fields) {
    if (name !== 'to' && name !== 'cc') continue;
    for (let at = value.indexOf('@'); at >= 0 && found.length < maxAddressees; at = value.indexOf('@', at + 1)) {
      const mailbox = parseMailbox(around(value, at));
      if (mailbox !== undefined) found.push(mailbox);
    }
  }
  return found;
}

/** The run of address characters around an `@`, no longer than an address can be. */
function around(value: string, at: number): string {
  let from = at;
  while (from > 0 && at - from < 65 && besideAt.test(value.charAt(from - 1))) from--;
  let to = at + 1;
  while (to < value.length && to - at < 255 && besideAt.test(value.charAt(to))) to++;
  return value.slice(from, to);
}
