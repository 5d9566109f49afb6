/**
 * A conversation as evidence (requirement G2): its messages as files and one JSON with what was decided, in which each entry carries the hash of
 * the one before (SHA-256), and the last hash is signed (Ed25519, RFC 8032). What is changed, taken out or put in later shows: `verify.ts`.
 */
import { type KeyObject, sign } from 'node:crypto';
import type { Entry } from '../model/entry.ts';
import type { Archived, ArchivePage, ArchiveQuestion, CopyOf } from '../store/archive.ts';
import type { Conversation } from '../model/route.ts';
import type { Journal } from '../store/store.ts';
import type { Archive } from './archive.ts';
import { publicKeyOf } from './keys.ts';
import { sha256 } from './seal.ts';

export const format = 'postern-export/1';
export const names = { json: 'conversation.json', signature: 'signature.txt', key: 'public-key.pem' } as const;

/** A file of the export, or why there is none. */
export type Content =
  | { readonly file: string; readonly sha256: string; readonly bytes: number }
  | { readonly missing: 'forgotten' | 'no room' | 'not found' };

/** What is the same for all entries; the first entry carries its hash. */
export interface Head {
  readonly format: typeof format;
  readonly about: string;
  readonly conversation: string;
  readonly buyer: string;
  readonly seller: string;
  /** ISO 8601, UTC; so are all times. */
  readonly exportedAt: string;
  readonly from?: string;
  readonly to?: string;
  /** How many there are. */
  readonly entries: number;
  /** What the journal knows and the archive does not. */
  readonly notArchived: readonly { readonly trace: string; readonly at: string; readonly disposition: string; readonly reply: string }[];
}

export interface ExportPorts {
  readonly archive: Pick<Archive, 'page' | 'read'>;
  readonly journal: Pick<Journal, 'page'>;
  readonly signing: KeyObject;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** All of it lies in memory at once. */
const mostBytes = 512 * 1024 * 1024;

/** More than one export may hold; a shorter time has less. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

/** The files by their names. @throws TooMuch; and what the archive throws where it does not answer, or a copy was changed. */
export async function exportConversation(
  conversation: Conversation,
  range: Pick<ArchiveQuestion, 'from' | 'to'>,
  ports: ExportPorts,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { id, buyer, seller } = conversation;
  const records = await allOf((before) => ports.archive.page({ conversation: id, ...range }, 500, before));
  const head: Head = {
    format,
    about:
      'Each entry holds in `previous` the hash of the one before, the first one that of `head`. Check it with: postern export --verify FILE',
    conversation: id,
    buyer,
    seller,
    exportedAt: isoOf(ports.now),
    ...(range.from !== undefined && { from: isoOf(range.from) }),
    ...(range.to !== undefined && { to: isoOf(range.to) }),
    entries: records.length,
    notArchived: await notArchived(id, range, { ...ports, known: new Set(records.map(({ trace }) => trace)) }),
  };
  const files = new Map<string, Uint8Array>();
  const entries: object[] = [];
  let previous = hashOf(head);
  for (const [index, record] of records.entries()) {
    const contents = await contentsOf(record, index + 1, { files, archive: ports.archive });
    const entry = { n: index + 1, previous, ...said(record), contents };
    previous = hashOf(entry);
    entries.push({ ...entry, hash: previous });
  }
  files.set(names.json, Buffer.from(`${JSON.stringify({ head, entries }, null, 2)}\n`));
  files.set(names.signature, Buffer.from(`${sign(null, Buffer.from(signed(previous)), ports.signing).toString('base64')}\n`));
  files.set(names.key, Buffer.from(publicKeyOf(ports.signing)));
  return files;
}

const isoOf = (at: number): string => new Date(at).toISOString();

/** What the signature stands for. */
export const signed = (lastHash: string): string => `${format} ${lastHash}`;

/** Of the JSON with the members of each object in the order of their names, without `hash`. */
export const hashOf = (value: object): string => sha256(canonical({ ...value, hash: undefined }));

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const sorted = members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${sorted.join(',')}}`;
}

/** The oldest first. */
async function allOf(page: (before: string | undefined) => Promise<ArchivePage>): Promise<readonly Archived[]> {
  const all: Archived[] = [];
  for (let before: string | undefined; ; ) {
    const { records, next } = await page(before);
    all.push(...records);
    if (next === undefined) return all.reverse();
    before = next;
  }
}

async function notArchived(
  conversation: string,
  { from = 0, to = Number.POSITIVE_INFINITY }: Pick<ArchiveQuestion, 'from' | 'to'>,
  { journal, known }: Pick<ExportPorts, 'journal'> & { readonly known: ReadonlySet<string> },
): Promise<Head['notArchived']> {
  const missing: Entry[] = [];
  for (let before: string | undefined; ; ) {
    const { entries, next } = await journal.page(conversation, 500, before);
    missing.push(...entries.filter(({ trace, at }) => !known.has(trace) && at >= from && at < to));
    if (next === undefined) break;
    before = next;
  }
  return missing.reverse().map(({ trace, at, disposition, reply }) => ({ trace, at: isoOf(at), disposition, reply }));
}

function said({ trace, at, direction, order, decisions }: Archived): object {
  return {
    trace,
    receivedAt: isoOf(at),
    ...(direction && { direction }),
    ...(order !== undefined && { order }),
    decisions: decisions.map(({ at: decided, disposition, reply, findings, steps, more }) => ({
      at: isoOf(decided),
      disposition,
      reply,
      findings,
      steps,
      ...more,
    })),
  };
}

interface Gathering {
  readonly files: Map<string, Uint8Array>;
  readonly archive: Pick<Archive, 'read'>;
}

/** Puts the copies among the files. */
async function contentsOf(record: Archived, n: number, { files, archive }: Gathering): Promise<Readonly<Partial<Record<CopyOf, Content>>>> {
  const last = record.decisions.at(-1)?.disposition;
  const wanted: readonly CopyOf[] = record.copies.delivered || last === 'relay' ? ['received', 'delivered'] : ['received'];
  const contents: Partial<Record<CopyOf, Content>> = {};
  for (const of of wanted) {
    const bytes = await archive.read(record, of);
    if (!bytes) {
      contents[of] = { missing: record.gone?.why ?? 'not found' };
      continue;
    }
    const file = `messages/${String(n).padStart(4, '0')}-${record.trace}-${of}.eml`;
    files.set(file, bytes);
    contents[of] = { file, sha256: sha256(bytes), bytes: bytes.length };
  }
  if ([...files.values()].reduce((sum, { length }) => sum + length, 0) > mostBytes)
    throw new TooMuch(`the messages have more than ${mostBytes / 1024 / 1024} MB`);
  return contents;
}
