/**
 * The context line (requirement B9): what a mail is about, on top of it, with where to report it, and where its seller says that it needs no
 * answer. Mail clients quote it; from what comes back it is taken out again, for it was written for its reader alone.
 */
import { escapeHtml } from '../mime/html.ts';
import { type Language, languages } from '../model/route.ts';
import type { Edit } from './edits.ts';

export interface Context {
  /** Id of the order, and what was ordered, in the marketplace's words. Both or none. */
  readonly order?: string;
  readonly item?: string;
  /** Where a click reports the message: `https://…` or `mailto:…`. */
  readonly report: string;
  /** Where a click says that the message needs no answer; for a seller. */
  readonly done?: string;
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
const labels = languages.map((language) => words[language].report);

/** Brackets are how it is found again. */
const about = ({ order, item }: Context, language: Language): readonly string[] =>
  order === undefined || item === undefined ? [] : [`${words[language].order} ${order}: ${item.replace(/[[\]]/g, ' ')}`];

const linksOf = (context: Context, language: Language): readonly { readonly label: string; readonly href: string }[] => [
  { label: words[language].report, href: context.report },
  ...(context.done === undefined ? [] : [{ label: words[language].done, href: context.done }]),
];

/** `[Order 4711: Oak shelf – Report this message: https://…]` */
export const contextText = (context: Context, language: Language): string =>
  `[${[...about(context, language), ...linksOf(context, language).map(({ label, href }) => `${label}: ${href.replace(/^mailto:/, '')}`)].join(' – ')}]`;

/** The same as a paragraph of HTML, with links. */
export function contextHtml(context: Context, language: Language): string {
  const links = linksOf(context, language).map(({ label, href }) => `<a href="${escapeHtml(href)}" rel="noreferrer noopener">${label}</a>`);
  return `<p style="color:#666666">[${[...about(context, language).map(escapeHtml), ...links].join(' – ')}]</p>\n`;
}

const longest = 900;

/** Where lines of ours stand in a text that came back, however often it was quoted and its lines were broken. Linear. */
export function contextEdits(text: string): Edit[] {
  const edits: Edit[] = [];
  let open = -1;
  for (const { 0: bracket, index } of text.matchAll(/[[\]]/g)) {
    if (bracket === '[') open = index;
    else if (open >= 0 && index - open <= longest && isOurs(text.slice(open + 1, index)))
      edits.push({ from: open, to: index + 1, put: '', kind: 'note' });
    if (bracket === ']') open = -1;
  }
  return edits;
}

function isOurs(inside: string): boolean {
  const line = inside.replace(/[\s>|]+/g, ' ');
  return labels.some((label) => line.includes(label));
}

/** Whether a link leads to a page that is its reader's alone. */
export const leadsToOwnPage = (href: string): boolean => /\/(?:report\/r|done\/d)-[a-z0-9]{1,53}-[a-z2-7]{8}$/i.test(href.slice(-90));
