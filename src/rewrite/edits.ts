/** Changes to a text, by offsets: found one after the other, applied in one pass. */

export interface Edit {
  readonly from: number;
  readonly to: number;
  /** What comes in its place. */
  readonly put: string;
  /** A mailbox or name that gets its other form; a spot that is taken out with a note; a line of ours, which takes its elements along. */
  readonly kind: 'mask' | 'note' | 'line';
}

/**
 * Makes them follow one another. Of two that overlap the wider one counts; of two on the same spot the mask, since an alias says more
 * than a note; where they only cross, the note covers both.
 */
export function orderEdits(edits: readonly Edit[]): Edit[] {
  const sorted = edits
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from || b.to - a.to || (a.kind === b.kind ? 0 : a.kind === 'mask' ? -1 : 1));
  const ordered: Edit[] = [];
  for (const edit of sorted) {
    const last = ordered.at(-1);
    if (last === undefined || edit.from >= last.to) ordered.push(edit);
    else if (edit.to > last.to) ordered[ordered.length - 1] = { ...(last.kind === 'note' ? last : edit), from: last.from, to: edit.to };
  }
  return ordered;
}

/** @param edits as `orderEdits` gives them */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, put } of edits) {
    parts.push(text.slice(at, from), put);
    at = to;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
