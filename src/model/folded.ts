/** Texts as they are compared where people search. */

/** Full-width letters are letters, and case does not count; every white space is one blank. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase().split(/\s+/).join(' ');
