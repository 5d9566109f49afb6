/**
 * Phrase files -> something that looks through a sentence in a time that goes with its length: words are looked up in one tree,
 * and only the phrases whose rarest word stands in the sentence are tried.
 */
import type { Entry, PhraseFile } from './document.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';
import type { Node, Pattern } from './pattern.ts';
import { plainWord, type Sentence, sentencesOf } from './tokens.ts';

/** Nodes as numbers; the same word, list or row of words is evaluated once in a sentence. */
type Compiled =
  | { readonly kind: 'word'; readonly id: number }
  | { readonly kind: 'number' }
  | { readonly kind: 'any'; readonly of: readonly number[] }
  | { readonly kind: 'row'; readonly of: readonly { readonly node: number; readonly gap: number; readonly optional: boolean }[] };

interface Plan {
  readonly all: readonly number[];
  readonly none: readonly number[];
}

/** Where in a sentence: tokens `from` to `to`, the latter not included. */
interface Place {
  readonly from: number;
  readonly to: number;
}

export interface Program {
  readonly entries: readonly Entry[];
  /** For each sentence the entries that stand in it; files of languages that the sentences together are not written in are left out. */
  search(sentences: readonly Sentence[]): readonly (readonly Entry[])[];
}

/** With fewer common words nothing is said of a text's language. */
const TELLING = 4;
/** A language takes part that has at least this share of the common words of the one that has most. */
const SHARE = 0.3;

/** Of one node in one sentence no more places are kept: what repeats a word does not mean more. */
const PLACES = 12;

/** The id of "a number" among the words. */
const NUMBER = -1;

export function compile(files: readonly PhraseFile[]): Program {
  const builder = createBuilder();
  const entries: Entry[] = [];
  const plans: { readonly entry: Entry; readonly file: number; readonly any: readonly Plan[]; readonly unless: readonly Plan[] }[] = [];
  /** Word -> which phrases (entry, alternative) it may begin. */
  const triggers = new Map<number, [entry: number, plan: number][]>();
  const common = files.map((file) => file.common.map((it) => builder.add(it, file)));
  for (const [number, file] of files.entries()) {
    const plan = ({ all, none }: Pattern): Plan => ({
      all: all.map((it) => builder.add(it, file)),
      none: none.map((it) => builder.add(it, file)),
    });
    for (const entry of file.entries) {
      const any = entry.any.map(plan);
      for (const [at, { all }] of any.entries()) {
        for (const word of builder.rarest(all)) {
          const begun = triggers.get(word);
          if (begun === undefined) triggers.set(word, [[entries.length, at]]);
          else begun.push([entries.length, at]);
        }
      }
      plans.push({ entry, file: number, any, unless: entry.unless.map(plan) });
      entries.push(entry);
    }
  }
  const searchOne = (look: Look, spoken: readonly boolean[]): readonly Entry[] => {
    const found = new Set<number>();
    const tried = new Set<number>();
    const holds = (plan: Plan) => plan.all.every((it) => look.at(it).length > 0) && !plan.none.some((it) => look.at(it).length > 0);
    for (const word of look.words()) {
      for (const [at, alternative] of triggers.get(word) ?? []) {
        const it = plans[at];
        const plan = it?.any[alternative];
        if (it === undefined || plan === undefined || spoken[it.file] !== true || tried.has(at) || !holds(plan)) continue;
        tried.add(at);
        if (!it.unless.some(holds)) found.add(at);
      }
    }
    return [...found].flatMap((at) => entries[at] ?? []);
  };
  const search: Program['search'] = (sentences) => {
    const looks = sentences.map((it) => createLook(it, builder));
    const counts = common.map((nodes) => looks.reduce((sum, look) => sum + nodes.reduce((all, it) => all + look.at(it).length, 0), 0));
    const most = Math.max(...counts, 0);
    const spoken = counts.map((count, at) => most < TELLING || common[at]?.length === 0 || count >= most * SHARE);
    return looks.map((look) => searchOne(look, spoken));
  };
  return { entries, search };
}

interface Builder {
  readonly lexicon: Lexicon;
  readonly nodes: readonly Compiled[];
  add(node: Node, file: PhraseFile): number;
  /** The words of which one must stand in a sentence with all these nodes; the rarest that can be told. */
  rarest(nodes: readonly number[]): readonly number[];
}

