import { foundIn, judged, type ReadSentence } from '../reading/phrases.ts';
import { type Facts, type Passage, rule, spotFolded } from '../rule.ts';

/** Asks for good reviews only, pays for one, wants one changed, or wants to be told before a bad one; or asks for a second one of the same order. */
export const reviewManipulation = rule({
  id: 'review-manipulation',
  looksAt: ['order', 'passages', 'phrases'],
  *find({ order, passages, phrases }) {
    const asked = isOneTooMany(order);
    for (const passage of judged(passages)) {
      const found = new Set(foundIn(passage, phrases, 'review-manipulation'));
      if (asked) for (const sentence of requestsIn(passage, phrases)) found.add(sentence);
      for (const { from, to } of found) yield spotFolded(passage, from, to);
    }
  },
});

/** Whether one more request for a review of this order breaks the rule. */
export const isOneTooMany = (order: Facts['order']): boolean => (order?.reviewRequests ?? 0) > 0;

/** Whether a review is asked for that may be asked for once. */
export const asksForReview = ({ passages, phrases }: Pick<Facts, 'passages' | 'phrases'>): boolean =>
  judged(passages).some((passage) => requestsIn(passage, phrases).length > 0);

const requestsIn = (passage: Passage, phrases: Facts['phrases']): readonly ReadSentence[] => foundIn(passage, phrases, 'review-request');
