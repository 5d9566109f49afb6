/**
 * Does a message spell a secret, and does it still say what it should? Decodes with software that the relay's gate does not share:
 * mailparser, zlib wherever a stream begins, UTF-16, entities, percent and base64 forms; then searches what is left when everything but letters and
 * digits is taken away. It knows nothing of how the relay writes messages.
 */
import { inflateRawSync, inflateSync } from 'node:zlib';
import { type ParsedMail, simpleParser } from 'mailparser';

const options = { skipImageLinks: true, skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true };
const parsed = (bytes: Uint8Array): Promise<ParsedMail> => simpleParser(Buffer.from(bytes), options);
const inflated = { maxOutputLength: 4_000_000, finishFlush: 2 };

/** Without case, width, marks, and all that is neither letter nor digit: `G.Halvorsen @ x` is `ghalvorsenx`. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Transcriptions as people make them: `Juergen` for `Jürgen`. */
const transcribed = (text: string): string => text.replace(/[äöü]/gi, (vowel) => `${vowel.normalize('NFD')[0]}e`);

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  commat: '@',
  period: '.',
  nbsp: ' ',
  shy: '',
  zwnj: '',
};

const unescaped = (html: string): string =>
  html.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,10}));?/gi, (all, hex?: string, decimal?: string, name?: string) => {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN);
    if (Number.isNaN(code)) return named[(name ?? '').toLowerCase()] ?? all;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });

const unpercented = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));

const base64Runs = (text: string): readonly string[] =>
  [...text.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)].map(([run]) => Buffer.from(run, 'base64').toString('utf8'));

/** All that a piece of text or HTML can be read as. */
function readings(text: string): readonly string[] {
  const plain = unescaped(text);
  const untagged = [plain.replace(/<[^>]*>/g, ''), unescaped(text.replace(/<[^>]*>/g, ''))];
  const all = [text, plain, ...untagged, unpercented(plain), unpercented(unpercented(plain)), ...base64Runs(plain)];
  const unquoted = untagged.map((one) => one.replace(/\r?\n[>|\s]*/g, ' '));
  const escapes = text.includes('\\')
    ? [text.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))]
    : [];
  const hex = [...text.matchAll(/<((?:[0-9a-f]{2}\s*){6,})>/gi)].map(([, run = '']) =>
    utf16(Buffer.from(run.replace(/\s/g, ''), 'hex')).join('\n'),
  );
  return [...all, ...unquoted, ...escapes, ...hex];
}

const wide = [new TextDecoder('utf-16le'), new TextDecoder('utf-16be')];

/**
 * UTF-16 of either order from either offset. QUIRK: Node 24.21's `toString('utf16le')` of an odd number of octets from an odd address
 * overruns its buffer ("double free or corruption"); TextDecoder does not.
 */
const utf16 = (bytes: Buffer): readonly string[] => [bytes, bytes.subarray(1)].flatMap((one) => wide.map((decoder) => decoder.decode(one)));

/** The content itself, and whatever zlib or zip streams lie in it. */
export function layersOf(content: Buffer, depth = 0): readonly Buffer[] {
  if (depth > 3) return [content];
  const inner = [...zipEntries(content), ...zlibStreams(content)];
  return [content, ...inner.flatMap((one) => layersOf(one, depth + 1))];
}

function* zipEntries(content: Buffer): Iterable<Buffer> {
  for (let at = content.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = content.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    if (at + 46 > content.length) return;
    const [method, size, local] = [content.readUInt16LE(at + 10), content.readUInt32LE(at + 20), content.readUInt32LE(at + 42)];
    if (local + 30 > content.length) continue;
    const from = local + 30 + content.readUInt16LE(local + 26) + content.readUInt16LE(local + 28);
    const data = content.subarray(from, from + size);
    yield method === 8 ? attempt(() => inflateRawSync(data, inflated)) : data;
  }
}

function* zlibStreams(content: Buffer): Iterable<Buffer> {
  for (let at = content.indexOf(0x78); at >= 0; at = content.indexOf(0x78, at + 1)) {
    if (at + 2 >= content.length || content.readUInt16BE(at) % 31 !== 0) continue;
    const stream = attempt(() => inflateSync(content.subarray(at), inflated));
    if (stream.length > 8) yield stream;
  }
}

