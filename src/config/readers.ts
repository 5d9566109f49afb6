/**
 * How the text of a setting becomes a value. Each reader answers the value, or undefined where the text does not fit its row: the row
 * itself says what would have fitted, so that no message can quote a secret.
 */
import { isIP, isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { domainOf, parseMailbox } from '../model/address.ts';

/** Where a listener listens. An IPv6 host stands without brackets; port 0 lets the system choose. */
export interface Listen {
  readonly host: string;
  readonly port: number;
}

/** Where mail leaves to: a Maildir (absolute path) or the next hop. `secure`: TLS from the first byte (`smtps`, RFC 8314). */
export type OutboundSettings =
  | { readonly kind: 'maildir'; readonly path: string }
  | {
      readonly kind: 'smtp';
      readonly secure: boolean;
      readonly host: string;
      readonly port: number;
      readonly user?: string;
      readonly pass?: string;
      /** Of STARTTLS; not set: required where a password would travel to another machine, else taken where it is offered. */
      readonly tls?: 'opportunistic' | 'require' | 'never';
    };

/** `cwd`: what relative paths are relative to. */
export type Reader<T> = (text: string, cwd: string) => T | undefined;

/** Where clamd listens. The path of a socket is absolute. */
export type ClamdUrl =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

/** The items that stand between commas, in their order; at least one, none twice. */
export const list =
  <T>(item: Reader<T>): Reader<readonly [T, ...T[]]> =>
  (text, cwd) => {
    const items = text.split(',').map((each) => each.trim());
    const values = items.map((each) => item(each, cwd)).filter((value) => value !== undefined);
    const [first, ...rest] = values;
    if (first === undefined || values.length < items.length || new Set(items).size < items.length) return undefined;
    return [first, ...rest];
  };

export const choice =
  <const T extends string>(...words: readonly T[]): Reader<T> =>
  (text) =>
    words.find((word) => word === text);

export const onOff: Reader<boolean> = (text) => (text === 'on' ? true : text === 'off' ? false : undefined);

export const integer =
  (least: number, most: number): Reader<number> =>
  (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };

/** A host name of at least two labels, in its ASCII form and in lower case. */
export const domain: Reader<string> = (text) => {
  const address = parseMailbox(`postmaster@${text}`);
  return address && domainOf(address);
};

export const ipAddress: Reader<string> = (text) => (isIP(text) ? text : undefined);

/** `127.0.0.1:2525`, `[::1]:2525`, `localhost:2525`. A name would leave open on which address it listens. */
export const listen: Reader<Listen> = (text) => {
  const [host, port] = hostAndPort(text);
  return host !== undefined && port !== undefined && (isIP(host) || host === 'localhost') ? { host, port } : undefined;
};

/** `smtp://0.0.0.0:587` (or without the scheme): STARTTLS is needed there; `smtps://0.0.0.0:465`: TLS from the first byte (RFC 8314). */
export const submissionListen: Reader<Listen & { readonly implicitTls: boolean }> = (text, cwd) => {
  const implicitTls = text.startsWith('smtps://');
  const address = listen(text.replace(/^smtps?:\/\//, '').replace(/\/$/, ''), cwd);
  return address && { ...address, implicitTls };
};

/** `192.0.2.53`, `192.0.2.53:5353`, `[2001:db8::1]:53`; answers `host:port` as `Resolver.setServers` takes it. */
export const dnsServer: Reader<string> = (text) => {
  const [host, port] = isIP(text) ? [text, 53] : hostAndPort(text);
  if (host === undefined || !port || !isIP(host)) return undefined;
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
};

function hostAndPort(text: string): readonly [host?: string, port?: number | undefined] {
  const colon = text.lastIndexOf(':');
  const port = integer(0, 65_535)(text.slice(colon + 1), '');
  const host = text.slice(0, Math.max(0, colon));
  if (host.startsWith('[') && host.endsWith(']')) return isIPv6(host.slice(1, -1)) ? [host.slice(1, -1), port] : [];
  return host.includes(':') ? [] : [host, port];
}

/** `https://relay.example`: a scheme, a host and perhaps a port. Plain HTTP only where it never leaves the machine. */
export const publicUrl: Reader<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password || url.search || url.hash || url.pathname !== '/') return undefined;
  const local = url.hostname === 'localhost' || url.hostname.startsWith('127.') || url.hostname === '[::1]';
  return url.protocol === 'https:' || (url.protocol === 'http:' && local) ? url.origin : undefined;
};

/** `unix:/run/clamav/clamd.ctl`, `tcp://127.0.0.1:3310`, `tcp://[::1]:3310`, `tcp://scanner.internal:3310`. */
export const clamdUrl: Reader<ClamdUrl> = (text, cwd) => {
  const socket = text.startsWith('unix:') ? text.slice('unix:'.length) : undefined;
  if (socket !== undefined) return socket === '' || /[\s\0]/.test(socket) ? undefined : { kind: 'unix', path: resolve(cwd, socket) };
  if (!text.startsWith('tcp://')) return undefined;
  const [host, port] = hostAndPort(text.slice('tcp://'.length));
  return host !== undefined && port && (isIP(host) || /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i.test(host))
    ? { kind: 'tcp', host, port }
    : undefined;
};

/** A path; the file must be there when the relay starts, which `load.ts` looks up. */
export const path: Reader<string> = (text, cwd) => (text.includes('\0') ? undefined : resolve(cwd, text));

/** 32 bytes in base64 (RFC 4648 section 4), exactly: a lax decoder would make a weak key of a mistyped one. */
export const key: Reader<Buffer> = (text) => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === text ? bytes : undefined;
};

