/** Folded text -> where a payment card's number, an IBAN or a personal code stands, however it is grouped. Linear in the text. */
import { matchesIn } from '../../model/matches.ts';
import {
  ibanLength,
  isCard,
  isChineseId,
  isCodiceFiscale,
  isCpf,
  isDni,
  isIban,
  isNir,
  isPersonnummer,
  isPesel,
  isUnionPay,
} from './check-digits.ts';
import type { Folded } from './fold.ts';
import { runsIn } from './numbers.ts';

/** Offsets in the folded text. */
export interface IdentityNumber {
  readonly from: number;
  readonly to: number;
  /** `long` is told from a serial or tracking number by its check digit alone. */
  readonly kind: 'card' | 'long' | 'account' | 'code';
}

interface Group {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Letters and digits; what stands between them is looked at apart. A longer group is a part of no number. */
const group = /[a-z\d]{1,40}/y;
/** No more than this parts the groups of one number. */
const gap = '[ .\\-_/\\n]{0,2}';
const between = new RegExp(gap, 'y');
const LONGEST_CARD = 19;
const LONGEST_IBAN = 34;
/** Of the personal codes, with what stands between their groups. */
const LONGEST_CODE = 36;
/** Letters and digits of the shortest (DNI) and of the longest (China). */
const SHORTEST_ID = 9;
const LONGEST_ID = 18;
/** Letters, letters or digits, and a month, as they follow one another in a codice fiscale. */
const fiscalCode = [...'llllllddmddlddd'].map((it) => ({ l: '[a-z]', d: '[\\dl-np-v]', m: '[a-ehlmprst]' })[it] + gap).join('');
/** Where a number may begin: with the eight figures that all have at least but a NIE, an IBAN and a codice fiscale. */
const starts = new RegExp(`(?<![a-z\\d])(?=\\d(?:${gap}\\d){7}|[xyz]-?\\d{7}|[a-z]{2}(?:${gap}\\d){2}|${fiscalCode}[a-z])`, 'g');
/** So many digits are a card's if at least half of them are in words: nobody spells out any other number of this length. */
const CARD_IN_WORDS = 16;

/** A card of a bank, or money sent to one. */
const cardWords = /卡|转账|轉帳|汇款|打款|户名|开户|银行|card|karte|carta|kort|tarjeta|carte|kaart|cartão|kart|kartu|カード/;

const around = (folded: string, from: number, to: number): string => folded.slice(Math.max(0, from - 40), to + 24);

export function* identityNumbersIn(read: Folded): Iterable<IdentityNumber> {
  const { text: folded } = read;
  let done = 0;
  for (const { index } of matchesIn(folded, starts)) {
    const found = index < done ? undefined : (ibanAt(folded, index) ?? cardAt(folded, index) ?? codeAt(folded, index));
    if (found === undefined) continue;
    yield found;
    done = found.to;
  }
  for (const { from, to, digits, spelled } of runsIn(read)) {
    if (digits.length === CARD_IN_WORDS && spelled * 2 >= CARD_IN_WORDS) yield { from, to, kind: 'card' };
  }
}

function groupAt(folded: string, from: number): Group | undefined {
  group.lastIndex = from;
  const text = group.exec(folded)?.[0];
  return text === undefined ? undefined : { text, from, to: from + text.length };
}

/** The groups from there on as one, as long as nothing but a sign or two parts them; at most `length` characters. */
function* joinedFrom(folded: string, start: number, length: number): Iterable<Group & { readonly of: readonly Group[] }> {
  const of: Group[] = [];
  let text = '';
  for (let next = groupAt(folded, start); next !== undefined && text.length + next.text.length <= length; ) {
    of.push(next);
    text += next.text;
    yield { text, from: start, to: next.to, of };
    between.lastIndex = next.to;
    next = groupAt(folded, next.to + (between.exec(folded)?.[0].length ?? 0));
  }
}

function ibanAt(folded: string, start: number): IdentityNumber | undefined {
  const length = ibanLength(folded.slice(start, start + 2));
  if (length === 0) return undefined;
  for (const { text, from, to } of joinedFrom(folded, start, LONGEST_IBAN)) {
    if (text.length === length && isIban(text)) return { from, to, kind: 'account' };
    if (text.length > length) return undefined;
  }
  return undefined;
}

/**
 * Groups of at least three digits, or the digits one by one: a row of measures is no card. Thirteen digits are an article's far more
 * often (EAN), and so are fourteen in groups that no card is printed in.
 */
function cardKind(digits: string, of: readonly Group[], words: string): 'card' | 'long' | undefined {
  if (digits.length < 13 || !(of.every(({ text }) => text.length >= 3) || of.every(({ text }) => text.length === 1))) return undefined;
  const isArticle =
    digits.length === 13 || (digits.length === 14 && !/^(?:4,6,4|1(?:,1)*)$/.test(of.map(({ text }) => text.length).join()));
  if (isArticle && !cardWords.test(words)) return undefined;
  if (isCard(digits)) return of.length > 1 ? 'card' : 'long';
  return isUnionPay(digits) && cardWords.test(words) ? 'card' : undefined;
}

function cardAt(folded: string, start: number): IdentityNumber | undefined {
  for (const { text, from, to, of } of joinedFrom(folded, start, LONGEST_CARD)) {
    if (!/^\d+$/.test(of.at(-1)?.text ?? '')) return undefined;
    const kind = cardKind(text, of, around(folded, from, to));
    if (kind !== undefined) return { from, to, kind };
  }
  return undefined;
}

/** Personal codes whose shape and check digit can hardly be met by chance. */
function codeAt(folded: string, start: number): IdentityNumber | undefined {
  if (!/\d/.test(folded.slice(start, start + LONGEST_CODE))) return undefined;
  for (const it of joinedFrom(folded, start, LONGEST_ID)) {
    if (isCode(it, folded)) return { from: it.from, to: it.to, kind: 'code' };
  }
  return undefined;
}

function isCode(it: Group & { readonly of: readonly Group[] }, folded: string): boolean {
  const { text, from, to, of } = it;
  if (of.length > 1) return text.length >= SHORTEST_ID && isCodeInGroups(it, folded);
  return isChineseId(text) || isCodiceFiscale(text) || isDni(text) || (isPesel(text) && around(folded, from, to).includes('pesel'));
}

function isCodeInGroups({ text, from, to, of }: Group & { of: readonly Group[] }, folded: string): boolean {
  const written = folded.slice(from, to);
  if (of.length > 1 && (isChineseId(text) || isCodiceFiscale(text) || isPersonnummer(written) || isDniWritten(written))) return true;
  return of.length > 2 && (isNir(text) || (of.length === 4 && isCpf(text)));
}

const isDniWritten = (written: string): boolean =>
  /^(?:\d{8}|\d{2}\.\d{3}\.\d{3}|[xyz]-?\d{7})[- ]?[a-z]$/.test(written) && isDni(written.replace(/[-. ]/g, ''));
