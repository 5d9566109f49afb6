/** Puts one copy to where copies lie; where that does not take it, the copy waits in the store. */
import type { ArchiveIndex, Copy } from '../store/archive.ts';
import type { Blobs } from './blobs.ts';

export interface PlacePorts {
  readonly blobs: Blobs;
  readonly index: ArchiveIndex;
  /** A copy waits in the store. */
  readonly queued: (trace: string, error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** So long nothing is tried where the last copy was not taken. */
const restMilliseconds = 30_000;

/** Answers false where not even the store has room. */
export type Place = (sealed: Uint8Array, copy: Pick<Copy, 'address'>, trace: string) => Promise<boolean>;

export function createPlace(ports: PlacePorts): Place {
  const { index, queued, now } = ports;
  let restUntil = 0;
  return async (sealed, { address }, trace) => {
    let trouble: unknown;
    if (now() >= restUntil) {
      try {
        await putWanted(sealed, { address, trace }, ports);
        return true;
      } catch (error) {
        restUntil = now() + restMilliseconds;
        trouble = error;
      }
    }
    const taken = await index.queue.put({ address, trace, bytes: sealed });
    if (taken) queued(trace, trouble);
    return taken;
  };
}

/** Its record may be erased meanwhile: then the copy goes again. Throws what its place throws. */
export async function putWanted(
  sealed: Uint8Array,
  { address, trace }: { readonly address: string; readonly trace: string },
  { blobs, index }: Pick<PlacePorts, 'blobs' | 'index'>,
): Promise<void> {
  await blobs.put(address, sealed);
  const record = await index.record(trace);
  if (!record || record.gone) await blobs.delete(address);
}
