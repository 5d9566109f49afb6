/**
 * Phrase files -> something that looks through sentences in a time that goes with their length: words are looked up in one tree, and
 * only the phrases whose rarest word stands in the sentence are tried.
 */
import type { Entry, PhraseFile } from './document.ts';
import { createGraph, type Graph } from './graph.ts';
import { createLook, type Look } from './look.ts';
import type { Pattern } from './pattern.ts';
import type { Sentence } from './tokens.ts';

export interface Program {
  readonly entries: readonly Entry[];
  /** For each sentence the entries that stand in it; files of languages that the sentences together are not written in are left out. */
  search(sentences: readonly Sentence[]): readonly (readonly Entry[])[];
}

/** A pattern in the graph. */
interface Plan {
  readonly all: readonly number[];
  readonly none: readonly number[];
}

interface Planned {
  readonly entry: Entry;
  /** Index of its file. */
  readonly file: number;
  readonly any: readonly Plan[];
  readonly unless: readonly Plan[];
}

/** With fewer common words nothing is said of a text's language. */
const TELLING = 3;
/** A language takes part that has at least this share of the common words of the one that has most, or most in the sentence. */
const SHARE = 0.6;

export function compile(files: readonly PhraseFile[]): Program {
  const graph = createGraph();
  const common = files.map((file) => file.common.map((it) => graph.add(it, file)));
  const planned = files.flatMap((file, at) => file.entries.map((entry) => planOf(entry, { file, at, graph })));
  const triggers = triggersOf(planned, graph);
  return {
    entries: planned.map(({ entry }) => entry),
    search(sentences) {
      const looks = sentences.map((it) => createLook(it, graph));
      const spoken = spokenIn(looks, common);
      return looks.map((look, at) => searchOne(look, triggers, spoken[at] ?? []));
    },
  };
}

function planOf(entry: Entry, { file, at, graph }: { readonly file: PhraseFile; readonly at: number; readonly graph: Graph }): Planned {
  const plan = ({ all, none }: Pattern): Plan => ({
    all: all.map((it) => graph.add(it, file)),
    none: none.map((it) => graph.add(it, file)),
  });
  return { entry, file: at, any: entry.any.map(plan), unless: entry.unless.map(plan) };
}

/** Word -> the plans of which it is the rarest word. */
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
  return triggers;
}

function searchOne(look: Look, triggers: Triggers, spoken: readonly boolean[]): readonly Entry[] {
  const found: Entry[] = [];
  const tried = new Set<Planned>();
  const holds = ({ all, none }: Plan) => all.every((it) => look.count(it) > 0) && !none.some((it) => look.count(it) > 0);
  for (const word of look.words()) {
    for (const [it, plan] of triggers.get(word) ?? []) {
      if (spoken[it.file] !== true || tried.has(it) || !holds(plan)) continue;
      tried.add(it);
      if (!it.unless.some(holds)) found.push(it.entry);
    }
  }
  return found;
}

/** For each sentence and file: may the sentence be in the file's language? */
function spokenIn(looks: readonly Look[], common: readonly (readonly number[])[]): readonly (readonly boolean[])[] {
  const counts = looks.map((look) => common.map((words) => words.reduce((sum, it) => sum + look.count(it), 0)));
  const sums = common.map((_, file) => counts.reduce((sum, count) => sum + (count[file] ?? 0), 0));
  const most = Math.max(...sums, 0);
  return counts.map((here) => {
    const mostHere = Math.max(...here, 2);
    return common.map((words, file) => {
      const [inAll, inThis] = [sums[file] ?? 0, here[file] ?? 0];
      return most < TELLING || words.length === 0 || inAll >= most * SHARE || inThis >= mostHere;
    });
  });
}
