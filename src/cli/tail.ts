/**
 * `tail`: the log as people read it, from a pipe, a file that grows, or the running relay. One line for each message and event, in plain words
 * and local time; what is no line of ours passes through, escaped.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf, eventLine } from './tail/words.ts';
import { type Call, readCall, usage } from './tail/call.ts';
import { type LogEvent, printable, printableJson, readEvent } from './tail/event.ts';
import { isNarrow, isWanted, type PartiesOf } from './tail/filter.ts';
import { linesOf, linesOfFile } from './tail/lines.ts';
import { linesOfRelay, Refused } from './tail/relay.ts';

export async function tail(args: readonly string[]): Promise<number> {
  const call = readCall(args, Date.now());
  if (call === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  if (!call) {
    process.stderr.write(usage);
    return 2;
  }
  outlivePipes(call);
  await using parties = await partiesFor(call);
  try {
    const printer = createPrinter(call, parties.of);
    const { lines, caughtUp } = linesFor(call, printer);
    for await (const line of lines) await printer.take(line);
    caughtUp();
    return 0;
  } catch (error) {
    process.stderr.write(`tail: ${error instanceof Refused ? error.message : reasonOf(error)}\n`);
    return 1;
  }
}

type Parties = AsyncDisposable & { readonly of: PartiesOf };

/** The store, and all that opens it, only where it is needed: it takes a second. */
async function partiesFor({ wanted }: Call): Promise<Parties> {
  if (wanted.party === undefined) return { of: async () => [], [Symbol.asyncDispose]: async () => undefined };
  const { openParties } = await import('./tail/parties.ts');
  return openParties();
}

/** Whoever reads us may go away (`| head`); and Ctrl-C is for the relay before us in the pipe, whose last words are to be seen. */
function outlivePipes({ source }: Call): void {
  process.stdout.on('error', () => process.exit(0));
  if (source.kind === 'pipe') process.once('SIGINT', () => undefined);
}

interface Printer {
  take(line: string): Promise<void>;
  /** What of the past is wanted has come: it is printed, and the rest as it comes. */
  caughtUp(): void;
}

/** Of the past, the last lines that fit are kept until it is over. */
function createPrinter({ wanted, lines, json, colour, source }: Call, partiesOf: PartiesOf): Printer {
  let past: string[] | undefined = source.kind === 'file' && lines !== undefined ? [] : undefined;
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  const shownAs = (line: string, event: LogEvent | undefined): string => {
    if (json) return printableJson(line);
    if (!event) return printable(line);
    return eventLine(event, { colour, today: dayOf(Date.now()) });
  };
  return {
    async take(line) {
      if (line === '') return;
      const event = readEvent(line);
      if (event ? !(await isWanted(event, wanted, partiesOf)) : json || isNarrow(wanted)) return;
      if (!past) return out(shownAs(line, event));
      past.push(shownAs(line, event));
      if (past.length > (lines ?? 0)) past.shift();
    },
    caughtUp() {
      for (const line of past ?? []) out(line);
      past = undefined;
    },
  };
}

/** Of a large file, so many bytes before its end are looked through for lines of the past. */
const window = 16 * 1024 * 1024;
const mostOfRelay = 200;

function linesFor(call: Call, printer: Printer): { readonly lines: AsyncIterable<string>; readonly caughtUp: () => void } {
  const { source, follow, wanted, lines } = call;
  // A line may still be on its way to the printer.
  const caughtUp = (): void => printer.caughtUp();
  if (source.kind === 'pipe') return { lines: linesOf(process.stdin), caughtUp };
  if (source.kind === 'file') {
    const all = wanted.since !== undefined;
    return { lines: linesOfFile({ path: source.path, window: all ? undefined : window, follow, caughtUp }), caughtUp };
  }
  const away = (sentence: string): void => void process.stderr.write(`tail: ${sentence}\n`);
  const last = Math.min(lines ?? mostOfRelay, mostOfRelay);
  return { lines: linesOfRelay({ url: source.url, token: tokenOf(source.tokenFile), last, away }), caughtUp };
}

function tokenOf(file: string | undefined): string {
  if (file !== undefined) return readFileSync(file, 'utf8').trim();
  if (process.env.API_TOKEN) return process.env.API_TOKEN;
  try {
    return readFileSync(join(process.cwd(), 'var/api-token'), 'utf8').trim();
  } catch {
    throw new Refused('no token: give --token-file or API_TOKEN');
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? `cannot be read (${String(error.code)})` : printable(String(error));
