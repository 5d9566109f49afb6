import { rule, whole } from '../rule.ts';

/** The seller starts too long after the order's completion; the last day is inside. Never for critical messages. */
export const proactiveWindow = rule({
  id: 'proactive-window',
  looksAt: ['initiates', 'order', 'critical', 'limits'],
  *find({ initiates, order, critical, limits }) {
    if (initiates && !critical && order !== null && order.completedDaysAgo > limits.windowDays) yield whole;
  },
});
