/**
 * The notice that a message named others beside the alias (requirement B3): the relay gave it to the one it was for; the author's own mail
 * program sent it to the others, who now know the author's mailbox. Who they are is not said: the author knows, and nobody else need know.
 */
import type { Letter, NoticeItem, Office } from './item.ts';
import { plainItem } from './plain.ts';
import { shown } from './shown.ts';
import { fill, wordsOf } from './words.ts';

/** One for each message. */
export function copiedItem({ received, header, route }: Letter, { domain, commandAddressFor }: Office): NoticeItem {
  const { trace, at } = received;
  const { face: own, language } = route.author;
  const { copied } = wordsOf[language];
  const names = { other: shown(route.recipient.face.name) };
  const plain = {
    about: 'copied',
    language,
    trace,
    at,
    own,
    subject: fill(copied.title, names),
    paragraphs: [copied.happened, copied.seen, copied.mend].map((text) => fill(text, names)),
    answers: header.messageId,
    commandAddress: commandAddressFor(trace),
    domain,
  };
  return plainItem(plain, header.author);
}