/** A bearer token in the characters of RFC 6750 section 2.1. */
export const token: Reader<string> = (text) => (/^[A-Za-z0-9._~+/-]{1,512}={0,8}$/.test(text) ? text : undefined);

/** Labels of letters, digits and hyphens with dots between them (RFC 6376 section 3.1). */
export const selector: Reader<string> = (text) => domain(`${text}.test`, '') && text.toLowerCase();

const storeSchemes = ['redis://', 'rediss://', 'redis+sentinel://', 'redis+cluster://'];

/** A store's URL by its scheme; the adapter reads the rest. The path of an SQLite file becomes an absolute one. */
export const storeUrl: Reader<string> = (text, cwd) => {
  if (/[\s\0]/.test(text)) return undefined;
  if (text.startsWith('sqlite:')) {
    const file = text.slice('sqlite:'.length);
    if (file === '' || file.startsWith('//')) return undefined;
    return file === ':memory:' ? text : `sqlite:${resolve(cwd, file)}`;
  }
  return storeSchemes.some((scheme) => text.startsWith(scheme) && text.length > scheme.length) ? text : undefined;
};

/** `maildir:PATH`, `smtp://user:pass@host:port?tls=require`, `smtps://…`; user and password percent-encoded, both or none. */
export const outboundUrl: Reader<OutboundSettings> = (text, cwd) => {
  if (text.startsWith('maildir:')) {
    const directory = text.slice('maildir:'.length);
    return directory === '' || directory.includes('\0') ? undefined : { kind: 'maildir', path: resolve(cwd, directory) };
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || !['', '/'].includes(url.pathname) || url.hash) return undefined;
  const tls = tlsMode(url.search);
  if (tls === undefined) return undefined;
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  const user = decoded(url.username);
  const pass = decoded(url.password);
  if (host === '' || url.port === '0' || user === undefined || pass === undefined || (user === '') !== (pass === '')) return undefined;
  const secure = url.protocol === 'smtps:';
  const port = url.port === '' ? (secure ? 465 : 25) : Number(url.port);
  return { kind: 'smtp', secure, host, port, ...(user !== '' && { user, pass }), ...tls };
};

/** `?tls=require` and nothing else may stand behind the host. */
function tlsMode(search: string): { readonly tls?: 'opportunistic' | 'require' | 'never' } | undefined {
  const mode = (['opportunistic', 'require', 'never'] as const).find((one) => search === `?tls=${one}`);
  if (mode !== undefined) return { tls: mode };
  return search === '' ? {} : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
