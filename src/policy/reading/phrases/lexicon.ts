/**
 * All words that any phrase names: a text's words are looked up once, however many phrases there are. Whole words are keys of a map, which takes
 * a tenth of the memory; those with an open end, and runs of a script without blanks, are a tree.
 */
import type { Token } from './tokens.ts';

/** One of tens of thousands, most with one branch more: lists are a tenth of what maps would take in memory. */
interface Branch {
  /** The characters that go on from here, each with its branch at the same place. */
  characters: string;
  readonly branches: Branch[];
  /** Of the words that end here: `[id, must the token end here too?]`. */
  ends: readonly (readonly [id: number, whole: boolean])[];
}

/** A word that a phrase names, without diacritics. */
export interface Word {
  readonly text: string;
  readonly open: 'none' | 'end' | 'start' | 'both';
}

/** Ids are handed out in the order in which words come first. */
export interface Lexicon {
  /** The same word has the same id. */
  add(word: Word): number;
  /** A run of characters of a script without blanks. */
  addRun(characters: readonly string[]): number;
  /** Forgets what only `add` needs to know; nothing can be added from then on. */
  close(): void;
  /** Calls `found` with the id and the tokens that it covers. */
  search(tokens: readonly Token[], found: (id: number, from: number, to: number) => void): void;
}

const CACHED = 20_000;
/** Longer tokens are no words of any language; they are only looked at from their beginning. */
const LONGEST = 60;

const noEnds: Branch['ends'] = [];
const branch = (): Branch => ({ characters: '', branches: [], ends: noEnds });
const next = ({ characters, branches }: Branch, character: string): Branch | undefined => branches[characters.indexOf(character)];

export function createLexicon(): Lexicon {
  const wholes = new Map<string, readonly number[]>();
  const [starts, insides, runs] = [branch(), branch(), branch()];
  const ids = new Map<string, number>();
  const known = new Map<string, readonly number[]>();
  const idOf = (key: string, insert: (id: number) => void): number => {
    const found = ids.get(key);
    if (found !== undefined) return found;
    const id = ids.size;
    ids.set(key, id);
    insert(id);
    return id;
  };
  return {
    add: ({ text, open }) =>
      idOf(`${open} ${text}`, (id) => {
        for (const form of formsOf(text)) {
          if (open === 'none') wholes.set(form, [...(wholes.get(form) ?? []), id]);
          else grow(open === 'end' ? starts : insides, form, [id, open === 'start']);
        }
      }),
    addRun: (characters) => idOf(`run ${characters.join('')}`, (id) => grow(runs, characters.join(''), [id, false])),
    close: () => ids.clear(),
    search(tokens, found) {
      for (const [at, token] of tokens.entries()) {
        if (token.ideograph) searchRun(runs, tokens, { at, found });
        else for (const id of idsOf(token.text)) found(id, at, at + 1);
      }
    },
  };

  function idsOf(text: string): readonly number[] {
    let found = known.get(text);
    if (found === undefined) {
      found = lookUp(text);
      if (known.size >= CACHED) known.clear();
      if (text.length <= LONGEST) known.set(text, found);
    }
    return found;
  }

  function lookUp(text: string): readonly number[] {
    const all = new Set(wholes.get(text));
    walk(starts, text, { at: 0, all });
    if (text.length <= LONGEST) for (let at = 0; at < text.length; at++) walk(insides, text, { at, all });
    return [...all];
  }
}

function walk(root: Branch, text: string, { at, all }: { readonly at: number; readonly all: Set<number> }): void {
  let here: Branch | undefined = root;
  for (let to = at; to < text.length; to++) {
    here = next(here, text.charAt(to));
    if (here === undefined) return;
    for (const [id, whole] of here.ends) if (!whole || to + 1 === text.length) all.add(id);
  }
}

/** A character may be two units. */
function follow(root: Branch, text: string): Branch | undefined {
  let here: Branch | undefined = text === '' ? undefined : root;
  for (let at = 0; at < text.length && here !== undefined; at++) here = next(here, text.charAt(at));
  return here;
}

function searchRun(
  root: Branch,
  tokens: readonly Token[],
  { at, found }: { readonly at: number; readonly found: (id: number, from: number, to: number) => void },
): void {
  let here: Branch | undefined = root;
  for (let to = at; to < tokens.length; to++) {
    here = follow(here, tokens[to]?.text ?? '');
    if (here === undefined) return;
    for (const [id] of here.ends) found(id, at, to + 1);
  }
}

function grow(root: Branch, text: string, end: Branch['ends'][number]): void {
  let here = root;
  for (const unit of text.split('')) {
    const known = next(here, unit);
    const there = known ?? branch();
    if (known === undefined) {
      here.characters += unit;
      here.branches.push(there);
    }
    here = there;
  }
  here.ends = [...here.ends, end];
}

const twoLetters: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };

/** A word as written with diacritics also stands for `ae`, `oe`, `ue`, `aa`. What comes here has the diacritics still. */
function formsOf(text: string): readonly string[] {
  const composed = text.normalize('NFC');
  const plain = composed.replace(/[äöüåø]/g, (it) => (it === 'ø' ? 'o' : it.normalize('NFD').charAt(0)));
  const long = composed.replace(/[äöüåø]/g, (it) => twoLetters[it] ?? it);
  return plain === long ? [plain] : [plain, long];
}
