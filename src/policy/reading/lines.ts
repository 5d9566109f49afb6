/** The region of each line of a text: marks, attribution, header blocks, separators, signature delimiters, cards. */
import type { Finding } from '../../model/verdict.ts';
import { cardStart, isClientLine } from './cards.ts';
import { attribution, fieldKindOf, isMarked, isReplyMark, isSeparator } from './quotes.ts';

type Region = Finding['region'];

/** A line, or a piece of one, with the region that its mail client's container gives it. */
export interface Line {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly container?: 'quoted' | 'signature';
}

const blank = (line: Line | undefined): boolean => line === undefined || line.text.trim() === '';

/** One region for each line; linear, for each line looks at six others at most. */
export function regionsOfLines(lines: readonly Line[]): Region[] {
  const regions: Region[] = lines.map(({ container }) => container ?? 'new');
  markQuotes(lines, regions);
  markSignatures(lines, regions);
  markCard(lines, regions);
  return regions;
}

/** Marked lines, attributions, and all that follows a separator, a header block or an attribution without marked lines. */
function markQuotes(lines: readonly Line[], regions: Region[]): void {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined || regions[at] !== 'new' || blank(line)) continue;
    if (isMarked(line.text)) {
      regions[at] = 'quoted';
      continue;
    }
    const begins = quoteAt(lines, at);
    if (begins === undefined) continue;
    for (let back = begins.from; back <= at; back++) regions[back] = 'quoted';
    if (begins.rest && !isFollowedByMarks(lines, regions, at + 1)) {
      regions.fill('quoted', at);
      return;
    }
  }
}

/** Does quoted mail begin in this line (or with it, some lines above)? `rest`: all below is quoted, unless it is marked. */
function quoteAt(lines: readonly Line[], at: number): { readonly from: number; readonly rest: boolean } | undefined {
  const text = lines[at]?.text ?? '';
  if (isReplyMark(text)) return { from: at, rest: lines.slice(0, at).some((line) => !blank(line)) };
  if (isSeparator(text) || isHeaderBlock(lines, at)) return { from: ruleAbove(lines, at), rest: true };
  if (!/[:：]\s*$/.test(text)) return undefined;
  for (let from = at; from >= Math.max(0, at - 2) && !blank(lines[from]); from--) {
    const joined = lines
      .slice(from, at + 1)
      .map((line) => line.text)
      .join(' ');
    const found = attribution(joined);
    if (found === 'strong') return { from, rest: true };
    if (found === 'weak' && startsMarked(lines, at + 1)) return { from, rest: false };
  }
  return undefined;
}

/** The line of underscores that Outlook draws above a header block goes with it. */
function ruleAbove(lines: readonly Line[], at: number): number {
  let above = at - 1;
  while (above >= 0 && above > at - 4 && blank(lines[above])) above--;
  return /^\s*[-_=—]{4,}\s*$/.test(lines[above]?.text ?? '') ? above : at;
}

const startsMarked = (lines: readonly Line[], at: number): boolean =>
  lines.slice(at, at + 3).some((line) => isMarked(line.text) || line.container === 'quoted');

/** Marked lines or a quote container come next: only they are quoted, and what stands between and below them is new. */
function isFollowedByMarks(lines: readonly Line[], regions: readonly Region[], from: number): boolean {
  for (let at = from, seen = 0; at < lines.length && seen < 8; at++) {
    const line = lines[at];
    if (line === undefined || blank(line)) continue;
    if (isMarked(line.text) || (line.container === 'quoted' && regions[at] === 'quoted')) return true;
    if (fieldKindOf(line.text) === undefined) return false;
    seen++;
  }
  return false;
}

/** From: with Sent: or Subject:, or three different fields, in neighbouring lines. */
function isHeaderBlock(lines: readonly Line[], at: number): boolean {
  const first = fieldKindOf(lines[at]?.text ?? '');
  if (first === undefined || first === 'to') return false;
  const kinds = new Set<string>([first]);
  for (let next = at + 1, seen = 0; next < lines.length && seen < 5 && next < at + 10; next++) {
    if (blank(lines[next])) continue;
    const kind = fieldKindOf(lines[next]?.text ?? '');
    if (kind !== undefined) kinds.add(kind);
    seen++;
  }
  return kinds.has('from') && (kinds.has('sent') || kinds.has('subject'));
}

/** RFC 3676 section 4.3: `-- ` and all below, up to quoted mail. */
const isDelimiter = (text: string): boolean => /^\s{0,4}(?:--|—|––)[\s\u00a0]*$/.test(text);

function markSignatures(lines: readonly Line[], regions: Region[]): void {
  let inside = false;
  for (const [at, line] of lines.entries()) {
    if (regions[at] === 'quoted') inside = false;
    if (regions[at] !== 'new') continue;
    if (isDelimiter(line.text)) inside = true;
    if (inside || isClientLine(line.text)) regions[at] = 'signature';
  }
}

/** The card may stand above quoted mail, at the end, or both. */
function markCard(lines: readonly Line[], regions: Region[]): void {
  let end = lines.length;
  while (end > 0) {
    while (end > 0 && (regions[end - 1] !== 'new' || blank(lines[end - 1]))) end--;
    let from = end;
    while (from > 0 && (regions[from - 1] === 'new' || blank(lines[from - 1]))) from--;
    if (end <= from) return;
    const low = Math.max(from, end - 40);
    const start = cardStart(lines.slice(low, end).map(({ text }) => text));
    if (start !== undefined && (low + start > from || from > 0)) regions.fill('signature', low + start, end);
    end = from;
  }
}
