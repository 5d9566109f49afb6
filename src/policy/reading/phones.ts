/** Telephone numbers: runs of digits that a person could call or text, told from orders, parts, prices, sizes, dates. */
import { matchesIn } from '../../model/matches.ts';
import type { Allowed } from '../policy.ts';
import type { Passage } from '../rule.ts';
import { pieceBorder, readRuns, type Run, runsIn } from './numbers.ts';
import { callWords, hints, isTheirLine, otherWords, ownNumber, theirs, unitsAfter, unitsBefore } from './phone-words.ts';

/** A number that stands in a passage; offsets in its folded text. */
export interface Phone {
  readonly from: number;
  readonly to: number;
}

/** Numbers that are not allowed, by list or by what the sentence says. */
export function phonesIn(passage: Passage, allowed: Allowed): readonly Phone[] {
  if (passage.hidden) return [];
  const { text } = passage.folded;
  if (!/[\d〇零一二三四五六七八九壹贰叁ァ-ヶ]|[a-zà-žа-я]{2}/.test(text)) return [];
  return runsIn(passage.folded)
    .flatMap((run) => byLine(run, text))
    .flatMap((run) => byPiece(run, text))
    .map((run) => trimmed(run, text))
    .filter((run) => isPhone(run, text, passage.region) || isDrawn(passage, run))
    .filter((run) => !allowed.numbers.includes(run.digits.replace(/\D/g, '')))
    .filter((run) => passage.region !== 'new' || !isTheirs(text, run))
    .map(({ from, to }) => ({ from, to }))
    .concat(halvesIn(text));
}

/** The carrier's line or the maker's, by its sentence or the one before. */
function isTheirs(text: string, { from, to, digits }: Run): boolean {
  const sentence = sentenceAround(text, from, to);
  if (isTheirLine(sentence, digits)) return true;
  if (!theirs.test(sentence)) return false;
  const start = Math.max(0, from - 200) + text.slice(Math.max(0, from - 200), to).lastIndexOf(sentence.slice(0, 12));
  const before = sentenceAround(text, Math.max(0, start - 2), Math.max(0, start - 2));
  return isTheirLine(`${before} ${sentence}`, digits);
}

const part = '(?:half|part|bit|hälfte|teil|stück|metà|parte|hälften|delen|mitad|moitié|partie|helft|deel|metade|połow\\p{L}{1,2}|część)';
const first = new RegExp(
  `(?<![\\p{L}])(?:first|erste[rn]?|prim[aeo]r?a?|första|première|eerste|primeir[ao]|pierwsz\\p{L}{1,2})\\s${part}\\P{N}{0,14}(?<digits>0\\d{2,5})(?!\\d)`,
  'gu',
);
const second = new RegExp(
  `(?<![\\p{L}])(?:(?:second|other|last|zweite[rn]?|andere|letzte[rn]?|second[ao]|altra|ultima|andra|sista|segunda|otra|seconde|deuxième|autre|tweede|andere|laatste|drug\\p{L}{1,2})\\s${part}|(?:the|der|il|el|le|de|o) (?:rest|resto|reste))\\P{N}{0,14}(?<digits>\\d(?:[ .-]?\\d){4,8})(?!\\d)`,
  'u',
);

/** "First half 07700. Second half 900 945." */
function halvesIn(text: string): readonly Phone[] {
  return [...matchesIn(text, first)].flatMap(({ 0: source, index, groups }): Phone[] => {
    const at = index + source.length;
    const rest = second.exec(text.slice(at, at + 90));
    const [one = '', other = ''] = [groups?.digits, rest?.groups?.digits];
    const count = one.length + other.replace(/\D/g, '').length;
    if (rest === null || count < 9 || count > 12 || !callWords.test(text.slice(Math.max(0, index - 70), index))) return [];
    const end = at + rest.index + rest[0].length;
    return [
      { from: at - one.length, to: at },
      { from: end - other.length, to: end },
    ];
  });
}

/** More digits than a number has, over lines or columns: several numbers, one below or beside the other. */
function byLine(run: Run, text: string): readonly Run[] {
  const source = text.slice(run.from, run.to);
  if (run.digits.length <= 15 || !/[\n|]/.test(source)) return [run];
  return [...matchesIn(source, /[^\n|]+/g)].flatMap(({ 0: line, index }) =>
    readRuns(line).map((it) => ({ ...it, from: run.from + index + it.from, to: run.from + index + it.to })),
  );
}

/** In emoji or circled digits: nobody writes any other number so. */
function isDrawn({ plain, folded }: Passage, { from, to, digits }: Run): boolean {
  const drawn = plain.slice(folded.origin(from), folded.origin(to - 1, 'end')).match(/\u20e3|[\u2460-\u2473\u24ea\u2776-\u2793]/g) ?? [];
  return drawn.length >= 7 && digits.length <= 15;
}

/** Numbers with "then" between them that are no dictated one are looked at each for itself. */
function byPiece(run: Run, text: string): readonly Run[] {
  if (!run.pieced || isDictated(run, text)) return [run];
  const found: Run[] = [];
  let from = run.from;
  for (const piece of text.slice(run.from, run.to).split(pieceBorder)) {
    const start = text.indexOf(piece, from);
    for (const it of readRuns(piece)) found.push({ ...it, from: start + it.from, to: start + it.to });
    from = start + piece.length;
  }
  return found;
}

/** "030, then 231, then 907": somebody is to call, or nothing else begins with a zero. */
function isDictated(run: Run, text: string): boolean {
  const count = run.digits.replace('+', '').length;
  return count >= 8 && count <= 13 && (cueOf(run, text) === 'call' || zeroFirst.test(text.slice(run.from, run.to)));
}

/** Without an opening bracket that is not closed. */
function trimmed(run: Run, text: string): Run {
  const first = text[run.from];
  return (first === '(' || first === '[') && !text.slice(run.from, run.to).includes(first === '(' ? ')' : ']')
    ? { ...run, from: run.from + 1 }
    : run;
}

function isPhone(run: Run, text: string, region: Passage['region']): boolean {
  const count = run.digits.replace('+', '').length;
  if (count < 6 || count > 16 || isGlued(run, text)) return false;
  const cue = cueOf(run, text);
  if (region !== 'new') return isPhoneBelow(run, text, cue);
  if (cue === 'other') return false;
  if (run.pieced) return true;
  if (run.spelled > 0) return isSpelledPhone(run, text, cue);
  if (run.lookAlikes > 0) return count >= 8 && (cue === 'call' || (count >= 9 && run.groups.length >= 3));
  return !isDateOrPrice(run, text) && isPlainPhone(run, text, cue);
}

/** Figures alone: by the words before them, else by their shape. */
function isPlainPhone(run: Run, text: string, cue: Cue): boolean {
  const { digits, groups } = run;
  const count = digits.replace('+', '').length;
  if (digits.startsWith('+')) return count >= 7 && !digits.startsWith('+0');
  if (cue === 'call') return count >= 7 && count <= 14 && (groups[0] !== '0' || groups.length === count);
  const inGroups = groups.length >= 3 && groups.every(({ length }) => length > 1 && length < 6);
  return (cue === 'hint' && count >= 9 && count <= 11 && inGroups) || hasPhoneShape(run, text);
}

/** In quotes and signatures nothing is judged, only taken out: what may be a number goes. */
function isPhoneBelow(run: Run, text: string, cue: Cue): boolean {
  const count = run.digits.replace('+', '').length;
  if (count > 14 || isDateOrPrice(run, text)) return false;
  if (hasPhoneShape(run, text) || run.digits.startsWith('+') || cue === 'call') return true;
  return cue !== 'other' && count >= 7 && (run.groups.length > 1 || count >= 9);
}

/** Somebody counts: one, two, three, four. */
const counting =
  /^\W*(?:one|eins|uno|ett|un|een|um|jeden|satu|一)\W*(?:two|zwei|due|två|dos|deux|twee|dois|dwa|dua|二)\W*(?:three|drei|tre|tres|trois|drie|três|trzy|tiga|三)\W*(?:four|vier|quattro|fyra|cuatro|quatre|quatro|cztery|empat|四)/;

/** Somebody names sizes: ten, twelve, fourteen. */
const sizes =
  /(?:sizes?|größen?|taglie?|storlek\p{L}{0,5}|tallas?|tailles?|maat|maten|tamanhos?|rozmiar\p{L}{0,3}|ukuran|サイズ|尺码|尺寸)[\s:：(]{0,3}$/u;

/** Nobody counts from here, nor asks a price. */
const zeroFirst = /^\W{0,2}(?:0|zero|zéro|null?|noll?|cero|oh|kosong)/u;

/**
 * Words, or words and figures by turns: `95 cuatro, 55, cincuenta y cinco, 0 61`. Hundreds alone are prices, and who goes on from
 * nine to ten and eleven counts, unless one is to call.
 */
function isSpelledPhone({ from, to, spelled, groups, digits, hundreds }: Run, text: string, cue: Cue): boolean {
  const source = text.slice(from, to);
  const count = digits.replace('+', '').length;
  if (count < 7) return false;
  if (hundreds === groups.length && source.split(/\s/).length <= hundreds) return false;
  if (cue === 'call') return spelled >= 2;
  if (counting.test(source) || sizes.test(text.slice(Math.max(0, from - 16), from))) return false;
  if (hundreds === groups.length || (/^(?:x ){0,2}(?:xx ?){2,9}$/.test(groups.join(' ')) && !zeroFirst.test(source))) return false;
  const inTurns = groups.length >= 4 && groups.filter((group) => group.includes('x')).length >= 2 && !source.includes('\n');
  return spelled >= 4 || (inTurns && count >= 8 && count <= 12);
}

/** Country, check digits and what else stands before the last groups of an IBAN. */
const ibanBefore = /(?<![\p{L}\d])[a-z]{2}\d{2}(?:\s?[a-z\d]{4}){1,7}\s?$/u;

/** A part of something longer: `RE-2025-01187`, `PK7XJ20049913`, a path, a host. */
function isGlued({ from, to }: Run, text: string): boolean {
  const [before, after] = [text.slice(Math.max(0, from - 2), from), text.slice(to, to + 2)];
  if (ibanBefore.test(text.slice(Math.max(0, from - 40), from))) return true;
  return /[a-z_@#\\]$|[a-z][-_.]$|[a-z\d]\/$|[=&]$/.test(before) || /^[a-z_@]|^-[a-z]|^\/[a-z]|^\.[a-z]/.test(after);
}

type Cue = 'call' | 'hint' | 'other' | undefined;

/** A sentence ends here, and another begins; the point of an abbreviation ends none. */
const nextSentence =
  /[!?。！？]\s|(?<!(?<![\p{L}])(?:\p{L}{1,2}|tel|ref|art|cod|pos|part|réf|núm|num|ord|kod|cat|mod|ser|bzw|tlf|telp))\.\s+\S/u;
/** The word stands two lines up, or in a line of its own that ends without a colon: a card's, not the number's. */
const isAcrossLines = /\n\n\s?\S|(?<![:：.])\n[^\n]{2,60} - /;
/** Names of a chat whose ids are digits. */
const digitChat = /(?<![a-z])qq|扣扣|企鹅|[qQ]号/g;
const everyCallWord = new RegExp(callWords, 'gu');
const everyOwnNumber = new RegExp(ownNumber, 'gu');
const everyOtherWord = new RegExp(otherWords, 'gu');

/** A word for another number that so many characters part from this one gives way to "mobile" before it. */
const FAR = 16;

/** What the words around say; the nearest before the number counts, then those right behind it. */
function cueOf(run: Run, text: string): Cue {
  const { from, to } = run;
  const before = text.slice(Math.max(0, from - 70), from);
  const call = Math.max(lastIndexOf(before, everyCallWord), lastIndexOf(before, everyOwnNumber));
  const other = lastIndexOf(before, everyOtherWord);
  const named = call >= 0 && other > call && before.length - other > FAR && hasPhoneShape(run, text);
  if (other > call && !named && !nextSentence.test(before.slice(other)) && !isAcrossLines.test(before.slice(other))) return 'other';
  const chat = lastIndexOf(before, digitChat);
  if (chat >= 0 && !/[!?\n。！？]|电话|手机|短信/.test(before.slice(chat))) return 'other';
  const behind = text.slice(to, to + 32);
  if (/^\s?\(/.test(behind) && otherWords.test(behind.split(')', 1)[0] ?? '')) return 'other';
  if (unitsAfter.test(behind) || unitsBefore.test(before.slice(-12))) return 'other';
  if (call >= 0 && !/[.!?。！？]\s+\S+\s+\S/.test(before.slice(call))) return 'call';
  if (callWords.test(behind.split(/[.!?;\n。！？]/, 1)[0] ?? '')) return 'call';
  return hints.test(before) ? 'hint' : undefined;
}

function lastIndexOf(text: string, words: RegExp): number {
  let last = -1;
  for (const match of matchesIn(text, words)) last = match.index;
  return last;
}

/** Dates, times, prices, thousands, decimals, addresses of machines, versions. */
function isDateOrPrice({ from, to, groups }: Run, text: string): boolean {
  const source = text.slice(from, to).trim();
  const day = /^\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})(?!\d)/;
  if (day.test(source) && groups.length >= 3 && !areFivePairs(groups)) return true;
  if (/^(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}/.test(source)) return true;
  if (/^\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})$/.test(source) || /^\d{1,3}(?:[.,]\d{3})+$/.test(source)) return true;
  if (/\d:\d\d/.test(source) || /^\d{1,4}(?:,\d{1,2})?\s?[-/x]\s?\d{1,4}(?:,\d{1,2})?$/.test(source)) return true;
  return (
    /^(?:(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}$/.test(source) ||
    unitsAfter.test(text.slice(to, to + 12)) ||
    unitsBefore.test(text.slice(Math.max(0, from - 12), from))
  );
}

