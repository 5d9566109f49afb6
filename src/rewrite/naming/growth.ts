/** A name that grows from one of its words over the neighbouring words that belong to it, at most a few on each side. */
import type { Folded } from '../fold.ts';
import type { NameNeedle } from './names.ts';
import { isWord, lettersAfter } from './spots.ts';
import { particles } from './secrets.ts';
import { titles } from './standing-words.ts';

export interface Grown {
  readonly at: number;
  readonly end: number;
  /** Words of the name that stand here, each once. */
  readonly words: readonly string[];
  readonly initials: number;
  /** Particles of the name that stand before the word it was found at. */
  readonly particles: number;
  /** Each word begins with a capital, or is joined to its neighbour by a dot, a hyphen or an underscore. */
  readonly capital: boolean;
  /** An initial has its dot. */
  readonly dotted: boolean;
}

interface Growth {
  readonly text: string;
  readonly source: string;
  readonly folded: Folded;
  readonly needle: NameNeedle;
}

interface State {
  at: number;
  end: number;
  readonly words: string[];
  initials: number;
  particles: number;
  capital: boolean;
  dotted: boolean;
}

const maxSteps = 6;
/** Particles, initials and a middle name that nobody registered, one after the other. */
const maxOthers = 2;
const longestWord = 40;

/** @param at where a word of the name begins, @param end where it ends with its inflection */
export function grownAt(growth: Growth, at: number, end: number): Grown {
  const { text, needle } = growth;
  const own = needle.anchors.find((anchor) => text.startsWith(anchor, at)) ?? '';
  const state: State = {
    at,
    end,
    words: [own],
    initials: 0,
    particles: 0,
    capital: isCapital(growth, at) || isJoint(text.charAt(at - 1)) || isJoint(text.charAt(end)),
    dotted: false,
  };
  growLeft(growth, state);
  growRight(growth, state);
  return state;
}

function growLeft(growth: Growth, state: State): void {
  const { text } = growth;
  let at = state.at;
  for (let step = 0, others = 0; step < maxSteps && others <= maxOthers; step++) {
    const gap = gapBefore(text, at);
    const end = at - gap;
    let from = end;
    while (gap > 0 && from > 0 && end - from < longestWord && isWord(text.charAt(from - 1))) from--;
    if (from === end || isCut(text, from - 1)) return;
    at = from;
    const is = kindOf(growth, state, { from, end, isJoined: isJoint(text.slice(end, end + gap)) });
    if (is === 'no') return;
    others = is === 'other' ? others + 1 : 0;
    if (is !== 'other') state.at = from;
  }
}

function growRight(growth: Growth, state: State): void {
  const { text } = growth;
  let end = state.end;
  for (let step = 0, others = 0; step < maxSteps && others <= maxOthers; step++) {
    const from = end + gapAfter(text, end);
    const letters = from === end ? 0 : lettersAfter(text, from, longestWord);
    end = from + letters;
    if (letters === 0 || isCut(text, end)) return;
    const is = kindOf(growth, state, { from, end, isJoined: isJoint(text.slice(state.end, from)) });
    if (is === 'no') return;
    others = is === 'other' ? others + 1 : 0;
    if (is !== 'other') state.end = endWithDot(text, end, is);
  }
}

const endWithDot = (text: string, end: number, is: string): number => (is === 'initial' && text.charAt(end) === '.' ? end + 1 : end);

/** What is masked already stands there: the word before it belongs to it. */
const isCut = (text: string, at: number): boolean => isWord(text.charAt(at));

interface Word {
  readonly from: number;
  readonly end: number;
  /** No blank parts it from the name. */
  readonly isJoined: boolean;
}

/** Takes the word into account where it belongs to the name. */
function kindOf(growth: Growth, state: State, place: Word): 'word' | 'initial' | 'other' | 'no' {
  const { text, needle } = growth;
  const { from, end, isJoined } = place;
  const word = text.slice(from, end);
  const capital = isCapital(growth, from);
  if (needle.known.has(word) && !state.words.includes(word) && word.length > 1) {
    takeWord(state, word, { needle, counts: capital || isJoined });
    return 'word';
  }
  if (word.length === 1 && (capital || isJoined) && needle.initials.has(word) && !state.words.some((known) => known.startsWith(word))) {
    state.initials++;
    state.dotted ||= text.charAt(end) === '.';
    return 'initial';
  }
  if (particles.has(word) || (word.length === 1 && capital)) return 'other';
  return capital && isMiddleName(growth, place) ? 'other' : 'no';
}

function takeWord(state: State, word: string, { needle, counts }: { readonly needle: NameNeedle; readonly counts: boolean }): void {
  const isParticle = particles.has(word) && !needle.anchors.includes(word);
  if (isParticle) state.particles++;
  else state.words.push(word);
  state.capital &&= counts || isParticle;
}

const isMiddleName = ({ text }: Growth, { from, end, isJoined }: Word): boolean =>
  !isJoined && end - from < 20 && text.charAt(end) !== ',' && !titles.has(text.slice(from, end));

/** Letters of scripts without capitals count as capitals. */
const isCapital = ({ source, folded }: Growth, at: number): boolean => !/[\p{Ll}\d]/u.test(source.charAt(folded.from[at] ?? 0));

/** What stands between two words of one name: a blank, a comma, or what file names and paths have in its place; a dot after an initial. */
function gapBefore(text: string, at: number): number {
  const sign = / ?& ?$/.exec(text.slice(Math.max(0, at - 3), at));
  if (sign !== null) return sign[0].length;
  const last = text.charAt(at - 1);
  if (last === ',' || /[._+'-]/.test(last)) return 1;
  if (last !== ' ') return 0;
  const before = text.charAt(at - 2);
  if (before === ',') return 2;
  return before === '.' ? (isWord(text.charAt(at - 3)) && !isWord(text.charAt(at - 4)) ? 2 : 0) : 1;
}

function gapAfter(text: string, end: number): number {
  const sign = /^ ?& ?/.exec(text.slice(end, end + 3));
  if (sign !== null) return sign[0].length;
  const next = text.charAt(end);
  if (next === ',') return text.charAt(end + 1) === ' ' ? 2 : 1;
  if (next === '.' && text.charAt(end + 1) === ' ') return isWord(text.charAt(end - 1)) && !isWord(text.charAt(end - 2)) ? 2 : 0;
  return /[ ._+'-]/.test(next) && next !== '' ? 1 : 0;
}

const isJoint = (gap: string): boolean => /^[._+'-]$/.test(gap);
