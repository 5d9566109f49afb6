/**
 * The words that the rules read, as data: `config/phrases/<lang>.yaml` (README, *Rules*; the language of phrases stands in
 * `phrases/pattern.ts`). Nobody tells which language a
 * message is written in: the phrases of all languages are looked for that have a fair share of its common words.
 *
 *     common: [the, and, is]              # words of the language: a text without them is another's; none: always looked for
 *     words:                              # lists that phrases may name
 *       shop: [our shop, my store]
 *     rules:
 *       marketing:
 *         - id: visit                     # for messages about this entry
 *           role: finds                   # the default; `excuses` cancels what the rule finds in the same sentence,
 *                                         # `refuses` what it finds in the question before; `tempts` finds only where nobody asked
 *                                         # `follows` finds where an entry of the same id that `leads` stands up to three sentences above
 *                                         # `offers` finds unless an entry that `answers` stands up to three sentences above or one below
 *           any: [visit .. {shop}]
 *           unless: [do not visit]        # cancels this entry in the same sentence
 *           yes: [Visit our shop!]        # a test reads both
 *           no: [I visited your shop.]
 */
import type { Passage } from '../rule.ts';
import { compile, type Known, type Named, nothingKnown, type Program } from './phrases/compile.ts';
import { type PhraseFile, readPhraseFile } from './phrases/document.ts';
import { type Sentence, sentencesOf } from './phrases/tokens.ts';

/** A phrase file as it came out of YAML, under the name that it has for people. */
export interface PhraseDocument {
  readonly name: string;
  readonly document: unknown;
}

/**
 * What rules get of the phrase files. Plain values: they can be handed to a worker thread, which compiles them at the first look. Packed, for
 * as objects they take ten times as much memory, at which each collection of garbage would have to look.
 */
export interface Phrases {
  readonly files: number;
  /** The documents, in JSON. */
  readonly packed: Uint8Array;
}

/** No phrases at all: the rules that read them find nothing. */
export const noPhrases: Phrases = pack([]);

function pack(documents: readonly PhraseDocument[]): Phrases {
  return { files: documents.length, packed: Buffer.from(JSON.stringify(documents)) };
}

function unpack({ packed }: Phrases): readonly PhraseDocument[] {
  return JSON.parse(Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength).toString()) as readonly PhraseDocument[];
}

/** A sentence and the entries that stand in it; offsets count in `passage.folded.text`. */
export interface ReadSentence extends Sentence {
  readonly entries: readonly Named[];
}

/** All that is wrong with the phrase files, one line each. */
export class PhrasesError extends Error {
  override readonly name = 'PhrasesError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`the phrases cannot be used:\n${problems.join('\n')}`);
    this.problems = problems;
  }
}

const programs = new WeakMap<Phrases, Program>();

/**
 * Checks and compiles phrase files: a relay does it at its start, so that the first message need not wait.
 * @throws PhrasesError with every problem of every file at once.
 */
export function readPhrases(documents: readonly PhraseDocument[]): Phrases {
  const phrases = pack(documents);
  programs.set(phrases, compile(parsePhrases(documents)));
  return phrases;
}

/**
 * The files one by one, so that each is garbage before the next is read; none behind the first that cannot be used.
 * @throws PhrasesError at the end, as `readPhrases` does.
 */
export function* parsePhrases(documents: readonly PhraseDocument[]): Generator<PhraseFile, undefined> {
  const problems: string[] = [];
  for (const { name, document } of documents) {
    const file = readPhraseFile(name, document, problems);
    if (problems.length === 0) yield file;
  }
  if (problems.length > 0) throw new PhrasesError(problems);
}

/** Those that another thread has read are compiled at the first look. */
export function programOf(phrases: Phrases): Program {
  const known = programs.get(phrases) ?? compile(parsePhrases(unpack(phrases)));
  programs.set(phrases, known);
  return known;
}

const readings = new WeakMap<Passage, { readonly phrases: Phrases; readonly sentences: readonly ReadSentence[] }>();

const known = new WeakMap<object, { readonly phrases: Phrases; readonly read: Known }>();

