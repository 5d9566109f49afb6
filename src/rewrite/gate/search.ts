/**
 * Secrets as the gate looks for them, in text and in bytes: with foldings and comparisons of its own, so that no fault of `mask.ts` is repeated
 * here. Only what is certain; whatever this finds the mask has taken out of anything that it can read.
 */
import { domainToUnicode } from 'node:url';
import type { Side } from '../../model/route.ts';
import { isCommonWord } from '../naming/common-words.ts';
import { minTellingEnd, type SecretName, secretsOf } from '../naming/secrets.ts';
import { createSieve } from './sieve.ts';

export interface Search {
  /** Of mailboxes at providers: what stands on either side of the `@`. */
  readonly mailboxes: readonly { readonly local: string; readonly domain: string; readonly dotless: boolean }[];
  readonly hosts: readonly string[];
  /** Local parts by themselves. */
  readonly locals: readonly string[];
  readonly names: readonly Name[];
  /** As they stand in a text; case counts. */
  readonly encoded: readonly string[];
}

interface Name {
  /** A word that stands in each form, folded. */
  readonly sign: string;
  readonly forms: readonly string[];
  /** In capitals only, for they are words as well: `Will Chase`. */
  readonly cased: boolean;
}

export function searchFor(side: Side): Search {
  const { mailboxes, hosts, locals, names } = secretsOf(side);
  return {
    mailboxes: mailboxes.flatMap(({ local, domain, dotless }) =>
      [...new Set(dotless ? ['gmail.com', 'googlemail.com'] : [domain, domainToUnicode(domain)])].map((it) => ({
        local: folded(dotless ? local.replaceAll('.', '') : local),
        domain: folded(it),
        dotless,
      })),
    ),
    hosts: hosts.map(folded),
    locals: locals.map(folded),
    names: names.flatMap(nameOf),
    encoded: side.mailboxes.flatMap(base64Forms),
  };
}

const isUnspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]+$/u;

/** The whole name, and its first and last word: each by its own words a name that is made of common words alone or not. */
function nameOf({ words, written }: SecretName): Name[] {
  const known = words.map(folded);
  if (known.some((word) => isUnspaced.test(word))) return unspacedName(known);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (words.length < 2) return [];
  return [
    formsOf(words, [words.join(' '), written]),
    formsOf([first, last], [`${first} ${last}`, `${last}, ${first}`, `${last} ${first}`]),
  ];
}

function formsOf(words: readonly string[], forms: readonly string[]): Name {
  const known = words.map(folded);
  const sign = known.toSorted((a, b) => b.length - a.length)[0] ?? '';
  if (known.every(isCommonWord)) return { sign, forms: [...forms.map(title), ...forms.map((form) => form.toUpperCase())], cased: true };
  const joined = words.length === 2 ? [known.join('.'), known.join('_')] : [];
  return { sign, forms: [...new Set([...forms.map(folded), ...joined])], cased: false };
}

function unspacedName(words: readonly string[]): Name[] {
  const [form = ''] = words.length === 1 ? words : [words.join(' ')];
  if (isCommonWord(form) || [...form].length < 2) return [];
  return [{ sign: words[0] ?? '', forms: [form, words.join('')], cased: false }];
}

const title = (words: string): string => words.replace(/(?<!\p{L})\p{Ll}/gu, (letter) => letter.toUpperCase());

/** The middle of a mailbox's base64 for each way in which its groups can fall. */
const base64Forms = (mailbox: string): string[] =>
  ['', 'x', 'xx'].map((before) => {
    const whole = Buffer.from(before + mailbox)
      .toString('base64')
      .replace(/=+$/, '');
    return whole.slice(before === '' ? 0 : before.length + 1, (Buffer.byteLength(before + mailbox) % 3 === 0 ? 0 : -1) || undefined);
  });

/** A text, folded once for all that is looked for. */
export interface Read {
  readonly text: string;
  readonly folded: string;
  /** Folded but for its case. */
  readonly cased: string;
  /** Both as names are looked for in them; made when there may be one. */
  readonly spaced: () => { readonly folded: string; readonly cased: string };
}

export function read(text: string): Read {
  const cased = unfolded(text);
  const folded = cased.toLowerCase();
  let made: ReturnType<Read['spaced']> | undefined;
  const spaced = () => {
    made ??= { folded: blanksAsOne(folded), cased: blanksAsOne(cased) };
    return made;
  };
  return { text, folded, cased, spaced };
}

export interface Found {
  readonly mailbox: boolean;
  readonly host: boolean;
  readonly name: boolean;
}

