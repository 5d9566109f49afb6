import { foundIn, judged } from '../reading/phrases.ts';
import { rule, spotFolded } from '../rule.ts';

/** Asks for good reviews only, pays for one, wants one changed, or wants to be told before a bad one. */
export const reviewManipulation = rule({
  id: 'review-manipulation',
  looksAt: ['passages', 'phrases'],
  *find({ passages, phrases }) {
    for (const passage of judged(passages)) {
      for (const { from, to } of foundIn(passage, phrases, 'review-manipulation')) yield spotFolded(passage, from, to);
    }
  },
});
