/**
 * The notice to an author whose message its recipient does not take now (requirements A14, G7): a report (RFC 6522) that says for how long, where
 * that is known, and what the author can do. That somebody blocked the author is never said.
 */
import { cleanLine } from '../mime/clean.ts';
import { compose, type OutgoingPart } from '../mime/compose.ts';
import type { Language, Party } from '../model/route.ts';
import { wholeMessage } from '../model/verdict.ts';
import { closedWordsOf } from './closed-words.ts';
import { headingFields } from './heading.ts';
import type { Letter, NoticeItem, Office } from './item.ts';
import type { Notice } from './notice.ts';
import { headersPart, statusPart } from './report.ts';
import { shown } from './shown.ts';
import { aboutMessage } from './text.ts';
import { fill, wordsOf } from './words.ts';

/** As the author is told it. */
export type ClosedFor = 'away' | 'disabled' | 'answers-only' | 'undeliverable';

export interface Closed {
  readonly why: ClosedFor;
  /** Of the author's message, decoded. */
  readonly subject: string;
  /** What a current order cannot do without passes, and the author may know it. */
  readonly criticalPasses: boolean;
  /** Of a recipient who is away; the marketplace's text must name nobody. */
  readonly absence?: Pick<Party, 'away' | 'awayUntil'>;
}

const keys = { away: 'away', disabled: 'disabled', 'answers-only': 'answersOnly', undeliverable: 'undeliverable' } as const;

/** One for each message. */
export function closedItem(closed: Closed, letter: Letter, office: Office): NoticeItem {
  const { trace, at } = letter.received;
  const notice = noticeOf(closed, letter, office);
  const text: OutgoingPart = { kind: 'text', type: 'text/plain', text: textOf(closed, notice) };
  const words = wordsOf[notice.language];
  const fields = headingFields({
    ...notice,
    service: words.service,
    subject: fill(closedWordsOf[notice.language][keys[closed.why]].title, { other: shown(notice.other.name) }),
    messageId: `notice.${closed.why}.${trace}@${office.domain}`,
    ...(notice.messageId !== undefined && { answers: notice.messageId }),
    about: closed.why,
  });
  const parts = [text, statusPart(notice), headersPart(notice)];
  const bytes = compose(fields, { kind: 'multipart', type: 'multipart/report; report-type=delivery-status', parts }, trace);
  return { id: `notice:closed:${trace}`, trace, reversePath: '', recipient: letter.header.author, bytes, at };
}

/** What the machine-readable parts say: our reason stands where the ids of rules do. */
function noticeOf({ why, subject }: Closed, { received, header, route }: Letter, { domain, commandAddressFor }: Office): Notice {
  const { trace, at } = received;
  return {
    kind: 'refused',
    language: route.author.language,
    trace,
    at,
    subject,
    ...(header.messageId !== undefined && { messageId: header.messageId }),
    own: route.author.face,
    other: route.recipient.face,
    verdicts: [{ rule: why, action: 'reject', findings: [wholeMessage] }],
    canSend: false,
    commandAddress: commandAddressFor(trace),
    domain,
  };
}

function textOf({ why, criticalPasses, absence }: Closed, notice: Notice): string {
  const { language, trace, own, other } = notice;
  const words = wordsOf[language];
  const said = closedWordsOf[language];
  const { happened, mend } = said[keys[why]];
  const names = { own: shown(own.name), other: shown(other.name), tag: words.tag };
  const now = [mend, ...(criticalPasses ? [said.critical] : []), said.elsewhere];
  const paragraphs = [
    fill(words.greeting, names),
    fill(happened, names),
    ...(absence ? absenceLines(absence, language) : []),
    aboutMessage(notice, words),
    [words.headings.now, ...now.map((sentence) => `* ${fill(sentence, names)}`)].join('\n'),
    `${words.labels.trace}${trace}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function absenceLines({ away = '', awayUntil }: NonNullable<Closed['absence']>, language: Language): readonly string[] {
  const { until, note } = closedWordsOf[language].away;
  const lines = linesOf(away);
  return [
    ...(awayUntil === undefined ? [] : [fill(until, { date: longDate(awayUntil, language) })]),
    ...(lines.length === 0 ? [] : [[note, ...lines.map((line) => `  ${line}`)].join('\n')]),
  ];
}

/** Of the marketplace's text, cleaned like any words that are not ours, but whole: 500 characters at most, as the API takes them. */
export const linesOf = (text: string): readonly string[] =>
  text
    .slice(0, 500)
    .split(/[\r\n]+/)
    .map((line) =>
      cleanLine(line)
        .replace(/\p{Cf}/gu, '')
        .replaceAll('@', '＠')
        .trim(),
    )
    .filter((line) => line !== '');

/** A day as the language writes it, in UTC. `at`: milliseconds since 1970. */
export const longDate = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
