/** Records of the archive as sealed bytes and back, and pages of them; the same for every engine. */
import { pageSize, placeOf, readCursor, writeCursor } from './codec.ts';
import type { Archived, ArchivePage, ArchiveQuestion } from './archive.ts';
import { contextOf } from './contexts.ts';
import type { Vault } from './vault.ts';

/** So many records are looked at for one page. */
const LOOKED_AT = 500;

/** So many copies are lent in one call. */
export const MAX_LENT_COPIES = 20;

/** Bytes of all copies that wait in the store. */
export const MAX_QUEUED_BYTES = 256 * 1024 * 1024;

export const placeOfRecord = ({ at, trace }: Pick<Archived, 'at' | 'trace'>): string => placeOf(at, trace);

export const sealRecord = (vault: Vault, record: Archived): Buffer => vault.seal(JSON.stringify(record), contextOf.archived(record.trace));

export const readRecord = (vault: Vault, trace: string, sealed: Uint8Array): Archived =>
  JSON.parse(vault.open(sealed, contextOf.archived(trace)).toString());

/** Undefined where no secret opens it: it is in nobody's way. */
export function recordIfReadable(vault: Vault, trace: string, sealed: Uint8Array): Archived | undefined {
  try {
    return readRecord(vault, trace, sealed);
  } catch {
    return undefined;
  }
}

export function fits(record: Archived, question: ArchiveQuestion): boolean {
  const { conversation, party, order, from = 0, to = Number.POSITIVE_INFINITY, disposition, rule } = question;
  return (
    (conversation === undefined || record.conversation === conversation) &&
    (party === undefined || record.buyer === party || record.seller === party) &&
    (order === undefined || record.order === order) &&
    record.at >= from &&
    record.at < to &&
    (disposition === undefined || record.decisions.at(-1)?.disposition === disposition) &&
    (rule === undefined || record.decisions.some(({ findings }) => findings.some((finding) => finding.rule === rule)))
  );
}

/** Places from one to another, the last one not included, the highest first. */
export interface Range {
  readonly from: string;
  readonly before: string;
  readonly limit: number;
}

/** A place of a list, and what stands there, if it is still there. */
export interface Seen {
  readonly place: string;
  readonly record: Archived | undefined;
}

/** '~' stands behind every digit. */
const END = '~';

/** A page of those that fit, out of the list that an engine reads. */
export async function pageOfThose(
  question: ArchiveQuestion,
  { limit, before }: { readonly limit: number; readonly before: string | undefined },
  read: (range: Range) => Promise<readonly Seen[]>,
): Promise<ArchivePage> {
  const cursor = before === undefined ? END : readCursor(before);
  if (cursor === undefined) return { records: [] };
  const to = question.to === undefined ? END : placeOf(question.to, '');
  const size = pageSize(limit);
  const range = { from: placeOf(question.from ?? 0, ''), before: [cursor, to].sort()[0] ?? to, limit: LOOKED_AT + 1 };
  const seen = await read(range);
  const there = seen.slice(0, LOOKED_AT).flatMap(({ record }) => record ?? []);
  const records = there.filter((record) => fits(record, question));
  const last = records[size - 1];
  if (records.length > size && last) return { records: records.slice(0, size), next: writeCursor(placeOfRecord(last)) };
  const end = seen.length > LOOKED_AT ? seen[LOOKED_AT - 1] : undefined;
  return { records, ...(end && { next: writeCursor(end.place) }) };
}
