/**
 * The context line (requirement B9): what a mail is about, on top of it, with where to report it. Mail clients quote it; from what comes back it
 * is taken out again, for it was written for its reader alone.
 */
import { escapeHtml } from '../mime/html.ts';
import { type Language, languages } from '../model/route.ts';
import type { Edit } from './edits.ts';

export interface Context {
  /** Id of the order. */
  readonly order: string;
  /** What was ordered, in the marketplace's words. */
  readonly item: string;
  /** Where a click reports the message: `https://…` or `mailto:…`. */
  readonly report: string;
}

const words: Readonly<Record<Language, { readonly order: string; readonly report: string }>> = {
  en: { order: 'Order', report: 'Report this message' },
  de: { order: 'Bestellung', report: 'Diese Nachricht melden' },
  it: { order: 'Ordine', report: 'Segnala questo messaggio' },
  sv: { order: 'Beställning', report: 'Rapportera det här meddelandet' },
  zh: { order: '订单', report: '举报此邮件' },
  id: { order: 'Pesanan', report: 'Laporkan pesan ini' },
  es: { order: 'Pedido', report: 'Denunciar este mensaje' },
  fr: { order: 'Commande', report: 'Signaler ce message' },
};
const labels = languages.map((language) => words[language].report);

/** Brackets are how it is found again. */
const about = ({ order, item }: Context, language: Language): string => `${words[language].order} ${order}: ${item.replace(/[[\]]/g, ' ')}`;

/** `[Order 4711: Oak shelf – Report this message: https://…]` */
export const contextText = (context: Context, language: Language): string =>
  `[${about(context, language)} – ${words[language].report}: ${context.report.replace(/^mailto:/, '')}]`;

/** The same as a paragraph of HTML, with a link. */
export const contextHtml = (context: Context, language: Language): string =>
  `<p style="color:#666666">[${escapeHtml(about(context, language))} – ` +
  `<a href="${escapeHtml(context.report)}" rel="noreferrer noopener">${words[language].report}</a>]</p>\n`;

const longest = 500;

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

/** Whether a link leads to the page of a report, which is its reader's alone. */
export const leadsToReport = (href: string): boolean => /\/report\/r-[a-z0-9]{1,53}-[a-z2-7]{8}$/i.test(href.slice(-90));
