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

/** Letters and digits; what stands between them is looked at apart. */
const group = /[a-z\d]+/g;
/** No more than this parts the groups of one number. */
const between = /^[ .\-_/\n]{0,2}$/;
const LONGEST_CARD = 19;
const LONGEST_IBAN = 34;
/** Of the personal codes, with what stands between their groups. */
const LONGEST_CODE = 36;
/** So many digits are a card's if at least half of them are in words: nobody spells out any other number of this length. */
const CARD_IN_WORDS = 16;

/** A card of a bank, or money sent to one. */
const cardWords = /卡|转账|轉帳|汇款|打款|户名|开户|银行|card|karte|carta|kort|tarjeta|carte|kaart|cartão|kart|kartu|カード/;

const around = (folded: string, from: number, to: number): string => folded.slice(Math.max(0, from - 40), to + 24);

export function* identityNumbersIn(read: Folded): Iterable<IdentityNumber> {
  const { text: folded } = read;
  const groups = [...matchesIn(folded, group)].map(({ 0: text, index }): Group => ({ text, from: index, to: index + text.length }));
  let done = 0;
  for (let at = 0; at < groups.length; at++) {
    if ((groups[at]?.from ?? 0) < done) continue;
    const found = ibanAt(groups, at, folded) ?? cardAt(groups, at, folded) ?? codeAt(groups, at, folded);
    if (found === undefined) continue;
    yield found;
    done = found.to;
  }
  for (const { from, to, digits, spelled } of runsIn(read)) {
    if (digits.length === CARD_IN_WORDS && spelled * 2 >= CARD_IN_WORDS) yield { from, to, kind: 'card' };
  }
}

/** The groups from here on as one, as long as nothing but a sign or two parts them; at most `length` characters. */
function* joinedFrom(
  groups: readonly Group[],
  at: number,
  { folded, length }: { folded: string; length: number },
): Iterable<Group & { of: readonly Group[] }> {
  const of: Group[] = [];
  let text = '';
  for (let next = at; next < groups.length; next++) {
    const it = groups[next];
    const before = of.at(-1);
    const [first = it] = of;
    if (it === undefined || first === undefined || text.length + it.text.length > length) return;
    if (before !== undefined && !between.test(folded.slice(before.to, it.from))) return;
    of.push(it);
    text += it.text;
    yield { text, from: first.from, to: it.to, of };
  }
}

function ibanAt(groups: readonly Group[], at: number, folded: string): IdentityNumber | undefined {
  const first = groups[at];
  if (first === undefined || !/^[a-z]{2}(?:\d|$)/.test(first.text)) return undefined;
  const length = ibanLength(first.text);
  if (length === 0) return undefined;
  for (const { text, from, to } of joinedFrom(groups, at, { folded, length: LONGEST_IBAN })) {
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

function cardAt(groups: readonly Group[], at: number, folded: string): IdentityNumber | undefined {
  if (!/^\d+$/.test(groups[at]?.text ?? '')) return undefined;
  for (const { text, from, to, of } of joinedFrom(groups, at, { folded, length: LONGEST_CARD })) {
    if (!/^\d+$/.test(of.at(-1)?.text ?? '')) return undefined;
    const kind = cardKind(text, of, around(folded, from, to));
    if (kind !== undefined) return { from, to, kind };
  }
  return undefined;
}

/** Personal codes whose shape and check digit can hardly be met by chance. */
function codeAt(groups: readonly Group[], at: number, folded: string): IdentityNumber | undefined {
  const first = groups[at];
  if (first === undefined || !/\d/.test(folded.slice(first.from, first.from + LONGEST_CODE))) return undefined;
  const { text, from, to } = first;
  const isPolish = isPesel(text) && around(folded, from, to).includes('pesel');
  if (isChineseId(text) || isCodiceFiscale(text) || isDni(text) || isPolish) return { from, to, kind: 'code' };
  for (const it of joinedFrom(groups, at, { folded, length: 18 })) {
    const written = folded.slice(it.from, it.to);
    if (it.of.length > 1 && (isChineseId(it.text) || isCodiceFiscale(it.text) || isPersonnummer(written) || isDniWritten(written))) {
      return { from: it.from, to: it.to, kind: 'code' };
    }
    if (it.of.length > 2 && (isNir(it.text) || (it.of.length === 4 && isCpf(it.text)))) return { from: it.from, to: it.to, kind: 'code' };
  }
  return undefined;
}

const isDniWritten = (written: string): boolean =>
  /^(?:\d{8}|\d{2}\.\d{3}\.\d{3}|[xyz]-?\d{7})[- ]?[a-z]$/.test(written) && isDni(written.replace(/[-. ]/g, ''));
