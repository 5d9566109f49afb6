/**
 * The notice that a message named others beside the alias (requirement B3): the relay gave it to the one it was for; the author's own mail
 * program sent it to the others, who now know the author's mailbox. Who they are is not said: the author knows, and nobody else need know.
 */
import { compose } from '../mime/compose.ts';
import type { Letter, NoticeItem, Office } from './item.ts';
import { headingFields } from './heading.ts';
import { shown } from './shown.ts';
import { fill, wordsOf } from './words.ts';

/** One for each message. */
export function copiedItem({ received, header, route }: Letter, { domain, commandAddressFor }: Office): NoticeItem {
  const { trace, at } = received;
  const { face: own, language } = route.author;
  const { greeting, copied, service, labels } = wordsOf[language];
  const names = { own: shown(own.name), other: shown(route.recipient.face.name) };
  const fields = headingFields({
    own,
    at,
    service,
    commandAddress: commandAddressFor(trace),
    subject: fill(copied.title, names),
    messageId: `notice.copied.${trace}@${domain}`,
    ...(header.messageId !== undefined && { answers: header.messageId }),
    about: 'copied',
  });
  const paragraphs = [greeting, copied.happened, copied.seen, copied.mend].map((text) => fill(text, names));
  const text = `${[...paragraphs, `${labels.trace}${trace}`].join('\n\n')}\n`;
  const bytes = compose(fields, { kind: 'text', type: 'text/plain', text }, trace);
  return { id: `notice:copied:${trace}`, trace, reversePath: '', recipient: header.author, bytes, at };
}
