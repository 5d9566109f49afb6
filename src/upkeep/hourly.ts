/** Work that is done about once an hour, by one relay of all that share the store. */
import type { Held } from './duty.ts';

export interface Hourly {
  readonly name: string;
  /** Asks `goOn` after each step, every few seconds: false means that it has to stop. */
  work(goOn: () => Promise<boolean>): Promise<void>;
}

const everyMilliseconds = 3_600_000;

/** The note is when it was done last: milliseconds since 1970. What fails is tried again in the next hour; what was stopped goes on at once. */
export async function everyHour(held: Held, { work }: Pick<Hourly, 'work'>, now: () => number): Promise<void> {
  const done = Number(held.note);
  if (now() - done < everyMilliseconds && done <= now()) return;
  let ours = true;
  try {
    await work(async () => {
      ours = ours && (await held.keep(held.note));
      return ours;
    });
  } finally {
    if (ours) await held.keep(String(now()));
  }
}
