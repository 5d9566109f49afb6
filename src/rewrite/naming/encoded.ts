/**
 * Mailboxes that stand in links and ids in another writing: base64 at any offset, hexadecimal, and the digests by which picture services and
 * trackers know an address (leaks.md HTM-06, HTM-08). Looked for as they would be written, so that nothing has to be guessed or decoded.
 */
import { createHash } from 'node:crypto';
import { matchesIn } from '../../model/matches.ts';
import { disjoint, type Spot } from './spots.ts';

export interface EncodedNeedles {
  /** Case counts. */
  readonly base64: readonly string[];
  /** Lower case. */
  readonly hex: readonly string[];
  /** Made when there is something to compare them with. */
  readonly digests: () => ReadonlySet<string>;
}

const minBase64 = 10;

/** @param texts what is looked for, as written usually: lower case */
export function encodedNeedlesOf(texts: readonly string[]): EncodedNeedles {
  let digests: Set<string> | undefined;
  return {
    base64: texts.flatMap(base64Forms).filter((form) => form.length >= minBase64),
    hex: texts.map((text) => Buffer.from(text).toString('hex')),
    digests: () => {
      digests ??= new Set(texts.flatMap((text) => ['md5', 'sha1', 'sha256'].map((kind) => createHash(kind).update(text).digest('hex'))));
      return digests;
    },
  };
}

/** What stays the same of a text's base64 whatever stands before and after it, for each of the three ways in which groups can begin. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    const first = Math.ceil((offset * 8) / 6);
    const form = bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
    return /[+/]/.test(form) ? [form, form.replaceAll('+', '-').replaceAll('/', '_')] : [form];
  });
}

const longRun = /[0-9a-f]{32,}/gi;

/** Offsets are those of the source; none over another; each spot is all that stands between two blanks there. */
export const encodedIn = (source: string, needles: EncodedNeedles, put: string): readonly Spot[] =>
  hasRun(source, minBase64) ? disjoint([...runsIn(source, needles, put)]) : [];

function* runsIn(source: string, needles: EncodedNeedles, put: string): Generator<Spot> {
  for (const form of needles.base64) yield* runsWith(source, form, put);
  if (!hasRun(source, 2 * minBase64)) return;
  const lower = source.toLowerCase();
  for (const form of needles.hex) yield* runsWith(lower, form, put);
  if (!hasRun(source, 32)) return;
  for (const { 0: run, index } of matchesIn(source, longRun)) {
    if (needles.digests().has(run.toLowerCase())) yield { ...around(source, index, index + run.length), put, note: true };
  }
}

/** Whether so many letters and digits of an encoding follow one another, with a digit or a capital inside; looks at a few characters only. */
function hasRun(source: string, shortest: number): boolean {
  for (let at = shortest - 1; at < source.length; at += shortest) {
    if (!isEncoding(source.charCodeAt(at))) continue;
    let from = at;
    let end = at + 1;
    let isOdd = false;
    while (from > 0 && at - from < shortest && isEncoding(source.charCodeAt(from - 1))) from--;
    while (end < source.length && end - from < 2 * shortest && isEncoding(source.charCodeAt(end))) end++;
    for (let index = from + 1; index < end && !isOdd; index++) isOdd = source.charCodeAt(index) < 0x60;
    if (end - from >= shortest && isOdd) return true;
  }
  return false;
}

/** A letter, a digit or `+ / - _`. */
const isEncoding = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x2f && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  code === 0x2b ||
  code === 0x2d ||
  code === 0x5f;

function runsWith(text: string, form: string, put: string): Spot[] {
  const spots: Spot[] = [];
  for (let at = text.indexOf(form); at >= 0; ) {
    const spot = around(text, at, at + form.length);
    spots.push({ ...spot, put, note: true });
    at = text.indexOf(form, spot.end);
  }
  return spots;
}

const longest = 2048;

function around(text: string, from: number, to: number): { readonly at: number; readonly end: number } {
  let at = from;
  while (at > 0 && from - at < longest && !/[\s<>"']/.test(text.charAt(at - 1))) at--;
  let end = to;
  while (end < text.length && end - to < longest && !/[\s<>"']/.test(text.charAt(end))) end++;
  return { at, end };
}
