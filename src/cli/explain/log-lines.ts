/** What a log says of one message: its lines in the words of `tail`. */
import { createReadStream } from 'node:fs';
import { readEvent } from '../tail/event.ts';
import { linesOf } from '../tail/lines.ts';
import { eventLine } from '../tail/words.ts';

const mostLines = 100;

/** Reads the whole file, however long; so many lines at most. Throws what the file system says. */
export async function logLinesOf(file: string, trace: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const line of linesOf(createReadStream(file))) {
    if (!line.includes(trace)) continue;
    const event = readEvent(line);
    if (event && (event.trace === trace || event.of === trace)) found.push(`  ${eventLine(event, { colour: false })}`);
    if (found.length >= mostLines) break;
  }
  return found;
}
