/** The words of a report, so that they can be compared with the tables: lower case, straight quotes, one blank, no links. */

/** What a mail system has to say stands at the top; so many characters of it are looked at. */
const maxLooked = 16_384;

/** East Asian text is wrapped anywhere, and its lines are joined without a blank. */
const wide = '\u3000-\u30ff\u3400-\u9fff\uff00-\uffef';
const betweenWide = new RegExp(`(?<=[${wide}]) (?=[${wide}])`, 'g');

export const folded = (text: string): string =>
  text
    .slice(0, maxLooked)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u00b4\u0060]/g, "'")
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(/[\s*]+/g, ' ')
    .replace(betweenWide, '');

/** Where the first of these phrases stands in a folded text; -1 where none does. */
export function firstOf(phrases: readonly string[], text: string): number {
  let first = -1;
  for (const phrase of phrases) {
    // Nothing behind what was found can be nearer.
    const at = first < 0 ? text.indexOf(phrase) : text.slice(0, first + phrase.length - 1).indexOf(phrase);
    if (at >= 0) first = at;
  }
  return first;
}

export const says = (phrases: readonly string[], text: string): boolean => phrases.some((phrase) => text.includes(phrase));

/** Whether the address stands in a folded text by itself, and not as the end or the beginning of another one. */
export function namesAddress(text: string, address: string): boolean {
  for (let at = text.indexOf(address); at >= 0; at = text.indexOf(address, at + 1)) {
    const behind = text.slice(at + address.length, at + address.length + 2);
    if (!/[\p{L}\p{N}._%+@-]/u.test(text.charAt(at - 1)) && !/^(?:[\p{L}\p{N}_-]|\.[\p{L}\p{N}])/u.test(behind)) return true;
  }
  return false;
}
