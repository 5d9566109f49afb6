/** The nouns of PDF (ISO 32000-2 section 7.3), read from bytes: names, strings, arrays, dictionaries, references. */

export type Value =
  /** Numbers, `true`, `false` and `null`, as they are written. */
  | { readonly kind: 'word'; readonly text: string }
  /** Without its slash, `#41` decoded, one character a byte. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'string'; readonly bytes: Buffer }
  | { readonly kind: 'reference'; readonly to: number }
  | { readonly kind: 'array'; readonly items: readonly Value[] }
  | Dictionary
  | Stream;

export interface Dictionary {
  readonly kind: 'dictionary';
  readonly entries: ReadonlyMap<string, Value>;
}

export interface Stream {
  readonly kind: 'stream';
  readonly entries: ReadonlyMap<string, Value>;
  /** As stored, filters not undone. */
  readonly data: Buffer;
}

export const nothing: Value = { kind: 'word', text: 'null' };

export type Objects = ReadonlyMap<number, Value>;

/** What stands under a key of a dictionary or a stream. */
export const entryIn = (value: Value | undefined, key: string): Value | undefined =>
  value?.kind === 'dictionary' || value?.kind === 'stream' ? value.entries.get(key) : undefined;

/** The name that stands under a key; `''` where there is none. */
export function nameIn(value: Value | undefined, key: string): string {
  const entry = entryIn(value, key);
  return entry?.kind === 'name' ? entry.name : '';
}

/** What a reference leads to. */
export function resolve(value: Value | undefined, objects: Objects): Value | undefined {
  let found = value;
  for (let step = 0; step < 10 && found?.kind === 'reference'; step++) found = objects.get(found.to);
  return found?.kind === 'reference' ? undefined : found;
}

/** The items of an array, or the one value that stands in its stead. */
export function itemsOf(value: Value | undefined, objects: Objects): readonly Value[] {
  const found = resolve(value, objects);
  return found?.kind === 'array' ? found.items : value === undefined ? [] : [value];
}

/** A place in bytes that moves on as values are read. */
export interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

const maxLevels = 100;

const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 9 || byte === 0 || byte === 12;
const delimiters = new Set(Buffer.from('()<>[]{}/%'));
const isRegular = (byte: number | undefined): boolean => byte !== undefined && !isBlank(byte) && !delimiters.has(byte);

export function skipBlanks(cursor: Cursor): void {
  const { bytes } = cursor;
  while (isBlank(bytes[cursor.at]) || bytes[cursor.at] === 0x25) {
    if (bytes[cursor.at] !== 0x25) cursor.at++;
    else while (cursor.at < bytes.length && bytes[cursor.at] !== 0x0a && bytes[cursor.at] !== 0x0d) cursor.at++;
  }
}

/** A run of regular characters, one character a byte; `''` where there is none. */
export function readWord(cursor: Cursor): string {
  const from = cursor.at;
  while (isRegular(cursor.bytes[cursor.at])) cursor.at++;
  return cursor.bytes.toString('latin1', from, cursor.at);
}

/** The value that begins here; undefined where there is none, or one that goes too deep. */
export function readValue(cursor: Cursor, level = 0): Value | undefined {
  skipBlanks(cursor);
  const { bytes, at } = cursor;
  const byte = bytes[at];
  if (byte === undefined || level > maxLevels) return undefined;
  if (byte === 0x2f) return readName(cursor);
  if (byte === 0x28) return readLiteral(cursor);
  if (byte === 0x5b) return readArray(cursor, level);
  if (byte === 0x3c) return bytes[at + 1] === 0x3c ? readDictionary(cursor, level) : readHex(cursor);
  const word = readWord(cursor);
  return /^(?:[-+.\d][-+.\deE]*|true|false|null)$/.test(word) ? { kind: 'word', text: word } : undefined;
}

