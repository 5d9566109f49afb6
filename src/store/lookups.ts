/** Look-ups of the directory that the API alone asks for. They change nothing. */
import type { Conversation, Order } from '../model/route.ts';

export interface Lookups {
  order(id: string): Promise<Order | undefined>;
  /** The conversation of the two, where it was opened. */
  conversationBetween(buyer: string, seller: string): Promise<Conversation | undefined>;
}
