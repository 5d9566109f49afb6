/** Remote resources: whatever makes the recipient's mail client fetch something, and so tells its owner that the mail was opened. */
import type { Html, Message } from '../../model/message.ts';
import type { Allowed } from '../policy.ts';
import type { Resource } from '../rule.ts';
import { hostOf, isUnder } from './hosts.ts';
import type { Regions } from './regions.ts';

/** Pictures that mail clients put in by themselves: not the sender's doing. They are taken out all the same, as everything remote. */
const ofClients = [
  'fonts.gstatic.com/s/e/notoemoji/',
  'mail.google.com/mail/e/',
  'www.google.com/mail/e/',
  'ssl.gstatic.com/mail/emoji/',
  'ssl.gstatic.com/ui/v1/icons/mail/',
  'res.mail.qq.com/',
  'rescdn.qqmail.com/',
  'mail.qq.com/zh_CN/htmledition/images/',
  'mimg.126.net/',
  'mimg.127.net/',
  'outlook-1.cdn.office.net/',
  'res.cdn.office.net/',
  'static.xx.fbcdn.net/images/emoji',
  's.w.org/images/core/emoji/',
] as const;

/** Those on the marketplace's hosts tell the sender nothing and are left out; those on other allowed hosts do. */
export function resourcesOf({ html }: Message, regions: Regions, allowed: Allowed): readonly Resource[] {
  if (html === undefined) return [];
  const tokens = placesOf(html);
  return html.resources
    .filter(({ url }) => isForeign(url, allowed))
    .map(({ url, at }) => {
      const token = tokens.get(url);
      return token === undefined ? { url, region: regions.at('html', at) } : { url, region: regions.ofToken(token), token };
    });
}

/** The first element that has the URL in one of its attributes. */
function placesOf(html: Html): ReadonlyMap<string, number> {
  const wanted = new Set(html.resources.map(({ url }) => url));
  const places = new Map<string, number>();
  if (wanted.size === 0) return places;
  for (const [token, it] of html.tokens.entries()) {
    if (it.kind !== 'open') continue;
    for (const value of Object.values(it.attributes)) if (wanted.has(value) && !places.has(value)) places.set(value, token);
  }
  return places;
}

function isForeign(url: string, allowed: Allowed): boolean {
  const host = hostOf(url);
  if (host === undefined) return true;
  if (isUnder(host, allowed.marketplace)) return false;
  const rest = url.slice(url.indexOf('//') + 2);
  return !ofClients.some((place) => rest.startsWith(place));
}
