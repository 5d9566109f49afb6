/**
 * The archive's housekeeping: brings copies that wait in the store to their place, with growing pauses and for as long as it takes, says when
 * that takes too long, and removes what was begun there and never ended. Several relays may share one store: each copy is lent to one.
 */
import { startRounds } from '../model/rounds.ts';
import type { QueuedCopy } from '../store/archive.ts';
import { type PlacePorts, putWanted } from './place.ts';

export interface ArchivistPorts extends Omit<PlacePorts, 'queued'> {
  /** `behind`: copies wait for so long already; `caught up`: they do no longer; `failed`: nobody foresaw it. */
  readonly told: (
    what: 'behind' | 'caught up' | 'failed',
    more: { readonly count?: number; readonly ms?: number; readonly error?: unknown },
  ) => void;
}

const everyMilliseconds = 5_000;
const atOnce = 10;
/** A hand-over to another machine ends after 20 s. */
const leaseSeconds = 90;
/** After each attempt, in seconds; the last one again and again. */
const pauses = [5, 30, 120, 600, 1_800] as const;
/** Of 256 folders each comes in its turn about every four hours. */
const tidyEveryMilliseconds = 60_000;
/** No copy is written for so long. */
const abandonedMilliseconds = 3_600_000;
/** Copies that wait so long are an alarm, and again and again. */
const patience = 600_000;

/** Looks every five seconds. Never throws. `close` ends when what is under way is done. */
export function startArchivist(ports: ArchivistPorts): { close(): Promise<void> } {
  const [sound, tidy] = [createAlarm(ports), createTidying(ports)];
  return startRounds({
    every: everyMilliseconds,
    async work(goOn) {
      while (goOn() && (await bringSome(ports)) > 0);
      await sound();
      await tidy();
    },
    failed: (error) => ports.told('failed', { error }),
  });
}

/** Answers how many copies found their place. Ends a round where one did not: the others would not either. */
export async function bringSome(ports: Pick<ArchivistPorts, 'blobs' | 'index' | 'now'>): Promise<number> {
  const copies = await ports.index.queue.lend(atOnce, leaseSeconds);
  const brought = await Promise.all(copies.map((copy) => bring(copy, ports)));
  return brought.every(Boolean) ? brought.length : 0;
}

async function bring(copy: QueuedCopy, ports: Pick<ArchivistPorts, 'blobs' | 'index' | 'now'>): Promise<boolean> {
  const { address, trace, bytes, attempts } = copy;
  const { queue } = ports.index;
  try {
    await putWanted([bytes], copy, ports);
  } catch {
    const seconds = pauses[Math.min(attempts, pauses.length) - 1] ?? pauses[0];
    await queue.later(address, trace, ports.now() + seconds * 1000);
    return false;
  }
  await queue.drop(address, trace);
  return true;
}

function createTidying({ blobs, now }: ArchivistPorts): () => Promise<void> {
  let next = 0;
  return async () => {
    if (now() < next) return;
    next = now() + tidyEveryMilliseconds;
    // Of a place that is away the copies that wait tell.
    await blobs.tidy?.(now() - abandonedMilliseconds).catch(() => undefined);
  };
}

function createAlarm({ index, now, told }: ArchivistPorts): () => Promise<void> {
  let sounded: number | undefined;
  return async () => {
    const { count, oldest } = await index.queue.depth();
    const ms = oldest === undefined ? 0 : now() - oldest;
    if (ms < patience) {
      if (sounded !== undefined && count === 0) {
        sounded = undefined;
        told('caught up', {});
      }
      return;
    }
    if (sounded !== undefined && now() - sounded < patience) return;
    sounded = now();
    told('behind', { count, ms });
  };
}
