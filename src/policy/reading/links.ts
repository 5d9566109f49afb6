/** Links that lead outside: in an attribute, in the text, in words. */
import type { Html, HtmlToken, Message } from '../../model/message.ts';
import type { Finding } from '../../model/verdict.ts';
import type { Allowed } from '../policy.ts';
import { type Passage, spotFolded } from '../rule.ts';
import type { Address } from './addresses.ts';
import { type Domain, domainsIn } from './domains.ts';
import { handlesIn } from './handles.ts';
import { outside } from './spans.ts';
import { hostOf, isAllowedHost, isRegistrable } from './hosts.ts';
import type { Regions } from './regions.ts';

/** A link that is not allowed. */
export interface Link {
  readonly finding: Finding;
  /** The host that it leads to; undefined where the link cannot be read. */
  readonly host?: string;
  /** With scheme and path, as far as it has them. */
  readonly url: string;
  /** It is put behind an image or an image map. */
  readonly image: boolean;
}

interface Setup {
  readonly passages: readonly Passage[];
  /** A domain inside an address is no link. */
  readonly addresses: readonly Address[];
  readonly regions: Regions;
  readonly allowed: Allowed;
}

/** Those of attributes first, then those of the texts; links to allowed hosts are left out. */
export function linksOf({ html }: Message, { passages, addresses, regions, allowed }: Setup): readonly Link[] {
  const behind = html === undefined ? [] : linksBehind(html, { regions, allowed });
  return [...behind, ...passages.flatMap((passage) => linksIn(passage, { addresses, allowed }))];
}

function linksIn(passage: Passage, { addresses, allowed }: Pick<Setup, 'addresses' | 'allowed'>): Link[] {
  const taken = addresses.filter((address) => address.passage === passage);
  const domains = outside(domainsIn(passage), taken);
  const named = domains.some((it) => mayBeName(passage, it)) ? handlesIn(passage, taken) : [];
  return domains
    .filter((it) => !(mayBeName(passage, it) && named.some(({ from, to }) => from < it.from && it.to <= to)))
    .filter(({ host, url }) => !isAllowedHost(targetOf(url) ?? host, allowed))
    .map(({ from, to, host, url }) => ({ finding: spotFolded(passage, from, to), host, url, image: false }));
}

/** Suffixes that a shop of the marketplace's countries has; others end a name on a channel as well: `mugs.by.lu`. */
const shopSuffix =
  /\.(?:com|net|org|info|biz|shop|store|online|site|app|io|co|eu|uk|de|at|ch|it|se|nu|cn|hk|tw|id|my|sg|es|mx|ar|fr|be|jp|nl|pt|br|pl|us|ca|ie|example)$/;

/** Neither scheme nor path, and no common suffix: beside the name of a channel it is a person's name there. */
const mayBeName = (passage: Passage, { from, to, host }: Domain): boolean =>
  !shopSuffix.test(host) && !host.startsWith('www.') && passage.folded.text.slice(from, to).replace(/#\d{4}$/, '') === host;

/** Attributes that lead somewhere when a reader clicks. */
const leading = ['href', 'action', 'formaction', 'xlink:href'] as const;

function linksBehind({ tokens }: Html, { regions, allowed }: Pick<Setup, 'regions' | 'allowed'>): Link[] {
  const pictured = picturedLinks(tokens);
  return tokens.flatMap((token, index): Link[] => {
    if (token.kind !== 'open') return [];
    const name = leading.find((it) => token.attributes[it] !== undefined);
    const url = (name && token.attributes[name])?.trim() ?? '';
    if (url === '' || !leadsOut(url)) return [];
    const host = targetOf(url);
    if (host !== undefined && isAllowedHost(host, allowed)) return [];
    const finding: Finding = { part: 'html', region: regions.ofToken(index), span: url, token: index };
    return [{ finding, url, image: token.name === 'area' || pictured.has(index), ...(host === undefined ? {} : { host }) }];
  });
}

/** On the web, not to a mailbox, a telephone or a picture of the message itself; without a scheme it must look like a host. */
function leadsOut(url: string): boolean {
  if (/^(?:[a-z]{2,6}:)?\/\//i.test(url)) return true;
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) return /^(?:https?|ftp|hxxps?):/i.test(url);
  return isRegistrable(url.split(/[/?#:]/, 1)[0] ?? '');
}

/** Links that have a picture in them: by the index of their start tag. */
function picturedLinks(tokens: readonly HtmlToken[]): ReadonlySet<number> {
  const found = new Set<number>();
  let open: number | undefined;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'open' && token.name === 'a') open = index;
    else if (token.kind === 'close' && token.name === 'a') open = undefined;
    else if (open !== undefined && token.kind === 'open' && isPicture(token)) found.add(open);
  }
  return found;
}

const isPicture = ({ name, attributes }: Extract<HtmlToken, { kind: 'open' }>): boolean =>
  /^(?:img|image|picture|svg|v:imagedata|object|embed|video)$/.test(name) ||
  attributes.background !== undefined ||
  (name === 'input' && attributes.type === 'image') ||
  /background(?:-image)?\s{0,4}:[^;]{0,200}url\(/i.test(attributes.style ?? '');

/** What mail clients and filters wrap links in, with the parameter that holds the link. */
const wrappers: readonly (readonly [RegExp, RegExp])[] = [
  [/(?:^|\.)safelinks\.protection\.outlook\.(?:com|cn)$/, /[?&]url=([^&]+)/],
  [/^(?:www\.)?google\.[a-z.]{2,6}$/, /\/url\?(?:[^#]{0,500}&)?(?:q|url)=([^&]+)/],
  [/^l\.(?:facebook|instagram)\.com$/, /[?&]u=([^&]+)/],
  [/^(?:deref-gmx\.[a-z]+|deref-web\.de|deref-mail\.com)$/, /[?&]redirectUrl=([^&]+)/],
  [/^mail\.qq\.com$/, /[?&]url=([^&]+)/],
  [/^urldefense\.(?:com|us)$/, /\/v3\/__(.+?)__;/],
  [/^urldefense\.proofpoint\.com$/, /[?&]u=([^&]+)/],
  [/^(?:protect-[a-z]+\.mimecast\.com)$/, /[?&]url=([^&]+)/],
];

/** The host that a link leads to; behind the wrapper of a mail client, where it has one. */
export function targetOf(url: string): string | undefined {
  const host = hostOf(/^[a-z][a-z\d+.-]*:|^\/\//i.test(url) ? url : `https://${url}`);
  const wrapper = host === undefined ? undefined : wrappers.find(([name]) => name.test(host));
  const wrapped = wrapper?.[1].exec(url.slice(0, 4096))?.[1];
  return wrapped === undefined ? host : (hostOf(unescaped(wrapped)) ?? host);
}

/** Proofpoint's v2 writes `-3A` for `%3A` and `_` for `/`. */
function unescaped(wrapped: string): string {
  const percent = /^https?-3A/.test(wrapped) ? wrapped.replaceAll('_', '/').replace(/-([\dA-F]{2})/g, '%$1') : wrapped;
  try {
    return decodeURIComponent(percent);
  } catch {
    return percent;
  }
}
