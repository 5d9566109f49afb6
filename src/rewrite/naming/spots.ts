/** Places in a folded text, and the borders of words. */

/** What stands there goes, `put` comes. Offsets in the folded text. */
export interface Spot {
  readonly at: number;
  readonly end: number;
  readonly put: string;
  /** `put` is a note in brackets, not another form of the same. */
  readonly note?: boolean;
}

/** Not a part of longer words on either side. */
export const isApart = (text: string, at: number, end: number): boolean =>
  !(isWord(text.charAt(at - 1)) && isWord(text.charAt(at))) && !(isWord(text.charAt(end)) && isWord(text.charAt(end - 1)));

/** A letter or digit of a script that sets words apart. */
export function isWord(char: string): boolean {
  if (char < '\x80') return (char >= 'a' && char <= 'z') || (char >= '0' && char <= '9') || (char >= 'A' && char <= 'Z');
  return /[\p{L}\p{N}]/u.test(char) && !isUnspaced(char);
}

export const isUnspaced = (char: string): boolean =>
  char > '\u0e00' && /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(char);

/** How many letters follow without a break, counted up to `most`. */
export function lettersAfter(text: string, at: number, most: number): number {
  let count = 0;
  while (count < most && isWord(text.charAt(at + count))) count++;
  return count;
}

/** Without those that overlap one before them: the earlier counts, of two that begin together the longer. */
export function disjoint(spots: readonly Spot[]): readonly Spot[] {
  if (spots.length < 2) return spots;
  const kept: Spot[] = [];
  for (const spot of spots.toSorted((a, b) => a.at - b.at || b.end - a.end)) if (spot.at >= (kept.at(-1)?.end ?? 0)) kept.push(spot);
  return kept;
}

/** The text with NUL in place of spots, which nothing looks for, so that they are found once and end what grows towards them. */
export function blanked(text: string, spots: readonly Spot[]): string {
  if (spots.length === 0) return text;
  const parts: string[] = [];
  let done = 0;
  for (const { at, end } of spots) {
    parts.push(text.slice(done, at), '\0'.repeat(end - at));
    done = end;
  }
  parts.push(text.slice(done));
  return parts.join('');
}
