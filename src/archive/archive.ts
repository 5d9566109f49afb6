/**
 * ARCHIVE: the kept copies of every message that found its conversation (requirement G1): as received, as delivered, and what was decided.
 * Nobody waits for it: a copy is written when its message has its reply, and what its place does not take waits in the store.
 */
import { folded } from '../model/folded.ts';
import type { Archived, ArchiveIndex, ArchivePage, ArchiveQuestion, CopyOf } from '../store/archive.ts';
import type { Directory } from '../store/store.ts';
import type { LegalHolds } from '../store/upkeep.ts';
import type { Blobs } from './blobs.ts';
import { deleteCopies, eraseCopies } from './erase.ts';
import { createKeeper } from './keep.ts';
import type { ToKeep } from './record.ts';
import type { Sealer } from './seal.ts';

export interface ArchivePorts {
  readonly blobs: Blobs;
  readonly sealer: Sealer;
  readonly index: ArchiveIndex;
  readonly directory: Pick<Directory, 'conversation' | 'orderBetween' | 'party'>;
  readonly legalHolds: Pick<LegalHolds, 'read'>;
  /** `lost`: no copy is kept of this message; `queued`: it waits in the store. */
  readonly told: (what: 'lost' | 'queued', trace: string, error?: unknown) => void;
  /** All that stands in a message for people to read, subject and text, folded. Undefined: it cannot be read within bounds. Never rejects. */
  readonly wordsOf: (raw: Uint8Array) => Promise<string | undefined>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A page of a search. */
export interface Searched extends ArchivePage {
  /** Traces of messages that were not searched, as reading them takes too long or too much memory. */
  readonly unread?: readonly string[];
}

export interface Archive {
  /** Copies what became of a message. Returns at once and never throws. */
  keep(copy: ToKeep): void;
  record(trace: string): Promise<Archived | undefined>;
  /** Undefined: there is none, it is gone, or it is not written yet. Throws where the place does not answer, and where a copy was changed. */
  read(record: Archived, of: CopyOf): Promise<Buffer | undefined>;
  /** Newest first. `text` stands in the subject or the text, whatever its case: only of one conversation or party, 50 messages for a page. */
  page(question: ArchiveQuestion & { readonly text?: string }, limit: number, before?: string): Promise<Searched>;
  /** Takes the copies of the party's conversations away, and the very words that were found; what was decided stays. False: there were none. */
  forgetParty(party: string): Promise<boolean>;
  /**
   * Removes what is older (milliseconds since 1970), but for conversations on legal hold; answers how much that was. `goOn`: asked after each
   * hundred; false ends it.
   */
  removeOlderThan(at: number, goOn?: () => Promise<boolean>): Promise<number>;
  /** Ends when what was to be kept is kept, at most after so many milliseconds. */
  close(milliseconds: number): Promise<void>;
}

const atOnce = 16;
const searched = 50;

export function createArchive(ports: ArchivePorts): Archive {
  const { index } = ports;
  const keeper = createKeeper(ports);
  return {
    keep: keeper.keep,
    close: keeper.close,
    record: (trace) => index.record(trace),
    read: (record, of) => readCopy(record, of, ports),
    page: ({ text, ...question }, limit, before) =>
      text === undefined ? index.page(question, limit, before) : search({ ...question, text }, { limit, before }, ports),
    forgetParty: (party) => forgetParty(party, ports),
    removeOlderThan: (at, goOn = async () => true) => removeOlderThan({ at, goOn }, ports),
  };
}

async function readCopy(record: Archived, of: CopyOf, { blobs, index, sealer }: ArchivePorts): Promise<Buffer | undefined> {
  const copy = record.copies[of];
  if (!copy || record.gone) return undefined;
  const sealed = (await index.queue.read(copy.address, record.trace)) ?? (await blobs.get(copy.address));
  return sealed && sealer.open(sealed, copy);
}

async function search(
  { text, ...question }: ArchiveQuestion & { readonly text: string },
  { limit, before }: { readonly limit: number; readonly before: string | undefined },
  ports: ArchivePorts,
): Promise<Searched> {
  if (question.conversation === undefined && question.party === undefined)
    throw new RangeError('text is searched in the messages of one conversation or party');
  const { records, next } = await ports.index.page(question, Math.min(limit, searched), before);
  const wanted = folded(text);
  const found: Archived[] = [];
  const unread: string[] = [];
  // One after the other: each may be many megabytes.
  for (const record of records) {
    const raw = await readCopy(record, 'received', ports);
    if (!raw) continue;
    const words = await ports.wordsOf(raw);
    if (words === undefined) unread.push(record.trace);
    else if (words.includes(wanted)) found.push(record);
  }
  return { records: found, ...(next !== undefined && { next }), ...(unread.length > 0 && { unread }) };
}

async function forgetParty(party: string, ports: ArchivePorts): Promise<boolean> {
  let found = false;
  for (let before: string | undefined; ; ) {
    const { records, next } = await ports.index.page({ party }, 100, before);
    const left = records.filter(({ gone, copies }) => gone?.why !== 'forgotten' || Object.keys(copies).length > 0);
    await inTurns(left, (record) => eraseCopies(record, 'forgotten', ports));
    found ||= left.length > 0;
    if (next === undefined) return found;
    before = next;
  }
}

interface Removal {
  readonly at: number;
  readonly goOn: () => Promise<boolean>;
}

async function removeOlderThan({ at, goOn }: Removal, ports: ArchivePorts): Promise<number> {
  const { index, legalHolds } = ports;
  let removed = 0;
  for (let after: Archived | undefined; ; ) {
    const records = await index.oldest(at, 100, after);
    await inTurns(records, async (record) => {
      if (await legalHolds.read(record.conversation)) return;
      await deleteCopies(record, ports);
      await index.drop(record);
      // One that was sealed anew meanwhile looked for the record before it went.
      await deleteCopies(record, ports);
      removed += 1;
    });
    after = records.at(-1);
    if (!after || !(await goOn())) return removed;
  }
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += atOnce) await Promise.all(items.slice(at, at + atOnce).map(work));
}
