/** Pages for people, without script: one frame for all, and the headers that keep it harmless. */
import { escapeHtml } from '../mime/html.ts';
import type { Language } from '../model/route.ts';
import type { Answer } from './operation.ts';

/** A text of the page; never HTML. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  /** One paragraph each. */
  readonly texts: readonly string[];
  /** Sent to the page's own address. */
  readonly form?: Form;
}

/** A field of many lines under the name `text`, or one of several choices; and a button. */
export type Form = { readonly button: string } & (
  | { readonly label: string }
  | { readonly name: string; readonly options: readonly { readonly value: string; readonly label: string; readonly chosen: boolean }[] }
);

const style =
  'body{font:17px/1.5 system-ui,sans-serif;max-width:34em;margin:3em auto;padding:0 1em;color:#222;background:#fff}' +
  'textarea{box-sizing:border-box;width:100%;font:inherit;padding:.5em}button{font:inherit;padding:.5em 1.2em;margin-top:1em}' +
  '@media(prefers-color-scheme:dark){body{color:#eee;background:#222}}';

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};

export function pageOf(status: number, { language, title, texts, form }: Page): Answer {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style>`;
  const said = texts.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n');
  const field = form ? `<form method="post">${fieldOf(form)}<button>${escapeHtml(form.button)}</button></form>` : '';
  const body = `<h1>${escapeHtml(title)}</h1>\n${said}\n${field}`;
  return { status, headers, body: `<!doctype html>\n<html lang="${language}"><head>${head}</head>\n<body>${body}</body></html>\n` };
}

function fieldOf(form: Form): string {
  if ('label' in form) return `<label>${escapeHtml(form.label)}<textarea name="text" rows="8" maxlength="5000"></textarea></label>`;
  return form.options
    .map(({ value, label, chosen }) => {
      const input = `<input type="radio" name="${form.name}" value="${value}"${chosen ? ' checked' : ''}>`;
      return `<p><label>${input} ${escapeHtml(label)}</label></p>`;
    })
    .join('\n');
}
