/** How the tables of this folder are written. */

/** Pieces of sentences as a list: they stand between `|`, over as many lines as it takes. */
export const phrases = (text: string): readonly string[] => text.split('|').map((phrase) => phrase.trim());
