/**
 * Text as it is compared: without invisible characters (UAX #31 default ignorable), accents, case and compatibility forms (NFKD), white space
 * and the quote marks of wrapped lines as one blank, percent-encoded ASCII decoded. Each character knows where it came from.
 */

export interface Folded {
  readonly text: string;
  /** Where each character of `text` begins and ends in the source. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

interface Folding {
  /** UTF-16, as `text` will be. */
  readonly units: Uint16Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  length: number;
  /** Nothing but white space and quote marks stands since the line began. */
  lineStart: boolean;
}

const blank = 0x20;

/** What other code points than ASCII become; filled as they come, and small enough for ever. */
const forms = new Map<number, number | string>();
const maxForms = 20_000;
/** Hangul becomes three characters; what becomes more (a whole blessing in U+FDFA) is no part of an address. */
const maxForm = 4;

export function fold(source: string): Folded {
  const room = /[^\x00-\x7f]/.test(source) ? source.length * maxForm : source.length;
  const folding: Folding = {
    units: new Uint16Array(room),
    from: new Uint32Array(room),
    to: new Uint32Array(room),
    length: 0,
    lineStart: true,
  };
  for (let at = 0; at < source.length; ) {
    const code = source.codePointAt(at) ?? 0;
    const end = code === 0x25 ? endOfPercent(source, at) : at + (code > 0xffff ? 2 : 1);
    add(folding, end - at > 2 ? Number.parseInt(source.slice(end - 2, end), 16) : code, at, end);
    at = end;
  }
  const { units, from, to, length } = folding;
  return { text: Buffer.from(units.buffer, 0, length * 2).toString('utf16le'), from, to };
}

function add(folding: Folding, code: number, start: number, end: number): void {
  const isQuoteMark = folding.lineStart && (code === 0x3e || code === 0x7c);
  const form = isQuoteMark ? blank : code < 0x80 ? asciiForm(code) : formOf(code);
  folding.lineStart = code === 0x0a || (folding.lineStart && (form === blank || form === ''));
  if (typeof form === 'number') put(folding, form, start, end);
  else for (let at = 0; at < form.length; at++) put(folding, form.charCodeAt(at), start, end);
}

function put(folding: Folding, unit: number, start: number, end: number): void {
  const { units, from, to, length } = folding;
  if (unit === blank && length > 0 && units[length - 1] === blank) {
    to[length - 1] = end;
    return;
  }
  units[length] = unit;
  from[length] = start;
  to[length] = end;
  folding.length++;
}

/** The end of `%40`, and of `%2540`, which was encoded twice; only the percent sign where it encodes no ASCII. */
function endOfPercent(source: string, at: number): number {
  let digits = at + 1;
  while (digits < at + 9 && source.startsWith('25', digits)) digits += 2;
  if (/^[2-7][0-9a-f]$/i.test(source.slice(digits, digits + 2))) return digits + 2;
  return at + 1;
}

/** In lower case; white space as a blank; nothing for other controls. */
function asciiForm(code: number): number | '' {
  if (code <= blank) return code === blank || (code >= 9 && code <= 13) ? blank : '';
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}

function formOf(code: number): number | string {
  const known = forms.get(code);
  if (known !== undefined) return known;
  const form = otherForm(String.fromCodePoint(code));
  if (forms.size < maxForms) forms.set(code, form);
  return form;
}

function otherForm(char: string): number | string {
  if (/[\p{DI}\p{Cf}\p{Cc}]/u.test(char)) return '';
  if (/\s/u.test(char)) return blank;
  const form = char.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replaceAll(' ', '').slice(0, maxForm);
  // An accent that stands alone is visible, and parts words.
  if (form === '') return /\p{M}/u.test(char) ? '' : blank;
  return form.length === 1 ? form.charCodeAt(0) : form;
}
