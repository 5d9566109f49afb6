/** What may stand in HTML that leaves: elements, attributes with the values they may have, style properties. All else goes. */
import type { Style } from '../mime/style.ts';

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

const elements: ReadonlySet<string> = set(
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption ' +
    'figure font footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark nav ol p pre q s samp section small span strike strong sub ' +
    'sup table tbody td tfoot th thead time tr tt u ul var wbr',
);

/** What they do goes; that they part what stands in them from what stands beside them stays. */
const blocks: ReadonlySet<string> = set('details summary form fieldset legend optgroup option select button dialog menu textarea');

/** The element that is written in the place of another; undefined: its content alone. */
export const writtenAs = (name: string): string | undefined => (elements.has(name) ? name : blocks.has(name) ? 'div' : undefined);

/** Elements after which a line of the source may end. */
export const linesAfter: ReadonlySet<string> = set('blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p table tbody td th thead tr ul');

const size = /^\d{1,4}(?:\.\d{1,4})?(?:px|%)?$/;
const count = /^-?\d{1,4}$/;
const color = /^(?:#[0-9a-f]{3,8}|[a-z]{3,20})$/i;
const word = /^[a-z]{1,12}$/i;
/** The attribute says it by being there. */
const flag = /^/;

type Row = readonly [attribute: string, elements: ReadonlySet<string> | 'all', value: RegExp];

const cells = set('td th');
const tables = set('table tr td th thead tbody tfoot col colgroup');

const attributeRows: readonly Row[] = [
  ['align', 'all', word],
  ['valign', tables, word],
  ['dir', 'all', /^(?:ltr|rtl|auto)$/i],
  ['width', set('table td th col colgroup img hr'), size],
  ['height', set('table tr td th img'), size],
  ['bgcolor', tables, color],
  ['color', set('font hr'), color],
  ['size', set('font hr'), /^[+-]?\d{1,3}$/],
  ['border', set('table img'), count],
  ['cellpadding', set('table'), count],
  ['cellspacing', set('table'), count],
  ['colspan', cells, count],
  ['rowspan', cells, count],
  ['span', set('col colgroup'), count],
  ['nowrap', cells, flag],
  ['hspace', set('img'), count],
  ['vspace', set('img'), count],
  ['start', set('ol'), count],
  ['value', set('li'), count],
  ['type', set('ol ul li'), /^(?:1|a|i|disc|circle|square)$/i],
  ['type', set('blockquote'), /^cite$/i],
  ['noshade', set('hr'), flag],
];

/** For every element that may be written. */
const rowsByElement: ReadonlyMap<string, readonly Row[]> = new Map(
  [...elements, ...blocks, 'img'].map((name) => [name, attributeRows.filter(([, on]) => on === 'all' || on.has(name))]),
);

/** The attributes of an element that may pass, ready to be written; a flag is written without its value. */
export function attributesFor(name: string, attributes: Readonly<Record<string, string>>): string {
  let written = '';
  for (const [attribute, , allowed] of rowsByElement.get(name) ?? []) {
    const value = attributes[attribute];
    if (value === undefined || !allowed.test(value)) continue;
    written += allowed === flag ? ` ${attribute}` : ` ${attribute}="${value}"`;
  }
  const face = name === 'font' ? familyOf((attributes.face ?? '').toLowerCase()) : '';
  return face === '' ? written : `${written} face="${face}"`;
}

/** Lengths, as many as a shorthand takes; none so far below zero that it moves something out of sight. */
const length = '-?\\d{0,4}\\.?\\d{1,4}(?:px|pt|em|rem|ex|cm|mm|in|pc|%)?';
const one = new RegExp(`^(?:auto|normal|none|${length})$`);
const four = new RegExp(`^(?:auto|${length})(?: (?:auto|${length})){0,3}$`);
const paint = /^(?:#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d.,% ]{5,40}\))$/;
const keyword = /^[a-z-]{2,20}$/;
const line = /^[a-z0-9.#%(), -]{1,80}$/;

/** Properties that may pass, each with what its value may be. None of these values can hold an address. */
const properties: Readonly<Record<string, RegExp>> = {
  color: paint,
  'background-color': paint,
  background: paint,
  'font-weight': /^(?:[a-z]{4,7}|[1-9]00)$/,
  'font-style': keyword,
  'font-variant': keyword,
  'font-size': /^(?:[a-z-]{5,8}|\d{0,3}\.?\d{1,4}(?:px|pt|em|rem|%))$/,
  'line-height': one,
  'letter-spacing': one,
  'text-align': keyword,
  'text-decoration': keyword,
  'text-transform': keyword,
  'vertical-align': /^(?:[a-z-]{3,11}|-?\d{1,3}(?:\.\d{1,2})?(?:px|pt|em|%))$/,
  'white-space': keyword,
  'word-break': keyword,
  'overflow-wrap': keyword,
  direction: /^(?:ltr|rtl)$/,
  display: /^(?:block|inline|inline-block|table|table-row|table-cell|list-item)$/,
  float: /^(?:left|right|none)$/,
  'list-style-type': keyword,
  'border-collapse': keyword,
  'border-spacing': four,
  'border-radius': four,
  width: one,
  'max-width': one,
  'min-width': one,
  height: one,
};

const boxes = /^(?:margin|padding)(?:-(?:top|right|bottom|left))?$/;
const borders = /^border(?:-(?:top|right|bottom|left))?(?:-(?:width|style|color))?$/;
const borderWord =
  'thin|medium|thick|none|hidden|solid|dashed|dotted|double|groove|ridge|inset|outset|initial|black|white|gray|grey|lightgray|lightgrey|' +
  'darkgray|silver|red|green|blue|navy|teal|maroon|purple|orange|yellow|windowtext|currentcolor|transparent';
const borderValue = new RegExp(`^(?:(?:${length}|#[0-9a-f]{3,8}|${borderWord}|rgba?\\([\\d.,% ]{5,40}\\))(?: |$)){1,4}$`);

/** Fonts that clients write, under the name they are known by; any other name could be a person's. */
const fonts = new Set(
  (
    'arial,helvetica,helvetica neue,sans-serif,serif,monospace,georgia,verdana,tahoma,calibri,cambria,candara,times,times new roman,courier,' +
    'courier new,segoe ui,trebuchet ms,garamond,comic sans ms,aptos,consolas,menlo,monaco,roboto,open sans,lato,system-ui,-apple-system,' +
    'blinkmacsystemfont,lucida grande,lucida sans unicode,palatino,book antiqua,century gothic,impact,microsoft yahei,simsun,simhei,pmingliu,' +
    'ms gothic,ms pgothic,meiryo,malgun gothic,gulim,batang,hiragino sans,pingfang sc,wingdings,symbol'
  ).split(','),
);

/** The declarations that may pass, as a style attribute holds them. */
export function safeStyle(style: Style): string {
  const kept: string[] = [];
  for (const [property, value] of style) {
    const safe = property === 'font-family' ? familyOf(value) : isSafe(property, value) ? value : '';
    if (safe !== '') kept.push(`${property}:${safe}`);
  }
  return kept.join(';');
}

function isSafe(property: string, value: string): boolean {
  if (value.length > 80 || !line.test(value)) return false;
  if (boxes.test(property)) return four.test(value) && !/-\d{3}/.test(value);
  if (borders.test(property)) return borderValue.test(value);
  return (Object.hasOwn(properties, property) && properties[property]?.test(value)) || false;
}

const familyOf = (value: string): string =>
  value
    .slice(0, 300)
    .split(',')
    .map((family) => family.replace(/["']/g, '').trim())
    .filter((family) => fonts.has(family))
    .map((family) => (family.includes(' ') ? `'${family}'` : family))
    .join(',');
