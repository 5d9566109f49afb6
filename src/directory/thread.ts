/** Message-IDs as the other side's mail client knows them (RFC 5322 section 3.6.4), so that replies thread on both sides. */
import type { Header } from '../model/message.ts';
import type { Resolved } from './resolve.ts';

/**
 * Our own Message-ID for a message of theirs, the same each time it is asked: a twin can then be told by the recipient's server. Made of the
 * whole message, for two different ones under one Message-ID would be taken for twins there.
 */
export type MessageIdFor = (conversation: string, direction: string, fingerprint: string) => string;

export interface Thread {
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
}

interface Threaded {
  readonly fingerprint: string;
  readonly header: Header;
  readonly resolved: Resolved;
}

/** Ids that nobody knows are left out: they would tell the author's host. */
export function threadOf({ fingerprint, header, resolved }: Threaded, messageIdFor: MessageIdFor): Thread {
  const { conversation, direction } = resolved.route;
  const { inReplyTo: answers } = header;
  const { known } = resolved.surroundings;
  const inReplyTo = known.slice(0, answers.length).find((id) => id !== undefined);
  return {
    messageId: messageIdFor(conversation, direction, fingerprint),
    references: known.slice(answers.length).filter((id) => id !== undefined),
    ...(inReplyTo !== undefined && { inReplyTo }),
  };
}
