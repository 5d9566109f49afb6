/**
 * The display name that an earlier message gives a party beside its address: a nickname, a company, whatever its client says. `From: Becker Lamps
 * Support <…>` (leaks.md HDR-02, QUO). Only where it is plain how far it goes: in quotes, after a field's name, after a date.
 */
import { matchesIn } from '../../model/matches.ts';
import { type Folded, foldedText } from '../fold.ts';
import type { Spot } from './spots.ts';
import { isLabelled } from './standing.ts';
import { greetings } from './standing-words.ts';

const longest = 90;
const maxWords = 7;

interface Searched {
  readonly folded: Folded;
  readonly source: string;
}

/**
 * @param addresses the party's own, in the order of the text; `put` is the alias
 * @param names `shown`: from alias to the name that is shown; `known`: words that are looked for as names anyway
 */
export function* displayNamesIn(
  { folded, source }: Searched,
  addresses: readonly Spot[],
  { shown, known }: { readonly shown: ReadonlyMap<string, string>; readonly known: ReadonlySet<string> },
): Generator<Spot> {
  let done = 0;
  for (const { at, end, put, note } of addresses) {
    const name = note ? undefined : shown.get(put);
    const open = /[<[(]{1,2}(?:mailto:)?$/.exec(folded.text.slice(Math.max(done, at - 10), at));
    if (name !== undefined && open !== null) {
      const to = at - open[0].length;
      const phrase = phraseBefore({ folded, source }, Math.max(done, to - longest), to);
      const words = phrase === undefined ? '' : folded.text.slice(phrase.at, phrase.end);
      const isOther = words !== foldedText(name).trim() && !words.split(' ').every((word) => known.has(word));
      if (phrase !== undefined && isOther) yield { ...phrase, put: name };
    }
    done = end;
  }
}

function phraseBefore({ folded, source }: Searched, low: number, to: number): { readonly at: number; readonly end: number } | undefined {
  const before = folded.text.slice(low, to);
  const quoted = /["']([^"'<>]{2,80})["'] ?$/.exec(before);
  if (quoted !== null) return { at: low + quoted.index + 1, end: low + quoted.index + 1 + (quoted[1] ?? '').length };
  const line = source.lastIndexOf('\n', (folded.from[to] ?? source.length) - 1) + 1;
  let start = low;
  while (start < to && (folded.from[start] ?? 0) < line) start++;
  const trimmed = folded.text.slice(start, to).trimEnd();
  const border = [...matchesIn(trimmed, /[:;,>\d\0](?: ?[ap]\.?m\.?(?= ))?/g)].at(-1);
  if (border === undefined && start === low) return undefined;
  const from = start + (border === undefined ? 0 : border.index + border[0].length);
  const isField = isLabelled(source.slice(line, Math.min(line + 60, folded.from[from] ?? 0)));
  return wordsFrom({ folded, source }, { from, end: start + trimmed.length, isField });
}

/** Without words in small letters before the name (`schrieb`), but in a field, where nothing else can stand. */
function wordsFrom(
  { folded, source }: Searched,
  { from, end, isField }: { readonly from: number; readonly end: number; readonly isField: boolean },
) {
  const words = [...matchesIn(folded.text.slice(from, end), /[^ ]+/g)];
  const own = isField
    ? [...words]
    : words.slice(words.findIndex(({ index }) => /\p{Lu}/u.test(source.charAt(folded.from[from + index] ?? 0))));
  while (own.length > 0 && greetings.has(own[0]?.[0] ?? '')) own.shift();
  const [first] = own;
  if (first === undefined || own.length > maxWords || (!isField && own.length === words.length && words.length > 4)) return undefined;
  const isName = isField || own.every(({ index }) => !/\p{Ll}/u.test(source.charAt(folded.from[from + index] ?? 0)));
  return isName ? { at: from + first.index, end } : undefined;
}
