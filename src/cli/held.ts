/** `held TRACE`: a held message as it was received, for the operator who has to judge it. Shows content: needs the relay's secret. */
import { isTrace } from '../model/ids.ts';
import { heldHours } from '../model/retention.ts';
import { withStore } from './store.ts';

export async function held(args: readonly string[]): Promise<number> {
  const trace = args[0] ?? '';
  if (!isTrace(trace)) {
    process.stderr.write('usage: held TRACE, the 16 letters and digits of the SMTP reply, the log or the notice\n');
    return 2;
  }
  const hold = await withStore((store) => store.holds.read(trace));
  if (!hold) {
    process.stderr.write(`No such message is held (messages are held for ${heldHours} hours).\n`);
    return 1;
  }
  process.stderr.write(`Held in conversation ${hold.conversation}: ${hold.reason}\n`);
  process.stdout.write(hold.received.raw);
  return 0;
}
