/**
 * Sends what nobody waits for: notices, and later released messages. They lie in the store's outbox, durable; what the next hop does not take
 * is tried again with growing pauses for four days (RFC 5321 section 4.5.4.1). Several relays may share one outbox: each item is lent to one.
 */
import { deadlines } from '../model/deadlines.ts';
import { replyTo } from '../model/reply.ts';
import { type Rounds, startRounds } from '../model/rounds.ts';
import type { Outbox, OutboxItem } from '../store/store.ts';
import type { NextHop } from './outbound.ts';

export interface OutboxPorts {
  readonly outbox: Pick<Outbox, 'lend' | 'done' | 'later'>;
  readonly outbound: NextHop;
  /** `sent`, `put off`, `given up`; and errors that nobody foresaw. */
  readonly told: (what: 'sent' | 'put off' | 'given up' | 'failed', item: OutboxItem | undefined, error?: unknown) => void;
  readonly now: () => number;
}

const atOnce = 10;
/** As long as a hand-over may take, and the word to the store that it is done. */
const leaseSeconds = (deadlines.handOver + deadlines.store) / 1000;
const everyMilliseconds = 2_000;
const longestWait = 4 * 86_400_000;
/** After each attempt, in minutes; the last one again and again. */
const pauses = [1, 5, 15, 60, 180] as const;

/** Looks into the outbox every two seconds, and when it is woken. Never throws: an outbox that does not answer is asked again. */
export const startSender = (ports: OutboxPorts, every = everyMilliseconds): Rounds =>
  startRounds({ every, work: () => sendDue(ports), failed: (error) => ports.told('failed', undefined, error) });

/** Sends what is due, side by side; answers whether there was any. Nothing is lent that would only be put off. */
async function sendDue(ports: OutboxPorts): Promise<boolean> {
  const room = Math.min(atOnce, ports.outbound.room);
  if (room === 0) return false;
  const items = await ports.outbox.lend(room, leaseSeconds);
  await Promise.all(items.map((item) => send(item, ports)));
  return items.length > 0;
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
