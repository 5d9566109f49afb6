/**
 * Names of the parties in a folded text. A name is looked for at its rarest words, those that the other side is not shown; from there it grows
 * over what else belongs to it: other words of the name in any order, initials, middle names that nobody registered, particles. A word that
 * stands alone counts where it can only be the person's, or where it stands as a name does (`standing.ts`).
 */
import type { Side } from '../../model/route.ts';
import { type Folded, foldedText } from '../fold.ts';
import { isCommonWord } from './common-words.ts';
import { grownAt, type Grown } from './growth.ts';
import { isApart, isUnspaced, isWord, lettersAfter, type Spot } from './spots.ts';
import { isHidden, particles, type Secrets } from './secrets.ts';
import { standsAsName } from './standing.ts';

export interface NameNeedle {
  /** The words of the name in its order, folded. */
  readonly words: readonly string[];
  readonly known: ReadonlySet<string>;
  /** Words that the other side is not shown: the name is looked for at these. */
  readonly anchors: readonly string[];
  readonly initials: ReadonlySet<string>;
  /** Words that stand in no text by chance: long, no common word, and part of the party's own mailbox. */
  readonly rare: ReadonlySet<string>;
  /** What comes in place of the name, and of one of its words. */
  readonly put: string;
  readonly short: (word: string) => string;
}

/** Names in scripts without blanks, and names written in one word: looked for as they are. */
export interface WholeNeedle {
  readonly text: string;
  readonly put: string;
}

const minRare = 5;
const minJoined = 8;
/** Where a word of a name stands more often, it goes everywhere: to look at each place would take long. */
const maxAsked = 2_000;

export function nameNeedlesOf({ face }: Side, { names, shown, mailboxes }: Secrets): NameNeedle[] {
  const locals = mailboxes.map(({ local }) => foldedText(local));
  const seen = new Set([...shown].map((word) => foldedText(word)));
  const needles = names
    .flatMap(({ words }) => spellingsOf(words))
    .map((words): NameNeedle => {
      const known = new Set(words);
      const anchors = [...known].filter((word) => isHidden(word, { shown: seen, isLast: word === words.at(-1) }) && !isUnspacedWord(word));
      const isSeen = words.some((word) => seen.has(word));
      return {
        words,
        known,
        anchors,
        initials: new Set([...known].filter((word) => !particles.has(word)).map((word) => word.charAt(0))),
        rare: new Set(
          anchors.filter((word) => word.length >= minRare && !isCommonWord(word) && locals.some((local) => local.includes(word))),
        ),
        put: face.name,
        short: (word) => (isSeen && seen.has(word.charAt(0)) ? `${word.charAt(0).toUpperCase()}.` : face.name),
      };
    });
  return needles.filter(({ anchors }) => anchors.length > 0);
}

export function wholeNeedlesOf({ face }: Side, { names }: Secrets): WholeNeedle[] {
  const put = face.name;
  return names
    .flatMap(({ words }) => spellingsOf(words))
    .flatMap((words) => {
      const own = words.filter((word) => !particles.has(word));
      if (words.some(isUnspacedWord)) return unspacedForms(words).map((text) => ({ text, put }));
      const [first = '', last = ''] = [own[0], own.at(-1)];
      const joined =
        own.length < 2 ? [] : [own.join(''), words.join(''), first + last, last + first, first.charAt(0) + last, first + last.charAt(0)];
      const long = joined.filter((text, at) => text.length >= minJoined && (at < 4 || !isCommonWord(last)));
      return [...new Set(long)].map((text) => ({ text, put }));
    });
}

/** Of two words both orders. */
function unspacedForms(words: readonly string[]): string[] {
  const forms = words.length > 1 ? [words.join(''), words.toReversed().join('')] : [...words];
  return [...new Set(forms)].filter((form) => Array.from(form).length > 1 && !isCommonWord(form));
}

/** QUIRK: `fold` takes Hangul apart; its letters are unspaced all the same. */
const isUnspacedWord = (word: string): boolean => word !== '' && Array.from(word).every(isUnspaced);

/** The name as folded, with umlauts written out, and with written-out umlauts taken back: `muller`, `mueller`. */
function spellingsOf(words: readonly string[]): string[][] {
  const out = (word: string) => word.replace(/[äæ]/gi, 'ae').replace(/[öø]/gi, 'oe').replace(/ü/gi, 'ue').replace(/å/gi, 'aa');
  const back = (word: string) => word.replace(/[ao]e|(?<!q)ue/gi, (pair) => pair.charAt(0));
  const all = [words, words.map((word) => out(word.normalize('NFC'))), words.map(back)].map((spelling) =>
    spelling.map((word) => foldedText(word).trim()),
  );
  return [...new Map(all.map((spelling) => [spelling.join(' '), spelling])).values()];
}

