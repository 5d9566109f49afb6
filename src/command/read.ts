/**
 * READ what somebody wrote to an address of ours: a command, something that looks like one, or words for a person. Only a command that stands by
 * itself is one: "Send me the rule, please" is no SEND, and "Approve?" is a question.
 */
import { matchesIn } from '../model/matches.ts';
import { type Command, commands, courtesies, wordsFor } from './vocabulary.ts';

/**
 * `misspelt`: one word, and nearly this command. `words`: whatever else. `nothing`: no letter at all. `more`: so much stands beside the command
 * that a person should read it.
 */
export type Said =
  | { readonly kind: 'command'; readonly command: Command; readonly more: boolean }
  | { readonly kind: 'misspelt'; readonly near: Command }
  | { readonly kind: 'words' }
  | { readonly kind: 'nothing' };

/** So much of the text is looked at. */
const longest = 2_000;
/** A greeting and a name below a command are not worth a person's time. */
const fewWords = 8;

/** Accents are left out by many keyboards, and the capitals of some mail clients. */
const fold = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase();

const byWord: ReadonlyMap<string, Command> = new Map(
  commands.flatMap((command) =>
    Object.values(wordsFor[command])
      .flat()
      .map((word) => [fold(word), command] as const),
  ),
);
const courteous: ReadonlySet<string> = new Set(courtesies.map(fold));

/** `text`: the new text of the mail, without quotes and signature; where it has no word, its subject is read. */
export function readCommand(text: string, subject: string): Said {
  const inText = read(text);
  if (inText.kind !== 'nothing') return inText;
  const inSubject = read(subject);
  // A subject is there for many reasons: `Re: your question` is no answer.
  return inSubject.kind === 'words' ? { kind: 'nothing' } : inSubject;
}

function read(text: string): Said {
  const head = text.slice(0, longest);
  const all = wordsIn(head);
  if (all.length === 0) return { kind: 'nothing' };
  const { words, mark } = firstClause(head);
  const named = words.map((word) => byWord.get(word));
  const command = named.every((one) => one !== undefined) && mark !== '?' ? commandOf(named) : undefined;
  if (command) return { kind: 'command', command, more: all.length - words.length > fewWords };
  const near = all.length === 1 ? nearest(all[0] ?? '') : undefined;
  return near ? { kind: 'misspelt', near } : { kind: 'words' };
}

/** STOP ALL is one command; two others in one breath are none. */
function commandOf(named: readonly Command[]): Command | undefined {
  const [first, ...others] = new Set(named);
  if (others.length === 0) return first;
  return others.length === 1 && named.every((one) => one === 'stop' || one === 'all') ? 'all' : undefined;
}

/** The words of weight up to the first mark, and the mark; what is mere courtesy is passed over. */
function firstClause(text: string): { readonly words: readonly string[]; readonly mark: string } {
  for (const [, clause = '', mark = ''] of matchesIn(text, /([^\n.,;:!?()。，；：！？（）–—…]*)([\n.,;:!?()。，；：！？（）–—…]|$)/gu)) {
    const words = wordsIn(clause).filter((word) => !courteous.has(word));
    if (words.length > 0) return { words, mark: mark === '？' ? '?' : mark };
  }
  return { words: [], mark: '' };
}

const wordsIn = (text: string): readonly string[] =>
  (text.match(/[\p{L}\p{M}'’-]+/gu) ?? []).map(fold).filter((word) => /\p{L}/u.test(word));

/** The command that a word is nearly: one slip of the finger in a short word, two in a longer one. */
function nearest(word: string): Command | undefined {
  const slips = word.length <= 5 ? 1 : 2;
  const all = [...byWord].filter(([known]) => known.length > 2 && Math.abs(known.length - word.length) <= slips);
  const [best] = all
    .map(([known, command]) => ({ command, slips: slipsBetween(word, known) }))
    .filter((one) => one.slips <= slips)
    .sort((a, b) => a.slips - b.slips);
  return best?.command;
}

/** How many letters were left out, put in, taken for others or exchanged with their neighbours (optimal string alignment). Both are short. */
function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const at = (up: number, left: number): number => (up === 0 ? row[j - left] : rows[i - up]?.[j - left]) ?? 0;
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(at(1, 0) + 1, at(0, 1) + 1, at(1, 1) + Number(!same), swapped ? at(2, 2) + 1 : Number.POSITIVE_INFINITY));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
