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
  readonly chars: string[];
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Nothing but white space and quote marks stands since the line began. */
  lineStart: boolean;
}

/** What other code points than ASCII become; filled as they come, and small enough for ever. */
const forms = new Map<number, string>();
const maxForms = 20_000;
/** Hangul becomes three characters; what becomes more (a whole blessing in U+FDFA) is no part of an address. */
const maxForm = 4;

export function fold(source: string): Folded {
  const room = /[^\x00-\x7f]/.test(source) ? source.length * maxForm : source.length;
  const folding: Folding = { chars: [], from: new Uint32Array(room), to: new Uint32Array(room), lineStart: true };
  for (let at = 0; at < source.length; ) {
    const code = source.codePointAt(at) ?? 0;
    const end = code === 0x25 ? endOfPercent(source, at) : at + (code > 0xffff ? 2 : 1);
    add(folding, end - at > 2 ? Number.parseInt(source.slice(end - 2, end), 16) : code, at, end);
    at = end;
  }
  const { chars, from, to } = folding;
  return { text: chars.join(''), from, to };
}

function add(folding: Folding, code: number, start: number, end: number): void {
  const { chars, from, to, lineStart } = folding;
  const isQuoteMark = lineStart && (code === 0x3e || code === 0x7c);
  const form = isQuoteMark ? ' ' : formOf(code);
  folding.lineStart = code === 0x0a || (lineStart && (form === ' ' || form === ''));
  if (form === ' ' && chars.at(-1) === ' ') {
    to[chars.length - 1] = end;
    return;
  }
  for (let at = 0; at < form.length; at++) {
    from[chars.length] = start;
    to[chars.length] = end;
    chars.push(form.charAt(at));
  }
}

/** The end of `%40`, and of `%2540`, which was encoded twice; only the percent sign where it encodes no ASCII. */
function endOfPercent(source: string, at: number): number {
  let digits = at + 1;
  while (digits < at + 9 && source.startsWith('25', digits)) digits += 2;
  if (/^[2-7][0-9a-f]$/i.test(source.slice(digits, digits + 2))) return digits + 2;
  return at + 1;
}

function formOf(code: number): string {
  if (code < 0x80) return asciiForm(code);
  const known = forms.get(code);
  if (known !== undefined) return known;
  const form = otherForm(String.fromCodePoint(code));
  if (forms.size < maxForms) forms.set(code, form);
  return form;
}

function asciiForm(code: number): string {
  if (code <= 0x20) return code === 0x20 || (code >= 9 && code <= 13) ? ' ' : '';
  return String.fromCharCode(code >= 0x41 && code <= 0x5a ? code + 0x20 : code);
}

function otherForm(char: string): string {
  if (/[\p{DI}\p{Cf}\p{Cc}]/u.test(char)) return '';
  if (/\s/u.test(char)) return ' ';
  const form = char.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return form.replaceAll(' ', '').slice(0, maxForm);
}
