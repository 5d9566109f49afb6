import { foundIn, judged } from '../reading/phrases.ts';
import { rule, spotFolded } from '../rule.ts';

/** Asks to buy, pay or refund outside the marketplace. Who declines that, or speaks of the marketplace's own checkout, is excused by the phrases. */
export const offPlatform = rule({
  id: 'off-platform',
  looksAt: ['passages', 'phrases'],
  *find({ passages, phrases }) {
    for (const passage of judged(passages)) {
      for (const { from, to } of foundIn(passage, phrases, 'off-platform')) yield spotFolded(passage, from, to);
    }
  },
});
