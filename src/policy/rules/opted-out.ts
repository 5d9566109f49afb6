import { wholeMessage } from '../../model/verdict.ts';
import { type Facts, rule } from '../rule.ts';

/** The seller starts, the buyer does not want that, and the message is not critical. An answer is never blocked. */
export const optedOut = rule({
  id: 'opted-out',
  looksAt: ['initiates', 'buyerOptedOut', 'critical'],
  *find(facts) {
    if (!facts.critical && isUnwanted(facts)) yield wholeMessage;
  },
});

/** Whether it takes a critical message to pass. */
export const isUnwanted = ({ initiates, buyerOptedOut }: Pick<Facts, 'initiates' | 'buyerOptedOut'>): boolean => initiates && buyerOptedOut;
