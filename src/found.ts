/** FOUND: what the way of a message has found out, told in the words of log and journal. */
import type { Found } from './dispose.ts';
import { describe } from './journal/log.ts';
import { type Authentication, isAuthentication } from './model/authentication.ts';
import { Refusal, replies, replyTo } from './model/reply.ts';

/** What an error means for the message: the catalogue's answer, or 451 where nobody foresaw it. */
export function failed(error: unknown): Found {
  const reply = replyTo(error);
  const outcome = reply.code < 500 ? 'defer' : 'reject';
  if (!(error instanceof Refusal)) return { reply, outcome, log: { error: describe(error) }, more: { reason: 'an error of ours' } };
  if (isAuthentication(error.cause)) return withProof({ reply, outcome }, error.cause);
  if (error.cause instanceof Error) return { reply, outcome, log: { nextHop: error.cause.message } };
  return typeof error.cause === 'string' && error.cause !== '' ? { reply, outcome, more: { reason: error.cause } } : { reply, outcome };
}

export const dropped = (reason: string): Found => ({ reply: replies.taken, outcome: 'drop', more: { reason } });

/** Whatever came of it: for the log and the journal. */
export const withProof = (found: Found, authentication: Authentication | undefined): Found =>
  authentication ? { ...found, log: { ...found.log, ...authentication }, more: { ...found.more, authentication } } : found;

/** What the scanner said stands before what the rest had to say. */
export const because = ({ more, ...found }: Found, reason: string | undefined): Found => {
  const reasons = [reason, more?.reason].filter((one) => one !== undefined);
  return { ...found, more: { ...more, ...(reasons.length > 0 && { reason: reasons.join('; ') }) } };
};

/** Its sender's server has done its part. */
export const isTaken = ({ reply }: Found): boolean => reply.code < 400;
