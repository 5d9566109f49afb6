/** All patterns of all phrase files as one graph: what several of them say alike is one node, and is looked for once in a sentence. */
import type { PhraseFile } from './document.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';
import type { Node } from './pattern.ts';
import { plainWord, sentencesOf, type Token } from './tokens.ts';

/** A node names others by their number. */
export type GraphNode =
  | { readonly kind: 'word'; readonly id: number }
  | { readonly kind: 'number' }
  | { readonly kind: 'any'; readonly of: readonly number[] }
  | { readonly kind: 'row'; readonly of: readonly GraphStep[] };

export interface GraphStep {
  readonly node: number;
  readonly gap: number;
  readonly optional: boolean;
}

/** Words of which one must stand in a sentence; thousands of times it is one alone. */
export type Needed = number | ReadonlySet<number>;

export interface Graph {
  readonly lexicon: Lexicon;
  readonly nodes: readonly GraphNode[];
  /** The same node has the same number. */
  add(node: Node, file: Lists): number;
  /** Forgets what only `add` needs to know; nothing can be added from then on. */
  close(): void;
  /** The words of which one must stand in a sentence that has all these nodes; the rarest that can be told. */
  rarest(nodes: readonly number[]): Iterable<number>;
  /** The words of which one must stand in a sentence that has this node. */
  needs(node: number): Needed;
  /** The tokens that a sentence must have at least to have this node. */
  shortest(node: number): number;
  /** Of a node of alternatives: word -> those that need it. */
  branches(node: number): ReadonlyMap<number, readonly number[]>;
}

/** A file and its word lists. */
export type Lists = Pick<PhraseFile, 'name' | 'lists'>;

/** The id of "a number" among the words. */
export const NUMBER = -1;

export function createGraph(): Graph {
  const lexicon = createLexicon();
  const nodes: GraphNode[] = [];
  const known = new Map<string, number>();
  /** By id of a word, the number of its node. */
  const wordNodes: number[] = [];
  const listed = new Map<string, number>();
  const words = new Map<string, number>();
  /** How telling a word is, by id: its length; a Han character tells as much as three letters. */
  const weights = new Map<number, number>([[NUMBER, 1]]);
  /** How many tokens a word covers, by id, where that is more than one. */
  const lengths = new Map<number, number>();
  const put = (node: GraphNode): number => once(known, keyOf(node), () => nodes.push(node) - 1);
  const putWord = (id: number): number => (wordNodes[id] ??= nodes.push({ kind: 'word', id }) - 1);
  const { needs, rarest } = needsIn(nodes, weights);
  return {
    lexicon,
    nodes,
    add,
    close,
    rarest: (of) => each(rarest(of)),
    needs,
    shortest: shortestIn(nodes, lengths),
    branches: branchesIn(nodes, needs),
  };

  function add(node: Node, file: Lists): number {
    // Thousands of patterns share some thousand words.
    if (node.kind === 'word') return once(words, `${node.open} ${node.text}`, () => addWord(node));
    if (node.kind === 'number') return put({ kind: 'number' });
    if (node.kind === 'any') return put({ kind: 'any', of: node.of.map((it) => add(it, file)) });
    if (node.kind === 'list') return addList(node.name, file);
    return put({ kind: 'row', of: node.of.map(({ node: it, gap, optional }) => ({ node: add(it, file), gap, optional })) });
  }

  function close(): void {
    for (const it of [known, listed, words]) it.clear();
    wordNodes.length = 0;
    lexicon.close();
  }

  function addList(name: string, file: Lists): number {
    return once(listed, `${file.name} ${name}`, () => put({ kind: 'any', of: (file.lists[name] ?? []).map((it) => add(it, file)) }));
  }

  /** A word as a pattern writes it may be several tokens (`e-mail`, `l'avis`, `微信号`). */
  function addWord({ text, open }: Extract<Node, { kind: 'word' }>): number {
    const tokens = sentencesOf(text, () => false).flatMap((it) => it.tokens);
    const runs = runsOf(tokens);
    const row = runs.map((run, at) => {
      const [first] = run;
      if (first?.ideograph) return addRun(run);
      const written = first === undefined ? '' : text.slice(first.from, first.to);
      return addToken(written, opening(open, { first: at === 0, last: at === runs.length - 1 }));
    });
    const [only = put({ kind: 'any', of: [] })] = row;
    return row.length <= 1 ? only : put({ kind: 'row', of: row.map((it) => ({ node: it, gap: 0, optional: false })) });
  }

  function addRun(run: readonly Token[]): number {
    const id = lexicon.addRun(run.map((it) => it.text));
    weights.set(id, run.length * 3);
    lengths.set(id, run.length);
    return putWord(id);
  }

  function addToken(written: string, open: Opening): number {
    const id = lexicon.add({ text: withUmlauts(written), open });
    weights.set(id, written.length - (open === 'none' ? 0 : 0.5));
    return putWord(id);
  }
}