/** What of it stands in a text. */
export const foundIn = (said: Read, search: Search): Found => ({
  mailbox:
    search.mailboxes.some((it) => mailboxStands(said.folded, it)) ||
    standsInAscii(said, search) ||
    search.locals.some((it) => stands(said.folded, it)) ||
    search.encoded.some((it) => said.text.includes(it)),
  host: search.hosts.some((host) => stands(said.folded, host, /[-_]/)),
  name: search.names.some((name) => nameStands(said, name)),
});

/** What of the text is ASCII, where not all is: a letter with an accent beside an address is no part of it. */
function standsInAscii({ text, folded }: Read, search: Search): boolean {
  const isNear = [...search.mailboxes.map(({ domain }) => domain), ...search.hosts].some((domain) => folded.includes(`@${domain}`));
  return isNear && /[^\x00-\x7f]/.test(text) && mailboxIn(asciiOf(text).toLowerCase(), search);
}

/** Only whole mailboxes: a host can come about where two lines are joined. @param text folded */
export const mailboxIn = (text: string, { mailboxes, hosts }: Search): boolean =>
  mailboxes.some((it) => mailboxStands(text, it)) || hosts.some((host) => stands(text, `@${host}`, /[-_]/));

function nameStands(said: Read, { sign, forms, cased }: Name): boolean {
  if (!said.folded.includes(sign)) return false;
  const spaced = said.spaced();
  const text = cased ? spaced.cased : spaced.folded;
  return forms.some((form) => stands(text, form));
}

const nothing = /(?!)/;

/** @param more signs that go on a word beside letters and digits */
function stands(text: string, words: string, more = nothing): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const [before, after] = [text.charAt(at - 1), text.charAt(at + words.length)];
    if (!goesOn(before, words.charAt(0)) && !goesOn(after, words.charAt(words.length - 1)) && !more.test(before) && !more.test(after))
      return true;
  }
  return false;
}

function mailboxStands(text: string, { local, domain, dotless }: Search['mailboxes'][number]): boolean {
  const tail = `@${domain}`;
  for (let at = text.indexOf(tail); at >= 0; at = text.indexOf(tail, at + tail.length)) {
    const next = text.charAt(at + tail.length);
    if (goesOn(next, 'a') || next === '-' || next === '_') continue;
    // The local part, with quotes or a tag that end it; 64 characters is the longest (RFC 5321), a tag as much again.
    const before = text.slice(Math.max(0, at - 200), at).replace(/"$/, '');
    const forms = [before, before.replace(/\+[\w.=-]{0,64}$/, '')].map((form) => (dotless ? form.replaceAll('.', '') : form));
    if (forms.some((form) => endsApart(form, local))) return true;
  }
  return false;
}

/** Whether a text ends with these words, and they are not the end of a longer local part, which may be another's. */
function endsApart(text: string, words: string): boolean {
  if (!text.endsWith(words)) return false;
  if (words.length >= minTellingEnd) return true;
  const rest = text.slice(0, text.length - words.length);
  return !goesOn(rest.charAt(rest.length - 1), 'a') && !/[\p{L}\p{N}][._+-]$/u.test(rest);
}

/** Both are letters or digits of scripts that set words apart: what they stand between is one word. */
const goesOn = (char: string, beside: string): boolean => apart.test(char) && apart.test(beside);
const apart = /^(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}])[\p{L}\p{N}]/u;

/** Compatibility forms, accents, case and invisible characters make no difference. */
const folded = (text: string): string => unfolded(text).toLowerCase();

/** Nor do kinds of white space, which stands in names alone. */
const blanksAsOne = (text: string): string => text.replace(/[^\S ]\s*| \s+/g, ' ');

/** Folded but for its case. What stands in files is Latin-1, and much of it. */
function unfolded(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text;
  return /[^\x00-\xff]/.test(text) ? text.replace(/[^\x00-\x7f]+/g, foldedRun) : octetwise(text, plainOctets);
}

/** What single characters become; filled as they come, and never more than there are of one UTF-16 unit. */
const runs = new Map<string, string>();

/** Nothing in ASCII joins with what stands beside it, once the marks are gone. */
function foldedRun(run: string): string {
  const plain = runs.get(run) ?? foldedMarks(run);
  if (run.length === 1) runs.set(run, plain);
  return plain;
}

const foldedMarks = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{DI}\p{Cf}]/gu, '')
    .normalize('NFC');

