/**
 * What outgoing bytes say, decoded part by part, for the gate alone. On purpose it shares nothing with the code that reads and builds messages:
 * a fault there must not hide itself here. It knows the few forms that we send, and takes anything else for undecodable.
 */
import { TextDecoder } from 'node:util';
import { matchesIn } from '../model/matches.ts';
import { isPdf, openPdf } from './gate/pdf.ts';
import { entriesOf, isZip, xmlTexts } from './gate/zip.ts';

export interface Said {
  /** `header Subject`, `part 1.2 text/html`, `part 2 header Content-Type`. */
  readonly where: string;
  /** Each way in which a reader or a program may understand it; undefined where it cannot be decoded. */
  readonly texts: readonly string[] | undefined;
  /** The same with its lines joined, for a mailbox that was broken over two. */
  readonly joined?: string;
  /** The bytes of a file and of what is packed in it, which may hold text in any encoding. */
  readonly bytes?: readonly Buffer[];
  /** The name of a file. */
  readonly file?: string | undefined;
}

interface Entity {
  readonly path: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

const maxLevels = 6;
const maxParts = 500;

/** All that the message says, place by place. */
export function* saidIn(bytes: Uint8Array): Generator<Said> {
  yield* saidInEntity(entityOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), ''), 0);
}

function* saidInEntity(entity: Entity, level: number): Generator<Said> {
  const { path, fields, body } = entity;
  for (const [name, value] of fields) yield { where: `${path === '' ? '' : `part ${path} `}header ${name}`, texts: headerTexts(value) };
  const { type, boundary, charset } = contentTypeOf(entity);
  const where = `part ${path === '' ? '1' : path} ${type}`;
  if (!type.startsWith('multipart/')) {
    yield { where, ...contentOf(type, charset, transferDecoded(entity)), file: fileNameOf(entity) };
    return;
  }
  const parts = boundary === '' || level >= maxLevels ? [] : splitParts(body, boundary);
  if (parts.length < 2 || parts.length > maxParts) {
    yield { where, texts: undefined };
    return;
  }
  // What stands before the first part is shown by no client, and says something all the same.
  const [before = Buffer.alloc(0), ...inner] = parts;
  yield { where: `${where} preamble`, texts: [before.toString('latin1')] };
  for (const [index, part] of inner.entries())
    yield* saidInEntity(entityOf(part, `${path === '' ? '' : `${path}.`}${index + 1}`), level + 1);
}

function entityOf(bytes: Buffer, path: string): Entity {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, end < 0 ? bytes.length : end).toString('latin1');
  const fields = head
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
    .map((line): [string, string] => [
      line.slice(0, Math.max(0, line.indexOf(':'))).replace(/[^\w-]/g, ''),
      line.slice(line.indexOf(':') + 1),
    ]);
  return { path, fields, body: end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 4) };
}

const fieldOf = ({ fields }: Entity, name: string): string => fields.find(([field]) => field.toLowerCase() === name)?.[1] ?? '';

/** Ours are plain: `attachment-1.pdf`. */
const fileNameOf = (entity: Entity): string | undefined =>
  /\bfilename="?([a-z]+-\d+\.[a-z0-9]+)/.exec(fieldOf(entity, 'content-disposition'))?.[1];

function contentTypeOf(entity: Entity): { readonly type: string; readonly boundary: string; readonly charset: string } {
  const value = fieldOf(entity, 'content-type');
  return {
    type: /^\s*([\w.+-]+\/[\w.+-]+)/.exec(value)?.[1]?.toLowerCase() ?? 'text/plain',
    boundary: /;\s*boundary="([^"]+)"/i.exec(value)?.[1] ?? '',
    charset: /;\s*charset="?([\w-]+)/i.exec(value)?.[1]?.toLowerCase() ?? 'us-ascii',
  };
}

/** What stands before the first delimiter, the parts, and what follows the last one; fewer than two: there is no part. */
function splitParts(body: Buffer, boundary: string): Buffer[] {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = body.indexOf(delimiter); at >= 0 && parts.length <= maxParts; at = body.indexOf(delimiter, at + delimiter.length)) {
    const lineStart = at === 0 || body[at - 1] === 10;
    const after = body.toString('latin1', at + delimiter.length, at + delimiter.length + 2);
    if (!lineStart || (after !== '\r\n' && after !== '--' && after !== '')) continue;
    parts.push(body.subarray(from, Math.max(from, at - 2)));
    from = at + delimiter.length + 2;
  }
  parts.push(body.subarray(from));
  return parts;
}

