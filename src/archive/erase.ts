/** Takes contents out of the archive; what was decided stays, without the words that were found. */
import type { Archived, ArchiveIndex, GoneBecause } from '../store/archive.ts';
import { addressesOf, type Blobs } from './blobs.ts';

export interface ErasePorts {
  readonly blobs: Pick<Blobs, 'delete'>;
  readonly index: ArchiveIndex;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Marked first: whoever writes a copy looks at the mark after it, and takes the copy away again. The record names the copies until they are
 * gone, so that an erasing that was cut off can be asked for again.
 */
export async function eraseCopies(record: Archived, why: GoneBecause, ports: ErasePorts): Promise<void> {
  const { index, now } = ports;
  const marked = { ...(why === 'forgotten' ? withoutWords(record) : record), gone: { at: now(), why } };
  await index.put(marked);
  await deleteCopies(record, ports);
  await index.put({ ...marked, copies: {} });
}

/** From where copies lie, and from among those that wait. */
export async function deleteCopies(record: Archived, { blobs, index }: Omit<ErasePorts, 'now'>): Promise<void> {
  for (const address of addressesOf(record)) {
    await index.queue.drop(address, record.trace);
    await blobs.delete(address);
  }
}

function withoutWords(record: Archived): Archived {
  const decisions = record.decisions.map((decision) => ({
    ...decision,
    findings: decision.findings.map(({ span: _words, ...finding }) => finding),
  }));
  return { ...record, decisions };
}
