/** Inline CSS (CSS Syntax, CSS 2.1): as much of it as tells what a reader sees and what may be passed on. Linear. */

/** Declarations of a style attribute: property to value, both in lower case; of one given twice, the last. */
export type Style = ReadonlyMap<string, string>;

const unstyled: Style = new Map();

export const readStyle = (source: string): Style => (source === '' ? unstyled : styleOf(declarationsOf(source)));

const important = /!\s*important\s*$/i;

/** Only the declarations that count before all others (CSS Cascade section 6.4). */
export const readImportant = (source: string): Style =>
  source.includes('!') ? styleOf(declarationsOf(source).filter((declaration) => important.test(declaration))) : unstyled;

function styleOf(declarations: readonly string[]): Style {
  const style = new Map<string, string>();
  for (const declaration of declarations) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const property = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).replace(important, '');
    if (property !== '') style.set(property, value.trim().toLowerCase());
  }
  return style;
}

interface Nesting {
  quote: string;
  brackets: number;
}

/** Splits at semicolons that stand neither in quotes nor in brackets. */
function declarationsOf(source: string): string[] {
  const parts: string[] = [];
  const nesting: Nesting = { quote: '', brackets: 0 };
  let from = 0;
  for (let at = 0; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === ';' && nesting.quote === '' && nesting.brackets === 0) {
      parts.push(source.slice(from, at));
      from = at + 1;
    } else step(nesting, char);
  }
  parts.push(source.slice(from));
  return parts;
}

function step(nesting: Nesting, char: string): void {
  if (nesting.quote !== '') nesting.quote = char === nesting.quote ? '' : nesting.quote;
  else if (char === '"' || char === "'") nesting.quote = char;
  else if (char === '(') nesting.brackets++;
  else if (char === ')' && nesting.brackets > 0) nesting.brackets--;
}

/** The number a value begins with; undefined where it begins with none. */
function numberOf(value: string | undefined): number | undefined {
  const number = Number.parseFloat(value ?? '');
  return Number.isNaN(number) ? undefined : number;
}

const isNothing = (value: string | undefined): boolean => numberOf(value) === 0;
const isFarOff = (value: string | undefined): boolean => (numberOf(value) ?? 0) <= -400;

/** What a reader sees of an element. */
export interface Look {
  /** The element and all in it is not shown, whatever the elements in it say. */
  readonly gone: boolean;
  /** Whether text is too small to be read, invisible or transparent; undefined: as the element around it says. */
  readonly faint: boolean | undefined;
}

export const lookOf = (style: Style): Look => (style.size === 0 ? plain : { gone: isGone(style), faint: isFaint(style) });

const plain: Look = { gone: false, faint: undefined };

function isGone(style: Style): boolean {
  const clipped = /hidden|clip/.test(style.get('overflow') ?? style.get('overflow-y') ?? '');
  return (
    style.get('display') === 'none' ||
    style.get('mso-hide') === 'all' ||
    (numberOf(style.get('opacity')) ?? 1) < 0.05 ||
    (clipped && ['max-height', 'height', 'max-width', 'width'].some((property) => isNothing(style.get(property)))) ||
    ['left', 'top', 'text-indent', 'margin-left', 'margin-top'].some((property) => isFarOff(style.get(property))) ||
    /scale\(0[),]|rect\(\s*0|inset\(\s*(?:50|100)%/.test(
      ['transform', 'clip', 'clip-path'].map((property) => style.get(property) ?? '').join(' '),
    )
  );
}

function isFaint(style: Style): boolean | undefined {
  const size = style.get('font-size') ?? /(?:^|\s)([\d.]+(?:px|pt|em|rem|%)?)(?:\/|\s|$)/.exec(style.get('font') ?? '')?.[1];
  const said = [
    size === undefined ? undefined : isTiny(size),
    style.has('visibility') ? /hidden|collapse/.test(style.get('visibility') ?? '') : undefined,
    /^(?:transparent|rgba\(.*,\s*0?\.?0+\s*\)|#[0-9a-f]{6}00)$/.test(style.get('color') ?? '') ? true : undefined,
  ].filter((it) => it !== undefined);
  return said.length === 0 ? undefined : said.includes(true);
}

/** Up to one pixel, a tenth of the text around it, or 5 %. */
function isTiny(size: string): boolean {
  const number = numberOf(size) ?? 12;
  if (number === 0 || (/^[\d.]+(?:px|pt)/.test(size) && number <= 1)) return true;
  return (/^[\d.]+r?em/.test(size) && number <= 0.1) || (/^[\d.]+%/.test(size) && number <= 5);
}