/** The decoded body; undefined where the encoding is none of ours or is broken. */
function transferDecoded(entity: Entity): Buffer | undefined {
  const encoding = fieldOf(entity, 'content-transfer-encoding').trim().toLowerCase();
  if (encoding === '7bit' || encoding === '8bit' || encoding === '') return entity.body;
  if (encoding === 'base64') return base64Of(entity.body);
  if (encoding !== 'quoted-printable') return undefined;
  return quotedPrintableOf(entity.body);
}

/** By octet the value of a hexadecimal digit; `NaN` where it is none. */
const digits = Float32Array.from({ length: 256 }, (_, octet) => Number.parseInt(String.fromCharCode(octet), 16));

/** The octets; undefined where an `=` stands before anything but two digits or the end of a line. */
function quotedPrintableOf(body: Buffer): Buffer | undefined {
  const octets = Buffer.from(body.toString('latin1').replaceAll('=\r\n', ''), 'latin1');
  let length = 0;
  for (let at = 0; at < octets.length; at += 1) {
    let octet = octets[at] ?? 0;
    if (octet === 0x3d) {
      octet = 16 * (digits[octets[++at] ?? 0] ?? 0) + (digits[octets[++at] ?? 0] ?? 0);
      if (Number.isNaN(octet)) return undefined;
    }
    octets[length++] = octet;
  }
  return octets.subarray(0, length);
}

/** Of the base64 that we write, in characters with its line end (RFC 2045 section 6.8). */
const base64Line = 78;

/**
 * The octets; undefined where there is anything in it but digits, line ends, and two signs of the end. Node's decoder passes over what it does
 * not know, so that less comes out than there are digits for; it takes those of base64url too, which mail has not.
 */
function base64Of(body: Buffer): Buffer | undefined {
  const [, signs = '', rest = ''] = /^[^=]*(={0,2})([\r\n]*)$/.exec(body.toString('latin1', Math.max(0, body.length - 8))) ?? [];
  const digits = body.subarray(0, body.length - rest.length);
  if (digits.includes('-') || digits.includes('_')) return undefined;
  const byLines = linesDecoded(digits, signs.length);
  if (byLines !== undefined) return byLines;
  const text = digits.toString('latin1');
  const bytes = Buffer.from(text, 'base64');
  const isWhole = (lineEnds: number): boolean => bytes.length === Math.floor(((text.length - signs.length - lineEnds) * 3) / 4);
  const usual = 2 * Math.max(0, Math.ceil((text.length + 2) / base64Line) - 1);
  return isWhole(usual) || isWhole(text.length - text.replace(/[\r\n]+/g, '').length) ? bytes : undefined;
}

/** So many lines at once. */
const linesAtOnce = 1_024;

/**
 * Of lines as we write them; undefined where they are any others. Decoded some at a time, for Node decodes strings alone, and one of megabytes is
 * memory that only a collection of garbage gives back.
 */
function linesDecoded(body: Buffer, signs: number): Buffer | undefined {
  for (let end = base64Line; end < body.length; end += base64Line) if (body[end - 2] !== 13 || body[end - 1] !== 10) return undefined;
  const lineEnds = 2 * (Math.ceil((body.length + 2) / base64Line) - 1);
  const length = Math.floor(((body.length - lineEnds - signs) * 3) / 4);
  // With room for what would be too much.
  const bytes = Buffer.allocUnsafeSlow(length + base64Line);
  let to = 0;
  for (let from = 0; from < body.length; from += linesAtOnce * base64Line) {
    const text = body.toString('latin1', from, from + linesAtOnce * base64Line);
    const whole = Math.min(length - to, linesAtOnce * (base64Line - 2) * 0.75);
    if (bytes.write(text, to, 'base64') !== whole) return undefined;
    to += whole;
  }
  return bytes.subarray(0, length);
}

function contentOf(type: string, charset: string, bytes: Buffer | undefined): Omit<Said, 'where'> {
  if (bytes === undefined) return { texts: undefined };
  const isText = type === 'text/plain' || type === 'text/html';
  const text = isText ? utf8Of(bytes) : undefined;
  if (text !== undefined)
    return type === 'text/html' ? htmlTexts(text) : { texts: [text, percentDecoded(text), unquoted(text)], joined: joined(text) };
  // A text of ours is UTF-8 and says so; without a charset it is a file.
  return isText && charset === 'utf-8' ? { texts: undefined } : fileTexts(bytes);
}

