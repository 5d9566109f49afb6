import { foundIn, judged } from '../reading/phrases.ts';
import { rule, spotFolded } from '../rule.ts';

/** Asks the buyer to unsubscribe, to switch the seller's messages off, or offers the link for it. */
export const optOutRequest = rule({
  id: 'opt-out-request',
  looksAt: ['passages', 'phrases'],
  *find({ passages, phrases }) {
    for (const passage of judged(passages)) {
      for (const { from, to } of foundIn(passage, phrases, 'opt-out-request')) yield spotFolded(passage, from, to);
    }
  },
});
