/**
 * Copies under an older secret are sealed anew under the first one, beside the mail: those that lie in their place, and those that wait in the
 * store. Found by their records, oldest first; a copy that no record names is read by nobody.
 */
import type { Archived, ArchiveIndex } from '../store/archive.ts';
import type { Sealed } from '../store/upkeep.ts';
import { addressesOf, type Blobs } from './blobs.ts';
import { putWanted } from './place.ts';
import type { Sealer } from './seal.ts';

export interface ResealPorts {
  readonly blobs: Blobs;
  readonly index: ArchiveIndex;
  readonly sealer: Sealer;
  /** Ids of the relay's secrets, in the order of those that the sealer has from them: the archive's own keys have ids of their own. */
  readonly ids: readonly string[];
}

/** Records that are looked at in one step, and at the same time; bytes that one step writes, at most (and those of a few copies more). */
const lookedAt = 50;
const atOnce = 4;
const mostBytes = 8 * 1024 * 1024;

/** Nothing lies behind it: the largest number of 16 digits that is exact. */
const end = Number.MAX_SAFE_INTEGER;

interface Counted {
  readonly standing: Record<string, number>;
  changed: number;
  bytes: number;
}

/** Rejects where the place does not answer. A copy that no secret opens stays as it is, and is counted. */
export function createSealed(ports: ResealPorts): Sealed {
  const { index } = ports;
  return {
    async walk(from, write) {
      const counted: Counted = { standing: {}, changed: 0, bytes: 0 };
      const after: Pick<Archived, 'at' | 'trace'> | undefined = from === '' ? undefined : JSON.parse(from);
      const records = await index.oldest(end, lookedAt, after);
      let last: Archived | undefined;
      for (let at = 0; at < records.length && counted.bytes < mostBytes; at += atOnce) {
        const some = records.slice(at, at + atOnce);
        await Promise.all(some.map((record) => lookAtCopies(record, { counted, write }, ports)));
        last = some.at(-1);
      }
      const next = last && JSON.stringify({ at: last.at, trace: last.trace });
      return { changed: counted.changed, ending: 0, standing: counted.standing, ...(next !== undefined && { next }) };
    },
  };
}

interface Walking {
  readonly counted: Counted;
  readonly write: boolean;
}

async function lookAtCopies(record: Archived, walking: Walking, ports: ResealPorts): Promise<void> {
  if (record.gone) return;
  const { trace } = record;
  const { blobs, index } = ports;
  // In that order: what is brought to its place meanwhile is seen there.
  for (const address of addressesOf(record)) {
    const waiting = await index.queue.read(address, trace);
    const replace = (bytes: Uint8Array) => index.queue.replace({ address, trace, bytes });
    if (waiting) await renew({ address, head: waiting, read: async () => waiting, replace }, walking, ports);
    const head = await blobs.head(address);
    const put = (bytes: Uint8Array) => putWanted([bytes], { address, trace }, ports);
    if (head) await renew({ address, head, read: () => blobs.get(address), replace: put }, walking, ports);
  }
}

/** What lies at one address, where it was found. */
interface Found {
  readonly address: string;
  /** Its first bytes at least. */
  readonly head: Uint8Array;
  readonly read: () => Promise<Uint8Array | undefined>;
  readonly replace: (bytes: Uint8Array) => Promise<void>;
}

async function renew({ address, head, read, replace }: Found, { counted, write }: Walking, { sealer, ids }: ResealPorts): Promise<void> {
  const own = sealer.secretOf(head);
  const at = own === undefined ? -1 : sealer.ids.indexOf(own);
  const sealed = write && at > 0 ? await read() : undefined;
  const anew = sealed && resealed(sealer, sealed, address);
  if (anew) {
    await replace(anew);
    counted.changed += 1;
    counted.bytes += anew.length;
  }
  const id = ids[anew ? 0 : at] ?? own ?? 'unreadable';
  counted.standing[id] = (counted.standing[id] ?? 0) + 1;
}

/** Undefined where no secret opens it. */
function resealed(sealer: Sealer, sealed: Uint8Array, address: string): Buffer | undefined {
  try {
    return sealer.reseal(sealed, address);
  } catch {
    return undefined;
  }
}
