/** RCPT: is there such an address, and can it take a message now? Asked within a deadline of its own. */
import { Refusal, replies } from '../model/reply.ts';
import { within } from './deadlines.ts';
import type { InboundPorts } from './ports.ts';
import type { Shared } from './shared.ts';

type Answer = Awaited<ReturnType<InboundPorts['knows']>>;

const refusals: Readonly<Record<Exclude<Answer, 'yes'>, () => Refusal>> = {
  no: () => new Refusal(replies.unknownAlias),
  lost: () => new Refusal(replies.tryLater, { cause: 'lost' }),
  away: () => new Refusal(replies.nextHopAway, { cause: 'known to be down' }),
};

/** Gives the address back. @throws Refusal: 550 where there is none, 451 where we cannot tell, or it cannot be reached now */
export async function askFor(forwardPath: string, reversePath: string, { ports, limits }: Shared): Promise<string> {
  const answer = await within(limits.recipientMs, async () => ports.knows(forwardPath, reversePath));
  if (answer === 'yes') return forwardPath;
  throw refusals[answer]();
}
