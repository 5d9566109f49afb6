/**
 * The style sheets of HTML (CSS Syntax, Selectors), as far as they can hide text: simple selectors (`p`, `.a`, `#a`, `p.a`), also as
 * descendants. What holds for some screens only is left out, and so is what cannot be read: it then hides nothing. Linear within limits.
 */
import { readImportant, readStyle, type Style } from './style.ts';

const maxRules = 1_000;
const maxSteps = 2_000_000;

/** What selectors look at. */
export interface Element {
  readonly name: string;
  readonly id: string;
  readonly classes: readonly string[];
}

interface Compound {
  readonly name: string;
  readonly ids: readonly string[];
  readonly classes: readonly string[];
  /** The one before it must be the parent. */
  readonly isChild: boolean;
}

interface Rule {
  readonly compounds: readonly Compound[];
  /** Specificity and order in one number: of two rules the higher one counts. */
  readonly rank: number;
  readonly style: Style;
  readonly important: Style;
}

export interface StyleSheet {
  /**
   * An element's style, its own included.
   * @param around the elements in which it stands, from the outermost
   * @param own the value of its attribute
   * @returns the same one for the same declarations; undefined where no rule is for it, or the time for looking is up
   */
  styleOf(element: Element, around: readonly Element[], own: string): Style | undefined;
  /** Some background is set by a selector that cannot be read. */
  readonly hasUnknownGrounds: boolean;
}

/** Reads all `style` elements of the source; undefined where there is none that could hide anything. */
export function readSheets(html: string): StyleSheet | undefined {
  const rules = new Map<string, Rule[]>();
  let count = 0;
  let hasUnknownGrounds = false;
  for (const { selectors, body } of blocksOf(sheetsIn(html))) {
    const style = tellingOf(readStyle(body));
    if (style.size === 0) continue;
    const important = tellingOf(readImportant(body));
    for (const selector of selectors.split(',')) {
      const compounds = count < maxRules ? compoundsOf(selector) : undefined;
      if (compounds === undefined) hasUnknownGrounds ||= paintsGround(style) && !atTimes.test(selector);
      else push(rules, { compounds, rank: specificityOf(compounds) * maxRules * 2 + count++, style, important });
    }
  }
  return count === 0 && !hasUnknownGrounds ? undefined : { styleOf: stylist(rules), hasUnknownGrounds };
}

function stylist(rules: ReadonlyMap<string, readonly Rule[]>): StyleSheet['styleOf'] {
  let steps = 0;
  const known = new Map<string, Style>();
  return (element, around, own) => {
    const found = keysOf(element)
      .flatMap((key) => rules.get(key) ?? [])
      .filter(({ compounds }) => {
        steps += compounds.length === 1 ? 1 : around.length + 1;
        return steps <= maxSteps && matches(compounds, element, around);
      });
    if (found.length === 0 || steps > maxSteps) return undefined;
    const key = `${found.map(({ rank }) => rank).join(' ')} ${own}`;
    const style = known.get(key) ?? cascaded(found, own);
    known.set(key, style);
    return style;
  };
}

/** CSS Cascade section 6: what is important last, then by rank, the attribute above the sheets. */
function cascaded(rules: readonly Rule[], own: string): Style {
  const style = new Map<string, string>();
  const put = (declarations: Style) => {
    for (const [property, value] of declarations) style.set(property, value);
  };
  const ranked = rules.length > 1 ? rules.toSorted((a, b) => a.rank - b.rank) : rules;
  for (const rule of ranked) put(rule.style);
  put(readStyle(own));
  for (const rule of ranked) put(rule.important);
  put(readImportant(own));
  return style;
}

/** Properties that may hide a text, or show it after all. */
const telling = new Set(
  (
    'display visibility font-size font opacity height width max-height max-width overflow overflow-y text-indent left top margin-left ' +
    'margin-top mso-hide color background background-color background-image transform clip clip-path position'
  ).split(' '),
);

const tellingOf = (style: Style): Style => new Map([...style].filter(([property]) => telling.has(property)));

const paintsGround = (style: Style): boolean => [...style.keys()].some((property) => property.startsWith('background'));

/** Not how an element looks when the message is opened. */
const atTimes = /:(?:hover|active|focus|visited|target|:?(?:before|after|selection))/i;

/** The element as selectors see it. */
export const elementFor = (name: string, attributes: Readonly<Record<string, string>>): Element => ({
  name,
  id: attributes.id ?? '',
  classes: attributes.class === undefined ? unclassed : attributes.class.slice(0, 2_000).split(/\s+/).slice(0, 50),
});

const unclassed: readonly string[] = [''];