function attempt(inflate: () => Buffer): Buffer {
  try {
    return inflate();
  } catch {
    return Buffer.alloc(0);
  }
}

const textsOfFile = (content: Buffer): readonly string[] =>
  layersOf(content).flatMap((layer) => [layer.toString('latin1'), layer.toString('utf8'), ...utf16(layer)]);

/** Everything in a message that a curious reader could come by. */
async function surfaces(bytes: Uint8Array): Promise<readonly string[]> {
  const mail = await parsed(bytes);
  const headers = mail.headerLines.map(({ line }) => line);
  const files = mail.attachments.flatMap(({ filename, cid, content }) => [filename ?? '', cid ?? '', ...textsOfFile(content)]);
  const people = [mail.from?.text ?? '', JSON.stringify(mail.to ?? ''), mail.subject ?? ''];
  return [Buffer.from(bytes).toString('latin1'), ...headers, ...people, mail.text ?? '', mail.html || '', ...files];
}

export interface Secrets {
  readonly texts: readonly string[];
  readonly octets: readonly Uint8Array[];
}

/** Those secrets that the message spells in any form. */
export async function spelledIn(bytes: Uint8Array, secrets: Secrets): Promise<readonly string[]> {
  const hay = (await surfaces(bytes)).flatMap(readings).map(folded).join('\n');
  const spelled = (secret: string): boolean => [secret, transcribed(secret)].some((form) => hay.includes(folded(form)));
  const layers = secrets.octets.length === 0 ? [] : (await parsed(bytes)).attachments.flatMap(({ content }) => layersOf(content));
  const carried = secrets.octets.filter((one) => layers.some((layer) => layer.includes(Buffer.from(one))));
  return [...[...new Set(secrets.texts)].filter(spelled), ...carried.map((one) => `octets ${Buffer.from(one).toString('hex', 0, 12)}`)];
}

const squeezed = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u00ad\u200b-\u200f\u2060\ufeff]+/gu, ' ')
    .toLowerCase();
/** As a reader sees it, with the targets of links. */
const read = (html: string): string =>
  unescaped(
    html
      .replace(/<a\b[^>]*\bhref="([^"]*)"[^>]*>/gi, ' $1 ')
      .replace(/<(?:br|p|div|tr|li|td|h\d|blockquote)\b[^>]*>/gi, ' ')
      .replace(/<[^>]*>/g, ''),
  );

/** Pictures that the HTML shows and that are there. */
const shownIn = ({ html, attachments }: ParsedMail): number =>
  [...(html || '').matchAll(/\bsrc="cid:([^"]+)"/gi)].filter(([, cid]) => attachments.some((one) => one.cid === cid)).length;

interface Wanted {
  readonly keep: readonly string[];
  readonly files: readonly (string | Uint8Array)[];
}

/** What should have arrived and did not: words that an alternative of the original has must stand in the same alternative of the copy. */
export async function lostIn(bytes: Uint8Array, original: Uint8Array, { keep, files }: Wanted): Promise<readonly string[]> {
  const [after, before] = [await parsed(bytes), await parsed(original)];
  const shown = ({ subject, text, html }: ParsedMail) => ({
    subject: squeezed(subject ?? ''),
    text: squeezed(text ?? ''),
    html: squeezed(unpercented(read(html || ''))),
  });
  const [is, was] = [shown(after), shown(before)];
  const arrived = (words: string): boolean => {
    const one = squeezed(words);
    if (![is.subject, is.text, is.html].some((place) => place.includes(one))) return false;
    return (['text', 'html'] as const).every((place) => is[place] === '' || !was[place].includes(one) || is[place].includes(one));
  };
  const layers = after.attachments.flatMap(({ content }) => layersOf(content));
  const filed = (one: string | Uint8Array): boolean =>
    layers.some((layer) => layer.includes(typeof one === 'string' ? one : Buffer.from(one)));
  const named = (one: string | Uint8Array): string => (typeof one === 'string' ? `file with ${one}` : `picture of ${one.length} octets`);
  const unseen = files.length > 0 && shownIn(after) < shownIn(before) ? ['a picture in its place'] : [];
  return [...unseen, ...keep.filter((words) => !arrived(words)), ...files.filter((one) => !filed(one)).map(named)];
}
