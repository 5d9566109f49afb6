/**
 * What would tell who stands behind an alias, wherever it stands in a text: the mailboxes of both parties become aliases, their full
 * names the names that are shown (requirement F2; leaks.md QUO, SIG, ENC). Linear: mailboxes are looked for around each `@`.
 */
import { domainToUnicode } from 'node:url';
import { domainOf, localPart } from '../model/address.ts';
import type { Route, Side } from '../model/route.ts';
import type { Edit } from './edits.ts';
import { type Folded, fold } from './fold.ts';

interface MailboxNeedle {
  /** Folded, without a `+tag`. */
  readonly local: string;
  readonly domain: string;
  readonly put: string;
}

interface NameNeedle {
  readonly words: readonly string[];
  readonly put: string;
}

/** What is looked for, made once for a message. */
export interface Needles {
  readonly mailboxes: readonly MailboxNeedle[];
  readonly names: readonly NameNeedle[];
}

export function needlesOf({ author, recipient }: Pick<Route, 'author' | 'recipient'>): Needles {
  const sides = [author, recipient];
  return { mailboxes: sides.flatMap(mailboxNeedles), names: sides.flatMap(nameNeedles) };
}

/** Where the needles stand in a text, and what comes in their place. They do not overlap: a mailbox comes before a name, of two names the first. */
export function maskEdits(text: string, needles: Needles): Edit[] {
  const folded = fold(text);
  const mailboxes = [...mailboxesIn(folded.text, needles.mailboxes)];
  const names = [...namesIn(folded.text, needles.names)].toSorted((a, b) => a.at - b.at || b.end - a.end);
  return disjoint(mailboxes, names).map(({ at, end, put }) => ({
    from: folded.from[at] ?? 0,
    to: folded.to[end - 1] ?? text.length,
    put,
    kind: 'mask',
  }));
}

/** @param names in the order of the text, as the mailboxes are */
function disjoint(mailboxes: readonly Spot[], names: readonly Spot[]): Spot[] {
  const spots: Spot[] = [...mailboxes];
  let taken = 0;
  let next = 0;
  for (const name of names) {
    while ((mailboxes[next]?.end ?? Number.POSITIVE_INFINITY) <= name.at) next++;
    if (name.at < taken || (mailboxes[next]?.at ?? Number.POSITIVE_INFINITY) < name.end) continue;
    spots.push(name);
    taken = name.end;
  }
  return spots;
}

/** Whether a needle stands in a text. */
export const tells = (text: string, needles: Needles): boolean => maskEdits(text, needles).length > 0;

/** Where words as folded by `fold` stand in a folded text, not as part of longer words. */
export function* occurrences({ text }: Pick<Folded, 'text'>, words: string): Generator<{ readonly at: number; readonly end: number }> {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
    const end = at + words.length;
    if (isApart(text, at, end)) yield { at, end };
  }
}

interface Spot {
  readonly at: number;
  readonly end: number;
  readonly put: string;
}

function mailboxNeedles({ mailboxes, face }: Side): MailboxNeedle[] {
  const put = face.alias;
  return mailboxes.flatMap((mailbox) => {
    const local = fold(localPart(mailbox).replace(/(?<=.)\+.*$/, '')).text;
    const domains = new Set([fold(domainOf(mailbox)).text, fold(domainToUnicode(domainOf(mailbox))).text]);
    return [...domains].map((domain) => ({ local, domain, put }));
  });
}

/** A name of one word is as much a word as a name: it stays. */
function nameNeedles({ name, face }: Side): NameNeedle[] {
  const words = fold(name).text.trim().split(' ');
  const shown = fold(face.name).text.trim();
  const [first = '', last = ''] = [words[0], words.at(-1)];
  const orders = [words, [last, ...words.slice(0, -1)], [first, last], [last, first]];
  const distinct = new Map(orders.map((order) => [order.join(' '), order]));
  distinct.delete(shown);
  if (words.length < 2 || shown === words.join(' ')) return [];
  return [...distinct.values()].map((order) => ({ words: order, put: face.name }));
}

