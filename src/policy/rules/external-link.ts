import { pictureCodesIn } from '../reading/codes.ts';
import { rule, spotFolded } from '../rule.ts';

/** A link or bare domain that leads outside the marketplace and the allow list, or a code to be scanned that does. */
export const externalLink = rule({
  id: 'external-link',
  looksAt: ['links', 'passages'],
  *find({ links, passages }) {
    for (const { finding } of links) yield finding;
    for (const passage of passages) for (const { from, to } of pictureCodesIn(passage)) yield spotFolded(passage, from, to);
  },
});
