/** Codes of fields in Word files ([MS-DOC] section 2.9.90, ISO/IEC 29500-1 section 17.16.5): which say nothing of author, machine or other files. */

const names =
  'PAGE NUMPAGES SECTION SECTIONPAGES TOC PAGEREF REF NOTEREF SEQ STYLEREF SYMBOL EQ FORMTEXT FORMCHECKBOX FORMDROPDOWN DATE TIME LISTNUM TC XE INDEX';
/** A code may be cut into pieces: one that begins with a switch, or with a bookmark that Word made, goes on with another. */
const harmless = new RegExp(
  `^\\s*(?:(?:${names.replaceAll(' ', '|')}|HYPERLINK\\s{1,9}\\\\l)\\b|=|\\\\[*#@a-z!]|"?_(?:Toc|Ref|Hlk)|MERGEFORMAT|$)`,
  'i',
);

/** Whether a code, or a piece of one, may stay: a known field without an address or a path. */
export const isHarmless = (code: string): boolean => harmless.test(code) && !/[a-z]{3,9}:|@\S{0,80}\.|\\\\/i.test(code);