function readName(cursor: Cursor): Value {
  cursor.at++;
  const name = readWord(cursor).replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { kind: 'name', name };
}

const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

function readLiteral(cursor: Cursor): Value | undefined {
  const { bytes } = cursor;
  const out: number[] = [];
  let open = 0;
  while (cursor.at < bytes.length) {
    const byte = bytes[cursor.at++] ?? 0;
    if (byte === 0x5c) readEscape(cursor, out);
    else {
      if (byte === 0x28) open++;
      if (byte === 0x29) open--;
      if (open === 0) return { kind: 'string', bytes: Buffer.from(out.slice(1)) };
      out.push(byte);
    }
  }
  return undefined;
}

/** What follows a backslash: up to three octal digits, a letter, a line end that counts for nothing, or a character that stands for itself. */
function readEscape(cursor: Cursor, out: number[]): void {
  const octal = /^[0-7]{1,3}/.exec(cursor.bytes.toString('latin1', cursor.at, cursor.at + 3))?.[0];
  const char = String.fromCharCode(cursor.bytes[cursor.at] ?? 0);
  cursor.at += octal?.length ?? (cursor.bytes.toString('latin1', cursor.at, cursor.at + 2) === '\r\n' ? 2 : 1);
  if (octal !== undefined) out.push(Number.parseInt(octal, 8) & 255);
  else if (char !== '\r' && char !== '\n') out.push(escapes[char] ?? char.charCodeAt(0));
}

function readHex(cursor: Cursor): Value | undefined {
  const end = cursor.bytes.indexOf(0x3e, cursor.at);
  if (end < 0) {
    cursor.at = cursor.bytes.length;
    return undefined;
  }
  const digits = cursor.bytes.toString('latin1', cursor.at + 1, end).replace(/[^0-9a-f]/gi, '');
  cursor.at = end + 1;
  return { kind: 'string', bytes: Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex') };
}

const isInteger = (value: Value | undefined): boolean => value?.kind === 'word' && /^\d{1,10}$/.test(value.text);

/** Takes `12 0 R` for one value: the two numbers before stand in the list already. */
function takeReference(cursor: Cursor, items: Value[]): boolean {
  const number = items.at(-2);
  const isOne = cursor.bytes[cursor.at] === 0x52 && !isRegular(cursor.bytes[cursor.at + 1]) && isInteger(items.at(-1)) && isInteger(number);
  if (!isOne) return false;
  cursor.at++;
  items.splice(-2, 2, { kind: 'reference', to: number?.kind === 'word' ? Number(number.text) : 0 });
  return true;
}

function readItems(cursor: Cursor, level: number, end: ']' | '>>'): Value[] | undefined {
  const last = end.charCodeAt(0);
  const items: Value[] = [];
  for (;;) {
    skipBlanks(cursor);
    if (cursor.bytes[cursor.at] === last && (end === ']' || cursor.bytes[cursor.at + 1] === last)) {
      cursor.at += end.length;
      return items;
    }
    if (takeReference(cursor, items)) continue;
    const item = readValue(cursor, level + 1);
    if (item === undefined) return undefined;
    items.push(item);
  }
}

function readArray(cursor: Cursor, level: number): Value | undefined {
  cursor.at++;
  const items = readItems(cursor, level, ']');
  return items && { kind: 'array', items };
}

/** Of two entries of one name the first counts, as in most readers; the other is not written. */
function readDictionary(cursor: Cursor, level: number): Dictionary | undefined {
  cursor.at += 2;
  const items = readItems(cursor, level, '>>');
  if (items === undefined) return undefined;
  const entries = new Map<string, Value>();
  for (let at = 0; at + 1 < items.length; at += 2) {
    const [key, value] = [items[at], items[at + 1]];
    if (key?.kind !== 'name' || value === undefined) return undefined;
    if (!entries.has(key.name)) entries.set(key.name, value);
  }
  return { kind: 'dictionary', entries };
}
