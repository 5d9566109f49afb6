/**
 * CLOSING: a relay that is told to stop ends what it has, in a time that its supervisor knows. What cannot end in time is not begun: a hand-over
 * that is cut off would leave a message of which nobody knows whether the next hop has it.
 */
import { deadlines } from './model/deadlines.ts';
import { within } from './model/within.ts';

/** All in milliseconds. */
export interface ClosingLimits {
  /** A message that was wholly received is not sent away: so long its reply may take. */
  readonly drain: number;
  readonly handOver: number;
  /** What is to be kept is on a disk soon, and with S3 within a call or two; an event is told, or not, within 10 s. */
  readonly keeping: number;
  /** Beside the limits that the parts keep by themselves: their own time is up a little before ours. */
  readonly spare: number;
}

const usual: ClosingLimits = { drain: 75_000, handOver: deadlines.handOver, keeping: 10_000, spare: 1_000 };

type End = () => Promise<unknown>;

export interface Parts {
  /** Running transactions end within so many milliseconds and get their reply; what comes anew gets 421. */
  readonly drain: (milliseconds: number) => Promise<unknown>;
  /** What runs beside the mail, and leaves in the store what it does not end. */
  readonly background: readonly End[];
  /** From then on it takes no hand-over; resolves when those under way have ended. */
  readonly outbound: End;
  /** What has to keep or to tell what came until then, within so many milliseconds. */
  readonly keepers: readonly ((milliseconds: number) => Promise<unknown>)[];
  /** Ended one after the other, at last. */
  readonly last: readonly End[];
}

/** At most a minute and a half. Rejects with what the parts throw. */
export async function closeAll(parts: Parts, limits = usual): Promise<void> {
  const { drain, handOver, keeping, spare } = limits;
  const quiet = Promise.all([parts.drain(drain), ...parts.background.map((end) => end())]);
  // While there is time for a whole one, hand-overs begin; what comes to it later is put off, and its sender hears so while the drain lasts.
  const handedOver = within(drain - handOver, quiet).then(parts.outbound);
  await within(drain + spare, Promise.all([quiet, handedOver]));
  await within(keeping + spare, Promise.all(parts.keepers.map((end) => end(keeping))));
  for (const end of parts.last) await within(spare, end());
}
