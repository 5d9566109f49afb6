/**
 * Lines of ours in a relayed mail (requirements B9, G3). On top, what the mail is about, where the marketplace told it; with it, or else
 * below everything, where to report the mail, and where its seller says that it needs no answer. Mail clients quote them; from what comes
 * back they are taken out again, for they were written for their reader alone, and so are the links, wherever they stand.
 */
import { escapeHtml } from '../mime/html.ts';
import { matchesIn } from '../model/matches.ts';
import { type Language, languages } from '../model/route.ts';
import type { Edit } from './edits.ts';

export interface Links {
  /** Where a click reports the message: `https://…` or `mailto:…`. */
  readonly report: string;
  /** Where a click says that the message needs no answer; for a seller. */
  readonly done?: string;
}

export interface Context extends Links {
  /** Id of the order, and what was ordered, in the marketplace's words. Both or none. */
  readonly order?: string;
  readonly item?: string;
}

const words: Readonly<Record<Language, Readonly<Record<'order' | 'report' | 'done', string>>>> = {
  en: { order: 'Order', report: 'Report this message', done: 'No answer needed' },
  de: { order: 'Bestellung', report: 'Diese Nachricht melden', done: 'Keine Antwort nötig' },
  it: { order: 'Ordine', report: 'Segnala questo messaggio', done: 'Nessuna risposta necessaria' },
  sv: { order: 'Beställning', report: 'Rapportera det här meddelandet', done: 'Inget svar behövs' },
  zh: { order: '订单', report: '举报此邮件', done: '无需回复' },
  id: { order: 'Pesanan', report: 'Laporkan pesan ini', done: 'Tidak perlu dijawab' },
  es: { order: 'Pedido', report: 'Denunciar este mensaje', done: 'No necesita respuesta' },
  fr: { order: 'Commande', report: 'Signaler ce message', done: 'Pas de réponse nécessaire' },
};

/** Brackets are how it is found again. */
const about = ({ order, item }: Context, language: Language): readonly string[] =>
  order === undefined || item === undefined ? [] : [`${words[language].order} ${order}: ${item.replace(/[[\]]/g, ' ')}`];

interface Labelled {
  readonly label: string;
  readonly href: string;
}

const labelled = ({ report, done }: Links, language: Language): readonly Labelled[] => [
  { label: words[language].report, href: report },
  ...(done === undefined ? [] : [{ label: words[language].done, href: done }]),
];

const asText = ({ label, href }: Labelled): string => `${label}: ${href.replace(/^mailto:/, '')}`;
const asHtml = ({ label, href }: Labelled): string => `<a href="${escapeHtml(href)}" rel="noreferrer noopener">${label}</a>`;

/** `[Order 4711: Oak shelf – Report this message: https://…]` */
export const contextText = (context: Context, language: Language): string =>
  `[${[...about(context, language), ...labelled(context, language).map(asText)].join(' – ')}]`;

/** The same as a paragraph of HTML, with links. */
export function contextHtml(context: Context, language: Language): string {
  const pieces = [...about(context, language).map(escapeHtml), ...labelled(context, language).map(asHtml)];
  return `<p style="color:#666666">[${pieces.join(' – ')}]</p>\n`;
}

/** `[Report this message: https://…]`; ASCII where the words are, so that a mail in ASCII stays one. */
export const footText = (links: Links, language: Language): string => `[${labelled(links, language).map(asText).join(' - ')}]`;

/** The same as a paragraph of HTML, in small print. */
export const footHtml = (links: Links, language: Language): string =>
  `<p style="color:#666666;font-size:small">[${labelled(links, language).map(asHtml).join(' - ')}]</p>\n`;

const brackets = /[[\]]/g;
const longest = 900;
/** Brackets that mail clients put into ours, around labels and links. */
const deepest = 4;

/**
 * Where lines of ours stand in a text that came back, however often it was quoted and its lines were broken. Where nothing else stands in
 * the lines, these go, with the empty one beside them. They may overlap. Linear.
 */
export function contextEdits(text: string): Edit[] {
  const edits: Edit[] = [];
  const open: number[] = [];
  for (const { 0: bracket, index } of matchesIn(text, brackets)) {
    if (bracket === '[') {
      open.push(index);
      if (open.length > deepest) open.shift();
      continue;
    }
    const from = open.pop();
    if (from === undefined || index - from > longest || !isOurs(text.slice(from + 1, index))) continue;
    edits.push({ ...wholeLines(text, from, index + 1), put: '', kind: 'line' });
  }
  return edits;
}