/** The text of all `style` elements, comments of HTML left out. */
function sheetsIn(html: string): string {
  const sheets: string[] = [];
  const start = /<!--|<style\b[^>]{0,200}>/gi;
  for (let found = start.exec(html); found; found = start.exec(html)) {
    const isComment = found[0] === '<!--';
    const from = start.lastIndex;
    const end = isComment ? html.indexOf('-->', from) : endOfStyle(html, from);
    if (!isComment) sheets.push(html.slice(from, end < 0 ? html.length : end));
    if (end < 0) break;
    start.lastIndex = end;
  }
  return sheets.join('\n');
}

function endOfStyle(html: string, from: number): number {
  const end = /<\/style/gi;
  end.lastIndex = from;
  return end.exec(html)?.index ?? -1;
}

interface Block {
  readonly selectors: string;
  readonly body: string;
}

/** Rules, also those in a block that holds for every screen. */
function* blocksOf(source: string, isNested = false): Generator<Block> {
  const css = isNested ? source : withoutComments(source);
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf('{', at);
    if (open < 0) return;
    const before = css.slice(at, open);
    // A statement such as @import may stand before it.
    const prelude = before.slice(before.lastIndexOf(';') + 1).trim();
    const isGroup = prelude.startsWith('@');
    const end = isGroup ? endOfGroup(css, open) : endOfBlock(css, open);
    const body = css.slice(open + 1, end);
    if (!isGroup) yield { selectors: prelude, body };
    else if (!isNested && /^@media\s+(?:only\s+)?(?:all|screen)$/i.test(prelude)) yield* blocksOf(body, true);
    at = end + 1;
  }
}

function withoutComments(css: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (let open = css.indexOf('/*'); open >= 0; open = css.indexOf('/*', at)) {
    pieces.push(css.slice(at, open));
    const end = css.indexOf('*/', open + 2);
    at = end < 0 ? css.length : end + 2;
  }
  return [...pieces, css.slice(at)].join('').replace(/<!--|-->/g, '');
}

function endOfBlock(css: string, open: number): number {
  const end = css.indexOf('}', open);
  return end < 0 ? css.length : end;
}

function endOfGroup(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at++) {
    if (css.charCodeAt(at) === 0x7b) depth++;
    else if (css.charCodeAt(at) === 0x7d && --depth === 0) return at;
  }
  return css.length;
}

/** The parts of a selector; undefined where one of them is not simple. */
function compoundsOf(selector: string): Compound[] | undefined {
  const words = selector.trim().slice(0, 300).replace(/>/g, ' > ').split(/\s+/);
  const compounds: Compound[] = [];
  let isChild = false;
  for (const word of words) {
    if (word === '>' && compounds.length > 0) isChild = true;
    else {
      const match = /^(\*|[a-z][a-z0-9]{0,20})?((?:[.#][\w-]{1,80}){0,10})$/i.exec(word);
      if (!match || word === '' || compounds.length >= 8) return undefined;
      const names = match[2]?.match(/[.#][\w-]+/g) ?? [];
      const of = (mark: string) => names.filter((name) => name.startsWith(mark)).map((name) => name.slice(1));
      compounds.push({ name: (match[1] ?? '*').toLowerCase(), ids: of('#'), classes: of('.'), isChild });
      isChild = false;
    }
  }
  return compounds;
}

const specificityOf = (compounds: readonly Compound[]): number =>
  compounds.reduce((sum, { name, ids, classes }) => sum + ids.length * 10_000 + classes.length * 100 + (name === '*' ? 0 : 1), 0);

/** Under what a rule is filed: the most telling word of its last part. */
function push(rules: Map<string, Rule[]>, rule: Rule): void {
  const last = rule.compounds.at(-1);
  if (last === undefined) return;
  const key = last.ids[0] !== undefined ? `#${last.ids[0]}` : last.classes[0] !== undefined ? `.${last.classes[0]}` : last.name;
  const filed = rules.get(key);
  if (filed) filed.push(rule);
  else rules.set(key, [rule]);
}

const keysOf = ({ name, id, classes }: Element): readonly string[] =>
  id === '' && classes.length < 2 && classes[0] === ''
    ? ['*', name]
    : [...new Set(['*', name, `#${id}`, ...classes.map((it) => `.${it}`)])];

const fits = ({ name, ids, classes }: Compound, element: Element): boolean =>
  (name === '*' || name === element.name) && ids.every((id) => id === element.id) && classes.every((it) => element.classes.includes(it));

function matches(compounds: readonly Compound[], element: Element, around: readonly Element[]): boolean {
  let next = compounds.length - 1;
  const last = compounds[next];
  if (last === undefined || !fits(last, element)) return false;
  let mustBeParent = last.isChild;
  for (let at = around.length - 1; at >= 0 && next > 0; at--) {
    const outer = around[at];
    const compound = compounds[next - 1];
    if (outer && compound && fits(compound, outer)) {
      next--;
      mustBeParent = compound.isChild;
    } else if (mustBeParent) return false;
  }
  return next === 0;
}
