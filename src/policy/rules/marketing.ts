import { foundIn, judged } from '../reading/phrases.ts';
import { rule, spotFolded } from '../rule.ts';

/** Promotion, discounts, newsletters, other products, "visit our shop", referral: what the seller says to sell more. Answers are excused by the phrases. */
export const marketing = rule({
  id: 'marketing',
  looksAt: ['passages', 'phrases'],
  *find({ passages, phrases }) {
    for (const passage of judged(passages)) {
      for (const { from, to } of foundIn(passage, phrases, 'marketing')) yield spotFolded(passage, from, to);
    }
  },
});
