/** Lines of a stream and of a file that grows, is cut or is replaced (log rotation). Bounded: no line is longer than what is kept of it. */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { StringDecoder } from 'node:string_decoder';

/** Characters; the rest of a longer line is left out. */
const MAX_LINE = 65_536;
const BLOCK = 65_536;
/** Milliseconds. */
const LOOK_EVERY = 200;

/** What comes in pieces, as lines without their ends; the last one also where nothing ends it. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const cutter = lineCutter();
  for await (const chunk of chunks) yield* cutter.add(chunk);
  yield* cutter.end();
}

/** Collects the pieces of one stream. */
export function lineCutter() {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const add = (chunk: Uint8Array | string): readonly string[] => {
    const parts = (rest + (typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk)))).split('\n');
    rest = (parts.pop() ?? '').slice(0, MAX_LINE);
    return parts.map((line) => line.slice(0, MAX_LINE).replace(/\r$/, ''));
  };
  return { add, end: (): readonly string[] => (rest === '' ? [] : [rest]) };
}

export interface FileSetup {
  readonly path: string;
  /** Where to begin: so many bytes before the end; undefined: at the beginning. */
  readonly window?: number | undefined;
  readonly follow: boolean;
  /** Called once, when all that was there has been read. */
  readonly caughtUp: () => void;
}

/** Ends only where it does not follow. Throws what the file system says of a file that is not there at the start. */
export async function* linesOfFile({ path, window, follow, caughtUp }: FileSetup): AsyncGenerator<string> {
  let handle: FileHandle | undefined = await open(path);
  for (let isFirst = true; handle; isFirst = false) {
    await using file = handle;
    const { size, ino } = await file.stat();
    const reader = readerOf(file, isFirst && window !== undefined ? Math.max(0, size - window) : 0);
    yield* reader.rest();
    if (isFirst) caughtUp();
    while (follow && !(await isReplaced(path, { ino, place: reader.place() }))) {
      await wait(LOOK_EVERY);
      yield* reader.rest();
    }
    // What was written before it was replaced is read to its end.
    yield* reader.rest();
    yield* reader.end();
    handle = follow ? await opened(path) : undefined;
  }
}

/** Reads a file from a place on; the line that began before the place is left out. */
function readerOf(file: FileHandle, from: number) {
  const cutter = lineCutter();
  const buffer = Buffer.alloc(BLOCK);
  let place = from;
  let isCut = from > 0;
  async function* rest(): AsyncGenerator<string> {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, BLOCK, place);
      if (bytesRead === 0) return;
      place += bytesRead;
      const lines = cutter.add(buffer.subarray(0, bytesRead));
      yield* isCut ? lines.slice(1) : lines;
      isCut &&= lines.length === 0;
    }
  }
  return { rest, place: () => place, end: cutter.end };
}

async function isReplaced(path: string, { ino, place }: { readonly ino: number; readonly place: number }): Promise<boolean> {
  const now = await stat(path).catch(() => undefined);
  // Moved away, and nothing there yet: it may still be written to.
  return now !== undefined && (now.ino !== ino || now.size < place);
}

/** It was moved away: another one comes. */
async function opened(path: string): Promise<FileHandle> {
  for (;;) {
    const handle = await open(path).catch(() => undefined);
    if (handle) return handle;
    await wait(LOOK_EVERY);
  }
}
