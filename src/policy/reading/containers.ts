/**
 * Containers in which mail clients and help desks put quoted mail and signatures: Gmail, Outlook (desktop, web, mobile), Apple Mail,
 * Thunderbird, Yahoo, QQ Mail, 163, Samsung, GMX, Proton, Spark, Zendesk, Freshdesk, FreeScout, Gorgias and their like.
 */
import type { HtmlToken } from '../../model/message.ts';

import { attribution } from './quotes.ts';

export type Container = 'quoted' | 'signature';

type Open = Extract<HtmlToken, { kind: 'open' }>;

const quotedNames = new Set([
  'gmail_attr',
  'yahoo_quoted',
  'moz-cite-prefix',
  'moz-forward-container',
  'moz-email-headers-table',
  'protonmail_quote',
  'tutanota_quote',
  'freshdesk_quote',
  'ticket_quote',
  'fd_quoted_text',
  'zd-quote',
  'zendesk_quote',
  'gorgias-quote',
  'gorgias_quote',
  'replyforwardmessage',
  'outlookmessageheader',
  'isreplycontent',
  'isforwardcontent',
  'ntes_not_fresh_reply',
  'reply-quote',
  'quoted-reply',
  'quoted_text',
  'quotedtext',
  'quoted-text',
  'gl_quote',
  'crm_quoted',
  'messagereplysection',
  'mail-quote',
  'mail_quote',
  'email_quote',
  'wmquote',
  'quote',
  'fs-quote',
  'freescout-quote',
  'original-message',
  'originalmessage',
  'mail-editor-reference-message-container',
  'ms-outlook-mobile-reference-message',
]);

/** From here on, siblings and all, everything is quoted: Outlook on the web and mobile. */
const quotedFromHere = new Set(['appendonsend', 'divrplyfwdmsg', 'stopspelling']);

const signatureNames = new Set([
  'messagesignaturesection',
  'applemailsignature',
  'composer_signature',
  'spneditorsign_app',
  'ntes-pcmac-signature',
  'foxsign',
]);
const signatureName =
  /(?:^|[-_]|[a-z\d])signature(?:$|[-_]prefix$|[-_]?block|[-_]text|[-_]container|[-_]wrapper|[-_]content|[-_]html|\d*$)/;

const naming = ['class', 'id', 'name', 'data-smartmail'] as const;

/** Names an element carries, without the prefix that Outlook and Yahoo put before foreign ones. */
function namesOf({ attributes }: Open): readonly string[] {
  if (!naming.some((name) => attributes[name] !== undefined)) return [];
  const joined = `${attributes.class ?? ''} ${attributes.id ?? ''} ${attributes.name ?? ''} ${attributes['data-smartmail'] ?? ''}`;
  return joined
    .slice(0, 400)
    .toLowerCase()
    .split(/\s+/)
    .map((name) => name.replace(/^(?:x_)+|^m_-?\d+|^ydp[\da-f]{6,8}/, ''));
}

function isQuote(open: Open, names: readonly string[]): boolean {
  if (names.some((name) => quotedNames.has(name) || name.startsWith('yahoo_quoted'))) return true;
  if (open.name !== 'blockquote') return false;
  const { type = '', cite, style = '' } = open.attributes;
  return (
    type.toLowerCase() === 'cite' ||
    cite !== undefined ||
    names.some((name) => /quote|cite/.test(name)) ||
    /border-left|padding-left/i.test(style)
  );
}

/** Elements that begin a line. */
const breaking = /^(?:br|p|div|tr|li|table|blockquote|hr)$/;

/** Elements without content (HTML Living Standard, 13.1.2). */
const voids = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr']);

interface Level {
  readonly name: string;
  readonly container: Container | undefined;
}

/** For each token the container it stands in; undefined is none. The innermost that says something counts. */
export function containersOf(tokens: readonly HtmlToken[]): readonly (Container | undefined)[] {
  const stack: Level[] = [];
  const answered = answeredQuotes(tokens);
  let rest: Container | undefined;
  return tokens.map((token, at) => {
    const outer = rest ?? stack.at(-1)?.container;
    if (token.kind === 'close') leave(stack, token.name);
    if (token.kind !== 'open') return outer;
    const names = namesOf(token);
    if (names.some((name) => quotedFromHere.has(name))) rest = 'quoted';
    const container = rest ?? (answered.has(at) ? 'quoted' : containerOf(token, names)) ?? outer;
    if (!voids.has(token.name) && stack.length < 512) stack.push({ name: token.name, container });
    return container;
  });
}

/** Back to the element that is closed here; an end tag without a start says nothing. */
function leave(stack: Level[], name: string): void {
  const open = stack.findLastIndex((level) => level.name === name);
  if (open >= 0) stack.length = open;
}

function containerOf(open: Open, names: readonly string[]): Container | undefined {
  if (isQuote(open, names)) return 'quoted';
  return names.some((name) => signatureNames.has(name) || signatureName.test(name)) ? 'signature' : undefined;
}

/**
 * Quotes that nothing in their own tag gives away: a plain blockquote below an attribution, and Gmail's `div.gmail_quote` without a
 * blockquote (a forwarded message). With one, that div holds attribution, blockquote and, between the lines, new text too.
 */
function answeredQuotes(tokens: readonly HtmlToken[]): ReadonlySet<number> {
  const found = new Set<number>();
  const last = tokens.findLastIndex((token) => token.kind === 'open' && token.name === 'blockquote');
  let before = '';
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'text' && at < last) before = (before + token.text).slice(-200);
    if (token.kind !== 'open') continue;
    if (token.name === 'blockquote' && attribution(before.slice(before.trimEnd().lastIndexOf('\n') + 1)) !== undefined) found.add(at);
    if (at > last && token.name === 'div' && namesOf(token).includes('gmail_quote')) found.add(at);
    if (at < last && breaking.test(token.name)) before += '\n';
  }
  return found;
}
