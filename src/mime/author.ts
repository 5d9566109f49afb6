/**
 * Who wrote it: the one mailbox in a From value (RFC 5322 section 3.4), read by an own strict scanner and not by a library's lenient one.
 * What stands in a display name, a comment or a quoted string can never be taken for the mailbox, and encoded words (RFC 2047) are not
 * decoded before it is found: section 5 of that RFC keeps them out of addresses.
 */
import { type Mailbox, parseMailbox } from '../model/address.ts';

const maxOctets = 1024;
const maxNesting = 10;

/** The characters that make a list, a group or an escape of what stands outside of quotes, comments and angle brackets. */
const specials = /[,;:\\>]/;

interface Scan {
  /** What stands outside of quotes, comments and angle brackets, before the angle bracket if there is one. */
  name: string;
  /** What stands in the angle brackets. */
  angle?: string;
  at: number;
}

/**
 * The mailbox of a From value that has exactly one: `mailbox`, `<mailbox>`, `name <mailbox>`, with comments anywhere around.
 * Undefined: a list, a group, no valid mailbox, more than 1 kB, or anything that another reader could understand otherwise.
 */
export function readAuthor(value: string): Mailbox | undefined {
  if (Buffer.byteLength(value) > maxOctets || /[\x00-\x08\x0a-\x1f\x7f]/.test(value)) return undefined;
  const scan = scanned(value);
  if (scan === undefined || specials.test(scan.name)) return undefined;
  const name = scan.name.trim();
  if (scan.angle === undefined) return parseMailbox(name);
  const mailbox = parseMailbox(scan.angle.trim());
  const unsure = name.includes('@') && parseMailbox(name.replace(/^'|'$/g, '')) !== mailbox;
  return unsure ? undefined : mailbox;
}

function scanned(value: string): Scan | undefined {
  const scan: Scan = { name: '', at: 0 };
  while (scan.at < value.length) {
    const char = value.charAt(scan.at);
    const end =
      char === '('
        ? endOfComment(value, scan.at)
        : char === '"'
          ? endOfQuoted(value, scan.at)
          : char === '<'
            ? value.indexOf('>', scan.at)
            : scan.at;
    if (end < 0 || !take(scan, value, end)) return undefined;
    scan.at = end + 1;
  }
  return scan;
}

/** Takes one step of the scan into account; false: nothing may stand there. */
function take(scan: Scan, value: string, end: number): boolean {
  const char = value.charAt(scan.at);
  if (char === '(') {
    if (scan.angle === undefined) scan.name += ' ';
    return true;
  }
  const blank = char === ' ' || char === '\t';
  if (scan.angle !== undefined) return blank;
  if (char === '<') {
    scan.angle = value.slice(scan.at + 1, end);
    return true;
  }
  // A quote mark stays in its place, so that a quoted local part is no addr-spec.
  scan.name += blank ? ' ' : char;
  return true;
}

/** Where the comment that opens here ends; -1: it does not, or lies too deep. */
function endOfComment(value: string, from: number): number {
  let depth = 0;
  for (let at = from; at < value.length; at++) {
    const char = value.charAt(at);
    if (char === '\\') at++;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    if (depth === 0) return at;
    if (depth > maxNesting) return -1;
  }
  return -1;
}

function endOfQuoted(value: string, from: number): number {
  for (let at = from + 1; at < value.length; at++) {
    const char = value.charAt(at);
    if (char === '\\') at++;
    else if (char === '"') return at;
  }
  return -1;
}
