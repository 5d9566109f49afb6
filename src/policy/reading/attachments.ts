/** Files -> what the rules may know of them. Types come from the content (mime/), never from name or declaration. */
import type { Message } from '../../model/message.ts';
import type { Attachment } from '../rule.ts';

/** In the order of the message. */
export function attachmentsOf(message: Message): readonly Attachment[] {
  const shown = shownIds(message);
  return message.files.map(({ filename, type, content, contentId }, file) => ({
    filename,
    type,
    bytes: content.length,
    inline: contentId !== undefined && shown.has(contentId),
    file,
  }));
}

/** Content-IDs that an image of the HTML names (RFC 2392). */
function shownIds({ html }: Message): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const token of html?.tokens ?? []) {
    const source = token.kind === 'open' && token.name === 'img' ? token.attributes.src : undefined;
    if (source?.slice(0, 4).toLowerCase() === 'cid:') ids.add(source.slice(4));
  }
  return ids;
}
