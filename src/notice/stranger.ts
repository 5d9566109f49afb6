/**
 * The question to a party whether a mailbox is its own: somebody wrote from it in the party's name (requirement A8). It goes to the party's own
 * mailbox, so it may name the one that wrote; nothing of what was written is in it.
 */
import type { Mailbox } from '../model/address.ts';
import { heldHours } from '../model/retention.ts';
import type { Face, Language } from '../model/route.ts';
import { answerWords } from './answer-words.ts';
import type { NoticeItem } from './item.ts';
import { plainItem } from './plain.ts';
import { shown } from './shown.ts';
import { fill, wordsOf } from './words.ts';

export interface Question {
  readonly language: Language;
  /** Of the mail that waits. */
  readonly trace: string;
  /** When it came; milliseconds since 1970. */
  readonly at: number;
  /** The mailbox that wrote. */
  readonly address: Mailbox;
  /** The party, as the other side sees it, and the other side. */
  readonly own: Face;
  readonly other: Face;
  /** Where an answer goes. */
  readonly answerTo: string;
  /** Where a click answers, if there is a page. */
  readonly page?: string | undefined;
  /** The page that says all commands, if there is one. */
  readonly helpPage?: string | undefined;
  readonly domain: string;
}

/** `recipient`: a mailbox of the party. */
export function questionItem(question: Question, recipient: Mailbox): NoticeItem {
  const { language, address, own, other, page, helpPage } = question;
  const { stranger, headings } = wordsOf[language];
  const names = { own: shown(own.name), other: shown(other.name), address: shown(address) };
  const choices = [stranger.approve, stranger.block, ...(page === undefined ? [] : [fill(stranger.page, { page })])];
  const paragraphs = [
    fill(stranger.happened, names),
    [headings.now, ...choices.map((choice) => `* ${choice}`)].join('\n'),
    fill(stranger.kept, { hours: String(heldHours) }),
    ...(helpPage === undefined ? [] : [fill(answerWords[language].page, { page: helpPage })]),
  ];
  const plain = { ...question, about: 'stranger', subject: fill(stranger.title, names), paragraphs, commandAddress: question.answerTo };
  return plainItem(plain, recipient);
}