/** For each character of Latin-1 what is left of it: nothing, one, or a blank for what becomes many or is of another script. */
const plainOctets = Array.from({ length: 256 }, (_, code) => {
  const plain = foldedMarks(String.fromCharCode(code));
  return plain === '' ? -1 : plain.length === 1 && plain.charCodeAt(0) < 256 ? plain.charCodeAt(0) : 0x20;
});

/** ASCII alone, and a blank for anything else. */
const asciiOctets = Array.from({ length: 256 }, (_, code) => (code < 128 ? code : 0x20));

const asciiOf = (text: string): string => (/[^\x00-\xff]/.test(text) ? text.replace(/[^\x00-\x7f]/g, ' ') : octetwise(text, asciiOctets));

function octetwise(text: string, table: readonly number[]): string {
  const octets = Buffer.from(text, 'latin1');
  let length = 0;
  for (let at = 0; at < octets.length; at += 1) {
    const plain = table[octets[at] ?? 0] ?? -1;
    if (plain >= 0) octets[length++] = plain;
  }
  return octets.toString('latin1', 0, length);
}

/** Shorter secrets stand in any bytes by chance. */
const minInBytes = 6;

/** Tells of bytes whether anything stands in them that is looked for in bytes; made at the first of them, for most messages have no file. */
export function sieveFor(searches: readonly Search[]): (bytes: Uint8Array) => boolean {
  let sieve: ReturnType<typeof createSieve> | undefined;
  return (bytes) => {
    sieve ??= createSieve(searches.flatMap(soughtInBytes));
    return sieve(bytes);
  };
}

/** What stands in a file, whatever it is. */
export function foundInBytes(bytes: Buffer, search: Search): Found {
  const raw = bytes.toString('latin1');
  const octets = { raw, lower: raw.toLowerCase() };
  const has = (words: string, more?: RegExp): boolean =>
    words.length >= minInBytes && byteForms(words).some((form) => standsInBytes(octets, form, more));
  return {
    mailbox:
      search.mailboxes.some(({ local, domain }) => has(`${local}@${domain}`)) ||
      search.hosts.some((host) => has(`@${host}`)) ||
      search.locals.some((local) => has(local)),
    host: search.hosts.some((host) => has(host, /[-_]/)),
    name: search.names.some(
      ({ sign, forms, cased }) => !cased && byteForms(sign).some((it) => octets.lower.includes(it)) && forms.some((form) => has(form)),
    ),
  };
}

/**
 * What happens to stand beside a word in bytes, a checksum or a length, may look like a letter more of it: one of the other case is none, and behind
 * an address only a longer domain makes another of it.
 */
function standsInBytes({ raw, lower }: Octets, words: string, more = nothing): boolean {
  const joins = (a: string, b: string): boolean => goesOn(a.toLowerCase(), b.toLowerCase()) && isUpper(a) === isUpper(b);
  for (let at = lower.indexOf(words); at >= 0; at = lower.indexOf(words, at + 1)) {
    const end = at + words.length;
    const isLonger = words.includes('@') ? longerDomain.test(lower.slice(end, end + 40)) : joins(raw.charAt(end), raw.charAt(end - 1));
    const isEnd = words.indexOf('@') < minTellingEnd && joins(raw.charAt(at - 1), raw.charAt(at));
    if (isLonger || isEnd) continue;
    if (!more.test(raw.charAt(at - 1)) && !more.test(raw.charAt(end))) return true;
  }
  return false;
}

const longerDomain = /^[a-z0-9-]{1,30}\.[a-z]{2}/;
const isUpper = (char: string): boolean => char !== char.toLowerCase();

/** A character a byte, as they are and in lower case. */
interface Octets {
  readonly raw: string;
  readonly lower: string;
}

/** All of that, each in the forms in which it may stand there. */
const soughtInBytes = ({ mailboxes, hosts, locals, names }: Search): readonly string[] =>
  [
    ...mailboxes.map(({ local, domain }) => `${local}@${domain}`),
    ...locals,
    ...hosts.flatMap((host) => [host, `@${host}`]),
    ...names.flatMap(({ forms, cased }) => (cased ? [] : forms)),
  ]
    .filter((words) => words.length >= minInBytes)
    .flatMap(byteForms);

/** UTF-8 and UTF-16 of either order, as they look when each byte is a character. */
function byteForms(words: string): string[] {
  const wide = Buffer.from(words, 'utf16le');
  const both = /[^\x00-\x7f]/.test(words)
    ? [wide.toString('latin1'), Buffer.from(wide).swap16().toString('latin1')]
    : [[...words].join('\0')];
  return [Buffer.from(words).toString('latin1'), ...both].map((form) => form.toLowerCase());
}