function createBuilder(): Builder {
  const lexicon = createLexicon();
  const nodes: Compiled[] = [];
  const known = new Map<string, number>();
  const listed = new Map<string, number>();
  const words = new Map<number, readonly number[]>();
  /** How telling a word is, by id: its length; a Han character tells as much as three letters. */
  const weights = new Map<number, number>([[NUMBER, 1]]);
  const put = (node: Compiled): number => {
    const key = JSON.stringify(node);
    const found = known.get(key) ?? nodes.push(node) - 1;
    known.set(key, found);
    return found;
  };
  const add = (node: Node, file: PhraseFile): number => {
    if (node.kind === 'word') return addWord(node);
    if (node.kind === 'number') return put({ kind: 'number' });
    if (node.kind === 'any') return put({ kind: 'any', of: node.of.map((it) => add(it, file)) });
    if (node.kind === 'list') return addList(node.name, file);
    return put({ kind: 'row', of: node.of.map(({ node: it, gap, optional }) => ({ node: add(it, file), gap, optional })) });
  };
  return { lexicon, nodes, add, rarest };

  function addList(name: string, file: PhraseFile): number {
    const key = `${file.name} ${name}`;
    const found = listed.get(key) ?? put({ kind: 'any', of: (file.lists[name] ?? []).map((it) => add(it, file)) });
    listed.set(key, found);
    return found;
  }

  /** A word as a pattern writes it may be several tokens (`e-mail`, `l'avis`, `微信号`). */
  function addWord({ text, open }: Extract<Node, { kind: 'word' }>): number {
    const tokens = sentencesOf(text, () => false).flatMap((it) => it.tokens);
    const row: number[] = [];
    for (let at = 0; at < tokens.length; at++) {
      const run = [];
      while (tokens[at + run.length]?.ideograph) run.push(tokens[at + run.length]?.text ?? '');
      const token = tokens[at];
      const openHere = opening(open, at === 0, at === tokens.length - 1);
      const written = token === undefined ? '' : text.slice(token.from, token.to);
      const id = run.length > 0 ? lexicon.addRun(run) : lexicon.add({ text: withUmlauts(written), open: openHere });
      weights.set(id, run.length > 0 ? run.length * 3 : written.length - (openHere === 'none' ? 0 : 0.5));
      row.push(put({ kind: 'word', id }));
      at += Math.max(run.length - 1, 0);
    }
    const [only = put({ kind: 'any', of: [] })] = row;
    return row.length <= 1 ? only : put({ kind: 'row', of: row.map((it) => ({ node: it, gap: 0, optional: false })) });
  }

  function rarest(of: readonly number[]): readonly number[] {
    const sets = of.map(wordsOf);
    return sets.reduce((best, set) => (worth(set) > worth(best) ? set : best), sets[0] ?? []);
  }

  function worth(words: readonly number[]): number {
    return Math.min(...words.map((it) => weights.get(it) ?? 0)) - Math.log2(words.length + 1) / 4;
  }

  function wordsOf(node: number): readonly number[] {
    const found = words.get(node) ?? readWords(node);
    words.set(node, found);
    return found;
  }

  function readWords(node: number): readonly number[] {
    const it = nodes[node];
    if (it === undefined) return [];
    if (it.kind === 'word') return [it.id];
    if (it.kind === 'number') return [NUMBER];
    if (it.kind === 'any') return [...new Set(it.of.flatMap(wordsOf))];
    return rarest(it.of.filter(({ optional }) => !optional).map((step) => step.node));
  }
}

/** Umlauts stay, the lexicon knows their two spellings; other diacritics go. */
const withUmlauts = (word: string): string => [...word.normalize('NFC')].map((it) => ('äöüåø'.includes(it) ? it : plainWord(it))).join('');

function opening(open: 'none' | 'end' | 'start' | 'both', first: boolean, last: boolean): 'none' | 'end' | 'start' | 'both' {
  const start = first && (open === 'start' || open === 'both');
  const end = last && (open === 'end' || open === 'both');
  if (start) return end ? 'both' : 'start';
  return end ? 'end' : 'none';
}

/** One sentence: which words stand in it, and where a node does; each node is looked for once. */
interface Look {
  words(): Iterable<number>;
  at(node: number): readonly Place[];
}

function createLook({ tokens }: Sentence, { lexicon, nodes }: Builder): Look {
  const words = new Map<number, Place[]>();
  const note = (id: number, from: number, to: number) => {
    const places = words.get(id);
    if (places === undefined) words.set(id, [{ from, to }]);
    else if (places.length < PLACES) places.push({ from, to });
  };
  lexicon.search(tokens, note);
  for (const [at, { text }] of tokens.entries()) if (isNumber(text)) note(NUMBER, at, at + 1);
  const known = new Map<number, readonly Place[]>();
  const look = (node: number): readonly Place[] => {
    const found = known.get(node) ?? places(nodes[node]);
    known.set(node, found);
    return found;
  };
  const places = (node: Compiled | undefined): readonly Place[] => {
    if (node === undefined) return [];
    if (node.kind === 'word') return words.get(node.id) ?? [];
    if (node.kind === 'number') return words.get(NUMBER) ?? [];
    if (node.kind === 'any') return few(node.of.flatMap(look));
    return placesOfRow(node.of, look);
  };
  return { words: () => words.keys(), at: look };
}

/** Digits with their separators, and nothing else. */
const isNumber = (text: string): boolean => /^\p{Nd}[\p{Nd}.,:]*$/u.test(text);

type Started = Place & { readonly gap: number };

function placesOfRow(steps: Extract<Compiled, { kind: 'row' }>['of'], look: (node: number) => readonly Place[]): readonly Place[] {
  let started: readonly Started[] = [];
  let mayStart = true;
  for (const { node, gap, optional } of steps) {
    const here = look(node);
    const next: Started[] = mayStart ? here.map(({ from, to }) => ({ from, to, gap: 0 })) : [];
    for (const it of started) {
      const reach = it.to + Math.max(gap, it.gap);
      for (const { from, to } of here) if (from >= it.to && from <= reach) next.push({ from: it.from, to, gap: 0 });
      if (optional) next.push({ ...it, gap: Math.max(gap, it.gap) });
    }
    mayStart &&= optional;
    started = few(next);
    if (started.length === 0 && !mayStart) return [];
  }
  return started;
}

/** The first ones, each once. */
function few<It extends Place>(places: readonly It[]): readonly It[] {
  if (places.length < 2) return places;
  const seen = new Map<number, It>();
  for (const it of places) {
    if (seen.size >= PLACES * 4) break;
    const key = it.from * 1024 + it.to;
    if (!seen.has(key)) seen.set(key, it);
  }
  return [...seen.values()];
}
