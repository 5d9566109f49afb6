/**
 * Sends what nobody waits for: notices, and later released messages. They lie in the store's outbox, durable; what the next hop does not take
 * is tried again with growing pauses for four days (RFC 5321 section 4.5.4.1). Several relays may share one outbox: each item is lent to one.
 */
import { replyTo } from '../model/reply.ts';
import type { Outbox, OutboxItem } from '../store/store.ts';
import type { NextHop } from './outbound.ts';

export interface OutboxPorts {
  readonly outbox: Pick<Outbox, 'lend' | 'done' | 'later'>;
  readonly outbound: NextHop;
  /** `sent`, `put off`, `given up`; and errors that nobody foresaw. */
  readonly told: (what: 'sent' | 'put off' | 'given up' | 'failed', item: OutboxItem | undefined, error?: unknown) => void;
  readonly now: () => number;
}

export interface Sender {
  /** Something was put: look at once. */
  wake(): void;
  /** Ends when what is under way is done. */
  close(): Promise<void>;
}

const atOnce = 10;
/** The hand-over's own deadline is 60 s. */
const leaseSeconds = 90;
const idleMilliseconds = 2_000;
const longestWait = 4 * 86_400_000;
/** After each attempt, in minutes; the last one again and again. */
const pauses = [1, 5, 15, 60, 180] as const;

/** Looks into the outbox every two seconds, and when it is woken. Never throws: an outbox that does not answer is asked again. */
export function startSender(ports: OutboxPorts): Sender {
  let closing = false;
  let wake = (): void => {};
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, idleMilliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (closing) wake();
    });
  const run = async (): Promise<void> => {
    while (!closing) {
      const sent = await sendDue(ports).catch((error: unknown) => {
        ports.told('failed', undefined, error);
        return 0;
      });
      if (sent === 0) await pause();
    }
  };
  const running = run();
  return {
    wake: () => wake(),
    async close() {
      closing = true;
      wake();
      await running;
    },
  };
}

/** Sends what is due, side by side; answers how much that was. Nothing is lent that would only be put off. */
async function sendDue(ports: OutboxPorts): Promise<number> {
  const room = Math.min(atOnce, ports.outbound.room);
  if (room === 0) return 0;
  const items = await ports.outbox.lend(room, leaseSeconds);
  await Promise.all(items.map((item) => send(item, ports)));
  return items.length;
}

async function send(item: OutboxItem, { outbox, outbound, told, now }: OutboxPorts): Promise<void> {
  try {
    await outbound.handOver(item);
  } catch (error) {
    const late = now() - item.at > longestWait;
    if (late || replyTo(error).code >= 500) {
      told('given up', item, error);
      return outbox.done(item.id);
    }
    told('put off', item, error);
    // While the next hop is down it is not the item that failed.
    const attempts = outbound.room === 0 ? 1 : item.attempts;
    const minutes = pauses[Math.min(attempts, pauses.length) - 1] ?? pauses[0];
    return outbox.later(item.id, now() + minutes * 60_000);
  }
  told('sent', item);
  return outbox.done(item.id);
}
