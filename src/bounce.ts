/**
 * THE WAY back of a bounce: mail with a null reverse-path to the return-path of a message that we relayed (RFC 5321 section 4.5.5).
 * It is taken, noted in the journal of that message, and goes no further: every word in it may name the recipient.
 */
import type { Note } from './journal/log.ts';
import type { Received } from './model/message.ts';
import { type Reply, replies, replyTo } from './model/reply.ts';
import type { Journal } from './store/store.ts';

/** `of`: the trace id that the return-path carries. Never throws: a store that is away defers the bounce. */
export async function takeBounce(
  received: Received,
  of: string,
  { journal, note }: { readonly journal: Journal; readonly note: Note },
): Promise<Reply> {
  try {
    const known = await journal.bounced(of, received.at);
    note('bounced', { trace: received.trace, of, ...(known ? {} : { reason: 'no such message in the journal' }) });
    return replies.taken;
  } catch (error) {
    return replyTo(error);
  }
}