/** What nodes need, each found out once; and of several nodes what the one needs that tells most. */
function needsIn(nodes: readonly GraphNode[], weights: ReadonlyMap<number, number>) {
  const needed: Needed[] = [];
  const worths: number[] = [];
  return { needs, rarest };

  function rarest(of: readonly number[]): Needed {
    return needs(of.reduce((best, some) => (worth(some) > worth(best) ? some : best)));
  }

  function worth(node: number): number {
    worths[node] ??= worthOf(needs(node), weights);
    return worths[node];
  }

  function needs(node: number): Needed {
    needed[node] ??= wordsOf(nodes[node]);
    return needed[node];
  }

  function wordsOf(node: GraphNode | undefined): Needed {
    if (node?.kind === 'word') return node.id;
    if (node?.kind === 'any') return new Set(node.of.flatMap((it) => [...each(needs(it))]));
    if (node?.kind === 'row') return rarest(node.of.filter(({ optional }) => !optional).map((step) => step.node));
    return NUMBER;
  }
}

function worthOf(needed: Needed, weights: ReadonlyMap<number, number>): number {
  const all = [...each(needed)];
  return Math.min(...all.map((it) => weights.get(it) ?? 0)) - Math.log2(all.length + 1) / 4;
}

const each = (needed: Needed): Iterable<number> => (typeof needed === 'number' ? [needed] : needed);

/** The same for nodes that say the same; of tens of thousands, so short. */
function keyOf(node: GraphNode): string {
  if (node.kind === 'word') return `w${node.id}`;
  if (node.kind === 'number') return 'n';
  if (node.kind === 'any') return `a${node.of.join()}`;
  return node.of.map(({ node: it, gap, optional }) => `r${it},${gap}${optional ? '?' : ''}`).join('');
}

/** What is known by the key, or is found out now and known from now on. */
function once<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const first = find();
  known.set(key, first);
  return first;
}

/** How many tokens a node covers at least, each counted once. */
function shortestIn(nodes: readonly GraphNode[], lengths: ReadonlyMap<number, number>): (node: number) => number {
  const known: number[] = [];
  const shortest = (at: number): number => (known[at] ??= count(nodes[at]));
  const count = (node: GraphNode | undefined): number => {
    if (node?.kind === 'word') return lengths.get(node.id) ?? 1;
    if (node?.kind === 'any') return Math.min(...node.of.map(shortest));
    return node?.kind === 'row' ? node.of.reduce((sum, it) => sum + (it.optional ? 0 : shortest(it.node)), 0) : 1;
  };
  return shortest;
}

/** A sentence has few words and a list has many: so only those of the list are looked for that the sentence may have. */
function branchesIn(
  nodes: readonly GraphNode[],
  needs: (node: number) => Needed,
): (node: number) => ReadonlyMap<number, readonly number[]> {
  const known = new Map<number, ReadonlyMap<number, readonly number[]>>();
  return (at) => {
    const found = known.get(at);
    if (found !== undefined) return found;
    const branches = new Map<number, number[]>();
    const node = nodes[at];
    for (const it of node?.kind === 'any' ? node.of : []) {
      for (const word of each(needs(it))) branches.set(word, [...(branches.get(word) ?? []), it]);
    }
    known.set(at, branches);
    return branches;
  };
}

/** Characters of a script without blanks that stand together are one; any other token stands alone. */
function runsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const runs: Token[][] = [];
  for (const token of tokens) {
    const last = runs.at(-1);
    if (token.ideograph && last?.[0]?.ideograph) last.push(token);
    else runs.push([token]);
  }
  return runs;
}

/** Umlauts stay, the lexicon knows their two spellings; other diacritics go. */
const withUmlauts = (word: string): string => [...word.normalize('NFC')].map((it) => ('äöüåø'.includes(it) ? it : plainWord(it))).join('');

type Opening = 'none' | 'end' | 'start' | 'both';

/** A `*` belongs to the first or the last token of a word. */
function opening(open: Opening, { first, last }: { readonly first: boolean; readonly last: boolean }): Opening {
  const start = first && (open === 'start' || open === 'both');
  const end = last && (open === 'end' || open === 'both');
  if (start) return end ? 'both' : 'start';
  return end ? 'end' : 'none';
}
