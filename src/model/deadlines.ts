/**
 * DEADLINES of the steps of a message's way, in milliseconds. They stand together for what must outlive them: the claim of a message, the copies
 * that wait while it is handed over, the end of a relay. Those are derived from these and never written out.
 */
export const deadlines = {
  /** Its turn in the worker thread, and the work there by the clock. */
  turn: 10_000,
  thread: 20_000,
  /** All its files past the malware scanner. */
  scan: 15_000,
  /** One hand-over to the next hop, waiting for a free connection included. */
  handOver: 60_000,
  /** The calls of the store on the way, a dozen of 2 s each at most, and what is computed in between. */
  store: 30_000,
} as const;

/** To one mailbox of a party after the other, where they are gone: within the time of one hand-over the last one begins. */
export const mailboxesInTurn = 2 * deadlines.handOver;

/** Read and judged twice, where another message was faster to use up the tag in the subject. */
const judging = 2 * (deadlines.turn + deadlines.thread);

/** The part of the way that only one relay at a time takes with the same message, in seconds: whoever claims it must not lose it before. */
export const underClaimSeconds = (judging + deadlines.scan + mailboxesInTurn + deadlines.store) / 1000;
