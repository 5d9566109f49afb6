/** Which of a party's mailboxes get the party's mail: one that mail came back from for good is left alone for some days. */
import type { Mailbox } from '../model/address.ts';
import type { Party } from '../model/route.ts';

/** A mailbox may come back, and nobody tells us: after so long it is tried again. */
const markMilliseconds = 7 * 86_400_000;

/**
 * Those that receive and are not marked as unreachable in the last 7 days, in the party's order, at least one; `unreachable` where all are
 * marked, `none` where none receives. `now`: milliseconds since 1970.
 */
export function receivingMailboxes({ mailboxes }: Party, now: number): readonly [Mailbox, ...Mailbox[]] | 'unreachable' | 'none' {
  const receiving = mailboxes.filter(({ receives }) => receives);
  const reachable = receiving.filter(({ unreachable }) => unreachable === undefined || now - unreachable.at >= markMilliseconds);
  const [first, ...others] = reachable.map(({ address }) => address);
  if (first !== undefined) return [first, ...others];
  return receiving.length === 0 ? 'none' : 'unreachable';
}

/** Where a party is told something: a mailbox that it writes from, where there is one. `now`: milliseconds since 1970. */
export function mailboxToTell(party: Party, now: number): Mailbox | undefined {
  const open = receivingMailboxes(party, now);
  if (typeof open === 'string') return undefined;
  return open.find((mailbox) => party.mailboxes.some(({ address, sends }) => sends && address === mailbox)) ?? open[0];
}
