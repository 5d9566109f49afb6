/**
 * The splitter looks at every octet and every line of a message, at 15 ms a megabyte. Of a long body it learns nothing but where it ends: so the
 * inner lines of long bodies are taken out before it looks, one line stands in for them, and afterwards they are put back.
 *
 * A delimiter begins with two hyphens (RFC 2046 section 5.1.1). Between two lines that do, what follows the first blank line is a body, or
 * part of one: whole lines are taken from there, and the last one stays, for its line end belongs to the delimiter.
 */
import { randomUUID } from 'node:crypto';

export interface Shortened {
  readonly bytes: Buffer;
  /** A body as it was. */
  restored(body: Buffer): Buffer;
}

/** Shorter ones are not worth it. */
const least = 4_096;

interface Cut {
  readonly from: number;
  readonly to: number;
}

/** @param body of the message: what follows the blank line below its header */
export function shortened(body: Buffer): Shortened {
  const cuts = [...cutsIn(body)];
  if (cuts.length === 0) return { bytes: body, restored: (part) => part };
  const mark = randomUUID();
  const standIn = (index: number): Buffer => Buffer.from(`${mark}${String(index).padStart(digits, '0')}\r\n`, 'latin1');
  const pieces = cuts.flatMap(({ from }, index) => [body.subarray(cuts[index - 1]?.to ?? 0, from), standIn(index)]);
  const bytes = Buffer.concat([...pieces, body.subarray(cuts.at(-1)?.to)]);
  return { bytes, restored: (part) => restored(part, { body, cuts, mark }) };
}

const digits = 6;

function* cutsIn(body: Buffer): Generator<Cut> {
  for (let from = 0; from < body.length; ) {
    const next = body.indexOf('\n--', from);
    const end = next < 0 ? body.length : next + 1;
    const cut = end - from < least ? undefined : cutIn(body.subarray(from, end), from === 0);
    if (cut && cut.to - cut.from >= least) yield { from: from + cut.from, to: from + cut.to };
    from = end;
  }
}

/** Whole lines; undefined: there is no blank line. The header of the first stretch is elsewhere, unless it begins with a delimiter. */
function cutIn(stretch: Buffer, isFirst: boolean): Cut | undefined {
  const from = isFirst && stretch.indexOf('--') !== 0 ? 0 : afterBlankLine(stretch);
  return from === undefined ? undefined : { from, to: stretch.lastIndexOf(10, stretch.length - 2) + 1 };
}

function afterBlankLine(stretch: Buffer): number | undefined {
  const found = [stretch.indexOf('\n\r\n') + 3, stretch.indexOf('\n\n') + 2].filter((at, kind) => at > 2 - kind);
  return found.length === 0 ? undefined : Math.min(...found);
}

interface Taken {
  readonly body: Buffer;
  readonly cuts: readonly Cut[];
  readonly mark: string;
}

function restored(part: Buffer, { body, cuts, mark }: Taken): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = part.indexOf(mark); at >= 0; at = part.indexOf(mark, from)) {
    const digitsAt = at + mark.length;
    const cut = cuts[Number(part.toString('latin1', digitsAt, digitsAt + digits))];
    pieces.push(part.subarray(from, at), body.subarray(cut?.from, cut?.to));
    from = digitsAt + digits + 2;
  }
  if (pieces.length === 0) return part;
  pieces.push(part.subarray(from));
  return asOneIn(body, pieces) ?? Buffer.concat(pieces);
}

/** The splitter leaves what it was given as it was: then all stands in the body as it came, and megabytes need no copy. */
function asOneIn(body: Buffer, [first = body, cut = body, ...more]: readonly Buffer[]): Buffer | undefined {
  const pieces = [first, cut, ...more];
  const start = cut.byteOffset - body.byteOffset - first.length;
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const whole = body.subarray(start, start + length);
  let at = 0;
  for (const piece of pieces) {
    const there = whole.subarray(at, at + piece.length);
    if (there.buffer === piece.buffer ? there.byteOffset !== piece.byteOffset : !there.equals(piece)) return undefined;
    at += piece.length;
  }
  return whole;
}
