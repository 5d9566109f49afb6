import { identityNumbersIn } from '../reading/identity.ts';
import { foundIn, judged, sentencesIn } from '../reading/phrases.ts';
import { type Facts, type Passage, rule, spotFolded } from '../rule.ts';

const id = 'sensitive-info';

/**
 * Card, account, passport, identity and social-security numbers, passwords and one-time codes, asked for or given. Numbers are known
 * by their check digits wherever they stand, also in quotes and signatures, where they are only taken out; words count in new text.
 */
export const sensitiveInfo = rule({
  id,
  looksAt: ['passages', 'phrases'],
  *find({ passages, phrases }) {
    for (const passage of passages) {
      for (const { from, to, kind } of identityNumbersIn(passage.folded)) {
        if (kind === 'long' && isSerial(passage, from, phrases)) continue;
        yield spotFolded(passage, from, to);
      }
    }
    for (const passage of judged(passages)) {
      for (const { from, to } of foundIn(passage, phrases, id)) yield spotFolded(passage, from, to);
    }
  },
});

/** The sentence says that its long number is a serial or tracking number. */
const isSerial = (passage: Passage, at: number, phrases: Facts['phrases']): boolean => {
  const around = sentencesIn(passage, phrases).find(({ from, to }) => from <= at && to > at);
  return around?.entries.some((it) => it.rule === id && it.role === 'serial') ?? false;
};
