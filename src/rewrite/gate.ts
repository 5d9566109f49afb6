/**
 * GATE: the last look at the very bytes that are about to leave. Whatever the code before it did or forgot, a message that names a mailbox of
 * either party, or the full name of either, does not pass; neither does one that cannot be decoded.
 */
import { domainToUnicode } from 'node:url';
import type { Route, Side } from '../model/route.ts';
import { type Said, saidIn } from './outgoing.ts';

/** What was found and where; never the words themselves. */
export interface Leak {
  readonly what: 'mailbox' | 'name';
  readonly whose: 'author' | 'recipient';
  /** `header Subject`, `part 1.2 text/html`, `undecodable part 2 text/plain`. */
  readonly where: string;
}

interface Secret {
  readonly what: Leak['what'];
  readonly whose: Leak['whose'];
  /** Folded; of a mailbox what stands before and after the `@`, of a name its words. */
  readonly words: string;
  readonly domain: string;
}

/** Empty: the message may leave. Linear in its bytes. */
export function leaks(bytes: Uint8Array, route: Pick<Route, 'author' | 'recipient'>): readonly Leak[] {
  const secrets = [...secretsOf(route.author, 'author'), ...secretsOf(route.recipient, 'recipient')];
  const found = new Map<string, Leak>();
  for (const said of saidIn(bytes)) {
    for (const leak of leaksIn(said, secrets)) found.set(`${leak.what} ${leak.whose} ${leak.where}`, leak);
  }
  return [...found.values()];
}

function secretsOf({ mailboxes, name, face }: Side, whose: Leak['whose']): Secret[] {
  const addresses = mailboxes.flatMap((mailbox) => {
    const at = mailbox.lastIndexOf('@');
    const local = mailbox.slice(0, at);
    const plus = local.indexOf('+', 1);
    const domains = new Set([mailbox.slice(at + 1), domainToUnicode(mailbox.slice(at + 1))]);
    return [...domains].map(
      (domain): Secret => ({ what: 'mailbox', whose, words: folded(plus < 0 ? local : local.slice(0, plus)), domain: folded(domain) }),
    );
  });
  const full = folded(name).trim();
  const hidden = full.includes(' ') && full !== folded(face.name).trim();
  return hidden ? [...addresses, { what: 'name', whose, words: full, domain: '' }] : addresses;
}

function* leaksIn({ where, texts, joined, bytes }: Said, secrets: readonly Secret[]): Generator<Leak> {
  if (texts === undefined) {
    yield { what: 'mailbox', whose: 'author', where: `undecodable ${where}` };
    return;
  }
  const known = new Set(texts);
  for (const text of known) yield* leaksInText(text, where, secrets);
  const mailboxes = secrets.filter(({ what }) => what === 'mailbox');
  if (joined !== undefined && !known.has(joined)) yield* leaksInText(joined, where, mailboxes);
  if (bytes !== undefined) yield* leaksInBytes(bytes, where, secrets);
}

function* leaksInText(text: string, where: string, secrets: readonly Secret[]): Generator<Leak> {
  const said = folded(text);
  for (const secret of secrets) if (stands(said, secret)) yield { what: secret.what, whose: secret.whose, where };
}

/** A file: its bytes as text of one byte a character, and as UTF-16 of either order. */
function* leaksInBytes(bytes: Buffer, where: string, secrets: readonly Secret[]): Generator<Leak> {
  const narrow = bytes.toString('latin1').toLowerCase();
  const wide = narrow.replaceAll('\0', '');
  for (const secret of secrets) {
    const forms = [asBytes(secret, 'utf8'), asBytes(secret, 'utf16le')];
    if (forms.some((form) => stands(narrow, form)) || stands(wide, asBytes(secret, 'utf8')))
      yield { what: secret.what, whose: secret.whose, where };
  }
}

/** A secret as it stands in bytes that are read one character a byte. */
const asBytes = ({ words, domain, ...rest }: Secret, encoding: 'utf8' | 'utf16le'): Secret => ({
  ...rest,
  words: Buffer.from(words, encoding).toString('latin1').toLowerCase(),
  domain: Buffer.from(domain, encoding).toString('latin1').toLowerCase(),
});

function stands(text: string, secret: Secret): boolean {
  return secret.what === 'name' ? nameStands(text, secret.words) : mailboxStands(text, secret);
}

function nameStands(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (!isLetter(text.charAt(at - 1), words.charAt(0)) && !isLetter(text.charAt(at + words.length), words.charAt(words.length - 1)))
      return true;
  }
  return false;
}

function mailboxStands(text: string, { words, domain }: Secret): boolean {
  const tail = `@${domain}`;
  for (let at = text.indexOf(tail); at >= 0; at = text.indexOf(tail, at + tail.length)) {
    const next = text.charAt(at + tail.length);
    if (isLetter(next, 'a') || next === '-' || next === '_') continue;
    // The local part, with quotes or a tag that end it; 64 characters is the longest (RFC 5321), a tag as much again.
    const before = text.slice(Math.max(0, at - 200), at).replace(/"$/, '');
    if (endsApart(before, words) || endsApart(before.replace(/\+[\w.=-]{0,64}$/, ''), words)) return true;
  }
  return false;
}

/** Whether a text ends with these words, and they are not the end of a longer local part. */
function endsApart(text: string, words: string): boolean {
  if (!text.endsWith(words)) return false;
  const rest = text.slice(0, text.length - words.length);
  return !isLetter(rest.charAt(rest.length - 1), 'a') && !/[\p{L}\p{N}][._+-]$/u.test(rest);
}

/** Both are letters or digits of scripts that set words apart: what they stand between is one word. */
const isLetter = (char: string, beside: string): boolean => spaced.test(char) && spaced.test(beside);
const spaced = /^(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}])[\p{L}\p{N}]/u;

/** Compatibility forms, case, invisible characters and kinds of white space make no difference. */
const folded = (text: string): string =>
  (/[^\x00-\x7f]/.test(text)
    ? text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\p{DI}\p{Cf}]/gu, '')
    : text.toLowerCase()
  ).replace(/\s+/g, ' ');
