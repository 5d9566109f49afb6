/**
 * Pages for people, without script: one frame for all, the headers that keep it harmless, and the two calls behind every link of a message. Opening
 * a page changes nothing, for scanners open links too; sending its form needs nothing but the link: no login, no cookie.
 */
import { createHash } from 'node:crypto';
import { escapeHtml } from '../mime/html.ts';
import type { Language } from '../model/route.ts';
import { type Answer, membersOf, type Operation, type Schema } from './operation.ts';

/** Whatever is said in it is a text, never HTML. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  /** One paragraph each. */
  readonly texts: readonly string[];
  /** Sent to the page's own address. */
  readonly form?: Form;
  readonly table?: readonly (readonly string[])[];
  /** To pages of ours. */
  readonly links?: readonly { readonly href: string; readonly label: string; readonly language?: Language }[];
}

export interface Form {
  readonly button: string;
  readonly fields: readonly Field[];
}

/** Lines of text, one of several choices, or yes or no. */
export type Field =
  | { readonly kind: 'text'; readonly name: string; readonly label: string }
  | { readonly kind: 'check'; readonly name: string; readonly label: string }
  | { readonly kind: 'choice'; readonly name: string; readonly options: readonly Option[] };

interface Option {
  readonly value: string;
  readonly label: string;
  readonly chosen: boolean;
}

const style =
  'body{font:17px/1.5 system-ui,sans-serif;max-width:34em;margin:3em auto;padding:0 1em;color:#222;background:#fff}' +
  'textarea{box-sizing:border-box;width:100%;font:inherit;padding:.5em}button{font:inherit;padding:.5em 1.2em;margin-top:1em}' +
  'td{padding:.3em 1em .3em 0;vertical-align:top}' +
  '@media(prefers-color-scheme:dark){body{color:#eee;background:#222}a{color:#9cf}}';

const styleHash = createHash('sha256').update(style).digest('base64');

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
};

export function pageOf(status: number, { language, title, texts, form, table, links = [] }: Page): Answer {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style>`;
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    ...texts.map(paragraph),
    form ? `<form method="post">${form.fields.map(fieldOf).join('\n')}<button>${escapeHtml(form.button)}</button></form>` : '',
    table
      ? `<table>${table.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('\n')}</table>`
      : '',
    links.length > 0 ? `<p>${links.map(linkOf).join(' · ')}</p>` : '',
  ];
  return {
    status,
    headers,
    body: `<!doctype html>\n<html lang="${language}"><head>${head}</head>\n<body>${body.join('\n')}</body></html>\n`,
  };
}

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;

const linkOf = ({ href, label, language }: NonNullable<Page['links']>[number]): string =>
  `<a href="${escapeHtml(href)}"${language ? ` hreflang="${language}" lang="${language}"` : ''}>${escapeHtml(label)}</a>`;

function fieldOf(field: Field): string {
  const { name } = field;
  if (field.kind === 'text')
    return `<label>${escapeHtml(field.label)}<textarea name="${name}" rows="8" maxlength="5000"></textarea></label>`;
  if (field.kind === 'check') return `<p><label><input type="checkbox" name="${name}" value="yes"> ${escapeHtml(field.label)}</label></p>`;
  return field.options
    .map(({ value, label, chosen }) => {
      const input = `<input type="radio" name="${name}" value="${value}"${chosen ? ' checked' : ''}>`;
      return `<p><label>${input} ${escapeHtml(label)}</label></p>`;
    })
    .join('\n');
}

/** What stands behind a link of a message. Undefined: the link leads nowhere (any more). */
export interface TokenPage {
  /** The first part of the path; the token is the second. */
  readonly name: string;
  readonly token: Schema;
  readonly form: Schema;
  /** Of the two calls: id and summary. */
  readonly calls: Readonly<Record<'show' | 'send', { readonly id: string; readonly summary: string }>>;
  /** Nobody can tell whose language it would be: English. */
  readonly gone: { readonly title: string; readonly gone: string };
  show(token: string): Promise<Page | undefined>;
  /** `later`: it could not be done just now. */
  send(token: string, fields: Readonly<Record<string, unknown>>): Promise<(Page & { readonly later?: boolean }) | undefined>;
}

const answers = { description: 'A page.', schema: { type: 'string' }, type: 'text/html' } as const;

export function tokenPage(page: TokenPage): readonly Operation[] {
  const { name, token: params, form: body, calls } = page;
  const common = { path: `/${name}/:token`, tag: 'pages', access: 'open', params } as const;
  const gone = (): Answer => pageOf(404, { language: 'en', title: page.gone.title, texts: [page.gone.gone] });
  return [
    {
      ...common,
      ...calls.show,
      method: 'GET',
      answers: { 200: answers, 404: answers },
      async run({ params: { token = '' } }) {
        const shown = await page.show(token);
        return shown ? pageOf(200, shown) : gone();
      },
    },
    {
      ...common,
      ...calls.send,
      method: 'POST',
      form: true,
      body,
      answers: { 200: answers, 404: answers, 503: answers },
      async run({ params: { token = '' }, body: fields }) {
        const shown = await page.send(token, membersOf(fields));
        return shown ? pageOf(shown.later ? 503 : 200, shown) : gone();
      },
    },
  ];
}
