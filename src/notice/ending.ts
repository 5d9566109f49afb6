/** The mails that an address ends (requirement A13): to who still uses it in its days of grace, and to who writes to it when it is over. */
import type { Mailbox } from '../model/address.ts';
import type { Face, Language } from '../model/route.ts';
import { longDate } from './closed.ts';
import { endingWordsOf } from './ending-words.ts';
import type { NoticeItem, Office } from './item.ts';
import { plainItem } from './plain.ts';
import { shown } from './shown.ts';
import { fill } from './words.ts';

export interface Ending {
  /** Until when the address works (milliseconds since 1970); not set: it works no more. */
  readonly until?: number;
  readonly language: Language;
  /** Of the message to that address, or of the journal's entry about it. */
  readonly trace: string;
  /** When it came; milliseconds since 1970. */
  readonly at: number;
  /** Message-ID of that message, without brackets, where it was taken. */
  readonly answers?: string | undefined;
  /** Who wrote, as the other side sees them. */
  readonly own: Face;
  readonly other: Face;
}

/** `id`: the same for the same end and reader, who is told once. `recipient`: the mailbox that wrote. */
export function endingItem(ending: Ending, id: string, recipient: Mailbox, { domain, commandAddressFor }: Office): NoticeItem {
  const { until, language, trace, other } = ending;
  const about = until === undefined ? 'ended' : 'ending';
  const { title, happened, mend } = endingWordsOf[language][about];
  const values = { other: shown(other.name), ...(until !== undefined && { date: longDate(until, language) }) };
  const [subject, ...paragraphs] = [title, happened, mend].map((sentence) => fill(sentence, values));
  const plain = { ...ending, about, subject: subject ?? title, paragraphs, commandAddress: commandAddressFor(trace), domain };
  return { ...plainItem(plain, recipient), id };
}