function* mailboxesIn(text: string, needles: readonly MailboxNeedle[]): Generator<Spot> {
  for (const { index } of text.matchAll(/[@=]/g)) {
    for (const { local, domain, put } of needles) {
      const end = endOfDomain(text, index, domain);
      const from = end < 0 ? -1 : startOfLocal(text, index, local);
      if (from >= 0) yield { at: from, end, put };
    }
  }
}

/**
 * The end of the domain that begins after the anchor, or -1. One blank may stand between any two characters, where a line was wrapped.
 * The anchor is an `@`, or the `=` of `alice=corp.example@`, which is how servers put one address into another (VERP).
 */
function endOfDomain(text: string, anchor: number, domain: string): number {
  let at = anchor + 1;
  for (let index = 0; index < domain.length; index++) {
    if (text.charAt(at) === ' ') at++;
    if (text.charAt(at) !== domain.charAt(index)) return -1;
    at++;
  }
  const next = text.charAt(at);
  if (text.charAt(anchor) === '=' && next !== '@') return -1;
  return isWord(next) || next === '-' || next === '_' ? -1 : at;
}

/** Where the local part begins that ends at the anchor, with a `+tag` or without, or -1. */
function startOfLocal(text: string, anchor: number, local: string): number {
  const quoted = text.charAt(anchor - 1) === '"';
  const end = quoted ? anchor - 1 : anchor;
  const at = startOf(text, end, local);
  const from = at >= 0 ? at : startOf(text, startOfTag(text, end), local);
  if (from < 0) return -1;
  if (quoted && text.charAt(from - 1) === '"') return from - 1;
  const wrapped = text.charAt(anchor) === '=' && !isWord(text.charAt(from - 1));
  return isInLocal(text, from) && !wrapped ? -1 : from;
}

function startOf(text: string, end: number, local: string): number {
  let at = end;
  for (let index = local.length - 1; index >= 0; index--) {
    if (text.charAt(at - 1) === ' ') at--;
    if (at <= 0 || text.charAt(at - 1) !== local.charAt(index)) return -1;
    at--;
  }
  return at;
}

/** Where the `+` of a tag stands that ends here, or -1. */
function startOfTag(text: string, end: number): number {
  let at = end - 1;
  while (at > 0 && end - at < 65 && /[a-z0-9._=-]/.test(text.charAt(at))) at--;
  return text.charAt(at) === '+' ? at : -1;
}

/** The spot is the end of a longer local part: another mailbox. */
function isInLocal(text: string, from: number): boolean {
  const before = text.charAt(from - 1);
  return isWord(before) || (/[._+-]/.test(before) && isWord(text.charAt(from - 2)));
}

function* namesIn(text: string, needles: readonly NameNeedle[]): Generator<Spot> {
  for (const { words, put } of needles) {
    const [first = '', ...rest] = words;
    for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
      const end = endOfWords(text, at + first.length, rest);
      if (end >= 0 && isApart(text, at, end)) yield { at, end, put };
    }
  }
}

/** The end of words that follow one another, or -1. Between two stands a blank, a comma, or what file names and paths have in its place. */
function endOfWords(text: string, from: number, words: readonly string[]): number {
  let at = from;
  for (const word of words) {
    const gap = /^(?:, ?|[ ._+-])/.exec(text.slice(at, at + 2))?.[0].length ?? 0;
    if (!text.startsWith(word, at + gap) || (gap === 0 && !isUnspaced(word.charAt(0)))) return -1;
    at += gap + word.length;
  }
  return at;
}

/** Not a part of longer words on either side. */
const isApart = (text: string, at: number, end: number): boolean =>
  !(isWord(text.charAt(at - 1)) && isWord(text.charAt(at))) && !(isWord(text.charAt(end)) && isWord(text.charAt(end - 1)));

/** A letter or digit of a script that sets words apart. */
const isWord = (char: string): boolean => /[\p{L}\p{N}]/u.test(char) && !isUnspaced(char);

const isUnspaced = (char: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(char);
