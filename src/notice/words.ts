/** The words of all languages, and how values get into them. */
import { type Language, languages } from '../model/route.ts';
import { standingWordsOf } from './standing-words.ts';
import type { RuleWords, Words } from './vocabulary.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';
import { id } from './words/id.ts';
import { it } from './words/it.ts';
import { sv } from './words/sv.ts';
import { zh } from './words/zh.ts';

export const wordsOf: Readonly<Record<Language, Words>> = { en, de, it, sv, zh, id, es, fr };

/** The words for a rule, or for a block that stands beside the rules; a rule that we do not know gets the general ones. */
export function ruleWords(words: Words, id: string): RuleWords {
  const known: Readonly<Record<string, RuleWords>> = { ...blocksOf.get(words), ...words.rules };
  return (Object.hasOwn(known, id) ? known[id] : undefined) ?? words.rules.other;
}

const blocksOf = new Map(languages.map((language) => [wordsOf[language], standingWordsOf[language].blocked]));

/** Puts values in the places `{name}` of a sentence of ours; in one go, so that a value which holds such a place is left as it is. */
export const fill = (sentence: string, values: Readonly<Record<string, string>>): string =>
  sentence.replace(/\{([a-z]+)\}/g, (place, name: string) => values[name] ?? place);
