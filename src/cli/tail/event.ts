/** One line of the relay's log, read: whatever is no line of ours is undefined, and no text of it reaches a terminal unescaped. */
import type { Event, Fields } from '../../journal/log.ts';

/** pino's, mildest first. */
export const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof levels)[number];

/** Fields may be missing, or of another kind than they should be. */
export type LogEvent = {
  readonly level: Level /** Milliseconds since 1970. */;
  readonly at: number;
  readonly event: Event | (string & {});
} & {
  readonly [Name in keyof Fields]?: Fields[Name] | undefined;
};

export function readEvent(line: string): LogEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  const value = parsed(line);
  if (typeof value !== 'object' || value === null || !('event' in value) || !('time' in value) || !('level' in value)) return undefined;
  const { event, time, level, ...fields } = value;
  const at = Date.parse(String(time));
  const known = levels.find((one) => one === level);
  if (typeof event !== 'string' || known === undefined || Number.isNaN(at)) return undefined;
  return { ...(fields as Fields), level: known, at, event };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Safe on a terminal: no control and no character that nobody sees is left, whoever wrote it. */
export const printable = (text: string): string =>
  text.replace(/\t/g, ' ').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** The same, for a line of JSON that is to stay one. */
export const printableJson = (line: string): string =>
  line.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );
