import { rule, whole } from '../rule.ts';

/** The seller starts, the buyer does not want that, and the message is not critical. An answer is never blocked. */
export const optedOut = rule({
  id: 'opted-out',
  looksAt: ['initiates', 'buyerOptedOut', 'critical'],
  *find({ initiates, buyerOptedOut, critical }) {
    if (initiates && buyerOptedOut && !critical) yield whole;
  },
});
