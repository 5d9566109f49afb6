/** Compound files ([MS-CFB]), a file system of sectors in a file: its streams, found within limits. Places are counted in the file. */
import { utf16 } from '../utf16.ts';

export interface Entry {
  readonly name: string;
  readonly kind: 'storage' | 'stream' | 'root';
  /** Where its 128 bytes stand. */
  readonly at: number;
  readonly size: number;
  readonly start: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
}

/** A run of bytes. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

export interface Compound {
  /** Entries by number; those that are not in use are undefined. */
  readonly entries: readonly (Entry | undefined)[];
  /** Runs of what keeps the file together: header, tables of sectors, directory. */
  readonly frame: readonly Run[];
  /** The bytes of a stream in their order, no more than its size; undefined where its chain is broken. */
  readonly runsOf: (entry: Entry) => readonly Run[] | undefined;
}

const smallSector = 64;
const smallLimit = 4096;
const lastSector = 0xfffffffa;
const maxEntries = 20_000;

/** @returns undefined where it is none */
export function readCompound(bytes: Buffer): Compound | undefined {
  const shift = bytes.length >= 1536 ? bytes.readUInt16LE(30) : 0;
  if (shift !== 9 && shift !== 12) return undefined;
  const size = 2 ** shift;
  const sector = (number: number): Run => ({ from: (number + 1) * size, to: Math.min(bytes.length, (number + 2) * size) });
  const table = tableSectors(bytes, sector);
  if (table === undefined) return undefined;
  const next = nextIn(bytes, table.sectors.map(sector));
  const chain = (start: number): readonly Run[] | undefined => chainFrom(start, next, Math.ceil(bytes.length / size))?.map(sector);
  const directory = chain(bytes.readUInt32LE(48));
  const small = chain(bytes.readUInt32LE(60));
  if (directory === undefined || small === undefined) return undefined;
  const entries = directory.flatMap((run) => entriesIn(bytes, run)).slice(0, maxEntries);
  const root = entries[0];
  const home = root && cut(chain(root.start) ?? [], root.size);
  if (root?.kind !== 'root' || home === undefined) return undefined;
  const nextSmall = nextIn(bytes, small);
  const runsOf = (entry: Entry): readonly Run[] | undefined => {
    if (entry.size >= smallLimit) return cut(chain(entry.start), entry.size);
    const numbers = entry.size === 0 ? [] : chainFrom(entry.start, nextSmall, Math.ceil(root.size / smallSector));
    return cut(
      numbers?.flatMap((number) => smallRun(home, number, size)),
      entry.size,
    );
  };
  return { entries, frame: [{ from: 0, to: size }, ...table.frame.map(sector), ...directory, ...small], runsOf };
}

/** The sectors of the table of sectors: 109 in the header, the rest in a chain of their own. */
function tableSectors(
  bytes: Buffer,
  sector: (number: number) => Run,
): { readonly sectors: number[]; readonly frame: number[] } | undefined {
  const sectors: number[] = [];
  const frame: number[] = [];
  const add = (from: number, count: number): void => {
    for (let index = 0; index < count && from + index * 4 + 4 <= bytes.length; index++) {
      const number = bytes.readUInt32LE(from + index * 4);
      if (number < lastSector) sectors.push(number);
    }
  };
  add(76, 109);
  let more = bytes.readUInt32LE(68);
  for (let count = 0; more < lastSector; count++) {
    const { from, to } = sector(more);
    if (to - from < 512 || count > 1_000) return undefined;
    frame.push(more);
    add(from, (to - from) / 4 - 1);
    more = bytes.readUInt32LE(to - 4);
  }
  return sectors.some((number) => sector(number).from >= bytes.length) ? undefined : { sectors, frame: [...frame, ...sectors] };
}

/** What follows a sector, by its number. */
function nextIn(bytes: Buffer, table: readonly Run[]): (number: number) => number {
  const rows = Buffer.concat(table.map(({ from, to }) => bytes.subarray(from, to)));
  return (number) => (number * 4 + 4 <= rows.length ? rows.readUInt32LE(number * 4) : lastSector);
}

function chainFrom(start: number, next: (number: number) => number, most: number): number[] | undefined {
  const chain: number[] = [];
  for (let number = start; number < lastSector; number = next(number)) {
    if (chain.length > most || number > most) return undefined;
    chain.push(number);
  }
  return chain;
}

function entriesIn(bytes: Buffer, { from, to }: Run): (Entry | undefined)[] {
  const entries: (Entry | undefined)[] = [];
  for (let at = from; at + 128 <= to; at += 128) {
    const length = bytes.readUInt16LE(at + 64);
    const kind = ({ 1: 'storage', 2: 'stream', 5: 'root' } as const)[bytes[at + 66] ?? 0];
    entries.push(
      kind && {
        name: utf16(bytes.subarray(at, at + Math.max(0, Math.min(64, length) - 2))),
        kind,
        at,
        size: bytes.readUInt32LE(at + 120),
        start: bytes.readUInt32LE(at + 116),
        left: bytes.readUInt32LE(at + 68),
        right: bytes.readUInt32LE(at + 72),
        child: bytes.readUInt32LE(at + 76),
      },
    );
  }
  return entries;
}

/** A small sector lies in one of the runs of the root's stream, which are sectors. */
function smallRun(home: readonly Run[], number: number, size: number): Run[] {
  const run = home[Math.floor((number * smallSector) / size)];
  const from = (run?.from ?? 0) + ((number * smallSector) % size);
  return run === undefined ? [] : [{ from, to: Math.min(run.to, from + smallSector) }];
}

/** The first bytes of these runs; undefined where there are fewer. */
function cut(runs: readonly Run[] | undefined, size: number): Run[] | undefined {
  if (runs === undefined) return undefined;
  const out: Run[] = [];
  let left = size;
  for (const { from, to } of runs) {
    if (left <= 0) break;
    const length = Math.min(left, Math.max(0, to - from));
    out.push({ from, to: from + length });
    left -= length;
  }
  return left > 0 ? undefined : out;
}

/** The entries of the root storage itself, and not of the storages in it. */
export function topEntries({ entries }: Compound): readonly Entry[] {
  const found: Entry[] = [];
  const seen = new Set<number>();
  const waiting = [entries[0]?.child ?? 0];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    const entry = entries[number];
    if (entry === undefined || number === 0 || seen.has(number)) continue;
    seen.add(number);
    found.push(entry);
    waiting.push(entry.left, entry.right);
  }
  return found;
}
