/** Takes the end off what came to conversations on legal hold: once an hour, and the shortest time that anything is kept is three days. */
import type { LegalHolds } from '../store/upkeep.ts';
import type { Hourly } from './hourly.ts';

export const preserving = (legalHolds: Pick<LegalHolds, 'conversations' | 'preserve'>): Hourly => ({
  name: 'legal-holds',
  async work(goOn) {
    for (const conversation of await legalHolds.conversations()) {
      await legalHolds.preserve(conversation);
      if (!(await goOn())) return;
    }
  },
});
