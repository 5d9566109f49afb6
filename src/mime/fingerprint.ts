/** By what a message is known again when the sender's server sends it once more. */
import { createHash } from 'node:crypto';
import type { Header } from '../model/message.ts';

/**
 * Tells a message within a conversation from any other: author, Message-ID, Date, Subject and body, in hex. Fields that a server on the way
 * puts on top (Received, a signature made anew) make no difference.
 */
export function fingerprintOf(raw: Uint8Array, header: Header, conversation: string): string {
  const hash = createHash('sha256').update(`${conversation}\0${header.author}\0${header.messageId ?? ''}\0`);
  for (const { name, value } of header.fields) if (name === 'date' || name === 'subject') hash.update(`${name}:${value}\0`);
  return hash.update(raw.subarray(header.bodyAt)).digest('hex');
}
