/** Port: the one place where mail leaves the house. */
import type { Mailbox } from '../model/address.ts';

/** A message ready to leave. The mailbox stands in RCPT TO and nowhere else. */
export interface Outgoing {
  /** `''` is the null reverse-path. */
  readonly reversePath: string;
  readonly recipient: Mailbox;
  readonly bytes: Uint8Array;
  readonly trace: string;
}

export interface Outbound extends AsyncDisposable {
  /**
   * Resolves when the next hop has said 250 to this message for this recipient, and never otherwise.
   * Throws a `Refusal` with a reply of ours: the next hop's class, none of its words.
   */
  handOver(outgoing: Outgoing): Promise<void>;
}

/** The one next hop of all, which may be known to be down. */
export interface NextHop extends Outbound {
  /** How many hand-overs it takes now: `Infinity` while it is well; 0 while it is known to be down, when any is put off at once; 1 to try. */
  readonly room: number;
}
