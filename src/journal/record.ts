/** RECORD: one journal entry, one log event, one count for each message, whatever came of it. Never throws, never delays the reply for long. */
import type { Entry } from '../model/entry.ts';
import { asReleased, eventOf, type Tell } from '../model/event.ts';
import type { Journal } from '../store/store.ts';
import { describe, type Fields, type Note } from './log.ts';
import type { Metrics } from './metrics.ts';

export interface Recorder {
  readonly journal: Journal;
  readonly note: Note;
  readonly metrics: Metrics;
  /** For the marketplace's webhooks. */
  readonly tell: Tell;
}

/** Of messages that waited: that they went is told as such. */
export const releasing = (recorder: Recorder): Recorder => ({ ...recorder, tell: (event) => recorder.tell(asReleased(event)) });

/** `more`: what the log may say beside the entry (RFC 8601 results, the next hop's masked words, where an unforeseen error came from). */
export async function record(entry: Entry, more: Fields, { journal, note, metrics, tell }: Recorder): Promise<void> {
  const { trace, conversation, direction, disposition, reply, bytes, steps, reason, findings } = entry;
  const ms = Math.round(Object.values(steps).reduce((sum, step) => sum + step, 0) * 100) / 100;
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  note('message', {
    trace,
    ...(conversation && { conversation }),
    ...(direction && { direction }),
    disposition,
    rules,
    reply,
    bytes,
    ms,
    steps,
    ...(reason && { reason }),
    ...more,
  });
  metrics.message(entry);
  try {
    await journal.add(entry);
  } catch (error) {
    note('not-recorded', { trace, error: describe(error) });
  }
  const event = eventOf(entry);
  if (event) tell(event);
}
