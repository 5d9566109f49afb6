/**
 * Puts one copy to where copies lie. Where that does not take it, or not soon, the copy waits in the store: it is sealed and written, and no
 * memory has to hold it.
 */
import type { ArchiveIndex } from '../store/archive.ts';
import type { Blobs } from './blobs.ts';
import { persistently } from './persistently.ts';

export interface PlacePorts {
  readonly blobs: Blobs;
  readonly index: ArchiveIndex;
  /** A copy waits in the store. */
  readonly queued: (trace: string, error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Place {
  /** Answers false where not even the store has room. Rejects where the store does not answer, and nothing else has the copy. */
  put(sealed: Iterable<Uint8Array>, address: string, trace: string): Promise<boolean>;
  /** Nobody waits for it any longer, and for a while nothing is tried there: all goes into the store. */
  rest(): void;
}

/** Whose copy it is, and where it belongs. */
interface Wanted {
  readonly address: string;
  readonly trace: string;
}

/** So long nothing is tried where the last copy was not taken. */
const restMilliseconds = 30_000;
/** What is not taken by then goes into the store: a call that hangs would end after 20 s only (S3), or never, and its copy with the process. */
const patience = 2_000;

export function createPlace(ports: PlacePorts): Place {
  const { index, queued, now } = ports;
  const waits = new Set<() => void>();
  let restUntil = 0;
  /** Calls that are under way, and that nobody waits for. */
  let late = 0;
  const toStore = async (sealed: Iterable<Uint8Array>, wanted: Wanted, trouble: unknown): Promise<boolean> => {
    const taken = await persistently(() => index.queue.put({ ...wanted, bytes: Buffer.concat([...sealed]) }));
    if (taken) queued(wanted.trace, trouble);
    return taken;
  };
  /** Whoever has it first; with the store that is soon, and the place may follow. */
  const toStoreToo = async (putting: Promise<void>, sealed: Iterable<Uint8Array>, wanted: Wanted): Promise<boolean> => {
    late += 1;
    const arrived = putting
      .finally(() => {
        late -= 1;
      })
      .then(() => true);
    // Heard here also where it fails while the store is being asked.
    const arrivedOrNot = arrived.catch(() => false);
    const taken = await toStore(sealed, wanted, new Error('the place of the copies is slow')).catch(() => false);
    if (!taken) return arrivedOrNot;
    // Where the store does not drop it, the archivist brings the copy again, to the same address.
    void arrived.then(() => index.queue.drop(wanted.address, wanted.trace)).catch(() => undefined);
    return true;
  };
  return {
    async put(sealed, address, trace) {
      const wanted = { address, trace };
      // One that hangs is enough.
      if (late > 0 || now() < restUntil) return toStore(sealed, wanted, undefined);
      const putting = putWanted(sealed, wanted, ports);
      try {
        if (await inTime(putting, waits)) return true;
      } catch (error) {
        restUntil = now() + restMilliseconds;
        return toStore(sealed, wanted, error);
      }
      restUntil = now() + restMilliseconds;
      return toStoreToo(putting, sealed, wanted);
    },
    rest() {
      restUntil = now() + restMilliseconds;
      for (const end of waits) end();
    },
  };
}

/** False: it is still under way, and was waited for as long as one can. Rejects as the work does. */
async function inTime(work: Promise<void>, waits: Set<() => void>): Promise<boolean> {
  const { promise: over, resolve } = Promise.withResolvers<false>();
  const end = (): void => resolve(false);
  const timer = setTimeout(end, patience).unref();
  waits.add(end);
  try {
    return await Promise.race([work.then(() => true), over]);
  } finally {
    clearTimeout(timer);
    waits.delete(end);
  }
}

/** Its record may be erased meanwhile: then the copy goes again. Throws what its place throws. */
export async function putWanted(
  sealed: Iterable<Uint8Array>,
  { address, trace }: Wanted,
  { blobs, index }: Pick<PlacePorts, 'blobs' | 'index'>,
): Promise<void> {
  await blobs.put(address, sealed);
  const record = await index.record(trace);
  if (!record || record.gone) await blobs.delete(address);
}
