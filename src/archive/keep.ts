/**
 * Writes copies behind the back of their messages: as many at a time as their place likes, 64 MiB of messages at most. The record comes first
 * and says what must be there, so that a copy that never came is seen.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Archived } from '../store/archive.ts';
import type { ArchivePorts } from './archive.ts';
import { eraseCopies } from './erase.ts';
import { persistently } from './persistently.ts';
import { createPlace, type Place } from './place.ts';
import { recordOf, type ToKeep } from './record.ts';
import type { Content } from './seal.ts';

export interface Keeper {
  keep(copy: ToKeep): void;
  /** Resolves when nothing is under way, at most after so many milliseconds; what has found no place by then is told `lost`. */
  close(milliseconds: number): Promise<void>;
}

const mostBytes = 64 * 1024 * 1024;

/** `contents`: false, where there was no room for them. */
interface Job {
  readonly copy: ToKeep;
  readonly contents: boolean;
}

export function createKeeper(ports: ArchivePorts): Keeper {
  const waiting: Job[] = [];
  const running = new Map<Job, Promise<void>>();
  /** Nobody asks for more of these: they were told `lost` when time was up. */
  const given = new Set<string>();
  const told: ArchivePorts['told'] = (what, trace, error) => void (given.has(trace) || ports.told(what, trace, error));
  const place = createPlace({ ...ports, queued: (trace, error) => told('queued', trace, error) });
  const write = createWriter({ ...ports, told }, place);
  let bytes = 0;
  const start = (): void => {
    const job = running.size < ports.blobs.atOnce ? waiting.shift() : undefined;
    if (!job) return;
    const run = write(job)
      .catch((error: unknown) => told('lost', job.copy.received.trace, error))
      .finally(() => {
        bytes -= sizeOf(job.copy);
        running.delete(job);
        start();
      });
    running.set(job, run);
  };
  const workUntil = async (end: number): Promise<void> => {
    while (running.size + waiting.length > 0 && Date.now() < end) {
      start();
      await Promise.race([...running.values(), pause(Math.min(50, end - Date.now()))]);
    }
  };
  return {
    keep(copy) {
      if (copy.entry.conversation === undefined) return;
      const contents = bytes === 0 || bytes + sizeOf(copy) <= mostBytes;
      const job = { copy: contents ? copy : withoutContents(copy), contents };
      bytes += sizeOf(job.copy);
      waiting.push(job);
      // The reply goes out before.
      setImmediate(start);
    },
    async close(milliseconds) {
      const end = Date.now() + milliseconds;
      await workUntil(end - milliseconds / 2);
      if (running.size + waiting.length === 0) return;
      place.rest();
      await workUntil(end);
      for (const { copy } of [...running.keys(), ...waiting.splice(0)]) {
        told('lost', copy.received.trace);
        given.add(copy.received.trace);
      }
    },
  };
}

const sizeOf = ({ received, judged }: ToKeep): number => received.raw.length + (judged?.delivered?.length ?? 0);

/** What was decided is kept all the same. */
function withoutContents({ received, judged, ...copy }: ToKeep): ToKeep {
  const { delivered: _, ...decided } = judged ?? { verdicts: [] };
  return { ...copy, received: { ...received, raw: new Uint8Array() }, ...(judged && { judged: decided }) };
}

function createWriter(ports: ArchivePorts, place: Place): (job: Job) => Promise<void> {
  const { index, sealer, directory, now } = ports;
  return async ({ copy, contents }) => {
    const { trace } = copy.received;
    const before = await persistently(() => index.record(trace));
    if (before?.gone?.why === 'forgotten') return;
    const parcels = contents ? inParcels(copy, before).map((them) => sealer.parcelOf(them, trace)) : [];
    const copies: Archived['copies'] = Object.assign({ ...before?.copies }, ...parcels.map((parcel) => parcel.copies));
    const record = await persistently(async () => {
      const next = await recordOf(copy, before, { directory, now });
      if (next) await index.put({ ...next, copies });
      return next && { ...next, copies };
    });
    if (!record) return;
    if (!contents) return lose(record, ports);
    const placed = await Promise.all(parcels.map(async (parcel) => place.put(await sealer.seal(parcel), parcel.address, trace)));
    if (placed.includes(false)) return lose(record, ports);
    // Forgotten in the meantime: the party's archive may have been looked through before this record stood in it. On legal hold nobody is.
    const parties = await Promise.all([directory.party(record.buyer), directory.party(record.seller)]);
    if (parties.includes(undefined)) await eraseCopies(record, 'forgotten', ports);
  };
}

/** A message that leaves when it comes lies in one; one that was held comes to what is there of it already. */
function inParcels({ received, judged }: ToKeep, before: Archived | undefined): readonly (readonly Content[])[] {
  const { raw } = received;
  const delivered: readonly Content[] = judged?.delivered ? [{ of: 'delivered', bytes: judged.delivered }] : [];
  const all: readonly Content[] = [{ of: 'received', bytes: raw }, ...delivered];
  if (!before) return [all];
  return all.filter(({ of }) => !before.copies[of]?.within).map((content) => [content]);
}

/** Where an earlier decision about the message has its copies, they stay. */
async function lose(record: Archived, ports: ArchivePorts): Promise<void> {
  if (record.decisions.length === 1) await eraseCopies(record, 'no room', ports);
  ports.told('lost', record.trace);
}