/** Without blanks and the marks of quotes: a line may be broken anywhere, also within a word of Chinese. */
const squeezed = (text: string): string => text.replace(/[\s>|＞]+/g, '');
const labels = languages.map((language) => squeezed(words[language].report));
const beginnings = [...labels, ...languages.map((language) => squeezed(words[language].order))];

/** Around other brackets only what begins as ours do: somebody may have put a whole quote in brackets. */
function isOurs(inside: string): boolean {
  const line = squeezed(inside);
  if (!labels.some((label) => line.includes(label))) return false;
  if (!line.includes('[')) return true;
  const first = line.replace(/^\[+/, '');
  return beginnings.some((beginning) => first.startsWith(beginning));
}

type Spot = Pick<Edit, 'from' | 'to'>;

function wholeLines(text: string, from: number, to: number): Spot {
  const begin = lineStart(text, from);
  const end = lineEnd(text, to);
  if (begin === undefined || end === undefined) return { from, to };
  const marks = squeezedMarks(text.slice(begin, from));
  const isLike = (start: number | undefined, stop: number | undefined): boolean =>
    start !== undefined && stop !== undefined && squeezedMarks(text.slice(start, stop)) === marks;
  const above = begin === 0 ? undefined : lineStart(text, begin - 1);
  if (isLike(above, begin - 1)) return { from: above ?? begin, to: end };
  const below = end === text.length ? undefined : lineEnd(text, end);
  return { from: begin, to: isLike(end, below) ? (below ?? end) : end };
}

const squeezedMarks = (line: string): string => line.replace(/\s+/g, '');

/** Marks of a quote and blanks. */
const isMark = (char: string): boolean => char === '>' || char === '|' || char === '＞' || (char !== '\n' && char.trim() === '');
const mostMarks = 100;

/** Where the line begins, if only marks of a quote stand before. */
function lineStart(text: string, from: number): number | undefined {
  for (let at = from; at > from - mostMarks; at--) {
    if (at === 0 || text.charAt(at - 1) === '\n') return at;
    if (!isMark(text.charAt(at - 1))) return undefined;
  }
  return undefined;
}

/** Where the next line begins, if only such marks follow in this one. */
function lineEnd(text: string, from: number): number | undefined {
  for (let at = from; at < from + mostMarks; at++) {
    if (at >= text.length) return text.length;
    if (text.charAt(at) === '\n') return at + 1;
    if (!isMark(text.charAt(at))) return undefined;
  }
  return undefined;
}

/** As `directory/own-address.ts` makes it: `r-<trace>-<check>`. */
const token = '[abcdru]-[a-z0-9]{16}-[a-z2-7]{8}';
/** In the address of a page, also one within another address, or before an `@`. */
const own = new RegExp(`(?:report|block|done|unsubscribe|approve)(?:/|%(?:25)?2f)${token}|${token}(?=@|%(?:25)?40)`, 'gi');

/** Whether a link leads to a page or an address of ours that is its reader's alone. */
export const isReadersOwn = (href: string): boolean => ownIn(href).next().done !== true;

/** Only where two hyphens stand as far from each other as those of a token do is each place looked at, which takes long. */
function* ownIn(text: string): Generator<RegExpExecArray> {
  for (let at = text.indexOf('-'); at >= 0; at = text.indexOf('-', at + 1)) {
    if (text.charAt(at + 17) === '-') return yield* matchesIn(text, own);
  }
}

/** Such links and addresses as they stand in a text. Linear. */
export function ownLinkEdits(text: string): Edit[] {
  const edits: Edit[] = [];
  for (const { 0: found, index } of ownIn(text)) {
    if (index < (edits.at(-1)?.to ?? 0)) continue;
    let from = index;
    while (from > 0 && index - from < longestLink && isInLink(text.charAt(from - 1))) from--;
    const end = index + found.length;
    let to = end;
    while (to < text.length && to - end < longestLink && isInLink(text.charAt(to))) to++;
    while (to > end && '.,;:!?'.includes(text.charAt(to - 1))) to--;
    const scheme = text.slice(from, index).search(/https?:|mailto:/i);
    edits.push({ from: scheme < 0 ? from : from + scheme, to, put: '', kind: 'note' });
  }
  return edits;
}

const longestLink = 2_000;
/** ASCII, but for what ends a link wherever it stands. */
const isInLink = (char: string): boolean => char > ' ' && char <= '~' && !'<>"\'()[]|'.includes(char);
