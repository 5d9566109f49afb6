/** What a check of `doctor` is, and what it says: one line each, with what is to be published or changed. */
import { networkInterfaces } from 'node:os';
import type { Settings } from '../../config/settings.ts';
import type { Dns } from './dns.ts';

/** `problem`: mail is lost, refused or seen by others; `warning`: it works and could be better; `skipped`: cannot be looked at, or need not. */
export type State = 'ok' | 'warning' | 'problem' | 'skipped';

export interface Said {
  readonly state: State;
  /** What was found; where it was skipped, why. Texts from outside are quoted in it. */
  readonly found: string;
  /** What is to be published or changed. */
  readonly change?: string;
}

/** The relay as its settings describe it. */
export interface Deployment {
  readonly settings: Settings;
  readonly dns: Dns;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative paths are relative to. */
  readonly cwd: string;
}

/** One thing to look at. What it throws is said as a problem. `signal`: its time is up. */
export interface Check {
  readonly name: string;
  look(deployment: Deployment, signal: AbortSignal): Promise<readonly Said[]>;
}

export const ok = (found: string): Said => ({ state: 'ok', found });
export const warning = (found: string, change: string): Said => ({ state: 'warning', found, change });
export const problem = (found: string, change: string): Said => ({ state: 'problem', found, change });
export const skipped = (why: string): Said => ({ state: 'skipped', found: why });

/** A text from outside, printable ASCII and short enough for a line: it can neither move the cursor nor turn the line around. */
export function quoted(text: string): string {
  const short = text.length > 200 ? `${text.slice(0, 200)}...` : text;
  return `"${short.replace(/[^\x20-\x7e]|["\\]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

/**
 * The system's code of what was thrown, as in ECONNREFUSED; never its text.
 *
 * QUIRK: fetch hangs the system's error below its own, and where a name has several addresses one error stands for all of theirs.
 */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return typeof error === 'string' ? error : 'unknown';
  const { code, cause, errors, name } = error as Readonly<Record<'code' | 'cause' | 'errors' | 'name', unknown>>;
  if (cause !== undefined) return codeOf(cause);
  if (Array.isArray(errors) && errors.length > 0) return codeOf(errors[0]);
  if (typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'unknown';
}

/** Names that no public name server knows (RFC 6761, RFC 6762). */
export const isLocalName = (domain: string): boolean => /(?:^|\.)(?:localhost|local|test|invalid)$/.test(domain);

/** The addresses of this machine's interfaces. */
export const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));

/** Looks at each domain of the relay; what is wrong with one that only old aliases stand at is a warning. */
export async function eachSendingDomain(
  { settings: { relayDomains, outbound } }: Deployment,
  look: (domain: string) => Promise<readonly Said[]>,
): Promise<readonly Said[]> {
  if (outbound.kind === 'maildir') return [skipped('nothing leaves: OUTBOUND_URL is a Maildir')];
  const all = await Promise.all(
    relayDomains.map(async (domain, index) => {
      if (isLocalName(domain)) return [skipped(`${domain} is known on this machine alone`)];
      const said = await look(domain);
      return index === 0 ? said : said.map((one) => (one.state === 'problem' ? { ...one, state: 'warning' as const } : one));
    }),
  );
  return all.flat();
}
