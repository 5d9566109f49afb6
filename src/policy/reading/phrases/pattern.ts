/**
 * The language of phrases -> a tree. Small enough to be learnt from a few entries, and nothing in it can make the search slow:
 *
 *     visit our store      words in this order       offer|gift       one of these words       discount*   a word that begins so
 *     *konto  *rabatt*     a word that ends so, or has it inside      (our own|my) shop        one of these word sequences
 *     [please] call        may be there or not       pay .. cash      up to 5 words between    pay ..9 cash    up to 9 words between
 *     {store}              one of the word list `store` of the file   #                        a number
 *     {pay} & {cash}       both in one sentence, in any order         & !{not}                 and this one not
 *
 * A word of Han or kana is found wherever its characters stand; for these, gaps count characters.
 */

/** How an element of a phrase meets the tokens of a sentence. */
export type Node =
  | { readonly kind: 'word'; readonly text: string; readonly open: 'none' | 'end' | 'start' | 'both' }
  | { readonly kind: 'number' }
  | { readonly kind: 'list'; readonly name: string }
  | { readonly kind: 'any'; readonly of: readonly Node[] }
  | { readonly kind: 'row'; readonly of: readonly Step[] };

/** An element and how many tokens may stand between it and the one before. */
export interface Step {
  readonly node: Node;
  readonly gap: number;
  readonly optional: boolean;
}

/** All of `all` in one sentence, and none of `none`. */
export interface Pattern {
  readonly all: readonly Node[];
  readonly none: readonly Node[];
}

const GAP = 5;
const WIDEST = 20;
const piece = /\s+|\.\.\d*|[()[\]|&!#]|\{[a-z][a-z0-9-]*\}|[^\s()[\]|&!#{}]+/y;

/** @throws {SyntaxError} with what is wrong, for people. */
export function parsePattern(source: string): Pattern {
  const pieces = cut(source);
  const all: Node[] = [];
  const none: Node[] = [];
  while (true) {
    const not = pieces[0] === '!' && pieces.shift() !== undefined;
    (not ? none : all).push(parseRow(pieces));
    const next = pieces.shift();
    if (next === undefined) break;
    if (next !== '&') throw new SyntaxError(`unexpected "${next}"`);
  }
  if (all.length === 0) throw new SyntaxError('nothing to look for');
  return { all, none };
}

/** A sequence without `&`, as the word lists have. @throws {SyntaxError} */
export function parseWords(source: string): Node {
  const { all, none } = parsePattern(source);
  const [only, ...others] = all;
  if (only === undefined || others.length + none.length > 0) throw new SyntaxError('"&" has no place in a word list');
  return only;
}

/** The pieces of a pattern; blanks stand for a border between elements and are left out where they mean nothing. */
function cut(source: string): string[] {
  const pieces: string[] = [];
  piece.lastIndex = 0;
  while (piece.lastIndex < source.length) {
    const at = piece.lastIndex;
    const found = piece.exec(source)?.[0];
    if (found === undefined) throw new SyntaxError(`cannot read "${source.slice(at, at + 12)}"`);
    if (found.trim() !== '') pieces.push(found);
  }
  return pieces;
}

/** Reads to the end, or to `)`, `]`, `&` or a `|` that belongs to a bracket. */
function parseRow(pieces: string[]): Node {
  const steps: Step[] = [];
  let gap = 0;
  while (pieces.length > 0 && !/^[)\]&]$/.test(pieces[0] ?? '')) {
    const next = pieces.shift() ?? '';
    if (next.startsWith('..')) gap = gapOf(next);
    else if (next === '|') steps.push(alternative(steps.pop(), pieces));
    else {
      const { node, optional } = element(next, pieces);
      steps.push({ node, gap, optional });
      gap = 0;
    }
  }
  if (steps.every(({ optional }) => optional)) throw new SyntaxError('nothing that must be there');
  const [only] = steps;
  return steps.length === 1 && only !== undefined ? only.node : { kind: 'row', of: steps };
}

function gapOf(piece: string): number {
  const gap = piece.length > 2 ? Number(piece.slice(2)) : GAP;
  if (gap > WIDEST) throw new SyntaxError(`a gap has at most ${WIDEST} words`);
  return gap;
}

/** `a|b`: joins the element before with the one behind. */
function alternative(before: Step | undefined, pieces: string[]): Step {
  const next = pieces.shift();
  if (before === undefined || next === undefined || /^[)\]&|]$/.test(next)) throw new SyntaxError('"|" wants a word on both sides');
  const { node } = element(next, pieces);
  const of = before.node.kind === 'any' ? [...before.node.of, node] : [before.node, node];
  return { ...before, node: { kind: 'any', of } };
}

function element(first: string, pieces: string[]): { readonly node: Node; readonly optional: boolean } {
  if (first === '(' || first === '[') return { node: bracket(first === '(' ? ')' : ']', pieces), optional: first === '[' };
  if (first === '#') return { node: { kind: 'number' }, optional: false };
  if (first.startsWith('{')) return { node: { kind: 'list', name: first.slice(1, -1) }, optional: false };
  if (first === '!') throw new SyntaxError('"!" belongs behind "&"');
  return { node: word(first), optional: false };
}

/** In brackets `|` parts whole sequences. */
function bracket(end: ')' | ']', pieces: string[]): Node {
  const rows: Node[] = [];
  let closed: string | undefined;
  do {
    const inner = upToBorder(end, pieces);
    closed = pieces.shift();
    rows.push(parseRow(inner));
    if (inner.length > 0) throw new SyntaxError(`unexpected "${inner[0]}"`);
  } while (closed === '|');
  if (closed === undefined) throw new SyntaxError(`"${end}" is missing`);
  const [only] = rows;
  return rows.length === 1 && only !== undefined ? only : { kind: 'any', of: rows };
}

/** Takes the pieces before the bracket's end, or before the next `|` that is its own. */
function upToBorder(end: ')' | ']', pieces: string[]): string[] {
  let depth = 0;
  const border = pieces.findIndex((it) => {
    if (depth === 0 && (it === end || it === '|')) return true;
    if (it === '(' || it === '[') depth++;
    if (it === ')' || it === ']') depth--;
    return false;
  });
  return pieces.splice(0, border < 0 ? pieces.length : border);
}

function word(written: string): Node {
  const start = written.startsWith('*');
  const end = written.length > 1 && written.endsWith('*');
  const text = written
    .slice(start ? 1 : 0, end ? -1 : undefined)
    .normalize('NFKC')
    .toLowerCase();
  if (text === '' || text.includes('*')) throw new SyntaxError(`"${written}": "*" stands at the beginning or the end of a word`);
  return { kind: 'word', text, open: start && end ? 'both' : start ? 'start' : end ? 'end' : 'none' };
}
