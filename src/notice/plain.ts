/** A mail of our own that says something in a few paragraphs, and reports nothing to a program: greeting first, reference last. */
import { compose } from '../mime/compose.ts';
import type { Mailbox } from '../model/address.ts';
import type { Face, Language } from '../model/route.ts';
import { type Heading, headingFields } from './heading.ts';
import type { NoticeItem } from './item.ts';
import { shown } from './shown.ts';
import { fill, wordsOf } from './words.ts';

export interface Plain {
  /** What it is about; stands in `Postern-Notice`, in its Message-ID and in its id in the outbox. */
  readonly about: Heading['about'];
  readonly language: Language;
  /** Of the message that it is about. */
  readonly trace: string;
  /** Tells it from others about the same message, where there may be several: letters and digits. */
  readonly occasion?: string;
  /** Milliseconds since 1970; becomes the Date. */
  readonly at: number;
  /** The party, as the other side sees it. */
  readonly own: Face;
  readonly subject: string;
  /** Without greeting and reference. */
  readonly paragraphs: readonly string[];
  /** Message-ID of the party's own message that it answers, without brackets. */
  readonly answers?: string | undefined;
  /** From and Reply-To: an answer goes there. */
  readonly commandAddress: string;
  readonly domain: string;
}

/** One for each message and matter, and occasion. `recipient`: a mailbox of the party. */
export function plainItem(plain: Plain, recipient: Mailbox): NoticeItem {
  const { about, language, trace, at, own, subject, answers, commandAddress, domain } = plain;
  const { greeting, service, labels } = wordsOf[language];
  const [dotted, joined] = plain.occasion === undefined ? ['', ''] : [`.${plain.occasion}`, `:${plain.occasion}`];
  const fields = headingFields({
    own,
    at,
    service,
    commandAddress,
    subject,
    messageId: `notice.${about}.${trace}${dotted}@${domain}`,
    ...(answers !== undefined && { answers }),
    about,
  });
  const paragraphs = [fill(greeting, { own: shown(own.name) }), ...plain.paragraphs, `${labels.trace}${trace}`];
  const bytes = compose(fields, { kind: 'text', type: 'text/plain', text: `${paragraphs.join('\n\n')}\n` }, trace);
  return { id: `notice:${about}:${trace}${joined}`, trace, reversePath: '', recipient, bytes, at };
}
