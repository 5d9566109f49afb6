/** How words that are not ours stand in a notice: on one line, short, without anything that acts on a reader or a mail client. */
import { cleanLine } from '../mime/clean.ts';

/** Of the author's own words: long enough to find the place again. */
const maxCharacters = 120;
/** Looked at before anything is taken out, so that a megabyte of invisible characters costs nothing. */
const maxLooked = 4_000;

/**
 * At most 120 characters, without controls and marks that are not seen or that turn the direction. `@` becomes its full-width form: it
 * reads the same, no mail client makes a link of it, and no address but those of the relay stands in what we write.
 */
export function shown(text: string): string {
  const clean = cleanLine(text.slice(0, maxLooked))
    .replace(/\p{Cf}/gu, '')
    .replaceAll('@', '＠')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...clean];
  const whole = characters.length <= maxCharacters && text.length <= maxLooked;
  return whole ? clean : `${characters.slice(0, maxCharacters).join('').trimEnd()}…`;
}
