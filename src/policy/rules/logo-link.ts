import { rule } from '../rule.ts';

/** A picture, or a part of an image map, that links outside. */
export const logoLink = rule({
  id: 'logo-link',
  looksAt: ['links'],
  *find({ links }) {
    for (const { finding, image } of links) if (image) yield finding;
  },
});