interface Searched {
  /** Folded; what is masked already may be blanked out. */
  readonly text: string;
  readonly source: string;
  readonly folded: Folded;
}

export function* namesIn(searched: Searched, needle: NameNeedle): Generator<Spot> {
  for (const anchor of needle.anchors) yield* namesAt(anchor, { ...searched, needle });
}

function* namesAt(anchor: string, search: Search): Generator<Spot> {
  const { text } = search;
  let done = 0;
  let asked = 0;
  for (let at = text.indexOf(anchor); at >= 0; at = text.indexOf(anchor, at + anchor.length)) {
    const suffix = at < done || isWord(text.charAt(at - 1)) ? -1 : suffixAfter(text, at + anchor.length, anchor);
    if (suffix < 0) continue;
    const isRest = (done > 0 && at <= done + 2) || ++asked > maxAsked;
    const spot = spotAt({ word: anchor, at, suffix }, { ...search, low: done, isRest });
    if (spot === undefined) continue;
    yield spot;
    done = spot.end;
  }
}

interface Search extends Searched {
  readonly needle: NameNeedle;
}

interface Anchor {
  readonly word: string;
  readonly at: number;
  /** Letters of an inflection behind it. */
  readonly suffix: number;
}

/** @param search `low`: no name begins before; `isRest`: the word stands right behind a name */
function spotAt(anchor: Anchor, search: Search & { readonly low: number; readonly isRest: boolean }): Spot | undefined {
  const { word, at, suffix } = anchor;
  const { needle, low, isRest } = search;
  const grown = grownAt(search, at, at + word.length + suffix);
  if (isName(grown, needle)) return { at: Math.max(low, grown.at), end: grown.end, put: needle.put };
  return isRest ? { at, end: at + word.length, put: needle.short(word) } : alone(anchor, { ...search, grown });
}

/** Two words of the name, or one with an initial or its particles. Common words count when all of the name stands there, in capitals. */
function isName({ words, initials, particles, capital, dotted }: Grown, needle: NameNeedle): boolean {
  if (words.length + initials < 2) return capital && (particles > 1 || (particles === 1 && !words.every(isCommonWord)));
  if (!words.every(isCommonWord)) return true;
  if (words.length < 2) return capital && dotted;
  const ends = [needle.words[0], needle.words.at(-1)];
  return capital && ends.every((word) => word !== undefined && words.includes(word));
}

function alone({ word, at }: Anchor, { text, source, folded, needle, grown }: Search & { readonly grown: Grown }): Spot | undefined {
  const end = at + word.length;
  const suffix = lettersAfter(text, end, 3);
  if (suffix > 1 || (suffix === 1 && text.charAt(end) !== 's')) return undefined;
  const spot = { at, end, put: needle.short(word) };
  const isCapital = !/\p{Ll}/u.test(source.charAt(folded.from[at] ?? 0));
  if (needle.rare.has(word) && isCapital) return spot;
  if (!isCapital && (isCommonWord(word) || particles.has(word))) return undefined;
  const begin = grown.words.length + grown.initials === 1 ? grown.at : at;
  return standsAsName(source, folded.from[begin] ?? 0, folded.to[end - 1] ?? source.length) ? spot : undefined;
}

/** Letters that an inflection adds to a name, 0 where it stands as it is, -1 where it is part of another word. `'s'` stays for the reader. */
function suffixAfter(text: string, end: number, word: string): number {
  const letters = lettersAfter(text, end, 4);
  if (letters === 0 || (letters === 1 && text.charAt(end) === 's')) return 0;
  return letters <= 3 && word.length >= minRare ? letters : -1;
}

export function* wholeIn(text: string, needles: readonly WholeNeedle[]): Generator<Spot> {
  for (const { text: words, put } of needles) {
    const isLoose = isUnspaced(words.charAt(0));
    const sign = isLoose ? words.charAt(0) : words;
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
      const end = isLoose ? endOfUnspaced(text, at, words) : at + words.length;
      if (end > at && isApart(text, at, end)) yield { at, end, put };
    }
  }
}

/** The end of a name in a script without blanks that begins here, or -1. Blanks, a comma or a middle dot may part its letters. */
function endOfUnspaced(text: string, from: number, words: string): number {
  let at = from;
  for (let index = 0; index < words.length; index++) {
    for (let gap = 0; index > 0 && gap < 2 && /[ ,、・·-]/.test(text.charAt(at)); gap++) at++;
    if (text.charAt(at) !== words.charAt(index)) return -1;
    at++;
  }
  return at;
}
