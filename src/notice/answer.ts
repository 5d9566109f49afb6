/**
 * The answer to a command: what was done, for which message, and how it is undone; or what is understood. It goes to the mailbox that wrote, and
 * answers what it wrote (RFC 3834: null reverse-path, `Auto-Submitted`).
 */
import { meaningOf, meanings } from '../command/meaning.ts';
import { type Command, wordsFor } from '../command/vocabulary.ts';
import type { Holder } from '../command/table.ts';
import type { Mailbox } from '../model/address.ts';
import type { Face, Language } from '../model/route.ts';
import { type AnswerKind, answerWords } from './answer-words.ts';
import type { NoticeItem } from './item.ts';
import { plainItem } from './plain.ts';
import { shown } from './shown.ts';
import { timeOf } from './text.ts';
import { fill, wordsOf } from './words.ts';

export interface Answer {
  /** What was done, in order; `help` where nothing was. */
  readonly kinds: readonly AnswerKind[];
  readonly language: Language;
  /** Of the message that the command is about, and when that came (milliseconds since 1970). */
  readonly trace: string;
  readonly sent: number;
  /** Of the command itself: its trace id, when it came, and its Message-ID without brackets. */
  readonly command: { readonly trace: string; readonly at: number; readonly messageId?: string | undefined };
  readonly holder: Holder;
  /** What the one who wrote may say. */
  readonly understood: readonly Command[];
  /** Who wrote the command, as the other side sees them, and the other side. */
  readonly own: Face;
  readonly other: Face;
  /** Where a further word goes. */
  readonly answerTo: string;
  /** The page with all commands, if there is one. */
  readonly page?: string | undefined;
  readonly domain: string;
}

/** One for each command. `recipient`: the mailbox that wrote it. */
export function answerItem(answer: Answer, recipient: Mailbox): NoticeItem {
  const { kinds, language, trace, command, holder, own, other, page } = answer;
  const { titles, said, about, page: pageLine } = answerWords[language];
  const isHelp = kinds.includes('help');
  const names = { other: shown(other.name), time: timeOf(answer.sent) };
  const paragraphs = [
    ...kinds.map((kind) => fill(said[kind], names)),
    ...(isHelp ? [listOf(answer)] : []),
    ...(isHelp && holder === 'author' ? [wordsOf[language].objection] : []),
    fill(about[holder === 'recipient' ? 'theirs' : 'own'], names),
    ...(page === undefined ? [] : [fill(pageLine, { page })]),
  ];
  const plain = {
    about: 'answer',
    language,
    trace,
    occasion: command.trace,
    at: command.at,
    own,
    subject: titles[isHelp ? 1 : 0],
    paragraphs,
    answers: command.messageId,
    commandAddress: answer.answerTo,
    domain: answer.domain,
  };
  return plainItem(plain, recipient);
}

function listOf({ language, understood, holder }: Answer): string {
  const lines = understood.map((command) => {
    const [own = ''] = wordsFor[command][language];
    const word = language === 'en' || own === '' ? '' : ` (${own.toLocaleUpperCase(language)})`;
    return `* ${command.toUpperCase()}${word}: ${meanings[language][meaningOf(command, holder)]}`;
  });
  return lines.join('\n');
}
