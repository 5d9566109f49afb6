/**
 * Folded text -> sentences of tokens, read once for all phrases. A token is a word, a number, a character of a script without blanks
 * (Han, kana) or a sign that phrases may name (`%`, `€`, `★`). Linear in the text.
 */
import { matchesIn } from '../../../model/matches.ts';

/** `text` has no diacritics; offsets count in the folded text. */
export interface Token {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** A character of a script that is written without blanks. */
  readonly ideograph: boolean;
}

/** What ends with a full stop, a question or exclamation mark, an empty line, or a line that is too short to go on. */
export interface Sentence {
  readonly tokens: readonly Token[];
  /** Offsets in the folded text, from the first token to the last. */
  readonly from: number;
  readonly to: number;
  readonly asks: boolean;
}

/** A longer sentence is cut: what is done with one may grow faster than its length. */
const LONGEST = 160;
/** A line shorter than this was ended by its author and not by a mail client that wraps lines. */
const WRAPPED = 50;

const token =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]|(?:\p{Nd}[.,:](?=\p{Nd})|[[\p{L}\p{M}\p{N}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]])+|[%€$£¥฿₹★☆⭐🌟]/gv;
const ideograph = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]/v;

/** After these a full stop ends no sentence; after the second ones it does not if a number follows. */
const abbreviations: ReadonlySet<string> = new Set(
  'bzw inkl incl evtl mr mrs ms dr st sr sra srta sig dott prof approx bijv mme mlle resp osv tzn'.split(' '),
);
const beforeNumbers: ReadonlySet<string> = new Set(
  'nr no ca tel art num p pag cf min max kl vs vol ref rp jl tgl np ul bl pcs stk ggf ex str bd abs fig nom'.split(' '),
);

const special: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', œ: 'oe', đ: 'd', ı: 'i', ð: 'd', þ: 'th' };

/** A word without its diacritics; kana keep their voicing marks. */
export function plainWord(word: string): string {
  let plain = '';
  for (const character of word) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80 || code >= 0x3000) plain += character;
    else plain += special[character] ?? character.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  }
  return plain;
}

/** `beginsUpper` tells whether the text as written has an upper-case letter at an offset of the folded text. */
export function sentencesOf(folded: string, beginsUpper: (at: number) => boolean): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let open: Token[] = [];
  let lineFrom = 0;
  const close = (asks: boolean) => {
    const [first, last] = [open[0], open.at(-1)];
    if (first !== undefined && last !== undefined) sentences.push({ tokens: open, from: first.from, to: last.to, asks });
    open = [];
  };
  let before = 0;
  for (const { 0: word, index } of matchesIn(folded, token)) {
    const gap = folded.slice(before, Math.min(index, before + 40));
    if (open.length > 0) {
      const end = endsIn(gap, { last: open.at(-1), length: before - lineFrom, next: word, upper: () => beginsUpper(index) });
      if (end || open.length >= LONGEST) close(gap.includes('?'));
    }
    if (gap.includes('\n')) lineFrom = index;
    open.push({ text: plainWord(word), from: index, to: index + word.length, ideograph: ideograph.test(word) });
    before = index + word.length;
  }
  close(folded.slice(before, before + 40).includes('?'));
  return sentences;
}

/** What stands around a gap: the token before it, the length of its line so far, the next word and whether that begins upper case. */
interface Border {
  readonly last: Token | undefined;
  readonly length: number;
  readonly next: string;
  readonly upper: () => boolean;
}

/** Does a sentence end in what stands between two tokens? */
function endsIn(gap: string, line: Border): boolean {
  if (gap === ' ' || gap === '') return false;
  if (/[!?…;؟¿¡|•·]/.test(gap) || gap.includes('\n\n')) return true;
  if (gap.includes('\n')) return line.length < WRAPPED || /[.:]|\n *[-*>+]/.test(gap);
  const dot = gap.indexOf('.');
  if (dot < 0) return false;
  if (line.last?.ideograph) return true;
  if (gap.length === dot + 1) return (line.last?.text.length ?? 0) > 1 && line.upper();
  const last = line.last?.text ?? '';
  return !(/^\p{L}$/u.test(last) || abbreviations.has(last) || (beforeNumbers.has(last) && /^\p{Nd}/u.test(line.next)));
}
