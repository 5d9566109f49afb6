/** Message-IDs as the other side's mail client knows them (RFC 5322 section 3.6.4), so that replies thread on both sides. */
import type { Header } from '../model/message.ts';
import type { Route } from '../model/route.ts';
import type { Threads } from '../store/store.ts';

/** Our own Message-ID for theirs, the same each time it is asked: a twin can then be told by the recipient's server. */
export type MessageIdFor = (conversation: string, direction: string, theirs: string) => string;

export interface Thread {
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
}

/** Ids that nobody knows are left out: they would tell the author's host. `theirs`: the author's Message-ID, or what stands for it. */
export async function threadOf(
  theirs: string,
  header: Header,
  route: Route,
  ports: { readonly threads: Threads; readonly messageIdFor: MessageIdFor },
): Promise<Thread> {
  const { conversation, direction, author } = route;
  const { inReplyTo: answers, references } = header;
  const [known, ...rest] = await ports.threads.translate(conversation, author.role, [theirs, ...answers, ...references]);
  const inReplyTo = rest.slice(0, answers.length).find((id) => id !== undefined);
  return {
    messageId: known ?? ports.messageIdFor(conversation, direction, theirs),
    references: rest.slice(answers.length).filter((id) => id !== undefined),
    ...(inReplyTo !== undefined && { inReplyTo }),
  };
}
