/**
 * The daily mails of those who want no mail for each message: once a minute the finished days are looked for, written, and put into the
 * outbox, which sends them. Several relays may share one store: each day of a party is lent to one.
 */
import { startRounds } from '../model/rounds.ts';

/** The store's own shape. */
export interface LentDay {
  readonly party: string;
  readonly day: string;
  readonly entries: readonly unknown[];
}

export interface DigestPorts<Day extends LentDay, Item extends { readonly at: number }> {
  readonly digests: {
    lend(before: string, leaseSeconds: number): Promise<Day | undefined>;
    done(day: Day): Promise<void>;
  };
  readonly outbox: { put(item: Item, due: number): Promise<void> };
  /** The same day gives an item of the same id. Undefined where there is nobody to write to any more. */
  readonly write: (day: Day) => Promise<Item | undefined>;
  /** The outbox got something. */
  readonly wake: () => void;
  /** Errors that nobody foresaw: the day comes again. */
  readonly failed: (error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const everyMilliseconds = 60_000;
const leaseSeconds = 90;
/** So long after midnight UTC a message of the day before may still be on its way through a relay: the hand-over's own deadline is 60 s. */
const graceMilliseconds = 120_000;

/** Looks at once and then every minute. Never throws. `close` ends when what is under way is done. */
export const startDigests = <Day extends LentDay, Item extends { readonly at: number }>(
  ports: DigestPorts<Day, Item>,
): { close(): Promise<void> } => startRounds({ every: everyMilliseconds, work: (goOn) => sendFinished(ports, goOn), failed: ports.failed });

/** Until no finished day is left, or `goOn` says no. A day that cannot be read or written stays lent, and comes again after its lease. */
export async function sendFinished<Day extends LentDay, Item extends { readonly at: number }>(
  ports: DigestPorts<Day, Item>,
  goOn: () => boolean = () => true,
): Promise<void> {
  const { digests, now, failed } = ports;
  while (goOn()) {
    const today = new Date(now() - graceMilliseconds).toISOString().slice(0, 10);
    const day = await digests.lend(today, leaseSeconds);
    if (!day) return;
    if (day.entries.length === 0) failed(new Error('a day of a digest that none of our secrets opens'));
    else await send(day, ports).catch(failed);
  }
}

async function send<Day extends LentDay, Item extends { readonly at: number }>(
  day: Day,
  { digests, outbox, write, wake }: DigestPorts<Day, Item>,
): Promise<void> {
  const item = await write(day);
  if (item) {
    await outbox.put(item, item.at);
    wake();
  }
  await digests.done(day);
}
