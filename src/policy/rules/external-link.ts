import { rule } from '../rule.ts';

/** A link or bare domain that leads outside the marketplace and the allow list. */
export const externalLink = rule({
  id: 'external-link',
  looksAt: ['links'],
  *find({ links }) {
    for (const { finding } of links) yield finding;
  },
});
