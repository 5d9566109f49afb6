/** What counts for a client and against it, in points. */
import { type Reply, replies } from '../model/reply.ts';

/** An address that nobody has: guessed, mistyped, forged or given up, all the same. */
export const MISS = 1;
/** A wrong password: nobody types ten of them, and each costs us more than a look-up. */
export const FAILED_LOGIN = 3;

/** By the reply to a message. Whoever is not proven, or proven to be somebody else, may be honest: it takes many. */
const byReply: ReadonlyMap<Reply, number> = new Map([
  [replies.relayed, -1],
  [replies.unauthenticated, 1],
  [replies.notAParty, 1],
  [replies.notYourDomain, 1],
  [replies.unknownAlias, MISS],
]);

/** Points of a message that was answered so; 0 where it says nothing about its sender. */
export const pointsOf = (reply: Reply): number => byReply.get(reply) ?? 0;
