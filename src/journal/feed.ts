/**
 * The log as it is written, for whoever looks at it from outside (`tail --url`): the last lines, and each new one. A reader's queue is bounded:
 * one that reads too slowly is let go, for the relay does not wait for its onlookers.
 */
import { Readable } from 'node:stream';

/** Of each reader, so many bytes wait at most. */
const MAX_WAITING = 1024 * 1024;
const MAX_READERS = 16;
/** Lines, and characters of a line, that are remembered. */
const MAX_PAST = 200;
const MAX_LINE = 8192;
/** Milliseconds: a reader that is gone is noticed by it, and proxies do not take the connection for idle. */
const HEARTBEAT = 15_000;

/** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): one line of the log each. */
const eventOf = (line: string): string => `data: ${line}\n\n`;

export class Feed {
  readonly #readers = new Set<Readable>();
  readonly #past: string[] = [];
  #beat: NodeJS.Timeout | undefined;
  #closed = false;

  /** How many look on. */
  get readers(): number {
    return this.#readers.size;
  }

  /** One line of the log; never throws, never waits. */
  write(text: string): void {
    const line = text.trimEnd();
    if (line.length > MAX_LINE) return;
    this.#past.push(line);
    if (this.#past.length > MAX_PAST) this.#past.shift();
    if (this.#readers.size > 0) this.#tell(eventOf(line));
  }

  /** The last so many lines, then each new one. Undefined: as many as may be look on already, or it is over. */
  open(last: number): Readable | undefined {
    if (this.#closed || this.#readers.size >= MAX_READERS) return undefined;
    const reader = new Readable({ read: () => undefined, highWaterMark: MAX_WAITING });
    reader.push(`: the log of this process\n\n${last > 0 ? this.#past.slice(-last).map(eventOf).join('') : ''}`);
    this.#readers.add(reader);
    reader.on('close', () => this.#leave(reader));
    reader.on('error', () => undefined);
    this.#beat ??= setInterval(() => this.#tell(': \n\n'), HEARTBEAT).unref();
    return reader;
  }

  /** What was written until now is still read; nothing comes after it. */
  close(): void {
    this.#closed = true;
    for (const reader of this.#readers) reader.push(null);
  }

  #tell(text: string): void {
    for (const reader of this.#readers) {
      if (this.#closed) return;
      reader.push(text);
      if (reader.readableLength > MAX_WAITING) reader.destroy();
    }
  }

  #leave(reader: Readable): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0) return;
    clearInterval(this.#beat);
    this.#beat = undefined;
  }
}
