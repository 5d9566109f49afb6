/**
 * Phrase files -> something that looks through sentences in a time that goes with their length: words are looked up in one tree, and
 * only the phrases whose rarest word stands in the sentence are tried.
 */
import type { Entry, PhraseFile } from './document.ts';
import { createGraph, type Graph, type Lists } from './graph.ts';
import { createLook, type Look } from './look.ts';
import type { Pattern } from './pattern.ts';
import type { Sentence } from './tokens.ts';

/** What the rules need to know of an entry. */
export type Named = Pick<Entry, 'name' | 'rule' | 'role'>;

export interface Program {
  readonly entries: readonly Named[];
  /** For each sentence the entries that stand in it; files of languages that the sentences together are not written in are left out. */
  search(sentences: readonly Sentence[], known: Known): readonly (readonly Named[])[];
}

/** What was read of a message so far, by the words of a sentence: its HTML says again what its text says, and a text may repeat itself. */
export interface Known {
  readonly counted: Map<string, Counted>;
  /** By the languages too. */
  readonly entries: Map<string, readonly Named[]>;
}

export const nothingKnown = (): Known => ({ counted: new Map(), entries: new Map() });

/** A sentence, and the common words in it. */
interface Counted {
  readonly look: Look;
  /** File -> how many of its language's common words stand in the sentence. */
  readonly here: ReadonlyMap<number, number>;
}

interface Worded {
  readonly sentence: Sentence;
  /** Its tokens' texts: sentences with the same ones are read as one. */
  readonly words: string;
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

/** So many sentences of a message are remembered. */
const REMEMBERED = 2_000;

/** Nothing of a file's entries is held on to while the next file is made. */
export function compile(from: Iterable<PhraseFile>): Program {
  const graph = createGraph();
  const planned: Planned[] = [];
  const files: Omit<PhraseFile, 'entries'>[] = [];
  for (const { entries, ...file } of from) {
    for (const entry of entries) planned.push(planOf(entry, { file, at: files.length, graph }));
    files.push(file);
  }
  const triggers = triggersOf(planned, graph);
  const common = commonOf(files, graph);
  graph.close();
  const always = files.map((file) => file.common.length === 0);
  return {
    entries: planned.map(({ entry }) => entry),
    search(sentences, { counted, entries }) {
      const worded = sentences.map((sentence): Worded => ({ sentence, words: wordsOf(sentence) }));
      const count = ({ sentence, words }: Worded): Counted => {
        const known = counted.get(words);
        if (known !== undefined) return known;
        const look = createLook(sentence, graph);
        const made = { look, here: countCommon(look, common) };
        if (counted.size < TELL_LANGUAGE) counted.set(words, made);
        return made;
      };
      const sums = always.map(() => 0);
      for (const it of worded.slice(0, TELL_LANGUAGE)) {
        for (const [file, times] of count(it).here) sums[file] = (sums[file] ?? 0) + times;
      }
      const spoken = spokenIn(sums, always);
      const languages = spoken.map(Number).join('');
      return worded.map((it) => {
        const key = `${languages} ${it.words}`;
        const known = entries.get(key);
        if (known !== undefined) return known;
        const { look, here } = count(it);
        const found = searchOne(look, triggers, speaks(spoken, here));
        if (entries.size < REMEMBERED) entries.set(key, found);
        return found;
      });
    },
  };
}

const wordsOf = ({ tokens }: Sentence): string => tokens.map(({ text }) => text).join(' ');

/** Word -> the files whose language has it as a common word. */
function commonOf(files: readonly Omit<PhraseFile, 'entries'>[], graph: Graph): ReadonlyMap<number, ReadonlySet<number>> {
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

/** File -> may the whole be in its language? */
function spokenIn(sums: readonly number[], always: readonly boolean[]): readonly boolean[] {
  const most = Math.max(...sums);
  return sums.map((sum, file) => most < TELLING || always[file] === true || sum >= most * SHARE);
}

/** May a sentence be in the language of a file? `here`: of `countCommon`. */
function speaks(spoken: readonly boolean[], here: ReadonlyMap<number, number>): (file: number) => boolean {
  const mostHere = Math.max(...here.values(), 2);
  return (file) => spoken[file] === true || (here.get(file) ?? 0) >= mostHere;
}

function planOf(entry: Entry, { file, at, graph }: { readonly file: Lists; readonly at: number; readonly graph: Graph }): Planned {
  const plan = (pattern: Pattern): Plan => {
    const all = pattern.all.map((it) => graph.add(it, file));
    const none = pattern.none.map((it) => graph.add(it, file));
    return { all, none, least: Math.max(...all.map(graph.shortest)) };
  };
  const { name, rule, role, any, unless } = entry;
  return { entry: { name, rule, role }, file: at, any: any.map(plan), unless: unless.map(plan) };
}

/** A plan with all that tells whether it is worth a look: they lie far apart in memory, and most are passed by. */
interface Trigger extends Plan {
  readonly file: number;
  readonly of: Planned;
}

/** Word -> the plans of which it is the rarest word, the shortest first. */
type Triggers = ReadonlyMap<number, readonly Trigger[]>;

function triggersOf(planned: readonly Planned[], graph: Graph): Triggers {
  const triggers = new Map<number, Trigger[]>();
  for (const it of planned) {
    for (const plan of it.any) {
      const trigger = { ...plan, file: it.file, of: it };
      for (const word of graph.rarest(plan.all)) {
        const others = triggers.get(word);
        if (others === undefined) triggers.set(word, [trigger]);
        else others.push(trigger);
      }
    }
  }
  for (const plans of triggers.values()) plans.sort((one, other) => one.least - other.least);
  return triggers;
}

function searchOne(look: Look, triggers: Triggers, spoken: (file: number) => boolean): readonly Named[] {
  const found: Named[] = [];
  const tried = new Set<Planned>();
  const holds = ({ all, none, least }: Plan) =>
    least <= look.length && all.every((it) => look.count(it) > 0) && !none.some((it) => look.count(it) > 0);
  for (const word of look.words()) {
    for (const trigger of triggers.get(word) ?? []) {
      if (trigger.least > look.length) break;
      if (!spoken(trigger.file) || tried.has(trigger.of) || !holds(trigger)) continue;
      tried.add(trigger.of);
      if (!trigger.of.unless.some(holds)) found.push(trigger.of.entry);
    }
  }
  return found;
}
