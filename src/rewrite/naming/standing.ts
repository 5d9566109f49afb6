/**
 * Whether a single word stands where a name does: in the line that a client puts above a quote, in a header block, before an address, in a
 * signature, after a greeting or a title. `Rose` there is a person; elsewhere it is a flower (leaks.md QUO, SIG). Looks at a few neighbouring
 * lines only, each cut to a length, so that the time does not grow with the text.
 */
import { closings, greetings, introductions, labels, titles } from './standing-words.ts';

const longestLine = 400;

/** @param from where the word begins in the text, @param to where it ends */
export function standsAsName(text: string, from: number, to: number): boolean {
  const line = lineAt(text, from);
  const before = line.text.slice(0, from - line.from);
  const after = line.text.slice(to - line.from);
  return (
    isBeforeAddress(text.slice(to, to + 80)) ||
    isLabelled(before) ||
    isAddressed(before) ||
    isPath(before, after) ||
    isDevice(line.text) ||
    (isAttribution(text, line) && !isMonth(after)) ||
    isSignature(text, line, { before, after })
  );
}

/** The quote mark, header block or attribution that makes a line the client's or an earlier message's. */
export function isQuotedLine(text: string, at: number): boolean {
  const line = lineAt(text, at);
  if (line.to - line.from >= longestLine) return false;
  return /^\s{0,8}[>|＞]/.test(line.text) || isLabelled(line.text.slice(0, at - line.from)) || isAttribution(text, line);
}

interface Line {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

function lineAt(text: string, at: number): Line {
  const low = Math.max(0, at - longestLine);
  const begin = text.slice(low, at).lastIndexOf('\n');
  const from = begin < 0 ? low : low + begin + 1;
  const end = text.slice(at, at + longestLine).indexOf('\n');
  const to = end < 0 ? Math.min(text.length, at + longestLine) : at + end;
  return { text: text.slice(from, to), from, to };
}

/** Up to `count` lines that follow and are not blank. */
function linesAfter(text: string, { to }: Line, count: number): readonly string[] {
  const lines: string[] = [];
  for (let at = to + 1, seen = 0; at < text.length && seen < 6 && lines.length < count; seen++) {
    const line = lineAt(text, at);
    if (bare(line.text) !== '') lines.push(line.text);
    at = line.to + 1;
  }
  return lines;
}

function lineBefore(text: string, { from }: Line): Line | undefined {
  for (let at = from - 1, seen = 0; at >= 0 && seen < 3; seen++) {
    const line = lineAt(text, at);
    if (bare(line.text) !== '') return line;
    at = line.from - 1;
  }
  return undefined;
}

/** Without quote marks, emphasis and blanks around it. */
const bare = (line: string): string => line.replace(/^[\s>|＞*_]{1,40}/, '').replace(/[\s*_]{1,40}$/, '');

const isBeforeAddress = (after: string): boolean => /^["'”»)\]\s*]{0,6}[<([&]{1,2}(?:lt;)?\s?(?:mailto:)?[^\s<>@()[\]]{1,64}@/.test(after);

/** After the name of a field of a quoted header or of a card: `From: Rose`, `Name: Rose`; also after other names in the same field. */
export function isLabelled(before: string): boolean {
  const start = bare(before.slice(0, 60)).toLowerCase();
  const colon = start.search(/[:：]/);
  return (
    colon > 0 &&
    colon < 32 &&
    labels.has(
      start
        .slice(0, colon)
        .replace(/[*\s\u00a0]+/g, ' ')
        .trim(),
    )
  );
}

/** After a greeting, a title, or "my name is". */
function isAddressed(before: string): boolean {
  const words = bare(before.slice(-60).toLowerCase())
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const last = (words.at(-1) ?? '').replace(/[.]$/, '');
  if (titles.has(last)) return true;
  const tail = words.slice(-4).join(' ');
  if (introductions.some((words) => tail === words || tail.endsWith(` ${words}`))) return true;
  return words.length <= 3 && before.length < 60 && greetings.has(words[0] ?? '') && words.slice(1).every((word) => greetings.has(word));
}

/** `C:\Users\Rose\`, `/home/rose/`. */
const isPath = (before: string, after: string): boolean =>
  /(?:users|home|benutzer|usuarios|utilisateurs|utenti|documents and settings)[\\/]$/i.test(before.slice(-30)) &&
  /^[\\/]|^$|^\s/.test(after);

const isDevice = (line: string): boolean =>
  line.length < 100 && /iphone|ipad|android|galaxy|samsung|huawei|xiaomi|pixel|blackberry/i.test(line);

/** "On Monday, 5 January 2026 Rose wrote:", over up to three lines. */
function isAttribution(text: string, line: Line): boolean {
  const lines = [line.text, ...linesAfter(text, line, 2)];
  for (let count = 1; count <= lines.length; count++) {
    const joined = lines.slice(0, count).map(bare).join(' ');
    if (joined.length > longestLine) return false;
    if (/[:：]$/.test(joined)) return isDated(joined) || isDated(lineBefore(text, line)?.text ?? '');
  }
  return false;
}

/** `May 5, 2026`, `5. Mai 2026`. */
const isMonth = (after: string): boolean => /^[.,]{0,2}\s?\d/.test(after);

/** The first line of an attribution, with the line below it. */
export const beginsAttribution = (line: string, next: string): boolean =>
  isDated(line) && (/[:：]$/.test(bare(line)) || /[:：]$/.test(bare(next)));

const isDated = (line: string): boolean => /\d{1,2}[:.h]\d{2}|\b(?:19|20)\d\d\b|\d年|[^\s@]@[^\s@]/.test(line);

/** A line with nothing else below a closing, the end of a closing, or a line below `-- `. */
function isSignature(text: string, line: Line, { before, after }: { readonly before: string; readonly after: string }): boolean {
  const rest = bare(after);
  if (rest.length > 60 || /\p{Ll}{2}/u.test(rest.split(/[,|·/–-]/)[0] ?? '')) return false;
  const start = bare(before).replace(/[\s,.!–—~-]{1,10}$/, '');
  if (isClosing(start)) return true;
  if (/\p{Ll}{2}\s+\p{Ll}/u.test(start) || start.length > 40) return false;
  if (/^\s*[-–—~]{1,2}\s*$/.test(before.replace(/^[\s>]+/, ''))) return true;
  const above = lineBefore(text, line);
  return above !== undefined && (/^[\s>|]*(?:--|—|__+)\s*$/.test(above.text) || isClosing(bare(above.text).replace(/[\s,.!]{1,6}$/, '')));
}

function isClosing(words: string): boolean {
  const said = words.toLowerCase().replace(/\s+/g, ' ').trim();
  return (
    said.length >= 2 &&
    said.length <= 60 &&
    closings.some((closing) => said === closing || (closing.length > 3 && said.endsWith(` ${closing}`)))
  );
}
