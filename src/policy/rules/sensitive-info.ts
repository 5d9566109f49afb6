import { identityNumbersIn } from '../reading/identity.ts';
import { foundIn, judged, sentencesIn } from '../reading/phrases.ts';
import { rule, spotFolded } from '../rule.ts';

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
      const sentences = sentencesIn(passage, phrases);
      for (const { from, to, kind } of identityNumbersIn(passage.folded.text)) {
        const around = sentences.find((it) => it.from <= from && it.to > from);
        const serial = around?.entries.some((it) => it.rule === id && it.role === 'serial') ?? false;
        if (!(serial && kind === 'long')) yield spotFolded(passage, from, to);
      }
    }
    for (const passage of judged(passages)) {
      for (const { from, to } of foundIn(passage, phrases, id)) yield spotFolded(passage, from, to);
    }
  },
});
