/** What may stand in text that goes on: Unicode without controls, whatever encoding smuggled them in (RFC 2047 and 2231 can carry CR LF). */

/** C0 but TAB and LF, DEL and C1. */
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Text of a body: line ends become LF, other controls but TAB go. */
export const cleanText = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/[\r\u2028\u2029\x85]/g, '\n')
    .replace(controls, '')
    .toWellFormed();

/** Text that stands on one line, as a subject or a file name: line ends and TABs become blanks. */
export const cleanLine = (text: string): string =>
  text
    .replace(/[\r\n\t\u2028\u2029\x85]+/g, ' ')
    .replace(controls, '')
    .toWellFormed()
    .trim();
