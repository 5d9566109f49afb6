/** The part of a notice for people: what happened to which message, why, in their very words, and what they can do. */
import type { Finding, Verdict } from '../model/verdict.ts';
import { answerWords } from './answer-words.ts';
import { mentioned, type Notice, type NoticeLimits } from './notice.ts';
import { shown } from './shown.ts';
import { standingWordsOf } from './standing-words.ts';
import type { Words } from './vocabulary.ts';
import { fill, ruleWords, wordsOf } from './words.ts';

const maxSpans = 5;
const usualLimits: NoticeLimits = { attachmentBytes: 7 * 1024 * 1024, windowDays: 30 };

/** Paragraphs, a blank line between them. No word of the author's stands at the beginning of a line. */
export function textOf(notice: Notice): string {
  const words = wordsOf[notice.language];
  const kind = words.kinds[notice.kind];
  const names = { own: shown(notice.own.name), other: shown(notice.other.name) };
  const reasons = mentioned(notice.verdicts).map((verdict, index) => reasonOf(verdict, index + 1, notice));
  const paragraphs = [
    fill(words.greeting, names),
    fill(kind.happened, names),
    aboutMessage(notice, words),
    ...(reasons.length === 0 ? [] : [words.headings.reasons, ...reasons]),
    ...tagNote(notice, words),
    [fill(kind.rest, names), ...keptFor(notice, words)].join('\n'),
    [words.headings.now, ...answersTo(notice, words).map((answer) => `* ${answer}`)].join('\n'),
    ...(notice.helpPage === undefined ? [] : [fill(answerWords[notice.language].page, { page: notice.helpPage })]),
    `${words.labels.trace}${notice.trace}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** `2026-03-01 14:05 UTC`: the same for every reader, whatever their language and zone. */
export const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Words of the author's, in the quotes of the language. */
export const quoted = (text: string, { quotes: [open, close] }: Words): string => `${open}${shown(text)}${close}`;

/** The subject in quotes, or that there is none. */
export const subjectOf = (subject: string, words: Words): string => (shown(subject) === '' ? words.noSubject : quoted(subject, words));

/** To whom it was written, its subject, and when it came. */
export const aboutMessage = ({ other, subject, at }: Notice, words: Words): string =>
  [
    `  ${words.labels.to}${shown(other.name)}`,
    `  ${words.labels.subject}${subjectOf(subject, words)}`,
    `  ${words.labels.sent}${timeOf(at)}`,
  ].join('\n');

/** One rule: its name, what is the matter, the spots, how to mend it. */
function reasonOf({ rule, findings }: Verdict, number: number, notice: Notice): string {
  const words = wordsOf[notice.language];
  const { name, what, mend } = ruleWords(words, rule);
  const { attachmentBytes, windowDays } = notice.limits ?? usualLimits;
  const size = new Intl.NumberFormat(notice.language, { maximumFractionDigits: 1 }).format(attachmentBytes / 1024 / 1024);
  const values = { days: String(windowDays), size, tag: words.tag, ends: endOf(notice) };
  const lines = [fill(what, values), ...spotsOf(findings, words), `${words.labels.mend}${fill(mend, values)}`];
  return [`${number}. ${name}`, ...lines.map((line) => `   ${line}`)].join('\n');
}

/** When a block ends that stopped the message. */
function endOf({ language, blockedUntil }: Notice): string {
  const { ends } = standingWordsOf[language];
  return blockedUntil === undefined ? ends.open : fill(ends.until, { until: timeOf(blockedUntil) });
}

const liftedByTag: readonly string[] = ['opted-out', 'proactive-window'];

/** The rules above tell of the tag: here is why it does not help now. */
function tagNote({ language, verdicts, tagAway }: Notice, { tag }: Words): readonly string[] {
  if (!tagAway || !mentioned(verdicts).some(({ rule }) => liftedByTag.includes(rule))) return [];
  const { why, budget, until } = tagAway;
  return [fill(standingWordsOf[language].tag[why], { tag, n: String(budget), until: timeOf(until) })];
}

/** The words and the files, each once: text and HTML of a message say the same. */
function spotsOf(findings: readonly Finding[], words: Words): string[] {
  const files = findings.filter(({ part }) => part === 'attachment').map(({ span }) => shown(span) || words.noFilename);
  const spans = findings.filter(({ part }) => part !== 'attachment').map(({ span }) => shown(span));
  return [
    ...listed(
      words.labels.words,
      [...new Set(spans)].filter((span) => span !== ''),
      words,
    ),
    ...listed(words.labels.file, [...new Set(files)], words),
  ];
}

function listed(label: string, spots: readonly string[], words: Words): string[] {
  if (spots.length === 0) return [];
  const named = spots.slice(0, maxSpans).map((spot) => quoted(spot, words));
  const left = spots.length - named.length;
  return [`${label}${[...named, ...(left > 0 ? [fill(words.more, { n: String(left) })] : [])].join(words.comma)}`];
}

/** What an answer to the notice does, and what else can be done. */
const answersTo = ({ kind, canSend, language, verdicts }: Notice, words: Words): readonly string[] => [
  ...(canSend ? [words.send] : []),
  // Whatever the message says, a block stops it.
  ...(verdicts.some(({ rule }) => Object.hasOwn(standingWordsOf[language].blocked, rule)) ? [] : [words.kinds[kind].again]),
  words.objection,
];

/** How long the message waits for that, where it waits. */
function keptFor({ kind, canSend, keptHours }: Notice, words: Words): readonly string[] {
  const isKept = keptHours !== undefined && (canSend || kind === 'held');
  return isKept ? [fill(words.kept, { hours: String(keptHours) })] : [];
}
