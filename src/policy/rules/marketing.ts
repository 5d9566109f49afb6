import { foundIn, judged } from '../reading/phrases.ts';
import { rule, spotFolded } from '../rule.ts';

/**
 * Promotion, discounts, newsletters, other products, "visit our shop", referral: what the seller says to sell more. Answers are excused by the
 * phrases. What would be an answer if somebody had asked ("one has come in, shall we keep it for you?") is an offer where the seller starts
 * and no order is under way.
 */
export const marketing = rule({
  id: 'marketing',
  looksAt: ['initiates', 'order', 'passages', 'phrases'],
  *find({ initiates, order, passages, phrases }) {
    const unasked = initiates && (order === null || order.completedDaysAgo > 0);
    for (const passage of judged(passages)) {
      const found = new Set(foundIn(passage, phrases, 'marketing'));
      if (unasked) for (const sentence of foundIn(passage, phrases, 'marketing', 'tempts')) found.add(sentence);
      for (const { from, to } of found) yield spotFolded(passage, from, to);
    }
  },
});
