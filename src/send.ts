/** THE WAY of a message that was stopped and whose author answered SEND: it goes without the parts that stopped it (requirement D7). */
import type { Note } from './journal/log.ts';
import type { Received } from './model/message.ts';
import { Refusal, type Reply, replies } from './model/reply.ts';
import { once } from './once.ts';
import type { Store } from './store/store.ts';

export interface SendPorts {
  readonly store: Pick<Store, 'holds' | 'once'>;
  readonly note: Note;
  /** The way of a held message that its author wants sent. */
  readonly release: (received: Received) => Promise<Reply>;
}

/**
 * Sent under a claim and taken out of the store only then: a relay that dies in between loses nothing. `of`: trace id of the message,
 * `trace`: of the mail that asks. @throws Refusal 550 5.6.0 where it does not wait (any more)
 */
export async function send(of: string, trace: string, { store, note, release }: SendPorts): Promise<Reply> {
  const held = await store.holds.read(of);
  if (!held) throw new Refusal(replies.nothingHeld);
  const go = () => release(held.received);
  const isDone = (reply: Reply) => reply === replies.relayed;
  const ran = await once({ mark: `send:${of}`, trace }, { go, isDone }, { store, note });
  const result = ran.kind === 'done' ? replies.relayed : ran.result;
  // Held once more: what stopped it cannot be taken out, and it stays where it is.
  if (!isDone(result)) return result.code < 400 ? replies.cannotSend : result;
  if (ran.kind === 'ran') note('released', { trace, of, conversation: held.conversation });
  // Also of one that was sent before: then it could not be taken out, and who asks again is not to learn of that by a 550.
  await store.holds.take(of);
  return replies.taken;
}
