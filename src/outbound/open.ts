/** `OUTBOUND_URL` -> the way out: `maildir:<path>`, `smtp://user:pass@host:port?tls=require`, `smtps://…`. */
import { openMaildir } from './maildir.ts';
import type { Outbound } from './outbound.ts';
import { openSmarthost, type SmarthostSettings, type TlsMode } from './smarthost.ts';

export type OutboundSettings = Pick<SmarthostSettings, 'ehloName' | 'maxConnections' | 'dkim' | 'ca' | 'timeouts'>;

const tlsModes: readonly TlsMode[] = ['opportunistic', 'require', 'never'];

/** Throws a TypeError for a URL that names no way out; the URL is not in its text, it may hold a password. */
export function openOutbound(url: string, settings: OutboundSettings): Outbound {
  return url.startsWith('maildir:') ? openMaildir(pathOf(url)) : openSmarthost({ ...settings, ...nextHopOf(url) });
}

function pathOf(url: string): string {
  const path = url.slice('maildir:'.length);
  if (path === '') throw new TypeError('the outbound URL maildir: lacks a path');
  return path;
}

/** Port 25 or 465 where the URL gives none (RFC 5321, 8314); user and password percent-decoded. Throws as above. */
export function nextHopOf(url: string): Pick<SmarthostSettings, 'host' | 'port' | 'secure' | 'user' | 'pass' | 'tls'> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const secure = parsed?.protocol === 'smtps:';
  if (!parsed || (!secure && parsed.protocol !== 'smtp:'))
    throw new TypeError('the outbound URL must begin with maildir:, smtp:// or smtps://');
  if (parsed.hostname === '' || parsed.pathname.length > 1 || parsed.hash !== '')
    throw new TypeError('the outbound URL must be smtp://host:port');
  const host = decodeURIComponent(parsed.hostname).replace(/^\[(.*)\]$/, '$1');
  const tls = tlsModeOf(parsed.searchParams);
  return {
    host,
    port: Number(parsed.port) || (secure ? 465 : 25),
    secure,
    ...(parsed.username !== '' && { user: decodeURIComponent(parsed.username), pass: decodeURIComponent(parsed.password) }),
    ...(tls && { tls }),
  };
}

function tlsModeOf(parameters: URLSearchParams): TlsMode | undefined {
  for (const name of parameters.keys()) if (name !== 'tls') throw new TypeError('the outbound URL knows one parameter: tls');
  const given = parameters.get('tls');
  if (given === null) return undefined;
  const mode = tlsModes.find((one) => one === given);
  if (!mode) throw new TypeError(`the outbound URL's tls must be one of ${tlsModes.join(', ')}`);
  return mode;
}
