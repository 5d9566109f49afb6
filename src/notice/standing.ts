/**
 * The statement of reasons (requirement G5; Regulation (EU) 2022/2065, Article 17): what was decided of a party, from when till when, which
 * messages and which rules led to it, whether a program decided, and how to object. The other side stands in it as the party knows it
 * anyway, and who reported a message is not told.
 */
import type { Mailbox } from '../model/address.ts';
import type { Face, Language } from '../model/route.ts';
import { type Measure, upheldReport } from '../model/standing.ts';
import type { NoticeItem } from './item.ts';
import { plainItem } from './plain.ts';
import { shown } from './shown.ts';
import { type Decision, standingWordsOf } from './standing-words.ts';
import { timeOf } from './text.ts';
import { fill, ruleWords, wordsOf } from './words.ts';

/** One message that led to a decision. */
export interface Fact {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The recipient, as the party knows them; not set where nobody is known any more. */
  readonly other?: string;
  /** Id of a rule, or `report`. */
  readonly rule: string;
}

export interface Statement {
  readonly language: Language;
  readonly decision: Decision;
  readonly measure: Measure;
  /** When it was decided, milliseconds since 1970. */
  readonly at: number;
  /** The party's last message that it is about: an answer is filed under it. */
  readonly trace?: string | undefined;
  /** Newest first. */
  readonly facts: readonly Fact[];
  readonly own: Face;
  /** Where an answer goes. */
  readonly commandAddress: string;
  readonly domain: string;
}

/** One for each decision. `recipient`: a mailbox of the party. */
export function statementItem(statement: Statement, recipient: Mailbox): NoticeItem {
  const { language, decision, measure, at, trace } = statement;
  const words = wordsOf[language];
  const said = standingWordsOf[language];
  const reason = measure.reason === undefined ? '' : shown(measure.reason);
  const paragraphs = [
    said.decided[decision],
    ...(decision === 'lifted' ? [] : [periodOf(measure, language), ...groundsOf(statement)]),
    ...(reason === '' ? [] : [`${words.labels.reason}${reason}`]),
    said.by[decision === 'lifted' ? 'operator' : measure.source],
    ...(decision === 'lifted' ? [] : [trace === undefined ? said.elsewhere : words.objection, said.redress]),
  ];
  const plain = {
    ...statement,
    about: 'standing',
    occasion: at.toString(36),
    // One that no message has: an answer to it is refused, and the words above say where to turn instead.
    trace: trace ?? at.toString(36).padStart(16, '0'),
    subject: said.titles[decision],
    paragraphs,
  };
  return plainItem(plain, recipient);
}

function periodOf({ from, until }: Measure, language: Language): string {
  const { period, open } = standingWordsOf[language];
  return until === undefined ? fill(open, { from: timeOf(from) }) : fill(period, { from: timeOf(from), until: timeOf(until) });
}

function groundsOf({ facts, language }: Statement): readonly string[] {
  const words = wordsOf[language];
  const said = standingWordsOf[language];
  const nameOf = (rule: string): string => (rule === upheldReport ? said.found : ruleWords(words, rule).name);
  const lines = facts.map(({ at, other, rule }) => `* ${[timeOf(at), ...(other ? [shown(other)] : []), nameOf(rule)].join(words.comma)}`);
  const rules = [...new Set(facts.map(({ rule }) => nameOf(rule)))].join(words.comma);
  return facts.length === 0 ? [] : [[said.facts, ...lines].join('\n'), fill(said.ground, { rules })];
}
