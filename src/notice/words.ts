/** The words of all languages, and how values get into them. */
import type { Language } from '../model/route.ts';
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

/** The words for a rule; a rule that we do not know gets the general ones. */
export function ruleWords({ rules }: Words, id: string): RuleWords {
  const known: Readonly<Record<string, RuleWords>> = rules;
  return (Object.hasOwn(known, id) ? known[id] : undefined) ?? rules.other;
}

/** Puts values in the places `{name}` of a sentence of ours; in one go, so that a value which holds such a place is left as it is. */
export const fill = (sentence: string, values: Readonly<Record<string, string>>): string =>
  sentence.replace(/\{([a-z]+)\}/g, (place, name: string) => values[name] ?? place);
