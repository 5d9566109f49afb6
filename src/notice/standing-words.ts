/**
 * What is said, in all languages, of a party's standing: the statement of reasons (Regulation (EU) 2022/2065, Article 17), the notice of a
 * message that a block stopped, and why a tag in the subject did not count.
 */
import type { Language } from '../model/route.ts';
import { de } from './standing-words/de.ts';
import { en } from './standing-words/en.ts';
import { es } from './standing-words/es.ts';
import { fr } from './standing-words/fr.ts';
import { id } from './standing-words/id.ts';
import { it } from './standing-words/it.ts';
import { sv } from './standing-words/sv.ts';
import { zh } from './standing-words/zh.ts';
import type { RuleWords } from './vocabulary.ts';

/** `lifted`: what was decided before ends early. */
export type Decision = 'warned' | 'starting-blocked' | 'all-blocked' | 'lifted';

export interface StandingWords {
  readonly titles: Readonly<Record<Decision, string>>;
  /** One sentence or two: what was decided. */
  readonly decided: Readonly<Record<Decision, string>>;
  /** With `{from}` and `{until}`. */
  readonly period: string;
  /** With `{from}`. */
  readonly open: string;
  /** Stands above the messages. */
  readonly facts: string;
  /** With `{rules}`. */
  readonly ground: string;
  readonly by: Readonly<Record<'automatic' | 'operator', string>>;
  /** Where there is no message that an answer could be filed under. */
  readonly elsewhere: string;
  readonly redress: string;
  /** Name of a breach that a person found; nothing in it says that somebody reported it. */
  readonly found: string;
  /** `what` with `{ends}`. */
  readonly blocked: Readonly<Record<'starting-blocked' | 'all-blocked', RuleWords>>;
  /** What stands for `{ends}`; the first with `{until}`. */
  readonly ends: Readonly<Record<'until' | 'open', string>>;
  /** With `{tag}`, `{n}` (messages in 30 days) and `{until}`. */
  readonly tag: Readonly<Record<'used-up' | 'reported', string>>;
}

export const standingWordsOf: Readonly<Record<Language, StandingWords>> = { en, de, it, sv, zh, id, es, fr };
