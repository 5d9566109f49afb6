/**
 * Links without what was put around or behind them on their way: the wrappers of mail filters and clients, which tell who was sent the link and by
 * whom (`data=05|02|user@…|tenant`), and parameters that tell one reader from another (leaks.md HTM-06). The policy judges the same target.
 */
import { matchesIn } from '../model/matches.ts';

/** The host of a wrapper, and what holds the target in its address. */
const wrappers: readonly (readonly [host: RegExp, target: RegExp])[] = [
  [/(?:^|\.)safelinks\.protection\.(?:outlook|office365)\.(?:com|cn|us)$/, /[?&]url=([^&#]+)/i],
  [/^(?:www\.)?google\.[a-z.]{2,6}$/, /^\/url\?(?:[^#]{0,2000}&)?(?:q|url)=([^&#]+)/],
  [/^lm?\.(?:facebook|instagram|messenger)\.com$/, /[?&]u=([^&#]+)/],
  [/^(?:deref-gmx\.[a-z]+|deref-web\.de|deref-mail\.com)$/, /[?&]redirectUrl=([^&#]+)/],
  [/^(?:mail|wx\.mail)\.qq\.com$/, /[?&](?:url|gourl)=([^&#]+)/],
  [/^urldefense\.(?:com|us|proofpoint\.com)$/, /\/v3\/__(.{1,2000}?)__;/],
  [/^urldefense\.(?:com|us|proofpoint\.com)$/, /[?&]u=([^&#]+)/],
  [/(?:^|\.)mimecast\.com$/, /[?&]url=([^&#]+)/],
  [/^linkprotect\.cudasvc\.com$/, /[?&]a=([^&#]+)/],
  [/(?:^|\.)avanan\.click$|^url\.avanan\.click$/, /___(https?:.{1,2000}?)___/],
  [/(?:^|\.)(?:sophos|trendmicro|fireeye|fortinet|barracuda)[a-z-]*\.com$/, /[?&](?:u|url|target)=([^&#]+)/],
];

/** Words in the addresses of wrappers, to look for before anything else is done. */
const signs = [
  'safelinks.',
  'google.',
  'facebook.com',
  'instagram.com',
  'messenger.com',
  'deref-',
  'qq.com',
  'urldefense',
  'mimecast',
  'cudasvc',
  'avanan',
];

const longest = 4096;

/** The target of a wrapped link, unwrapped as often as it was wrapped; the link itself where it is none; `''` where the target cannot be read. */
export function unwrapped(link: string): string {
  let url = link;
  for (let times = 0; times < 4; times++) {
    const wrapper = wrappersOf(url);
    if (wrapper.length === 0) return url;
    const rest = url.replace(/^https?:\/\/[^/?#]*/i, '').slice(0, longest);
    const found = wrapper.map(([, target]) => target.exec(rest)?.[1]).find((target) => target !== undefined);
    if (found === undefined) return isPage(url) ? url : '';
    url = unescaped(found);
    if (!/^https?:\/\/[^\s/]/i.test(url)) return '';
  }
  return '';
}

function wrappersOf(url: string): typeof wrappers {
  if (!signs.some((sign) => url.includes(sign)) || !URL.canParse(url)) return [];
  const { hostname } = new URL(url);
  return wrappers.filter(([host]) => host.test(hostname));
}

/** A page of those hosts that wraps nothing. */
const isPage = (url: string): boolean => !/safelinks\.|urldefense|cudasvc|avanan|deref-/.test(url);

/** Proofpoint's v2 writes `-3A` for `%3A` and `_` for `/`. */
function unescaped(wrapped: string): string {
  const percent = /^https?-3A/i.test(wrapped) ? wrapped.replaceAll('_', '/').replace(/-([\dA-F]{2})/g, '%$1') : wrapped;
  try {
    return percent.includes('://') ? percent : decodeURIComponent(percent);
  } catch {
    return '';
  }
}

/** Parameters by which senders of mailings and networks of advertising know a reader. */
const tracking =
  /^(?:utm_\w{1,20}|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|hs(?:CtaTracking|_email)|vero_(?:id|conv)|oly_(?:enc|anon)_id|rb_clickid|s_cid|_openstat|ml_subscriber(?:_hash)?|ck_subscriber_id|ref_src|trk(?:info)?|e?mail(?:id|hash)?|user(?:id|_id|name)?|recipient|subscriber(?:id|_id)?|contact(?:id|_id)?|uid)$/i;

/** The link without them; other parameters stay as they were written. */
export function untracked(link: string): string {
  const from = link.indexOf('?');
  if (from < 0) return link;
  const hash = link.indexOf('#', from);
  const end = hash < 0 ? link.length : hash;
  const given = link.slice(from + 1, end).split('&');
  const kept = given.filter((parameter) => !tracking.test(parameter.split('=', 1)[0] ?? ''));
  return kept.length === given.length ? link : link.slice(0, from) + (kept.length > 0 ? `?${kept.join('&')}` : '') + link.slice(end);
}

export interface WrappedLink {
  readonly from: number;
  readonly to: number;
  /** `''` where it cannot be read. */
  readonly target: string;
}

/** Wrapped links that stand in a text. */
export function* wrappedLinksIn(text: string): Generator<WrappedLink> {
  if (!text.includes('://') || !signs.some((sign) => text.includes(sign))) return;
  for (const { 0: whole, index } of matchesIn(text, /https?:\/\/[^\s<>"']{8,4096}/gi)) {
    const link = whole.replace(/[.,;:!?)\]]+$/, '');
    const target = unwrapped(link);
    if (target !== link) yield { from: index, to: index + link.length, target };
  }
}
