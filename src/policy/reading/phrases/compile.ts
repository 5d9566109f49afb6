/**
 * Phrase files -> something that looks through sentences in a time that goes with their length: words are looked up in one tree, and
 * only the phrases whose rarest word stands in the sentence are tried.
 */
import type { Entry, PhraseFile } from './document.ts';
import { createGraph, type Graph } from './graph.ts';
import { createLook, type Look } from './look.ts';
import type { Pattern } from './pattern.ts';
import type { Sentence } from './tokens.ts';

/** What the rules need to know of an entry. */
export type Named = Pick<Entry, 'name' | 'rule' | 'role'>;

export interface Program {
  readonly entries: readonly Named[];
  /** For each sentence the entries that stand in it; files of languages that the sentences together are not written in are left out. */
  search(sentences: readonly Sentence[]): readonly (readonly Named[])[];
}

/** A pattern in the graph. */
interface Plan {
  readonly all: readonly number[];
  readonly none: readonly number[];
  /** A sentence of fewer tokens cannot have it. */
  readonly least: number;
}

interface Planned {
  readonly entry: Named;
  /** Index of its file. */
  readonly file: number;
  readonly any: readonly Plan[];
  readonly unless: readonly Plan[];
}

/** With fewer common words nothing is said of a text's language. */
const TELLING = 3;
/** A language takes part that has at least this share of the common words of the one that has most, or most in the sentence. */
const SHARE = 0.6;

/** So many sentences tell the language of a text; the rest of a long one is not kept in memory all at once. */
const TELL_LANGUAGE = 200;

/** A sentence of so few tokens that stands in a text again and again is read once; so many of them are remembered. */
const SHORT = 12;
const REMEMBERED = 2_000;

export function compile(files: readonly PhraseFile[]): Program {
  const graph = createGraph();
  const planned = files.flatMap((file, at) => file.entries.map((entry) => planOf(entry, { file, at, graph })));
  const triggers = triggersOf(planned, graph);
  const common = commonOf(files, graph);
  graph.close();
  const always = files.map((file) => file.common.length === 0);
  return {
    entries: planned.map(({ entry }) => entry),
    search(sentences) {
      const first = sentences.slice(0, TELL_LANGUAGE).map((it) => createLook(it, graph));
      const sums = always.map(() => 0);
      for (const look of first) for (const [file, count] of countCommon(look, common)) sums[file] = (sums[file] ?? 0) + count;
      const read = (sentence: Sentence, look = createLook(sentence, graph)) =>
        searchOne(look, triggers, speaks(sums, { always, here: countCommon(look, common) }));
      const known = new Map<string, readonly Named[]>();
      return sentences.map((sentence, at) => {
        const key = sentence.tokens.length > SHORT ? undefined : sentence.tokens.map(({ text }) => text).join(' ');
        const found = known.get(key ?? '') ?? read(sentence, first[at]);
        if (key !== undefined && known.size < REMEMBERED) known.set(key, found);
        return found;
      });
    },
  };
}

/** Word -> the files whose language has it as a common word. */
function commonOf(files: readonly PhraseFile[], graph: Graph): ReadonlyMap<number, ReadonlySet<number>> {
  const common = new Map<number, Set<number>>();
  for (const [at, file] of files.entries()) {
    for (const it of file.common) {
      const node = graph.nodes[graph.add(it, file)];
      if (node?.kind === 'word') common.set(node.id, new Set([...(common.get(node.id) ?? []), at]));
    }
  }
  return common;
}

/** File -> how many of its language's common words stand in the sentence. */
function countCommon(look: Look, common: ReadonlyMap<number, ReadonlySet<number>>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const word of look.words()) {
    for (const file of common.get(word) ?? []) counts.set(file, (counts.get(file) ?? 0) + look.times(word));
  }
  return counts;
}

/** May the sentence be in the language of a file? */
function speaks(
  sums: readonly number[],
  { always, here }: { readonly always: readonly boolean[]; readonly here: ReadonlyMap<number, number> },
): (file: number) => boolean {
  const most = Math.max(...sums);
  const mostHere = Math.max(...here.values(), 2);
  return (file) => most < TELLING || always[file] === true || (sums[file] ?? 0) >= most * SHARE || (here.get(file) ?? 0) >= mostHere;
}

function planOf(entry: Entry, { file, at, graph }: { readonly file: PhraseFile; readonly at: number; readonly graph: Graph }): Planned {
  const plan = (pattern: Pattern): Plan => {
    const all = pattern.all.map((it) => graph.add(it, file));
    const none = pattern.none.map((it) => graph.add(it, file));
    return { all, none, least: Math.max(...all.map(graph.shortest)) };
  };
  const { name, rule, role, any, unless } = entry;
  return { entry: { name, rule, role }, file: at, any: any.map(plan), unless: unless.map(plan) };
}

/** Word -> the plans of which it is the rarest word, the shortest first. */
type Triggers = ReadonlyMap<number, readonly (readonly [Planned, Plan])[]>;

function triggersOf(planned: readonly Planned[], graph: Graph): Triggers {
  const triggers = new Map<number, [Planned, Plan][]>();
  for (const it of planned) {
    for (const plan of it.any) {
      for (const word of graph.rarest(plan.all)) {
        const others = triggers.get(word);
        if (others === undefined) triggers.set(word, [[it, plan]]);
        else others.push([it, plan]);
      }
    }
  }
  for (const plans of triggers.values()) plans.sort(([, one], [, other]) => one.least - other.least);
  return triggers;
}

function searchOne(look: Look, triggers: Triggers, spoken: (file: number) => boolean): readonly Named[] {
  const found: Named[] = [];
  const tried = new Set<Planned>();
  const holds = ({ all, none, least }: Plan) =>
    least <= look.length && all.every((it) => look.count(it) > 0) && !none.some((it) => look.count(it) > 0);
  for (const word of look.words()) {
    for (const [it, plan] of triggers.get(word) ?? []) {
      if (plan.least > look.length) break;
      if (tried.has(it) || !spoken(it.file) || !holds(plan)) continue;
      tried.add(it);
      if (!it.unless.some(holds)) found.push(it.entry);
    }
  }
  return found;
}