/** `06.39.98.55.12`: how French numbers are written. */
const areFivePairs = (groups: readonly string[]): boolean => groups.length >= 5 && groups.every(({ length }) => length === 2);

/** Without any word around it, only a shape that hardly anything else has is a telephone number. */
function hasPhoneShape({ from, to, digits, groups }: Run, text: string): boolean {
  const source = text.slice(from, to).trim();
  const count = digits.length;
  if (groups.length === count && count >= 9 && count <= 12) return !'1234567890123'.includes(digits);
  if (/^\((?:0|0?\d{2,5})\)\s?\d/.test(source) && count >= 9 && count <= 12) return true;
  if (/^[2-9]\d{2}[-. ]\d{3}[-. ]\d{4}$/.test(source)) return true;
  if (/^1[3-9]\d(?:[-\s]?\d{4}){2}$/.test(source)) return true;
  if (/^00[1-9]/.test(digits)) return groups.length > 1 && isInternational(digits.slice(2));
  if (/^0[1-9]/.test(digits)) return isNational(source, count, groups);
  if (/^62\s?8\d/.test(source)) return count >= 11 && count <= 14;
  return /^3\d{2}[\s./-]?\d{3}[\s./-]?\d{3,4}$/.test(source) && groups.length > 1;
}

/** Digits behind the country's code (ITU-T E.164, national plans): a part number seldom has just as many. */
const nationalLengths: readonly (readonly [RegExp, number, number])[] = [
  [/^(?:1|7|30|44|52|54|63|90|91|380)/, 10, 10],
  [/^(?:31|33|34|41|48|61|351|353|420|421|886|966|971|380)/, 9, 9],
  [/^86/, 10, 11],
  [/^(?:81|84|57|58|40|359)/, 9, 10],
  [/^(?:39|49|43|55|60|62|66|82|358)/, 8, 12],
  [/^(?:32|45|46|47|36|65|852|64|27|56|51|385|386|370|371|372)/, 7, 9],
];
const isInternational = (digits: string): boolean =>
  nationalLengths.some(([code, least, most]) => {
    const country = code.exec(digits)?.[0].length;
    return country !== undefined && digits.length - country >= least && digits.length - country <= most;
  });

/** `0171 39 200 59`, `070-174 06 58`, `06.39.98.55.12`, `03-1234-5678`, `081255509931`; a lone 0 in front is a part number. */
function isNational(source: string, count: number, groups: readonly string[]): boolean {
  if (count < 9 || count > 12 || (count === 9 && !/^0\d{1,3}-/.test(source))) return false;
  if (groups.length === 1) return /^0(?:8\d{8,11}|1[5-7]\d{8,9}|[67]\d{8}|7\d{9}|[789]0\d{8})$/.test(source);
  return (groups[0]?.length ?? 0) >= 2 && groups.length <= 6;
}

const ends = /[!?\n。！？；;]|\.(?=\s|$)/g;

/** From the end of the sentence before to the end of this one, 200 characters each way at most. */
function sentenceAround(text: string, from: number, to: number): string {
  const before = text
    .slice(Math.max(0, from - 200), from)
    .replace(/\b(?:tel|nr|no|tlf|telp|z\.b|tél|art|p)\./g, (it) => `${it.slice(0, -1)} `);
  const start = [...matchesIn(before, ends)].at(-1)?.index ?? -1;
  const after = text.slice(to, to + 200);
  const end = after.search(ends);
  return before.slice(start + 1) + text.slice(from, to) + (end < 0 ? after : after.slice(0, end));
}
