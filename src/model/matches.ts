/** Every match of a pattern, or of several, in a text, one after another. */

/**
 * As `text.matchAll(pattern)`, without a copy of the pattern.
 * QUIRK: `matchAll` copies the pattern at each call, and V8 forgets a copy's compiled code with the next collections of garbage: a pattern
 * of thousands of words is then compiled anew for every message, which takes fifty times as long as the search.
 * @param pattern with the flag `g`; may be in use further up: each walk keeps its own place
 */
export function* matchesIn(text: string, pattern: RegExp): Generator<RegExpExecArray, undefined> {
  for (let at = 0; at <= text.length; ) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return;
    at = match[0] === '' ? match.index + 1 : pattern.lastIndex;
    yield match;
  }
}

/** A match of one of several patterns. */
export interface Found<Kind extends string> {
  readonly kind: Kind;
  readonly match: RegExpExecArray;
}

/**
 * As the matches of one pattern with these as its alternatives: the leftmost, and of those that begin there the one named first.
 * QUIRK: V8 skips through a text to where a pattern can begin if its alternatives are alike; of a mixed lot it tries each at every character.
 * @param patterns with the flag `g`, and none that matches nothing
 */
export function* leftmostIn<Kind extends string>(
  text: string,
  patterns: Readonly<Record<Kind, RegExp>>,
): Generator<Found<Kind>, undefined> {
  const kinds = Object.keys(patterns) as Kind[];
  const next = (kind: Kind, from: number): Found<Kind> | undefined => {
    const pattern = patterns[kind];
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    return match === null ? undefined : { kind, match };
  };
  const ahead = kinds.map((kind) => next(kind, 0));
  for (let first = leftmost(ahead); first !== undefined; first = leftmost(ahead)) {
    const end = first.match.index + first.match[0].length;
    for (const [at, found] of ahead.entries()) if (found !== undefined && found.match.index < end) ahead[at] = next(found.kind, end);
    yield first;
  }
}

function leftmost<Kind extends string>(ahead: readonly (Found<Kind> | undefined)[]): Found<Kind> | undefined {
  let first: Found<Kind> | undefined;
  for (const found of ahead) if (found !== undefined && found.match.index < (first?.match.index ?? Number.POSITIVE_INFINITY)) first = found;
  return first;
}