/** What was read of its message already, or of itself where it stands in none. */
function knownOf(passage: Passage, phrases: Phrases): Known {
  const whole = passage.message ?? passage;
  const before = known.get(whole);
  if (before?.phrases === phrases) return before.read;
  const read = nothingKnown();
  known.set(whole, { phrases, read });
  return read;
}

/** The sentences of a passage with all that stands in them, read once for all rules. */
export function sentencesIn(passage: Passage, phrases: Phrases): readonly ReadSentence[] {
  const before = readings.get(passage);
  if (before?.phrases === phrases) return before.sentences;
  const { folded, plain } = passage;
  const isUpper = (at: number) => /^\p{Lu}/u.test(plain.slice(folded.origin(at), folded.origin(at) + 2));
  const cut = sentencesOf(folded.text, isUpper);
  const found = programOf(phrases).search(cut, knownOf(passage, phrases));
  const sentences = cut.map((sentence, at): ReadSentence => ({ ...sentence, entries: found[at] ?? [] }));
  readings.set(passage, { phrases, sentences });
  return sentences;
}

/** The subject of an answer; in it stand the words of the other side. */
const answers =
  /^\s*(?:\p{L}{1,6}|antwort|balasan|respuesta|risposta|r[ée]ponse|odpowied[zź]|resposta|回复|回覆|答复|返信|转发|転送)\s?(?:\[\d+\])?[:：]/iu;

/** What the phrases are looked for in to judge a message: what the author adds to the conversation. */
export const judged = (passages: readonly Passage[]): readonly Passage[] =>
  passages.filter(({ part, region, plain }) => region === 'new' && !(part === 'subject' && answers.test(plain)));

/** So many sentences above, or in the same, a sentence may lead to another, or tell that another answers. */
const REACH = 3;

/**
 * The sentences in which a rule's phrases find something that none of its excuses cancels. A question that the author repeats is
 * answered in the next sentence: where that `refuses`, nothing is found in the question. With no role given, what `finds`, what `offers`
 * unasked, and what `follows` from a sentence that `leads` to it.
 */
export function foundIn(passage: Passage, phrases: Phrases, rule: string, role?: string): readonly ReadSentence[] {
  const sentences = sentencesIn(passage, phrases);
  const isRefused = (at: number): boolean => {
    const answer = sentences[at + 1];
    return answer !== undefined && !answer.asks && rolesOf(answer, rule).includes('refuses');
  };
  return sentences.filter((sentence, at) => {
    const roles = rolesOf(sentence, rule);
    if (roles.length === 0 || roles.includes('excuses') || (sentence.asks && isRefused(at))) return false;
    if (role !== undefined) return roles.includes(role) && !(role === 'tempts' && isAnswer(sentences, at, rule));
    if (roles.includes('finds')) return true;
    return (roles.includes('offers') || isLedTo(sentences, at, rule)) && !isAnswer(sentences, at, rule);
  });
}

const upTo = (sentences: readonly ReadSentence[], at: number): readonly ReadSentence[] => sentences.slice(Math.max(0, at - REACH), at + 1);

/** "You asked for it in green.", "To the address of your order?" In the sentence itself, above it, or right below. */
const isAnswer = (sentences: readonly ReadSentence[], at: number, rule: string): boolean =>
  sentences.slice(Math.max(0, at - REACH), at + 2).some((it) => rolesOf(it, rule).includes('answers'));

/** "A word about your stars. Could they be taken off?": each is harmless without the other. */
function isLedTo(sentences: readonly ReadSentence[], at: number, rule: string): boolean {
  const follows = sentences[at]?.entries.filter((it) => it.rule === rule && it.role === 'follows') ?? [];
  return follows.some(({ name }) =>
    upTo(sentences, at).some(
      (it) => !rolesOf(it, rule).includes('excuses') && it.entries.some((entry) => entry.role === 'leads' && entry.name === name),
    ),
  );
}

const rolesOf = ({ entries }: ReadSentence, rule: string): readonly string[] =>
  entries.filter((it) => it.rule === rule).map(({ role }) => role);
