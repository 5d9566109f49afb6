/** Spans of a text: which overlap. All functions take them in the order of the text and go through both lists once. */

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Those that overlap none of the others. */
export function outside<It extends Span>(spans: readonly It[], others: readonly Span[]): readonly It[] {
  let at = 0;
  return spans.filter(({ from, to }) => {
    while (at < others.length && (others[at]?.to ?? 0) <= from) at++;
    return (others[at]?.from ?? Number.POSITIVE_INFINITY) >= to;
  });
}

/** All of them in order, without those that overlap one that is named earlier in the given order of lists. */
export function merged<It extends Span>(lists: readonly (readonly It[])[]): readonly It[] {
  let all: readonly It[] = [];
  for (const list of lists) {
    const more = outside(list, all);
    if (more.length > 0) all = [...all, ...more].sort((one, other) => one.from - other.from);
  }
  return all;
}
