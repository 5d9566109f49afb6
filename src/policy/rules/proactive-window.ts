import { wholeMessage } from '../../model/verdict.ts';
import { type Facts, rule } from '../rule.ts';

/** The seller starts too long after the order's completion; the last day is inside. Never for critical messages. */
export const proactiveWindow = rule({
  id: 'proactive-window',
  looksAt: ['initiates', 'order', 'critical', 'limits'],
  *find(facts) {
    if (!facts.critical && isTooLate(facts)) yield wholeMessage;
  },
});

/** Whether it takes a critical message to pass. */
export const isTooLate = ({ initiates, order, limits }: Pick<Facts, 'initiates' | 'order' | 'limits'>): boolean =>
  initiates && order !== null && order.completedDaysAgo > limits.windowDays;
