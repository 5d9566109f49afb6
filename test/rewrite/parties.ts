/** A buyer, a seller, and what a rewriting needs beside the message: the same in all tests of this step. */
import { aliasAt, type Mailbox } from '../../src/model/address.ts';
import type { Message } from '../../src/model/message.ts';
import type { Route, Side } from '../../src/model/route.ts';
import { leaks } from '../../src/rewrite/gate.ts';
import { type Rewriting, rewrite } from '../../src/rewrite/rewrite.ts';

export const buyer: Side = {
  party: 'buyer-1',
  role: 'buyer',
  name: 'Hanna Lindqvist',
  mailboxes: ['hanna.lindqvist@mailer.example', 'h.lindqvist@work.example'] as Mailbox[],
  language: 'en',
  face: { name: 'Hanna L.', alias: aliasAt('b-7k2m4q9x1c5v8n3d', 'relay.example') },
};

export const seller: Side = {
  party: 'seller-1',
  role: 'seller',
  name: 'Anton Becker',
  mailboxes: ['anton@becker-lamps.example', 'support@becker-lamps.example'] as Mailbox[],
  language: 'de',
  face: { name: 'Anton B.', alias: aliasAt('s-3p8w5t1z6y2r4h9j', 'relay.example') },
};

export const toSeller: Route = { conversation: 'c1', direction: 'buyer_to_seller', author: buyer, recipient: seller };
export const toBuyer: Route = { conversation: 'c1', direction: 'seller_to_buyer', author: seller, recipient: buyer };

export const order: Rewriting = {
  trace: 'q7f3k9x2m5t8w1zc',
  messageId: 'ours-2@relay.example',
  inReplyTo: 'ours-1@relay.example',
  references: ['ours-1@relay.example'],
  at: Date.UTC(2025, 2, 10, 9, 0, 7),
  autoSubmitted: false,
  verdicts: [],
};

/** What leaves, as text; the gate must have let it pass. */
export async function sent(message: Partial<Message>, more: Partial<Rewriting> = {}, route = toSeller): Promise<string> {
  const bytes = await rewrite({ subject: 'x', files: [], ...message }, route, { ...order, ...more });
  expect(leaks(bytes, route)).toEqual([]);
  return Buffer.from(bytes).toString('latin1');
}
