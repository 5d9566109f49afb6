/**
 * What the matches of a pattern can begin with. A pattern of hundreds of words is tried word by word wherever a word begins in a text; a look
 * ahead at the first letters, which the engine reads as a tree, spares it nearly all of that.
 */

/** So many characters tell enough: a word of the text that shares them with one of the pattern is seldom another. */
const DEPTH = 3;

/**
 * The beginning of what a piece of a pattern matches: characters and classes, as they stand in the pattern. `open`: it is all of it, and what
 * follows in the pattern goes on from there.
 */
interface Head {
  readonly atoms: readonly string[];
  readonly open: boolean;
}

const nothing: Head = { atoms: [], open: true };

/**
 * The same alternatives behind a look ahead at what they begin with; as they are where they may match nothing.
 * @param alternatives source of a pattern: characters, escapes, classes, groups, quantifiers and assertions
 */
export function withBeginnings(alternatives: string): string {
  const heads = headsOf(alternatives).map(({ atoms }) => atoms);
  return heads.some(({ length }) => length === 0) ? `(?:${alternatives})` : `(?=${tree(heads)})(?:${alternatives})`;
}

/** `a(?:b|c)|d` for `ab`, `ac`, `d` and `dx`. */
function tree(heads: readonly (readonly string[])[]): string {
  const firsts = [...new Set(heads.map(([first = '']) => first))];
  const branches = firsts.map((first) => {
    const rests = heads.filter((head) => head[0] === first).map((head) => head.slice(1));
    return rests.some(({ length }) => length === 0) ? first : `${first}(?:${tree(rests)})`;
  });
  return branches.join('|');
}

/** Of a list of alternatives. */
const headsOf = (source: string): readonly Head[] => unique(split(source).flatMap(headsOfRow));

function unique(heads: readonly Head[]): readonly Head[] {
  return [...new Map(heads.map((head) => [`${head.open} ${head.atoms.join('')}`, head])).values()];
}

/** Of one alternative: piece after piece. */
function headsOfRow(row: string): readonly Head[] {
  let heads: readonly Head[] = [nothing];
  for (const { piece, quantifier } of piecesOf(row)) {
    if (!heads.some(({ open }) => open)) break;
    const here = quantified(headsOfPiece(piece), quantifier);
    heads = unique(heads.flatMap((head) => (head.open ? here.map((next) => joined(head, next)) : [head])));
  }
  return heads;
}

function joined(head: Head, next: Head): Head {
  const atoms = [...head.atoms, ...next.atoms];
  return { atoms: atoms.slice(0, DEPTH), open: next.open && atoms.length < DEPTH };
}

/** `?` and `*` may leave the piece out; what stands more than once goes on in its own way. */
function quantified(heads: readonly Head[], quantifier: string): readonly Head[] {
  const some = quantifier === '' || quantifier === '?' ? heads : heads.map(({ atoms }) => ({ atoms, open: false }));
  return /^(?:[?*]|\{0)/.test(quantifier) ? [...some, nothing] : some;
}

function headsOfPiece(piece: string): readonly Head[] {
  if (/^(?:[$^]|\\b|\(\?<?[=!])/.test(piece)) return [nothing];
  return piece.startsWith('(') ? headsOf(piece.replace(/^\((?:\?(?:<\w+>|:))?/, '').slice(0, -1)) : [{ atoms: [piece], open: true }];
}

interface Piece {
  readonly piece: string;
  readonly quantifier: string;
}

/** A character, an escape, a class or a group, and how often it stands there. */
function* piecesOf(row: string): Iterable<Piece> {
  for (let at = 0; at < row.length; ) {
    const end = row[at] === '(' ? closing(row, at) : at + (onePiece.exec(row.slice(at))?.[0].length ?? 1);
    const quantifier = howOften.exec(row.slice(end))?.[0] ?? '';
    yield { piece: row.slice(at, end), quantifier };
    at = end + quantifier.length;
  }
}

const onePiece = /^(?:\\p\{[^}]*\}|\\.|\[(?:\\.|[^\]\\])*\]|.)/su;
const howOften = /^(?:[?*+]|\{\d*,?\d*\})/;

/** Behind the bracket that closes the one at `from`. */
function closing(source: string, from: number): number {
  for (const { index, depth } of depths(source, from)) if (depth === 0) return index + 1;
  return source.length;
}

/** Between bars that stand in no group and no class. */
function split(source: string): readonly string[] {
  const rows: string[] = [];
  let from = 0;
  for (const { index, depth } of depths(source, 0)) {
    if (depth > 0 || source[index] !== '|') continue;
    rows.push(source.slice(from, index));
    from = index + 1;
  }
  return [...rows, source.slice(from)];
}

/** Each character outside of classes and escapes with the number of groups that are open behind it. */
function* depths(source: string, from: number): Iterable<{ readonly index: number; readonly depth: number }> {
  let depth = 0;
  const marks = /\\.|\[(?:\\.|[^\]\\])*\]|[()|]/gsu;
  marks.lastIndex = from;
  for (let mark = marks.exec(source); mark !== null; mark = marks.exec(source)) {
    if (mark[0] === '(') depth++;
    if (mark[0] === ')') depth--;
    if (mark[0].length === 1) yield { index: mark.index, depth };
  }
}
