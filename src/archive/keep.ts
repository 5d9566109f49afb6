/**
 * Writes copies behind the back of their messages: four at a time, 64 MiB of messages at most. The record comes first and says what must be
 * there, so that a copy that never came is seen.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Archived, CopyOf } from '../store/archive.ts';
import type { ArchivePorts } from './archive.ts';
import { eraseCopies } from './erase.ts';
import { createPlace } from './place.ts';
import { recordOf, type ToKeep } from './record.ts';

export interface Keeper {
  keep(copy: ToKeep): void;
  /** Resolves when nothing is under way, at most after so many milliseconds. */
  close(milliseconds: number): Promise<void>;
}

const workers = 4;
const mostBytes = 64 * 1024 * 1024;
/** The store did not take the record: milliseconds until it is asked again. */
const pauses = [1_000, 5_000, 15_000] as const;

/** `contents`: false, where there was no room for them. */
interface Job {
  readonly copy: ToKeep;
  readonly contents: boolean;
}

export function createKeeper(ports: ArchivePorts): Keeper {
  const waiting: Job[] = [];
  const running = new Set<Promise<void>>();
  const write = createWriter(ports);
  let bytes = 0;
  const start = (): void => {
    const job = running.size < workers ? waiting.shift() : undefined;
    if (!job) return;
    const run = write(job)
      .catch((error: unknown) => ports.told('lost', job.copy.received.trace, error))
      .finally(() => {
        bytes -= sizeOf(job.copy);
        running.delete(run);
        start();
      });
    running.add(run);
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
      while (running.size + waiting.length > 0 && Date.now() < end) {
        start();
        await Promise.race([...running, pause(50)]);
      }
      for (const { copy } of waiting.splice(0)) ports.told('lost', copy.received.trace);
    },
  };
}

const sizeOf = ({ received, judged }: ToKeep): number => received.raw.length + (judged?.delivered?.length ?? 0);

/** What was decided is kept all the same. */
const withoutContents = ({ received, entry, judged }: ToKeep): ToKeep => ({
  received: { ...received, raw: new Uint8Array() },
  entry,
  ...(judged && { judged: { verdicts: judged.verdicts } }),
});

function createWriter(ports: ArchivePorts): (job: Job) => Promise<void> {
  const { blobs, index, sealer, directory, now, told } = ports;
  const place = createPlace({ blobs, index, now, queued: (trace, error) => told('queued', trace, error) });
  return async ({ copy, contents }) => {
    const { trace, raw } = copy.received;
    const made = contents ? contentsOf(raw, copy.judged?.delivered) : [];
    const copies = made.map(({ of, bytes }) => ({ bytes, of, copy: sealer.copyOf(bytes, trace, of) }));
    const record = await persistently(async () => {
      const before = await recordOf(copy, await index.record(trace), { directory, now });
      if (!before || before.gone) return before;
      const named = Object.fromEntries(copies.map(({ of, copy }) => [of, copy]));
      const next: Archived = { ...before, copies: { ...before.copies, ...named } };
      await index.put(next);
      return next;
    });
    if (!record || record.gone) return;
    if (!contents) return lose(record, ports);
    const placed = await Promise.all(copies.map(async ({ bytes, copy }) => place(await sealer.seal(bytes, copy), copy, trace)));
    if (placed.includes(false)) return lose(record, ports);
    // Forgotten in the meantime: the party's archive may have been looked through before this record stood in it. On legal hold nobody is.
    const parties = await Promise.all([directory.party(record.buyer), directory.party(record.seller)]);
    if (parties.includes(undefined)) await eraseCopies(record, 'forgotten', ports);
  };
}

const contentsOf = (raw: Uint8Array, delivered: Uint8Array | undefined): readonly { readonly of: CopyOf; readonly bytes: Uint8Array }[] => [
  { of: 'received', bytes: raw },
  ...(delivered ? [{ of: 'delivered' as const, bytes: delivered }] : []),
];

/** Where an earlier decision about the message has its copies, they stay. */
async function lose(record: Archived, ports: ArchivePorts): Promise<void> {
  if (record.decisions.length === 1) await eraseCopies(record, 'no room', ports);
  ports.told('lost', record.trace);
}

/** The store may be away for a moment; the message has its reply, and nobody comes again with it. */
async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (const milliseconds of pauses) {
    try {
      return await work();
    } catch {
      await pause(milliseconds);
    }
  }
  return work();
}
