/** Takes the end off what came to conversations on legal hold; asked for once an hour, and the shortest time that anything is kept is three days. */
import type { LegalHolds } from '../store/upkeep.ts';
import type { Held } from './duty.ts';

const everyMilliseconds = 3_600_000;

/** The note is when it was done last: milliseconds since 1970. */
export async function preserveAll(
  held: Held,
  { legalHolds, now }: { readonly legalHolds: LegalHolds; readonly now: () => number },
): Promise<void> {
  const done = Number(held.note);
  if (now() - done < everyMilliseconds && done <= now()) return;
  for (const conversation of await legalHolds.conversations()) {
    await legalHolds.preserve(conversation);
    if (!(await held.keep(held.note))) return;
  }
  await held.keep(String(now()));
}
