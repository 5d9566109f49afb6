/**
 * Text as it is compared: without invisible characters (UAX #31 default ignorable), accents, case and compatibility forms (NFKD), letters of
 * other scripts as the Latin ones they look like (UTS #39), white space and the quote marks of wrapped lines as one blank, percent-encoded UTF-8,
 * entities and `\\u0040` decoded. Each character knows where it came from.
 */

export interface Folded {
  readonly text: string;
  /** Where each character of `text` begins and ends in the source. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** Letters that no normal form takes apart, and those of Cyrillic, Greek and Armenian that look like Latin ones. */
const looksLike: ReadonlyMap<string, string> = new Map(
  (
    "’' ‘' ʼ' ´' ＇' øo łl đd ðd ħh ŧt ıi ŋn ſs ĸk æae œoe ßss þth аa еe оo рp сc уy хx іi ѕs јj ԁd һh ӏl ԛq ԝw кk мm тt вb нh гr пn ѡw зz " +
    'αa εe οo ρp ιi κk νv τt υu χx ηn γy ωw βb μm σo ςs ɡg ɑa ɩi ʟl օo սu ոn հh'
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.slice(1)]),
);

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

const escapes = /[\x00-\x08\x0e-\x1f\x7f]|%[0-9a-f]|&(?:#|[cnpsl][a-z]{2,6};)|\\u[0-9a-f]/i;

/** The folded text alone, of something short without white space to fold. */
export const foldedText = (source: string): string => quickFold(source) ?? fold(source).text;

/**
 * The letters of a folded text, quickly and without their places: white space is as it was. Undefined where that takes a closer look.
 * What stands in a folded text and has no blank in it stands in this one too.
 */
export function quickFold(source: string): string | undefined {
  if (/[\x00-\x08\x0e-\x1f\x7f%&\\]/.test(source) && escapes.test(source)) return undefined;
  const lower = source.toLowerCase();
  if (!/[^\x00-\x7f]/.test(lower)) return lower;
  return lower.replace(/[^\x00-\x7f]/gu, (char) => {
    const form = formOf(char.codePointAt(0) ?? 0);
    return typeof form === 'number' ? String.fromCharCode(form) : form;
  });
}

/** What other code points than ASCII become; filled as they come, and small enough for ever. */
const forms = new Map<number, number | string>();
const maxForms = 20_000;
/** Hangul becomes three characters; what becomes more (a whole blessing in U+FDFA) is no part of an address. */
const maxForm = 4;

export function fold(source: string): Folded {
  const room = roomFor(source);
  const [units, from, to] = [new Uint16Array(room), new Uint32Array(room), new Uint32Array(room)];
  const folding: Folding = { units, from, to, length: 0, lineStart: true };
  let length = 0;
  for (let at = 0; at < source.length; ) {
    const code = source.charCodeAt(at);
    const form = code < 0x80 ? (asciiForms[code] ?? 0) : 0;
    // Most of most texts: a letter that stays what it is, and a blank after one.
    if (form > blank || (form === blank && length > 0 && units[length - 1] !== blank)) {
      if (form > blank) folding.lineStart = false;
      units[length] = form;
      from[length] = at;
      to[length++] = ++at;
    } else {
      folding.length = length;
      at = addSlowly(folding, source, at);
      length = folding.length;
    }
  }
  return { text: Buffer.from(units.buffer, 0, length * 2).toString('utf16le'), from, to };
}

/** `fold`, when it is first asked for. */
export function foldOnce(source: string): () => Folded {
  let folded: Folded | undefined;
  return () => {
    folded ??= fold(source);
    return folded;
  };
}

/** The most that a text can become: escapes are longer than what they stand for. Other characters than ASCII take more octets than units. */
const roomFor = (source: string): number =>
  Math.min(source.length * maxForm, source.length + (Buffer.byteLength(source) - source.length) * (maxForm - 1));

/** Lower case of what stands for itself; 0 for what must be looked at: other white space, quote marks, the beginnings of escapes. */
const asciiForms = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const form = asciiForm(code);
  return form === '' || (form === blank && code !== blank) || '%&\\>|'.includes(String.fromCharCode(code)) ? 0 : form;
});

/** Where the next character begins. */
function addSlowly(folding: Folding, source: string, at: number): number {
  const code = source.codePointAt(at) ?? 0;
  const written = code === 0x25 || code === 0x26 || code === 0x5c ? escapeAt(source, at) : undefined;
  const end = written?.end ?? at + (code > 0xffff ? 2 : 1);
  add(folding, written?.code ?? code, at, end);
  return end;
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

interface Escape {
  readonly code: number;
  readonly end: number;
}

/** What an escape stands for: `%40`, `%C3%BC`, `&#64;`, `\u0040`. Undefined where it is none, or stands for a control. */
function escapeAt(source: string, at: number): Escape | undefined {
  const sign = source.charAt(at);
  const found = sign === '%' ? percentAt(source, at) : sign === '&' ? entityAt(source, at) : unicodeAt(source, at);
  return found !== undefined && found.code >= 0x20 && found.code <= 0x10ffff ? found : undefined;
}

/** `%40`, `%2540`, which was encoded twice, and UTF-8 of up to four octets (RFC 3986 section 2.1). */
function percentAt(source: string, at: number): Escape | undefined {
  const first = octetAt(source, at);
  if (first === undefined || first.code < 0x80) return first;
  const length = first.code >= 0xf0 ? 4 : first.code >= 0xe0 ? 3 : 2;
  let code = first.code & (0x7f >> length);
  let { end } = first;
  for (let count = 1; count < length; count++) {
    const next = source.charAt(end) === '%' ? octetAt(source, end) : undefined;
    if (next === undefined || next.code >> 6 !== 2) return undefined;
    code = (code << 6) | (next.code & 0x3f);
    end = next.end;
  }
  return first.code < 0xc2 || (code >= 0xd800 && code <= 0xdfff) ? undefined : { code, end };
}

function octetAt(source: string, at: number): Escape | undefined {
  let digits = at + 1;
  while (digits < at + 9 && source.startsWith('25', digits) && isHex(source, digits + 2, 2)) digits += 2;
  return isHex(source, digits, 2) ? { code: Number.parseInt(source.slice(digits, digits + 2), 16), end: digits + 2 } : undefined;
}

const entities: readonly (readonly [string, number])[] = [
  ['&commat;', 0x40],
  ['&period;', 0x2e],
  ['&nbsp;', 0x20],
  ['&shy;', 0xad],
  ['&lowbar;', 0x5f],
];

/** An entity that is still one in the text: text made of HTML by a program that did not know it. */
function entityAt(source: string, at: number): Escape | undefined {
  if (source.charAt(at + 1) !== '#') {
    const known = entities.find(([name]) => source.startsWith(name, at));
    return known && { code: known[1], end: at + known[0].length };
  }
  const digits = /^&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/i.exec(source.slice(at, at + 12));
  if (digits === null) return undefined;
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  return { code, end: at + digits[0].length };
}

/** As programs write a character into JSON. */
function unicodeAt(source: string, at: number): Escape | undefined {
  if (source.charAt(at + 1) !== 'u' || !isHex(source, at + 2, 4)) return undefined;
  const code = Number.parseInt(source.slice(at + 2, at + 6), 16);
  return code >= 0xd800 && code <= 0xdfff ? undefined : { code, end: at + 6 };
}

function isHex(source: string, at: number, length: number): boolean {
  for (let digit = at; digit < at + length; digit++) if (!/[0-9a-f]/i.test(source.charAt(digit))) return false;
  return true;
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
  const compatible = char.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replaceAll(' ', '');
  const form = Array.from(compatible.slice(0, maxForm), (letter) => looksLike.get(letter) ?? letter)
    .join('')
    .slice(0, maxForm);
  // An accent that stands alone is visible, and parts words.
  if (form === '') return /\p{M}/u.test(char) ? '' : blank;
  return form.length === 1 ? form.charCodeAt(0) : form;
}
