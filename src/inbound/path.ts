/**
 * Reads the arguments of MAIL and RCPT (RFC 5321 sections 4.1.1.2, 4.1.1.3 and 4.1.2; RFC 1870, 6152, 6531 for the parameters).
 * The reverse-path is read as the RFC allows it, because anybody may write to us; the forward-path as narrowly as our aliases are made:
 * whatever could mean another address to another server (quotes, routes, `%`, `!`, literals) is no address here.
 *
 * QUIRK: smtp-server 3.21.6 has a reader of its own, which turns xn-- domains into Unicode, takes a second address for a parameter,
 * answers four different ways to malformed addresses and refuses quoted local parts of senders.
 */
import { Refusal, replies } from '../model/reply.ts';

/** What MAIL said. */
export interface MailCommand {
  /** `''` is the null reverse-path. */
  readonly reversePath: string;
  /** Octets, as announced by SIZE; undefined where nothing was. */
  readonly size?: number;
  /** SMTPUTF8 was asked for. */
  readonly utf8: boolean;
}

/** RFC 5321 section 4.5.3.1.3: 256 octets with the angle brackets. */
const MAX_PATH_BYTES = 254;
const MAX_LOCAL_PART = 64;

const atoms = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~.-]+$/u;
const hostName = /^[\p{L}\p{N}\p{M}_.-]+$/u;
const literal = /^\[[0-9A-Za-z.:]+\]$/;
const aliasPart = /^[\p{L}\p{N}\p{M}#$&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}#$&'*+/=?^_`{|}~-]+)*$/u;
const ascii = /^[\x20-\x7e]*$/;

/** Where the path that begins with `<` at 0 ends with `>`; -1 where it does not. Quoted strings may hold angle brackets. */
function closingBracket(text: string): number {
  let quoted = false;
  for (let at = 1; at < text.length; at++) {
    const char = text[at];
    if (quoted && char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (char === '>' && !quoted) return at;
  }
  return -1;
}

/** Splits `<path> parameter parameter …`; undefined where there is no path in brackets. */
function split(text: string): { readonly path: string; readonly rest: string } | undefined {
  const trimmed = text.trim();
  const end = trimmed.startsWith('<') ? closingBracket(trimmed) : -1;
  if (end < 0) return undefined;
  return { path: trimmed.slice(1, end), rest: trimmed.slice(end + 1) };
}

/** Source routes (`@a,@b:user@c`) must be accepted and are ignored: RFC 5321 appendix C. */
const withoutRoute = (path: string): string => (path.startsWith('@') && path.includes(':') ? path.slice(path.indexOf(':') + 1) : path);

const isQuoted = (local: string): boolean =>
  local.length > 2 && local.startsWith('"') && closingQuote(local) === local.length - 1 && !/[\x00-\x1f\x7f-\x9f]/.test(local);

/** Where the quoted string that begins at 0 ends; -1 where it does not. */
function closingQuote(text: string): number {
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}

function isReversePath(path: string): boolean {
  const at = path.lastIndexOf('@');
  const local = path.slice(0, at);
  const domain = path.slice(at + 1);
  if (at < 1 || Buffer.byteLength(path) > MAX_PATH_BYTES) return false;
  if (!atoms.test(local) && !isQuoted(local)) return false;
  return literal.test(domain) || (hostName.test(domain) && !domain.split('.').includes(''));
}

function parametersOf(rest: string): ReadonlyMap<string, string | undefined> {
  const parameters = new Map<string, string | undefined>();
  if (rest !== '' && !rest.startsWith(' ')) throw new Refusal(replies.syntax);
  for (const parameter of rest.split(' ').filter(Boolean)) {
    const equals = parameter.indexOf('=');
    const name = (equals < 0 ? parameter : parameter.slice(0, equals)).toUpperCase();
    if (parameters.has(name)) throw new Refusal(replies.syntax);
    parameters.set(name, equals < 0 ? undefined : parameter.slice(equals + 1));
  }
  return parameters;
}

function readSize(value: string | undefined): number {
  if (value === undefined || !/^\d{1,20}$/.test(value)) throw new Refusal(replies.syntax);
  return Number(value);
}

/** Throws 555 for each parameter that we do not offer; BODY says nothing that we need to know. */
function checkOffered(parameters: ReadonlyMap<string, string | undefined>): void {
  for (const [name, value] of parameters) {
    const offered =
      name === 'SIZE' || (name === 'BODY' && /^(?:7BIT|8BITMIME)$/i.test(value ?? '')) || (name === 'SMTPUTF8' && value === undefined);
    if (!offered) throw new Refusal(replies.unknownParameter);
  }
}

/**
 * Reads `MAIL FROM:<reverse-path> [SIZE=n] [BODY=7BIT|8BITMIME] [SMTPUTF8]`.
 * Throws a `Refusal`: 501 for what is malformed, 555 for parameters that we do not offer (AUTH, RET, ENVID, BODY=BINARYMIME …).
 */
export function readMail(line: string): MailCommand {
  const argument = /^MAIL FROM:/i.test(line) ? split(line.slice(10)) : undefined;
  if (argument === undefined) throw new Refusal(replies.syntax);
  const parameters = parametersOf(argument.rest);
  checkOffered(parameters);
  const size = parameters.has('SIZE') ? readSize(parameters.get('SIZE')) : 0;
  const utf8 = parameters.has('SMTPUTF8');
  const reversePath = withoutRoute(argument.path);
  if (reversePath !== '' && !(isReversePath(reversePath) && (utf8 || ascii.test(reversePath)))) throw new Refusal(replies.syntax);
  return { reversePath, utf8, ...(size > 0 && { size }) };
}

/** One `@`, plain atoms, a plain host name; or the bare `postmaster` of RFC 5321 section 4.1.1.3. */
function isForwardPath(path: string, utf8: boolean): boolean {
  if (path.toLowerCase() === 'postmaster') return true;
  const at = path.indexOf('@');
  if (at < 1 || at !== path.lastIndexOf('@') || at > MAX_LOCAL_PART || Buffer.byteLength(path) > MAX_PATH_BYTES) return false;
  if (!utf8 && !ascii.test(path)) return false;
  const domain = path.slice(at + 1);
  return aliasPart.test(path.slice(0, at)) && hostName.test(domain) && !domain.split('.').includes('');
}

/**
 * Reads `RCPT TO:<forward-path>`. Throws a `Refusal`: 550 5.1.1 for every address that cannot be one of ours, whatever is wrong with it,
 * 501 where there is no `RCPT TO:`, 555 for parameters (NOTIFY, ORCPT and all others).
 */
export function readRcpt(line: string, utf8: boolean): string {
  if (!/^RCPT TO:/i.test(line)) throw new Refusal(replies.syntax);
  const argument = split(line.slice(8));
  if (argument === undefined || !isForwardPath(argument.path, utf8)) throw new Refusal(replies.unknownAlias);
  const rest = argument.rest.trim();
  if (rest.startsWith('<') || (rest !== '' && !argument.rest.startsWith(' '))) throw new Refusal(replies.unknownAlias);
  if (rest !== '') throw new Refusal(replies.unknownParameter);
  return argument.path;
}
