/** Message-IDs as the other side's mail client knows them (RFC 5322 section 3.6.4), so that replies thread on both sides. */
import type { Header } from '../model/message.ts';
import type { Route } from '../model/route.ts';
import type { Threads } from '../store/store.ts';

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

/** Ids that nobody knows are left out: they would tell the author's host. */
export async function threadOf(
  fingerprint: string,
  header: Header,
  route: Route,
  ports: { readonly threads: Threads; readonly messageIdFor: MessageIdFor },
): Promise<Thread> {
  const { conversation, direction, author } = route;
  const { inReplyTo: answers, references } = header;
  const known = await ports.threads.translate(conversation, author.role, [...answers, ...references]);
  const inReplyTo = known.slice(0, answers.length).find((id) => id !== undefined);
  return {
    messageId: ports.messageIdFor(conversation, direction, fingerprint),
    references: known.slice(answers.length).filter((id) => id !== undefined),
    ...(inReplyTo !== undefined && { inReplyTo }),
  };
}
