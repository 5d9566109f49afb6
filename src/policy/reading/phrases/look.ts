/** Looks for the nodes of the graph in one sentence, each at most once; what is found of one is bounded, so that no text is slow. */
import { type Graph, type GraphNode, type GraphStep, type Needed, NUMBER } from './graph.ts';
import type { Sentence } from './tokens.ts';

/** Where in a sentence: tokens `from` to `to`, the latter not included. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** One sentence: which words stand in it, and how often a node does. */
export interface Look {
  /** Of the sentence, in tokens. */
  readonly length: number;
  words(): Iterable<number>;
  times(word: number): number;
  count(node: number): number;
}

/** Of one word in one sentence no more places are kept: what repeats a word does not mean more. */
const WORD_PLACES = 12;
const NODE_PLACES = 48;

export function createLook({ tokens }: Sentence, { lexicon, nodes, needs, branches }: Graph): Look {
  const words = new Map<number, Place[]>();
  const note = (id: number, from: number, to: number) => {
    const places = words.get(id);
    if (places === undefined) words.set(id, [{ from, to }]);
    else if (places.length < WORD_PLACES) places.push({ from, to });
  };
  lexicon.search(tokens, note);
  for (const [at, { text }] of tokens.entries()) if (isNumber(text)) note(NUMBER, at, at + 1);
  const known = new Map<number, readonly Place[]>();
  const look = (at: number): readonly Place[] => {
    const node = nodes[at];
    if (node === undefined) return none;
    if (node.kind === 'word') return words.get(node.id) ?? none;
    if (node.kind === 'number') return words.get(NUMBER) ?? none;
    const found = known.get(at) ?? (meets(needs(at), words) ? placesOf(node, at) : none);
    known.set(at, found);
    return found;
  };
  const placesOf = (node: Exclude<GraphNode, { kind: 'word' | 'number' }>, at: number): readonly Place[] =>
    node.kind === 'any' ? few(alternatives(node.of, branches(at)).flatMap(look)) : placesOfRow(node.of, look);
  const alternatives = (of: readonly number[], byWord: ReadonlyMap<number, readonly number[]>): readonly number[] => {
    if (of.length <= words.size) return of;
    const some = new Set<number>();
    for (const word of words.keys()) for (const it of byWord.get(word) ?? []) some.add(it);
    return [...some];
  };
  return {
    length: tokens.length,
    words: () => words.keys(),
    times: (word) => words.get(word)?.length ?? 0,
    count: (node) => look(node).length,
  };
}

const none: readonly Place[] = [];

/** Have the two a word in common? The smaller one is walked through. */
function meets(needed: Needed, words: ReadonlyMap<number, unknown>): boolean {
  if (typeof needed === 'number') return words.has(needed);
  if (needed.size < words.size) {
    for (const it of needed) if (words.has(it)) return true;
    return false;
  }
  for (const it of words.keys()) if (needed.has(it)) return true;
  return false;
}

/** Digits with their separators, and nothing else. */
const isNumber = (text: string): boolean => /^\p{Nd}[\p{Nd}.,:]*$/u.test(text);

/** The beginning of a row; `gap` is what a left-out step allowed. */
type Begun = Place & { readonly gap: number };

function placesOfRow(steps: readonly GraphStep[], look: (node: number) => readonly Place[]): readonly Place[] {
  let begun: readonly Begun[] = [];
  let mayBegin = true;
  for (const step of steps) {
    const here = look(step.node);
    const next: Begun[] = mayBegin ? here.map(({ from, to }) => ({ from, to, gap: 0 })) : [];
    for (const it of begun) next.push(...goneOn(it, here, step));
    mayBegin &&= step.optional;
    begun = few(next);
    if (begun.length === 0 && !mayBegin) return [];
  }
  return begun;
}

/** How a row goes on with a step's places, or without it where it may be left out. */
function goneOn(it: Begun, here: readonly Place[], { gap, optional }: GraphStep): readonly Begun[] {
  const widest = Math.max(gap, it.gap);
  const near = here.filter(({ from }) => from >= it.to && from <= it.to + widest).map(({ to }) => ({ from: it.from, to, gap: 0 }));
  return optional ? [...near, { ...it, gap: widest }] : near;
}

/** The first ones, each once. */
function few<It extends Place & { readonly gap?: number }>(places: readonly It[]): readonly It[] {
  if (places.length < 2) return places;
  const seen = new Map<number, It>();
  for (const it of places) {
    if (seen.size >= NODE_PLACES) break;
    const key = (it.from * 256 + it.to) * 32 + (it.gap ?? 0);
    if (!seen.has(key)) seen.set(key, it);
  }
  return [...seen.values()];
}
