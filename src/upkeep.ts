/** UPKEEP: what one relay at a time does for all of them beside the mail: sealing anew, keeping what is on legal hold, and what else comes every hour. */
import type { Note } from './journal/log.ts';
import { describe } from './journal/log.ts';
import type { Store } from './store/store.ts';
import type { Sealed } from './store/upkeep.ts';
import { startDuty } from './upkeep/duty.ts';
import { everyHour, type Hourly } from './upkeep/hourly.ts';
import { preserving } from './upkeep/legal-holds.ts';
import { checkSecrets, resealAll } from './upkeep/reseal.ts';

const announceEvery = 20_000;

export interface UpkeepPorts {
  readonly store: Store;
  readonly note: Note;
  /** What else keeps sealed values, by name. */
  readonly others: Readonly<Record<string, Sealed>>;
  readonly hourly: readonly Hourly[];
}

/** Throws `SecretMissing` where a secret was taken away too early. */
export async function startUpkeep({ store, note, others, hourly }: UpkeepPorts): Promise<{ close(): Promise<void> }> {
  const { duties, secrets, legalHolds } = store;
  const failed = (error: unknown): void => note('unexpected', { error: describe(error) });
  for (const reason of await checkSecrets(secrets, Date.now())) note('warning', { reason });
  await secrets.announce();
  // Each relay says for itself what it writes with, whoever has the duty.
  const announcing = setInterval(() => void secrets.announce().catch(failed), announceEvery).unref();
  const told = (reason: string): void => note('resealed', { reason });
  const jobs = [
    startDuty({ duties, name: 'reseal', failed, work: (held) => resealAll(held, { secrets, others, told, now: Date.now }) }),
    ...[preserving(legalHolds), ...hourly].map((job) =>
      startDuty({ duties, name: job.name, failed, work: (held) => everyHour(held, job, Date.now) }),
    ),
  ];
  return {
    async close() {
      clearInterval(announcing);
      await Promise.all(jobs.map((job) => job.close()));
    },
  };
}
