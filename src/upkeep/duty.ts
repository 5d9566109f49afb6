/**
 * Work that one relay at a time does, however many share a store: whoever has the duty notes how far it is and has it anew with each note;
 * who dies loses it, and another goes on from there within a minute.
 */
import { startRounds } from '../model/rounds.ts';
import type { Duties } from '../store/upkeep.ts';

/** The duty while it is ours. */
export interface Held {
  /** As it was noted last, by whoever had it. */
  readonly note: string;
  /** Notes how far it is. False: stop, for another has it or we are about to close. */
  keep(note: string): Promise<boolean>;
}

export interface DutyPorts {
  readonly duties: Duties;
  readonly name: string;
  /** Some of the work; a rejection is told of, and the rest is done next time. */
  readonly work: (held: Held) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Together less than a minute: so long after the one who had it died, another looks and has it. */
const leaseSeconds = 30;
const everyMilliseconds = 20_000;

/** Looks at once and then every 20 s whether the duty is to be had. Never throws. `close` ends when what is under way is noted. */
export const startDuty = (ports: DutyPorts, every = everyMilliseconds, lease = leaseSeconds): { close(): Promise<void> } =>
  startRounds({ every, work: (goOn) => work(ports, lease, goOn), failed: ports.failed });

async function work({ duties, name, work }: DutyPorts, lease: number, goOn: () => boolean): Promise<void> {
  const duty = await duties.take(name, lease);
  if (!duty) return;
  let { note } = duty;
  try {
    await work({
      note,
      async keep(next) {
        note = next;
        return (await duties.keep(name, { fence: duty.fence, note }, lease)) && goOn();
      },
    });
  } finally {
    // Given back at once: it may be that another can do more, and one that is closed need not be waited for.
    await duties.leave(name, { fence: duty.fence, note });
  }
}