/** What a file says: documents are opened, as deep as clients show them. */
function fileTexts(bytes: Buffer): Omit<Said, 'where'> {
  if (bytes.length > 4 && isZip(bytes)) return zipTexts(bytes);
  if (!isPdf(bytes)) return { texts: [], bytes: [bytes] };
  const opened = openPdf(bytes);
  return opened === undefined ? { texts: undefined } : { texts: opened.texts, bytes: [bytes, ...opened.streams] };
}

function zipTexts(bytes: Buffer): Omit<Said, 'where'> {
  const entries = entriesOf(bytes);
  if (entries === undefined) return { texts: undefined };
  const texts = entries.flatMap(({ name, bytes: content }) => {
    const xml = /\.(?:xml|rels|vml)$/i.test(name) ? utf8Of(content) : undefined;
    return xml === undefined ? [name] : [name, ...xmlTexts(xml)];
  });
  return { texts, bytes: [bytes, ...entries.map((entry) => entry.bytes)] };
}

function utf8Of(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Lines that were broken on the way, with the marks of a quote. */
const joined = (text: string): string => text.replace(/\r?\n[\s>|]*/g, '');

/** Lines that were broken between words, without the marks of a quote. */
function unquoted(text: string): string {
  let isQuote = false;
  // One look at each run: a pattern that asks for the mark behind it begins anew at every empty line, which takes minutes for a megabyte.
  const onOneLine = text.replace(/\n[\s>|]*/g, (run) => {
    isQuote ||= run.includes('>') || run.includes('|');
    return ' ';
  });
  return isQuote ? onOneLine : text;
}

const percentDecoded = (text: string): string =>
  text.replace(/%(?:25)*([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** The source with its entities decoded, and what a reader sees; nothing where there is markup that we do not write. */
function htmlTexts(source: string): Omit<Said, 'where'> {
  const seen = withoutTags(source);
  if (seen === undefined || /&(?!(?:amp|lt|gt|quot|nbsp);)/.test(source)) return { texts: undefined };
  const text = entitiesDecoded(seen);
  const all = entitiesDecoded(source);
  return { texts: [all, percentDecoded(all), text, percentDecoded(text)], joined: joined(text) };
}

const tagName = /\/?([a-z][a-z0-9]*)\b/y;

/** What stands between the tags, parted where they part it; undefined where a `<` begins none of ours. */
function withoutTags(source: string): string | undefined {
  const pieces: string[] = [];
  let from = 0;
  for (let open = source.indexOf('<'); open >= 0; open = source.indexOf('<', from)) {
    tagName.lastIndex = open + 1;
    const name = tagName.exec(source)?.[1];
    const close = source.indexOf('>', open);
    if (name === undefined || close < 0 || source.slice(tagName.lastIndex, close).includes('<')) return undefined;
    pieces.push(source.slice(from, open), inline.has(name) ? '' : ' ');
    from = close + 1;
  }
  return [...pieces, source.slice(from)].join('');
}

const inline = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i img ins kbd mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

const entitiesDecoded = (text: string): string => text.replace(/&([a-z]+);/g, (whole, name: string) => entities[name] ?? whole);

/** A header value as it is, with its encoded words decoded (RFC 2047), and percent-decoded (RFC 2231); undefined: a charset not ours. */
function headerTexts(value: string): readonly string[] | undefined {
  const words = /=\?([^?]*)\?([qb])\?([^?]*)\?=(?:\s+(?==\?))?/gi;
  const pieces: string[] = [];
  let at = 0;
  let bytes: Buffer[] = [];
  for (const match of matchesIn(value, words)) {
    const [whole, charset = '', encoding = '', content = ''] = match;
    if (charset.toLowerCase() !== 'utf-8') return undefined;
    if (match.index > at) {
      pieces.push(Buffer.concat(bytes).toString('utf8'), value.slice(at, match.index));
      bytes = [];
    }
    bytes.push(encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : wordBytes(content));
    at = match.index + whole.length;
  }
  const decoded = [...pieces, Buffer.concat(bytes).toString('utf8'), value.slice(at)].join('');
  return [value, decoded, percentDecoded(value)];
}

const wordBytes = (content: string): Buffer =>
  Buffer.from(
    content.replaceAll('_', ' ').replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
